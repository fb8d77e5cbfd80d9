"""Posting, reversing, balances at a day, and a ledger that cannot be changed unnoticed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from eth_utils import keccak
from ledgers import DAY, NOW, Books, lift_cost, opening, parking
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from wanjia.accounts.balances import (
    balances,
    building_balances,
    flow,
    fund_balances,
    unit_balances,
    unit_flow,
)
from wanjia.accounts.chart import EntryKind, Fund
from wanjia.accounts.entries import (
    Draft,
    Place,
    Posting,
    Sealed,
    entry_hash,
    first_previous,
    record,
    words_hash,
)
from wanjia.accounts.models import AccountEntry, AccountPosting, AccountWords
from wanjia.accounts.posting import Head, head_of, post, reverse
from wanjia.accounts.sharing import interest_by_balance
from wanjia.accounts.unit_view import unit_view
from wanjia.accounts.verify import verify_ledger
from wanjia.db.base import Database, open_engine
from wanjia.db.migrate import upgrade
from wanjia.db.tables import all_tables
from wanjia.domain.errors import Refusal
from wanjia.funds.protocol import DocumentKind, document_hash

UNIT = Place("2", "1", "101")


def code_of(session: Session, books: Books, draft: Draft) -> str:
    """Post what must be refused; give the code."""
    with pytest.raises(Refusal) as refused:
        post(session, books.community, draft, now=NOW)
    return refused.value.code


def test_a_cost_is_shared_and_each_owner_sees_their_part(books: Books) -> None:
    """Balances by account, fund, building and unit agree; a unit's view names the whole sum and who bore it."""
    with books.database.write() as session:
        opening(session, books)
        lift_cost(session, books, 100_000)
        lift_cost(session, books, 60_001, scope="1")
        cid = books.community.id
        assert {"maintenance": 3_839_999, "bank.fund": 3_839_999} == balances(session, cid)
        assert 3_839_999 == fund_balances(session, cid)[Fund.MAINTENANCE]
        assert ["1", "2", "10"] == list(building_balances(session, cid))
        units = unit_balances(session, cid)
        assert 3_839_999 == sum(units.values()) == sum(building_balances(session, cid).values())
        earlier, later = units[Place("1", "1", "101")], units[Place("1", "1", "102")]
        assert earlier + 2 == later  # of equal areas the earlier address bore the odd fen of both costs
        seen = unit_flow(session, cid, UNIT)
        assert ["期初余额", "电梯大修首付"] == [each.words for each in seen]
        assert (-20_035, 979_965, -100_000, 4) == (
            seen[1].amount,
            seen[1].balance,
            seen[1].whole,
            seen[1].units,
        )


def test_a_unit_s_owner_sees_share_and_what_was_taken(light_books: Books) -> None:
    """Areas beside the community's and the building's; what was taken back counts neither as come nor as taken."""
    books = light_books
    with books.database.write() as session:
        opening(session, books)
        lift_cost(session, books, 100_000)
        wrong = lift_cost(session, books, 777)
        reverse(session, books.community, wrong.number, "重复记账", day=DAY + timedelta(days=1), now=NOW)
        view = unit_view(session, books.community.id, UNIT)
        assert (12_001, 12_001, 59_900) == (view.area, view.building_area, view.whole_area)
        assert (1_000_000, 20_035, 979_965) == (view.came, view.taken, view.balance)
        assert ["opening", "cost", "cost", "reversal"] == [each.kind for each in view.flows]
        assert 979_965 - 156 == unit_view(session, books.community.id, UNIT, DAY).balance
        with pytest.raises(Refusal, match="NOT_FOUND"):
            unit_view(session, books.community.id, Place("2", "1", "999"))


def test_balances_at_a_day_and_the_flow_of_an_account(light_books: Books) -> None:
    """An entry counts from its own day on, whenever it was posted."""
    books, cid = light_books, light_books.community.id
    with books.database.write() as session:
        post(session, books.community, parking(300, DAY + timedelta(days=9)), now=NOW)
        post(session, books.community, parking(200, DAY), now=NOW)
        assert {"income.parking": 200, "bank.common": 200} == balances(session, cid, DAY)
        assert [(2, 200, 200), (1, 300, 500)] == [
            (each.number, each.amount, each.balance) for each in flow(session, cid, "income.parking")
        ]
        assert 500 == fund_balances(session, cid)[Fund.COMMON]
        with pytest.raises(Refusal, match="ENTRY_ACCOUNT_UNKNOWN"):
            flow(session, cid, "bank.nowhere")


