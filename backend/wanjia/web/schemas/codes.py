"""Codes of secret ballots, and ballots that were opened (docs/secret-ballots.md, "Cast as intended")."""

from typing import Annotated

from pydantic import Field

from wanjia.intake.codes import ShownCode
from wanjia.intake.opened import Opened
from wanjia.web.schemas.ballots import SecretBody
from wanjia.web.schemas.common import Answer, Body, Hash, MeetingPath, Signature, Time, to_hex

VoterNumber = Annotated[int, Field(ge=1, lt=2**32)]


class BallotCodeBody(Body):
    """The hash of an encrypted ballot that a phone is about to show."""

    voter: VoterNumber
    ballot_hash: Hash


class CodeAnswer(Answer):
    """The operator's signature over ``BallotCode``: this ballot existed at ``shown_at``."""

    shown_at: int
    operator: str
    signature: str

    @classmethod
    def of(cls, code: ShownCode) -> "CodeAnswer":
        """Write one."""
        return cls(shown_at=code.shown_at, operator=code.operator, signature=to_hex(code.signature))


class OpenedBody(Body):
    """A ballot to be opened, hence void, with the operator's countersignature. Never the secrets that open it."""

    voter: VoterNumber
    body: SecretBody
    shown_at: Time
    signature: Signature


class OpenedPath(MeetingPath):
    """Path of an opened ballot; ``hash`` is that of context and body, which its code is short for."""

    hash: Hash


class OpenedAnswer(CodeAnswer):
    """An opened ballot."""

    voter: int
    body: str
    opened_at: int

    @classmethod
    def of_opened(cls, opened: Opened) -> "OpenedAnswer":
        """Write one."""
        return cls(
            voter=opened.voter,
            body=to_hex(opened.body),
            shown_at=opened.shown_at,
            operator=opened.operator,
            signature=to_hex(opened.signature),
            opened_at=opened.opened_at,
        )
