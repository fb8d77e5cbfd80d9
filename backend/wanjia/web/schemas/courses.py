"""A meeting's course: history, next steps, what was said, objections."""

from typing import Annotated

from pydantic import Field, StringConstraints

from wanjia.web.schemas.common import Answer, Body, Signature

STATEMENT = r"^[^\x00]*$"
Salt = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]


class HappenedAnswer(Answer):
    """One event on the chain, by its name there, with chain time and transaction."""

    event: str
    at: int
    transaction: str


class StepStateAnswer(Answer):
    """A step: who, where it stands (done, possible, waiting, over), what it waits for, from when and until when."""

    name: str
    role: str
    standing: str
    why: str | None
    done_at: int | None
    not_before: int | None
    not_after: int | None


class OfficialCourseAnswer(Answer):
    """What happened in a meeting and what can happen next, at ``chain_time``."""

    state: str
    chain_time: int
    readable: bool
    roll_published_at: int | None
    sealed_at: int | None
    open_objections: int
    history: list[HappenedAnswer]
    steps: list[StepStateAnswer]


class SaidAnswer(Answer):
    """A hash on the chain and the text it stands for, null when this system does not have it."""

    hash: str
    text: str | None
    at: int


class ExtensionAnswer(Answer):
    """An announced extension."""

    closes_at: int
    reason: SaidAnswer


class ObjectionAnswer(Answer):
    """An objection, counted from 1, and its answer."""

    number: int
    content: SaidAnswer
    answer: SaidAnswer | None


class StatementsAnswer(Answer):
    """Everything that was said in a meeting's course."""

    extensions: list[ExtensionAnswer]
    objections: list[ObjectionAnswer]
    voided: SaidAnswer | None


class StatementBody(Body):
    """An official's text, to be published before the act that carries its hash; see ``ObjectionBody`` for the salt."""

    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4_000, pattern=STATEMENT)
    ]
    salt: Salt


class StatementAnswer(Answer):
    """The hash an act should carry."""

    hash: str


class ObjectionBody(Body):
    """An objection; the owner signed its hash: text, an empty line, the salt (32 hex digits)."""

    voter: Annotated[int, Field(ge=1, lt=2**32)]
    text: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=STATEMENT)
    ]
    salt: Salt
    signature: Signature


class ObjectionTaken(Answer):
    """The hash that goes to the chain."""

    hash: str
    state: str
