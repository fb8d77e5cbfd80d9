"""Where a group's matters are: their own places, or the name that their words share."""

import re
from collections import Counter
from collections.abc import Sequence

from wanjia.topics.matter import Matter

_NAME = re.compile(r"[\u4e00-\u9fff]{2,6}?(?:小区|社区|新城|之城|花园|广场|街道|大道|公园|学校|苑|府|村|路)")
"""A few characters before a word for a kind of place."""
_LEAST = 3
_SHARE = 3
"""A name stands for a group if at least one matter in three has it."""


def common_place(matters: Sequence[Matter]) -> str:
    """Give the most frequent place; without given ones the longest, most frequent name in the words; else nothing."""
    given = Counter(matter.place for matter in matters if matter.place)
    if given:
        return min(given, key=lambda place: (-given[place], place))
    named: Counter[str] = Counter()
    for matter in matters:
        named.update(_names(f"{matter.title} {matter.text}"))
    known = {name: count for name, count in named.items() if count * _SHARE >= len(matters)}
    if not known:
        return ""
    return min(known, key=lambda name: (-known[name] * len(name), name))


def _names(text: str) -> set[str]:
    """Names, each with every shorter one at its end: what stands before a name belongs to it or not."""
    return {found[start:] for found in _NAME.findall(text) for start in range(len(found) - _LEAST + 1)}
