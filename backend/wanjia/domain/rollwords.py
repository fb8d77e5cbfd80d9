"""The published roll: eight areas of 32 bits a word (docs/protocol.md)."""

from collections.abc import Mapping, Sequence

from wanjia.domain.counting import Weight

AREAS_A_WORD = 8
MAX_AREA = 2**32 - 1
"""Largest area of one owner, 0.01 m² (42,949,672.95 m²)."""


def pack_roll(areas: Mapping[int, int]) -> list[int]:
    """Pack voter index -> area (0.01 m²) into words from voter 0 on.

    Raises ``ValueError`` for voter 0, for areas outside 1..MAX_AREA and for an empty roll.
    """
    if not areas:
        raise ValueError("the roll is empty")
    words = [0] * (max(areas) // AREAS_A_WORD + 1)
    for voter, area in areas.items():
        if voter < 1:
            raise ValueError(f"voter indexes start at 1, not {voter}")
        if not 0 < area <= MAX_AREA:
            raise ValueError(f"area of voter {voter} is out of range: {area}")
        words[voter // AREAS_A_WORD] |= area << (32 * (voter % AREAS_A_WORD))
    return words


def replacing_words(areas: Mapping[int, int], before: Mapping[int, int]) -> list[int]:
    """Pack a roll so that nothing of the one published ``before`` stays: words of zeros where it reached further.

    Raises ``ValueError`` as ``pack_roll`` does.
    """
    words = pack_roll(areas)
    reached = max(before, default=0) // AREAS_A_WORD + 1
    return words + [0] * (reached - len(words))


def unpack_roll(words: Sequence[int], first_word: int = 0) -> dict[int, int]:
    """Give voter index -> area of every lane that is not zero."""
    return {
        (first_word + at) * AREAS_A_WORD + lane: area
        for at, word in enumerate(words)
        for lane in range(AREAS_A_WORD)
        if (area := word >> (32 * lane) & MAX_AREA)
    }


def roll_total(areas: Mapping[int, int]) -> Weight:
    """Add up a roll: area and heads."""
    return Weight(sum(areas.values()), len(areas))
