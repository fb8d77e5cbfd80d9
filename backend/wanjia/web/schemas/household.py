"""Residents and households."""

from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from wanjia.web.schemas.common import Answer, Body, CommunityPath, Id, Token

MemberName = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$"),
]


class ResidentAnswer(Answer):
    """Who speaks: kind (owner, tenant, family), whose neighbour, and how many followed concerns have news."""

    kind: str
    building: str
    entrance: str
    unread: int


class InviteBody(Body):
    """Whom to let in; ``name`` is what the owner calls them, nobody else reads it."""

    kind: Literal["tenant", "family"]
    name: MemberName


class InviteAnswer(Answer):
    """The link's token, shown once, and until when it works."""

    token: str
    expires_at: int


class MemberAnswer(Answer):
    """A member of the household."""

    id: int
    kind: str
    name: str
    since: int


class OpenInvitationAnswer(MemberAnswer):
    """A link nobody has used yet."""

    expires_at: int


class HouseholdAnswer(Answer):
    """Members, and links nobody has used yet."""

    members: list[MemberAnswer]
    invitations: list[OpenInvitationAnswer]


class MemberPath(CommunityPath):
    """Path of a member or of an open invitation."""

    member: Id


class HouseholdTokenPath(BaseModel):
    """Path of an invitation."""

    token: Token


class HouseholdInvitationAnswer(Answer):
    """What a link is for."""

    community: str
    community_name: str
    kind: str
    building: str
    entrance: str
    expires_at: int


class JoinBody(Body):
    """The link's token."""

    token: Token


class JoinAnswer(Answer):
    """Whose community one joined."""

    community: str
    kind: str
    building: str
    entrance: str
