"""Invented owners a visitor of the sample can be: their details as they stand on the roll."""

import json
import os
from collections.abc import Collection
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import select

from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner
from wanjia.roll.service import titles_of, units_of


@dataclass(frozen=True, slots=True)
class Visitor:
    """What an owner gives to be recognised. Every one of them is invented."""

    voter: int
    kind: str
    building: str
    entrance: str
    number: str
    name: str
    id_number: str
    phone: str


def visitors(settings: Settings, community: Community, voters: Collection[int]) -> list[Visitor]:
    """Read the acting person of each of ``voters`` from the roll of a simulated community."""
    database, vault = Database(open_engine(settings.database_url)), Vault(settings.data_key)
    found = []
    with database.read() as session:
        for owner in session.scalars(
            select(Owner)
            .where(Owner.community_id == community.id, Owner.voter.in_(voters))
            .order_by(Owner.voter)
        ):
            acting, unit = titles_of(session, owner.id)[0], units_of(session, owner.id)[0]
            if acting.phone is None:
                continue
            found.append(
                Visitor(
                    owner.voter,
                    owner.kind,
                    unit.building,
                    unit.entrance,
                    unit.number,
                    vault.open(acting.name),
                    vault.open(acting.id_number),
                    vault.open(acting.phone),
                )
            )
    database.engine.dispose()
    return found


def save_visitors(path: Path, found: list[Visitor]) -> None:
    """Write them for ``wanjia up`` to show (mode 600)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump([asdict(visitor) for visitor in found], file, ensure_ascii=False, indent=2)


def read_visitors(path: Path) -> list[Visitor]:
    """Read what ``save_visitors`` wrote; empty when there is nothing."""
    if not path.exists():
        return []
    return [Visitor(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
