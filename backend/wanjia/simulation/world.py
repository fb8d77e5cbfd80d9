"""Makes a community in a running system: contracts, roll, officials with log-ins, owners with keys."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlparse

from eth_account import Account
from sqlalchemy.orm import Session

from wanjia.chain.release import ensure_deployed
from wanjia.config import Settings
from wanjia.db.base import Database, open_engine
from wanjia.db.community import Community
from wanjia.domain.counting import Weight
from wanjia.domain.rollwords import roll_total
from wanjia.identity.staff import create_staff
from wanjia.identity.vault import Vault
from wanjia.meetings.communities import make_community
from wanjia.roll.checking import check_roll
from wanjia.roll.placing import import_roll
from wanjia.roll.service import areas
from wanjia.simulation.people import Official, Voter, new_key, new_password
from wanjia.simulation.registering import register_all, simulated_voters

_ROLES = ("committee", "supervisor")


@dataclass(frozen=True, slots=True)
class Inhabited:
    """A community ready for meetings: its officials by role, the operator's account, every owner of its roll."""

    community: Community
    officials: dict[str, Official]
    operator: Official
    voters: list[Voter]
    total: Weight
    chain_id: int


class RollHasErrors(ValueError):
    """The roll file has errors; nothing was imported."""


def inhabit(
    settings: Settings, *, slug: str, name: str, district: str, address: str, roll_file: bytes, seed: str
) -> Inhabited:
    """Deploy what is not deployed, make the community, import its roll, add officials. Owners are not registered.

    Raises ``RollHasErrors``.
    """
    database = Database(open_engine(settings.database_url))
    vault = Vault(settings.data_key)
    today = datetime.fromtimestamp(time.time(), UTC).date()
    checked = check_roll(roll_file, today)
    if checked.roll is None:
        raise RollHasErrors(f"{len(checked.findings)} findings")
    deployment = ensure_deployed(settings)
    keys = {role: new_key() for role in _ROLES}
    addresses = {role: Account.from_key(key).address for role, key in keys.items()}
    community = make_community(
        database,
        settings,
        deployment,
        slug=slug,
        name=name,
        district=district,
        address=address,
        committee=addresses["committee"],
        supervisor=addresses["supervisor"],
    )
    with database.write() as session:
        import_roll(session, community, checked.roll, vault, now=int(time.time()))
        officials = {
            role: hire(session, vault, role, f"{role}@{slug}", community.id, keys[role]) for role in _ROLES
        }
        operator = hire(session, vault, "operator", f"operator@{slug}", None, "")
    with database.read() as session:
        roll = areas(session, community.id, "*")
    database.engine.dispose()
    return Inhabited(
        community,
        officials,
        operator,
        simulated_voters(roll, seed),
        roll_total(roll),
        deployment.chain_id,
    )


def hire(
    session: Session, vault: Vault, role: str, username: str, community_id: int | None, key: str
) -> Official:
    """Make a staff account with a fresh password; ``key`` (hex) is empty for who signs nothing."""
    password = new_password()
    uri = create_staff(
        session,
        vault,
        username=username,
        password=password,
        role=role,
        community_id=community_id,
        address=Account.from_key(key).address if key else None,
        now=int(time.time()),
    )
    (secret,) = parse_qs(urlparse(uri).query)["secret"]
    return Official(role, username, password, secret, key)


def register(
    settings: Settings,
    place: Inhabited,
    voters: list[Voter],
    on_progress: Callable[[int], None] = lambda _: None,
) -> None:
    """Register ``voters`` through the running relay and wait until the index knows them."""
    database = Database(open_engine(settings.database_url))
    try:
        register_all(database, place.community, place.chain_id, voters, on_progress)
    finally:
        database.engine.dispose()
