"""The words of a matter, as jieba parts Chinese text."""

import re
from functools import cache
from typing import Any

from wanjia.topics.matter import Matter

TEXT_CHARACTERS = 300
"""A matter says what it is about at its beginning; long stories would make everybody alike."""
TITLE_WEIGHT = 2
"""A title is what its author took for the point: its words count as if they were said so often."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")
_SPACE = re.compile(r"\s+")


def words_of(matter: Matter) -> list[str]:
    """Words of two Chinese characters and more, those of the title repeated; may be empty."""
    return _parted(matter.title) * TITLE_WEIGHT + _parted(matter.text[:TEXT_CHARACTERS])


def _parted(text: str) -> list[str]:
    return [word for word in _jieba().lcut(_SPACE.sub("", text)) if _WORD.fullmatch(word)]


@cache
def _jieba() -> Any:
    """Load the dictionary once, and only where words are wanted: it takes a second and 100 MB."""
    import jieba

    tokenizer = jieba.Tokenizer()
    # read from the package: jieba itself would trust a cache in the temporary folder, which anybody may have put there
    with tokenizer.get_dict_file() as dictionary:
        tokenizer.FREQ, tokenizer.total = jieba.Tokenizer.gen_pfdict(dictionary)
    tokenizer.initialized = True
    return tokenizer
