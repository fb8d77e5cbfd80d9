"""The text of a scope is one text only, and says which units it covers."""

import pytest

from wanjia.domain.premises import address_order, address_part
from wanjia.domain.scope import Scope


@pytest.mark.parametrize("text", ["*", "1", "1/2", "1,12/1,9", "地下车库,9"])
def test_a_scope_is_its_text(text: str) -> None:
    """Canonical text reads back as itself; a set of entries has one text."""
    ordered = text if text == "*" else ",".join(sorted(text.split(",")))
    assert ordered == Scope.parse(ordered).text


@pytest.mark.parametrize("text", ["", "9,12", "1,1", " 1", "1/", "/1", "1/2/3", "*,1", "1,,2", "1, 2"])
def test_other_spellings_are_refused(text: str) -> None:
    """Two texts for one scope would be two hashes."""
    with pytest.raises(ValueError, match=r"scope|building"):
        Scope.parse(text)


@pytest.mark.parametrize(
    ("text", "covered"),
    [("*", {"1/1", "1/2", "12/1"}), ("1", {"1/1", "1/2"}), ("1/2,12", {"1/2", "12/1"})],
)
def test_what_a_scope_covers(text: str, covered: set[str]) -> None:
    """A building with all its entrances, or single entrances."""
    places = [("1", "1"), ("1", "2"), ("12", "1")]
    assert covered == {
        f"{building}/{entrance}"
        for building, entrance in places
        if Scope.parse(text).covers(building, entrance)
    }


@pytest.mark.parametrize(
    ("part", "text", "value"),
    [
        ("building", "１２栋", "12"),
        ("building", "012号楼", "12"),
        ("building", "栋", "栋"),
        ("building", "a座", "A"),
        ("entrance", "2 单元", "2"),
        ("entrance", "", ""),
        ("number", "0101室", "0101"),
        ("number", "a-001号", "A-001"),
    ],
)
def test_addresses_have_one_spelling(part: str, text: str, value: str) -> None:
    """However it is typed."""
    assert value == address_part(part, text)


def test_buildings_are_ordered_as_people_count() -> None:
    """2 before 10, numbers before names."""
    assert ["", "1", "2", "2A", "10", "地下"] == sorted(["10", "地下", "2A", "2", "", "1"], key=address_order)
