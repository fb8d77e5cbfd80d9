"""Packing of choices, records and roll words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wanjia.domain.ballots import (
    Choice,
    GroupRule,
    Record,
    over_cap,
    pack_choices,
    split_records,
    unpack_choices,
)
from wanjia.domain.counting import Weight
from wanjia.domain.decision import Majority
from wanjia.domain.matters import Matter
from wanjia.domain.rollwords import MAX_AREA, pack_roll, roll_total, unpack_roll


@given(st.lists(st.sampled_from(Choice), min_size=1, max_size=32))
def test_choices_round_trip(choices: list[Choice]) -> None:
    """What was packed is unpacked."""
    assert choices == unpack_choices(pack_choices(choices), len(choices))


def test_motion_0_is_lowest() -> None:
    """For, against, abstain is 1 + 2*4."""
    assert pack_choices([Choice.FOR, Choice.AGAINST, Choice.ABSTAIN]) == 9


@pytest.mark.parametrize(("packed", "motions"), [(3, 1), (4, 1), (-1, 1), (0b110000, 2)])
def test_stray_bits_are_refused(packed: int, motions: int) -> None:
    """A 3, or a bit above the last motion, is no choice."""
    with pytest.raises(ValueError, match=r"choices|Choice"):
        unpack_choices(packed, motions)


def test_too_many_motions() -> None:
    """A ballot has at most 32 motions, and at least one."""
    with pytest.raises(ValueError, match="1 to 32"):
        pack_choices([Choice.FOR] * 33)
    with pytest.raises(ValueError, match="1 to 32"):
        pack_choices([])


def test_cap_counts_support_only() -> None:
    """Against and abstain do not use up a group's cap."""
    groups = [GroupRule((0, 1, 2), 1)]
    assert not over_cap([Choice.FOR, Choice.AGAINST, Choice.AGAINST], groups)
    assert over_cap([Choice.FOR, Choice.FOR, Choice.ABSTAIN], groups)


@given(
    st.lists(
        st.builds(
            Record, st.integers(0, 2**32 - 1), st.integers(0, 2**64 - 1), st.binary(min_size=65, max_size=65)
        ),
        min_size=1,
    )
)
def test_records_round_trip(records: list[Record]) -> None:
    """A batch is its records one after the other, 77 bytes each."""
    batch = b"".join(record.pack() for record in records)
    assert len(batch) == 77 * len(records)
    assert records == list(split_records(batch))


@pytest.mark.parametrize("length", [0, 76, 78])
def test_torn_batches_are_refused(length: int) -> None:
    """A batch that is not made of whole records is an error."""
    with pytest.raises(ValueError, match="77-byte"):
        list(split_records(bytes(length)))


@given(st.dictionaries(st.integers(1, 5000), st.integers(1, MAX_AREA), min_size=1))
def test_roll_words_round_trip(areas: dict[int, int]) -> None:
    """Eight areas a word, and the total is their sum."""
    assert areas == unpack_roll(pack_roll(areas))
    assert roll_total(areas) == Weight(sum(areas.values()), len(areas))


@pytest.mark.parametrize("areas", [{}, {0: 1}, {1: 0}, {1: MAX_AREA + 1}])
def test_impossible_rolls_are_refused(areas: dict[int, int]) -> None:
    """Nobody, voter 0, no area and an area beyond 32 bits are refused."""
    with pytest.raises(ValueError, match=r"empty|start at 1|out of range"):
        pack_roll(areas)


def test_special_matters_are_6_7_8() -> None:
    """Using the fund (5) is ordinary; raising it (6), rebuilding (7) and common parts (8) are special."""
    assert [6, 7, 8] == [matter.value for matter in Matter if matter.majority is Majority.SPECIAL]
