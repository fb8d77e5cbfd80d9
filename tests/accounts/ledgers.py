"""A small community with units and bank accounts, and entries to post in it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from wanjia.accounts.banks import open_bank_account
from wanjia.accounts.chart import EntryKind, Fund
from wanjia.accounts.entries import Draft, Posting
from wanjia.accounts.models import AccountEntry
from wanjia.accounts.posting import post
from wanjia.accounts.sharing import areas_in, each_own, shared
from wanjia.db.base import Database
from wanjia.db.community import Community
from wanjia.identity.vault import Vault
from wanjia.roll.models import Owner, Unit

NOW = 1_790_000_000
DAY = date(2026, 7, 1)
NUMBER, OTHER_NUMBER = "622200000000000017", "622200000000000025"
AREAS = {("1", "101"): 8_935, ("1", "102"): 8_935, ("2", "101"): 12_001, ("10", "101"): 30_029}
"""(building, number) -> 0.01 m²."""


@dataclass(frozen=True)
class Books:
    """A community's database and vault."""

    database: Database
    vault: Vault
    community: Community


def open_books(database: Database, vault: Vault, slug: str = "one") -> Books:
    """Make the community, its units, and two bank accounts: the fund's and the common revenue's."""
    with database.write() as session:
        community = Community(
            slug=slug,
            name=slug,
            salt=bytes(32),
            registry_address=f"registry-{slug}",
            open_meeting_address=f"meeting-{slug}",
            notary_address=f"notary-{slug}",
            first_block=0,
        )
        session.add(community)
        session.flush()
        owner = Owner(community_id=community.id, voter=1, kind="person", holders_key=bytes(32))
        session.add(owner)
        session.flush()
        for (building, number), area in AREAS.items():
            session.add(_unit(community, owner, building, number, area))
        open_bank_account(
            session,
            vault,
            community.id,
            code="fund",
            fund=Fund.MAINTENANCE,
            name="维修资金专户",
            number=NUMBER,
        )
        open_bank_account(
            session,
            vault,
            community.id,
            code="common",
            fund=Fund.COMMON,
            name="公共收益户",
            number=OTHER_NUMBER,
        )
    return Books(database, vault, community)


def _unit(community: Community, owner: Owner, building: str, number: str, area: int) -> Unit:
    return Unit(
        community_id=community.id,
        building=building,
        entrance="1",
        number=number,
        use="dwelling",
        area=area,
        area_source="registered",
        sale_state="",
        counted=True,
        owner_id=owner.id,
    )


def opening(session: Session, books: Books, each: int = 1_000_000) -> AccountEntry:
    """Post the same opening balance for every unit."""
    amounts = dict.fromkeys(areas_in(session, books.community.id), each)
    draft = each_own(EntryKind.OPENING, DAY, "期初余额", "bank.fund", amounts)
    return post(session, books.community, draft, now=NOW)


def lift_cost(session: Session, books: Books, fen: int = 100_000, scope: str = "*") -> AccountEntry:
    """Post a cost of the lift, shared by area."""
    weights = areas_in(session, books.community.id, scope)
    draft = shared(EntryKind.COST, DAY, "电梯大修首付", "bank.fund", -fen, weights, reference="HT-1")
    return post(session, books.community, draft, now=NOW)


def parking(fen: int = 5_000, day: date = DAY, words: str = "七月停车费", reference: str = "") -> Draft:
    """Income of the common revenue."""
    sides = (Posting("bank.common", fen), Posting("income.parking", -fen))
    return Draft(day, EntryKind.INCOME, words, sides, reference)
