"""Finds the person of the roll who acts for a unit's owner, and says what of a claim agrees with them."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from wanjia.domain.premises import address_part
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, Title, Unit

if TYPE_CHECKING:
    from wanjia.identity.claims import ClaimDetails

_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Agreement:
    """What of a claim agrees with the acting person of the unit it names."""

    unit: bool
    name: bool
    id_number: bool
    phone: bool


def find_owner(session: Session, community_id: int, details: "ClaimDetails") -> Owner | None:
    """Find the owner of the claimed unit, however its address is written."""
    return session.scalar(
        select(Owner)
        .join(Unit, Unit.owner_id == Owner.id)
        .where(
            Unit.community_id == community_id,
            Unit.building == address_part("building", details.building),
            Unit.entrance == address_part("entrance", details.entrance),
            Unit.number == address_part("number", details.number),
        )
    )


def acting_titles(session: Session, owner_id: int) -> Sequence[Title]:
    """Give who votes for an owner: the holder, the representative, the guardian or the authorised person."""
    return session.scalars(
        select(Title).where(Title.owner_id == owner_id, Title.acts.is_(True)).order_by(Title.id)
    ).all()


def match_acting(session: Session, vault: Vault, community_id: int, details: "ClaimDetails") -> Title | None:
    """Give the acting person whom unit, name, number and phone all match, or ``None``.

    The same look-ups are made whether the unit exists or not.
    """
    owner = find_owner(session, community_id, details)
    keys = _keys(vault, details)
    found = None
    for title in acting_titles(session, owner.id if owner else _NOBODY):
        if all(_agrees(title, keys)):
            found = title
    return found


def compare(session: Session, vault: Vault, community_id: int, details: "ClaimDetails") -> Agreement:
    """Say, for a supervisor's eyes, which parts of a claim agree with the roll."""
    owner = find_owner(session, community_id, details)
    keys = _keys(vault, details)
    titles = acting_titles(session, owner.id) if owner else []
    name, number, phone = max(
        (_agrees(title, keys) for title in titles), key=sum, default=(False, False, False)
    )
    return Agreement(unit=owner is not None, name=name, id_number=number, phone=phone)


def _keys(vault: Vault, details: "ClaimDetails") -> tuple[bytes, bytes, bytes]:
    return vault.lookup(details.name), vault.lookup(details.id_number), vault.lookup(details.phone)


def _agrees(title: Title, keys: tuple[bytes, bytes, bytes]) -> tuple[bool, bool, bool]:
    name, number, phone = keys
    return (
        hmac.compare_digest(title.name_key, name),
        hmac.compare_digest(title.id_number_key, number),
        hmac.compare_digest(title.phone_key or b"", phone),
    )
