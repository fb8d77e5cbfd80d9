"""The nine matters owners decide together (Civil Code 278 (1)-(9)) and the majority each needs."""

from enum import IntEnum

from wanjia.domain.decision import Majority


class Matter(IntEnum):
    """Number of the matter in article 278."""

    RULES_OF_PROCEDURE = 1
    COVENANT = 2
    COMMITTEE = 3
    PROPERTY_MANAGER = 4
    USE_FUND = 5
    RAISE_FUND = 6
    REBUILD = 7
    COMMON_PARTS = 8
    OTHER = 9

    @property
    def majority(self) -> Majority:
        """The majority this matter needs: 6, 7 and 8 are special, all others (5 too) ordinary."""
        return Majority.SPECIAL if self in SPECIAL_MATTERS else Majority.ORDINARY


SPECIAL_MATTERS = frozenset({Matter.RAISE_FUND, Matter.REBUILD, Matter.COMMON_PARTS})
