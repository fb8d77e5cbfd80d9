"""Proposals with their reasons, accepted and undone by a person; what is wrong stays unexplained, with a hint."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from bank_files import camt, chinese_csv
from ledgers import NOW, Books, opening, parking
from quarter import OPENING, UNITS, quarter

import wanjia
from wanjia.accounts.balances import balances
from wanjia.accounts.banks import find_bank_account
from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import Draft, Posting
from wanjia.accounts.importing import import_statement
from wanjia.accounts.matching import Item, Proposal, Rule, propose
from wanjia.accounts.posting import post, reverse
from wanjia.accounts.reconciling import Reconciliation, accept, by_hand, reconcile, standing, undo
from wanjia.accounts.sharing import areas_in, each_own
from wanjia.accounts.shown import suspicion, why
from wanjia.accounts.statements.reading import read_statement
from wanjia.accounts.suspicions import Around, Suspicion, Unexplained, suspect
from wanjia.accounts.texts import label
from wanjia.domain.errors import Refusal

DAY = date(2026, 7, 1)


def item(at: int, amount: int, day: int = 0, **more: object) -> Item:
    """A line or posting on a day of July."""
    return Item(at, DAY + timedelta(days=day), amount, **more)  # type: ignore[arg-type]


def rules(lines: list[Item], postings: list[Item]) -> list[tuple[tuple[int, ...], tuple[int, ...], Rule]]:
    """Propose; give lines, postings and rule of each."""
    return [(each.lines, each.postings, each.rule) for each in propose(lines, postings).proposals]


def test_the_surest_rule_goes_first() -> None:
    """A shared reference wins over the nearer day, the same day over the window."""
    lines = [item(1, 500, 3, reference="A"), item(2, 500, 0), item(3, 500, 20)]
    postings = [item(11, 500, 3), item(12, 500, 10, reference="A"), item(13, 500, 0), item(14, 500, 15)]
    assert [((1,), (12,), Rule.REFERENCE), ((2,), (13,), Rule.SAME_DAY), ((3,), (14,), Rule.WINDOW)] == rules(
        lines, postings
    )
    assert ((1,), (12,), Rule.REFERENCE) == rules(
        [item(1, 500, words="付 A 款")], [item(12, 500, reference="A")]
    )[0]


def test_groups_are_proposed_only_when_there_is_one() -> None:
    """A line of three entries, an entry of two lines; two ways to add up are no proposal, nor are parts far away."""
    assert [((1,), (11, 12, 13), Rule.ONE_TO_MANY)] == rules(
        [item(1, 60)], [item(11, 10), item(12, 20), item(13, 30)]
    )
    assert [((1, 2), (11,), Rule.MANY_TO_ONE)] == rules([item(1, -5), item(2, -6, 1)], [item(11, -11)])
    assert [] == rules([item(1, 30)], [item(11, 10), item(12, 20), item(13, 5), item(14, 25)])
    assert [] == rules([item(1, 30)], [item(11, 10), item(12, 20, 4)])
    assert [] == rules([item(1, 30)], [item(11, 40), item(12, -10)])


def test_the_order_of_what_is_given_does_not_matter() -> None:
    """The same proposals from the same items."""
    lines = [item(at, 100 * (at % 3 + 1), at) for at in range(12)]
    postings = [item(100 + at, 100 * (at % 3 + 1), at + 1) for at in range(12)]
    assert propose(lines, postings) == propose(lines[::-1], postings[::-1])


def test_an_entry_taken_back_before_the_bank_saw_it_needs_no_line() -> None:
    """It and its reversal explain each other; the entry that took its place matches."""
    postings = [item(11, 500, number=1), item(12, -500, 1, number=2, reverses=1), item(13, 500, 2, number=3)]
    assert [((), (11, 12), Rule.REVERSED), ((1,), (13,), Rule.WINDOW)] == rules([item(1, 500)], postings)


@pytest.mark.parametrize(
    ("line", "posting", "said"),
    [
        (item(1, 123_400), item(2, 132_400), Suspicion.TRANSPOSED),
        (item(1, 123_400), item(2, 12_340), Suspicion.AMOUNT),
        (item(1, 123_400), item(2, 123_900), Suspicion.AMOUNT),
        (item(1, 123_400, reference="A"), item(2, 777, reference="A"), Suspicion.AMOUNT),
        (item(1, 123_400), item(2, -123_400), Suspicion.SIGN),
        (item(1, 123_400), item(2, 123_400, 60), Suspicion.DATE),
        (item(1, 123_400), item(2, 567_899), Suspicion.MISSING),
    ],
)
def test_what_it_probably_is(line: Item, posting: Item, said: Suspicion) -> None:
    """Both sides say the same of a pair; without one, each that the other side lacks it."""
    found = suspect([line], [posting], Around())
    there = Suspicion.NOT_AT_BANK if said is Suspicion.MISSING else said
    assert [said, there] == [each.suspicion for each in found]
    paired = None if said is Suspicion.MISSING else posting
    assert paired == found[0].like


def fill(books: Books, seed: int) -> dict[str, str]:
    """Import a seeded quarter's two statements and post its entries; give what was planted."""
    made = quarter(seed)
    with books.database.write() as session:
        units = areas_in(session, books.community.id)
        each = each_own(
            EntryKind.OPENING, DAY, "期初", "bank.fund", dict.fromkeys(units, OPENING["fund"] // len(units))
        )
        post(session, books.community, each, now=NOW)
        sides = (Posting("bank.common", OPENING["common"]), Posting("common", -OPENING["common"]))
        post(session, books.community, Draft(DAY, EntryKind.OPENING, "期初", sides), now=NOW)
        for draft in made.drafts:
            post(session, books.community, draft, now=NOW)
        for code, data in {
            "fund": camt(made.lines["fund"], OPENING["fund"]),
            "common": chinese_csv(made.lines["common"], OPENING["common"], newest_first=True).replace(
                b"622200000000000017", b"622200000000000025"
            ),
        }.items():
            bank = find_bank_account(session, books.community.id, code)
            import_statement(session, books.vault, bank, data, read_statement(data), now=NOW)
    return made.planted


def look(books: Books, code: str) -> Reconciliation:
    """Reconcile a bank account."""
    with books.database.read() as session:
        return reconcile(session, books.vault, find_bank_account(session, books.community.id, code))


def found_in(state: Reconciliation) -> set[tuple[str, str]]:
    """Give what is unexplained: the suspicion and the words, a line's without the reference."""
    return {(each.suspicion.value, each.item.words.split()[0]) for each in state.unexplained}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_planted_errors_of_a_quarter_are_all_found(light_books: Books, seed: int) -> None:
    """Two statements, some 70 entries, six errors: each is unexplained with the right hint, all else matches."""
    planted = fill(light_books, seed)
    fund, common = look(light_books, "fund"), look(light_books, "common")
    expected = {(error, words) for error, words in planted.items() if error != "other-account"}
    elsewhere = ("other-account", planted["other-account"])
    assert expected | {elsewhere} == found_in(fund)
    assert {elsewhere} == found_in(common)
    assert 40 - 4 == len(fund.proposed.proposals)  # all but the missing, exchanged, turned and late one
    assert {Rule.ONE_TO_MANY, Rule.MANY_TO_ONE} <= {each.rule for each in common.proposed.proposals}
    with light_books.database.read() as session:
        held = balances(session, light_books.community.id)
    lines = quarter(seed).lines
    for code, state in (("fund", fund), ("common", common)):
        at_bank = OPENING[code] + sum(line.amount for line in lines[code])
        assert at_bank - held[f"bank.{code}"] == state.difference
        wrong = sum(each.item.amount * (1 if each.is_line else -1) for each in state.unexplained)
        assert wrong == state.difference


def test_corrections_make_the_accounts_agree(light_books: Books) -> None:
    """Reversed and entered right, the planted errors are gone and the difference is zero."""
    fill(light_books, 4)
    before = look(light_books, "fund").unexplained
    assert before
    with light_books.database.write() as session:
        for each in before:
            if each.is_line:
                sides = (
                    Posting("bank.fund", each.item.amount),
                    Posting("maintenance", -each.item.amount, UNITS[0]),
                )
                post(
                    session,
                    light_books.community,
                    Draft(each.item.day, EntryKind.COST, "补记", sides),
                    now=NOW,
                )
            else:
                reverse(session, light_books.community, each.item.number, "更正", day=each.item.day, now=NOW)
        for rent in look(light_books, "common").unexplained:
            sides = (Posting("bank.common", rent.item.amount), Posting("income.rent", -rent.item.amount))
            post(
                session, light_books.community, Draft(rent.item.day, EntryKind.INCOME, "租金", sides), now=NOW
            )
    for code in ("fund", "common"):
        state = look(light_books, code)
        assert ((), 0, 0) == (state.unexplained, state.difference, state.opening_difference)


def test_a_person_accepts_and_undoes(books: Books) -> None:
    """What is accepted is proposed no more, what is undone is open again; nothing is matched twice."""
    with books.database.write() as session:
        bank = find_bank_account(session, books.community.id, "common")
        data = b"\xef\xbb\xbf" + "日期,金额,余额,流水号\n2026-07-02,50,50,A\n2026-07-03,7,57,B\n".encode()
        import_statement(session, books.vault, bank, data, read_statement(data), now=NOW)
        post(session, books.community, parking(5_000), now=NOW)
        state = reconcile(session, books.vault, bank)
        (proposal,) = state.proposed.proposals
        match = accept(session, bank, proposal, now=NOW, by=0)
        with pytest.raises(Refusal, match="MATCH_TAKEN"):
            accept(session, bank, proposal, now=NOW, by=0)
        assert {match.id: proposal} == standing(session, bank)
        after = reconcile(session, books.vault, bank)
        assert (1, (), 1) == (after.matches, after.proposed.proposals, len(after.unexplained))
        undo(session, bank, match.id, now=NOW, by=0)
        with pytest.raises(Refusal, match="MATCH_UNDONE"):
            undo(session, bank, match.id, now=NOW, by=0)
        assert state == reconcile(session, books.vault, bank)
        assert {"lines": list(proposal.lines), "postings": list(proposal.postings), "days": 1} == match.parts
        assert {} == standing(session, bank)


def test_a_match_of_other_sums_or_accounts_is_refused(light_books: Books) -> None:
    """By hand too, only the same sum of the same account is the same money."""
    fill(light_books, 1)
    with light_books.database.write() as session:
        bank = find_bank_account(session, light_books.community.id, "fund")
        state = reconcile(session, light_books.vault, bank)
        one, other = state.proposed.proposals[:2]
        foreign = look(light_books, "common").proposed.proposals[0]
        for code, wrong in {
            "MATCH_AMOUNT": by_hand(one.lines, other.postings),
            "MATCH_PARTS": by_hand(foreign.lines, foreign.postings),
        }.items():
            with pytest.raises(Refusal, match=code):
                accept(session, bank, wrong, now=NOW, by=0)
        for nothing in (by_hand(one.lines, ()), by_hand((), one.postings), by_hand((0,), one.postings)):
            with pytest.raises(Refusal, match="MATCH_PARTS"):
                accept(session, bank, nothing, now=NOW, by=0)
        with pytest.raises(Refusal, match="NOT_FOUND"):
            undo(session, bank, 999, now=NOW, by=0)


def test_another_opening_balance_is_named(light_books: Books) -> None:
    """The ledger began with more than the bank had."""
    with light_books.database.write() as session:
        opening(session, light_books)
        bank = find_bank_account(session, light_books.community.id, "fund")
        data = "日期,金额,余额\n2026-07-02,50,30050\n".encode()
        import_statement(session, light_books.vault, bank, data, read_statement(data), now=NOW)
        state = reconcile(session, light_books.vault, bank)
    assert (-1_000_000, -995_000) == (state.opening_difference, state.difference)


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_every_reason_and_hint_has_words(lang: str) -> None:
    """In both languages, with the same keys in order."""
    path = Path(wanjia.__file__).parent / "locales"
    keys = list(json.loads((path / f"accounts.{lang}.json").read_text(encoding="utf-8")))
    assert keys == sorted(json.loads((path / "accounts.en.json").read_text(encoding="utf-8")))
    for rule in Rule:
        assert why(Proposal((1,), (2, 3), rule, 4), lang)
    for said in Suspicion:
        for is_line in (True, False):
            if said is not (Suspicion.NOT_AT_BANK if is_line else Suspicion.MISSING):
                shown = suspicion(Unexplained(item(1, 500), is_line, said, item(2, 600, number=7)), lang)
                assert "6.00" in shown
                assert "7" in shown
    for kind in EntryKind:
        assert label(f"kind.{kind}", lang)
