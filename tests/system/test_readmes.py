"""The README in two languages says the same: sections, commands, links and pictures, in the same order."""

import re
import sys
from pathlib import Path

import pytest

from wanjia.paths import TOP

sys.path.append(str(TOP / "tests" / "bench"))
from chinese import in_chinese

ENGLISH, CHINESE = TOP / "README.md", TOP / "README.zh-CN.md"
MOST_BYTES = 80_000


_FIGURES = re.compile(r"<!-- bench -->\n(.*)\n<!-- /bench -->", re.DOTALL)


def _text(path: Path) -> str:
    """A README without the table of figures, which a program writes."""
    return _FIGURES.sub("", path.read_text(encoding="utf-8"))


def _figures(path: Path) -> str:
    found = _FIGURES.search(path.read_text(encoding="utf-8"))
    assert found
    return found[1]


def _commands(text: str) -> list[str]:
    return [
        re.split(r"\s+#", line)[0].strip()
        for line in re.findall(r"^    (\S.*)$", text, re.MULTILINE)
        if line.startswith(("make ", ".venv/"))
    ]


def _links(text: str) -> list[str]:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("README")]
    return sorted(targets)


def _shape(text: str) -> list[str]:
    """Headings' levels and what follows each: how many commands, rows of tables and steps."""
    parts = re.split(r"^(#+) .*$", text, flags=re.MULTILINE)[1:]
    return [
        f"{level} {len(_commands(body))} {len(re.findall(r'^[|]', body, re.MULTILINE))} {len(re.findall(r'^[0-9][.]', body, re.MULTILINE))}"
        for level, body in zip(parts[::2], parts[1::2], strict=True)
    ]


def test_both_readmes_say_the_same() -> None:
    """A section, command, setting, path or picture that one has, the other has too."""
    english, chinese = _text(ENGLISH), _text(CHINESE)
    assert len(_commands(english)) > 10
    assert _commands(chinese) == _commands(english)
    assert _shape(chinese) == _shape(english)
    assert _links(chinese) == _links(english)
    code = r"`([^`\n]+)`"
    assert set(re.findall(code, chinese)) == set(re.findall(code, english))


def test_both_readmes_print_the_same_figures() -> None:
    """The Chinese table is the English one in other words, and no measure kept its English name."""
    table = _figures(CHINESE)
    assert table == in_chinese(_figures(ENGLISH))
    measures = [line.split(" | ")[0] for line in table.splitlines() if line.startswith("| ")]
    assert [each for each in measures if not re.search(r"[\u4e00-\u9fff]", each)] == []


@pytest.mark.parametrize("readme", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_what_a_readme_points_to_is_there(readme: Path) -> None:
    """Every file it links exists, and its pictures are small."""
    targets = [target for target in _links(_text(readme)) if "://" not in target]
    assert [target for target in targets if not (TOP / target).exists()] == []
    pictures = [TOP / target for target in targets if target.endswith(".webp")]
    assert pictures
    assert [picture.name for picture in pictures if picture.stat().st_size >= MOST_BYTES] == []
