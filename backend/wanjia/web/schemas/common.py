"""Building blocks: bounded texts and numbers, hex, paths, the shape of every error."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_LINE = r"^[^\x00-\x1f\x7f]+$"
_TEXT = r"^[^\x00]*$"
MAX_TIME = 2**40

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_LINE)]
ShortLine = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=_LINE)
]
MaybeShortLine = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*$")
]
AnyText = Annotated[str, StringConstraints(max_length=20_000, pattern=_TEXT)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000, pattern=_TEXT)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,64}$")]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{20,64}$")]
Hash = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{64}$")]
Address = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{40}$")]
Signature = Annotated[str, StringConstraints(pattern=r"^0x[0-9a-fA-F]{130}$")]
CallData = Annotated[
    str, StringConstraints(min_length=10, max_length=120_002, pattern=r"^0x([0-9a-fA-F]{2})+$")
]
Time = Annotated[int, Field(ge=0, le=MAX_TIME)]
Id = Annotated[int, Field(ge=1, le=2**53)]
Number = Annotated[int, Field(ge=1, le=2**31)]


def to_bytes(text: str) -> bytes:
    """Read 0x-hex."""
    return bytes.fromhex(text.removeprefix("0x"))


def to_hex(value: bytes) -> str:
    """Write 0x-hex."""
    return "0x" + value.hex()


class Body(BaseModel):
    """A request: unknown fields are refused, so that a misspelt one is noticed."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """An answer."""


class WeightAnswer(Answer):
    """Area in 0.01 m² and heads."""

    area: int
    heads: int


class CommunityPath(BaseModel):
    """Path of a community."""

    slug: Slug


class MeetingPath(CommunityPath):
    """Path of a meeting."""

    meeting: Number


class Problem(BaseModel):
    """Every error (RFC 9457). ``detail`` is in the language of ``Accept-Language``: zh-CN, or en."""

    type: str
    title: str
    status: int
    code: str
    values: dict[str, Any]
    detail: str
