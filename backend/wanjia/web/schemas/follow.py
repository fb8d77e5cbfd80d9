"""A meeting's turnout at the desk. Areas in 0.01 m², times in UTC seconds of the chain."""

from typing import Literal

from wanjia.web.schemas.common import Answer, Body, WeightAnswer


class PlaceTurnoutAnswer(Answer):
    """A building with its entrances; an owner with units in two places is a head in both."""

    name: str
    total: WeightAnswer
    part: WeightAnswer
    entrances: list["EntranceTurnoutAnswer"]


class EntranceTurnoutAnswer(Answer):
    """An entrance of a building."""

    name: str
    total: WeightAnswer
    part: WeightAnswer


class PointAnswer(Answer):
    """What had taken part up to a moment."""

    at: int
    area: int
    heads: int


class FollowAnswer(Answer):
    """Turnout; ``missing`` is what two thirds of both still lack."""

    state: str
    chain_time: int
    opens_at: int
    closes_at: int
    total: WeightAnswer
    part: WeightAnswer
    missing: WeightAnswer
    buildings: list[PlaceTurnoutAnswer]
    curve: list[PointAnswer]


class AbsentBody(Body):
    """What the list is for: it is written into the log."""

    purpose: Literal["show", "print", "csv"]


class AbsentUnitAnswer(Answer):
    """A unit whose owner has not voted; ``registered``: the owner has a voting key."""

    building: str
    entrance: str
    number: str
    registered: bool


class AbsentAnswer(Answer):
    """Units whose owners have not voted, in order of address."""

    units: list[AbsentUnitAnswer]


PlaceTurnoutAnswer.model_rebuild()