def test_interest_by_balance_leaves_out_who_owes(light_books: Books) -> None:
    """A unit in debt gets no interest."""
    books = light_books
    with books.database.write() as session:
        opening(session, books, 10_000)
        lift_cost(session, books, 60_000)
        before = unit_balances(session, books.community.id)
        draft = interest_by_balance(session, books.community.id, DAY, "二季度利息", "bank.fund", 77)
        post(session, books.community, draft, now=NOW)
        after = unit_balances(session, books.community.id)
    assert any(fen < 0 for fen in before.values())
    assert 77 == sum(after.values()) - sum(before.values())
    assert all(after[place] == fen for place, fen in before.items() if fen < 0)


def test_what_is_not_right_is_not_posted(light_books: Books) -> None:
    """Each refusal by its reason; nothing of it stays."""
    books, good = light_books, parking()
    one, other = good.postings
    fund = Posting("bank.fund", 5_000)
    with books.database.write() as session:
        for code, draft in {
            "ENTRY_POSTINGS": replace(good, postings=(one,)),
            "ENTRY_WORDS": replace(good, words=" "),
            "ENTRY_REFERENCE": replace(good, reference="9" * 65),
            "ENTRY_ACCOUNT_UNKNOWN": replace(good, postings=(one, Posting("income.magic", -5_000))),
            "ENTRY_UNIT_NEEDED": replace(good, postings=(fund, Posting("maintenance", -5_000, Place("1")))),
            "ENTRY_AMOUNT": replace(good, postings=(one, other, Posting("income.rent", 0))),
            "ENTRY_UNBALANCED": replace(good, postings=(one, Posting("income.parking", -4_999))),
        }.items():
            assert code == code_of(session, books, draft)
        # one fund's bank account does not pay what another fund owes, though the entry as a whole balances
        assert "ENTRY_UNBALANCED" == code_of(session, books, replace(good, postings=(fund, other)))
        assert 0 == head_of(session, books.community).number


def test_an_entry_s_record_and_hash_are_as_written_down() -> None:
    """docs/accounts.md, byte for byte."""
    sides = (Posting("bank.fund", -1), Posting("maintenance", 1, Place("1栋", "", "101")))
    draft = Draft(DAY, EntryKind.COST, "防水", sides, "HT-1", (bytes(31) + b"\1",), None, bytes(31) + b"\2")
    sealed = Sealed(7, NOW, 3, words_hash(bytes(32), "防水"), first_previous("0xAB"))
    assert record(draft, sealed) == (
        '{"at":1790000000,"by":3,"day":"2026-07-01",'
        '"documents":["0x0000000000000000000000000000000000000000000000000000000000000001"],"kind":"cost","number":7,'
        '"payment":"0x0000000000000000000000000000000000000000000000000000000000000002",'
        '"postings":[["bank.fund","","","",-1],["maintenance","1栋","","101",1]],'
        '"previous":"0x38cc52bd01ba873b1a4885f82ad96c7b6cac01e0ed977f9641bbb8db2205f4b8","reference":"HT-1",'
        '"reverses":null,"words":"0x5ad3d27dcae83567587fce201d9775da56477f3ee34ef05de476c86a47f0098a"}'
    )
    assert keccak(record(draft, sealed).encode()) == entry_hash(draft, sealed)


def test_a_transfer_between_funds_balances_in_both(light_books: Books) -> None:
    """Common revenue tops up the maintenance fund: four postings, two funds."""
    with light_books.database.write() as session:
        sides = (
            Posting("bank.common", -700),
            Posting("expense.transfer", 700),
            Posting("bank.fund", 700),
            Posting("maintenance", -700, UNIT),
        )
        post(
            session,
            light_books.community,
            Draft(DAY, EntryKind.TRANSFER, "公共收益补充维修资金", sides),
            now=NOW,
        )
        held = fund_balances(session, light_books.community.id)
    assert (-700, 700) == (held[Fund.COMMON], held[Fund.MAINTENANCE])


def test_a_mistake_is_taken_back_once(books: Books) -> None:
    """The reversal mirrors the entry; neither it nor the entry can be reversed again."""
    with books.database.write() as session:
        wrong = post(session, books.community, parking(), now=NOW)
        back = reverse(session, books.community, wrong.number, "金额记错", day=DAY, now=NOW)
        assert {"income.parking": 0, "bank.common": 0} == balances(session, books.community.id)
        for number in (wrong.number, back.number):
            with pytest.raises(Refusal, match="ENTRY_REVERSED"):
                reverse(session, books.community, number, "再来", day=DAY, now=NOW)
        with pytest.raises(Refusal, match="NOT_FOUND"):
            reverse(session, books.community, 99, "没有", day=DAY, now=NOW)
        assert verify_ledger(session, books.community).holds


def test_the_database_refuses_changes(books: Books) -> None:
    """No update and no delete of entries and postings, whoever asks."""
    with books.database.write() as session:
        post(session, books.community, parking(), now=NOW)
    deeds = [
        deed
        for table in ("account_entry", "account_posting")
        for deed in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id + 100")  # noqa: S608  names of tables
    ]
    if books.database.engine.dialect.name == "postgresql":
        deeds.append("TRUNCATE account_posting CASCADE")
    else:
        deeds.append("INSERT OR REPLACE INTO account_posting SELECT * FROM account_posting")
        deeds.append("INSERT OR REPLACE INTO account_entry SELECT * FROM account_entry")
    for deed in deeds:
        with pytest.raises(DBAPIError, match="never changed"), books.database.write() as session:
            session.execute(sa.text(deed))
    with books.database.read() as session:
        assert verify_ledger(session, books.community).holds


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal ORDER BY tgname",
}


def test_a_migrated_database_has_the_same_guards(database: Database, tmp_path: Path) -> None:
    """What tests make from the models is what the migration makes."""
    kind = database.engine.dialect.name
    with database.read() as session:
        made = session.execute(sa.text(TRIGGERS[kind])).all()
    if kind == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrated.db'}"
    else:
        url = database.engine.url.render_as_string(hide_password=False)
        all_tables().metadata.drop_all(database.engine)
    upgrade(url)
    engine = open_engine(url)
    with engine.connect() as connection:
        migrated = connection.execute(sa.text(TRIGGERS[kind])).all()
    engine.dispose()
    assert len(made) == (6 if kind == "sqlite" else 4)
    assert made == migrated


def test_many_at_once_keep_numbers_and_chain(books: Books) -> None:
    """Forty entries of eight at a time: numbers without gaps, a chain that holds; two reversals of one: one stays."""

    def add(amount: int) -> int:
        with books.database.write() as session:
            return post(session, books.community, parking(amount), now=NOW).number

    def take_back(_: int) -> bool:
        try:
            with books.database.write() as session:
                reverse(session, books.community, 1, "重复", day=DAY, now=NOW)
        except Refusal:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(range(1, 41)) == sorted(pool.map(add, range(1, 41)))
        assert [False] * 3 + [True] == sorted(pool.map(take_back, range(4)))
    with books.database.read() as session:
        verdict = verify_ledger(session, books.community)
    assert (41, True) == (verdict.entries, verdict.holds)


def filled(books: Books) -> Head:
    """Post six entries of all sorts; give the head."""
    with books.database.write() as session:
        opening(session, books)
        lift_cost(session, books)
        post(
            session,
            books.community,
            replace(parking(), documents=(document_hash(bytes(32), DocumentKind.INVOICE, b"receipt"),)),
            now=NOW,
        )
        post(session, books.community, parking(700), now=NOW)
        reverse(session, books.community, 4, "记错", day=DAY, now=NOW)
        post(session, books.community, parking(800), now=NOW)
        return head_of(session, books.community)


def tamper(books: Books, *changes: sa.sql.dml.DMLWhereBase | sa.TextClause) -> None:
    """Change rows past the program, triggers dropped first, as whoever holds the database's password could."""
    with books.database.write() as session:
        session.execute(sa.text("PRAGMA defer_foreign_keys=ON"))
        for table in ("account_entry", "account_posting"):
            for deed in ("update", "delete", "replace"):
                session.execute(sa.text(f"DROP TRIGGER {table}_no_{deed}"))
        for change in changes:
            session.execute(change)


def in_entry(number: int) -> sa.ColumnElement[bool]:
    """Postings of an entry."""
    return (
        AccountPosting.entry_id
        == sa.select(AccountEntry.id).where(AccountEntry.number == number).scalar_subquery()
    )


E, P = AccountEntry, AccountPosting
TAMPERED = {
    "an amount on both sides": (
        2, "changed", [sa.update(P).where(in_entry(2), P.position < 2).values(amount=P.amount - 1)],
    ),
    "a unit": (2, "changed", [sa.update(P).where(in_entry(2), P.position == 1).values(unit="102")]),
    "a day": (3, "changed", [sa.update(E).where(E.number == 3).values(day=date(2026, 1, 1))]),
    "a document": (3, "changed", [sa.update(E).where(E.number == 3).values(documents=["0x" + "11" * 32])]),
    "a kind that is none": (4, "changed", [sa.update(E).where(E.number == 4).values(kind="gift")]),
    "the payment it enters": (4, "changed", [sa.update(E).where(E.number == 4).values(payment=bytes(32))]),
    "its hash": (3, "changed", [sa.update(E).where(E.number == 3).values(hash=bytes(32))]),
    "words": (2, "words", [sa.update(AccountWords).where(AccountWords.entry_id == 2).values(words="绿化")]),
    "who posted": (6, "changed", [sa.update(E).where(E.number == 6).values(by=7)]),
    "a posting added": (
        4, "changed",
        [sa.insert(P).values(entry_id=4, position=9, account="income.rent", building="", entrance="", unit="", amount=1)],
    ),
    "an entry taken out": (
        3, "number", [sa.delete(AccountWords).where(AccountWords.entry_id == 3), sa.delete(P).where(in_entry(3)),
                      sa.delete(E).where(E.number == 3)],
    ),
    "numbers exchanged": (
        3, "previous", [sa.update(E).where(E.number == 3).values(number=99), sa.update(E).where(E.number == 4).values(number=3),
                        sa.update(E).where(E.number == 99).values(number=4)],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_ledger_changed_in_the_database_is_caught(light_books: Books, what: str) -> None:
    """The first entry that is wrong is named, and what is wrong with it."""
    filled(light_books)
    number, fault, changes = TAMPERED[what]
    tamper(light_books, *changes)
    with light_books.database.read() as session:
        verdict = verify_ledger(session, light_books.community)
    assert (number, fault) == (verdict.wrong, verdict.fault)


def test_only_the_anchored_head_shows_a_tail_cut_off_or_written_anew(light_books: Books) -> None:
    """A shorter or rewritten ledger is whole in itself; what was anchored says that it is another."""
    head = filled(light_books)
    tamper(
        light_books,
        sa.delete(AccountWords).where(AccountWords.entry_id == 6),
        sa.delete(P).where(in_entry(6)),
        sa.delete(E).where(E.number == 6),
    )
    with light_books.database.write() as session:
        assert verify_ledger(session, light_books.community).holds
        cut = verify_ledger(session, light_books.community, head)
        assert (6, "anchor") == (cut.wrong, cut.fault)
        post(session, light_books.community, parking(1), now=NOW)
        assert verify_ledger(session, light_books.community).holds
        assert "anchor" == verify_ledger(session, light_books.community, head).fault


def test_words_can_be_taken_down_and_the_chain_still_holds(light_books: Books) -> None:
    """What must not be read any more goes, salt and all; the entry's hash stands."""
    head = filled(light_books)
    with light_books.database.write() as session:
        session.execute(sa.delete(AccountWords).where(AccountWords.entry_id == 3))
        verdict = verify_ledger(session, light_books.community, head)
    assert (True, 1) == (verdict.holds, verdict.taken_down)
