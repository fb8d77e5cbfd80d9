"""A quarter of two bank accounts, made from a seed, with five errors planted in the ledger."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from bank_files import Line

from wanjia.accounts.chart import EntryKind
from wanjia.accounts.entries import Draft, Place, Posting

FIRST, DAYS = date(2026, 7, 1), 92
UNITS = [Place("1", "1", "101"), Place("1", "1", "102"), Place("2", "1", "101"), Place("10", "1", "101")]
OPENING = {"fund": 900_000_000, "common": 12_345_678}


@dataclass
class Quarter:
    """What each bank account saw, what was entered, and what was planted: error -> the entry's words."""

    lines: dict[str, list[Line]]
    drafts: list[Draft]
    planted: dict[str, str] = field(default_factory=dict)


def quarter(seed: int) -> Quarter:
    """Make it: rents of the same amount each month, batches, fees, forty payments, days that lag; then the errors."""
    random = Random(seed)
    made = Quarter({"fund": [], "common": []}, [])
    for month in range(3):
        for shop in range(4):
            _both(
                made,
                random,
                "common",
                300_000 + shop,
                FIRST + timedelta(days=30 * month + shop),
                f"{month}月{shop}号铺租金",
            )
        _both(
            made,
            random,
            "common",
            -(1_500 + month),
            FIRST + timedelta(days=30 * month + 20),
            f"{month}月手续费",
        )
        _batch(made, random, month)
    for number in range(40):
        day = FIRST + timedelta(days=random.randrange(3, DAYS - 10))
        _both(
            made,
            random,
            "fund",
            -random.randrange(100_000, 40_000_000),
            day,
            f"工程{number:02}付款",
            f"HT{number:03}",
        )
    _plant(made)
    for lines in made.lines.values():
        lines.sort(key=lambda line: line.day)
    return made


def _both(
    made: Quarter, random: Random, bank: str, amount: int, day: date, words: str, reference: str = ""
) -> None:
    """One payment as the bank and the ledger have it: the bank up to two days later, rarely naming the reference."""
    late = timedelta(days=random.randrange(3))
    said = f"{words} {reference}" if random.random() < 0.3 else words
    made.lines[bank].append(Line(day + late, amount, f"B{bank[0]}{len(made.lines[bank]):04}", said))
    made.drafts.append(entry(bank, amount, day, words, reference))


def _batch(made: Quarter, random: Random, month: int) -> None:
    """Three days' parking fees come as one line; one income is entered that came in two lines."""
    day = FIRST + timedelta(days=30 * month + 25)
    fees = [random.randrange(10_000, 99_999) for _ in range(3)]
    made.lines["common"].append(Line(day, sum(fees), f"BP{month}", "停车费清算"))
    made.drafts += [entry("common", fee, day, f"{month}月停车{at}") for at, fee in enumerate(fees)]
    halves = [random.randrange(1_000_000, 9_999_999) for _ in range(2)]
    made.lines["common"] += [Line(day, half, f"BA{month}{at}", "广告") for at, half in enumerate(halves)]
    made.drafts.append(entry("common", sum(halves), day, f"{month}月广告"))


def entry(bank: str, amount: int, day: date, words: str, reference: str = "") -> Draft:
    """An entry of the common revenue, or of the maintenance fund borne by one unit."""
    if bank == "fund":
        other = Posting("maintenance", -amount, UNITS[abs(amount) % 4])
    else:
        other = Posting("income.rent" if amount > 0 else "expense.fees", -amount)
    kind = EntryKind.COST if bank == "fund" else EntryKind.INCOME
    return Draft(day, kind, words, (Posting(f"bank.{bank}", amount), other), reference)


def _plant(made: Quarter) -> None:
    """Missing, doubled, digits exchanged, wrong sign, wrong day (a quarter late); and one in the other account."""
    at = {draft.words: number for number, draft in enumerate(made.drafts)}
    chosen = [f"工程{number:02}付款" for number in range(0, 40, 8)] + ["1月2号铺租金"]
    missing, doubled, exchanged, turned, late, elsewhere = chosen
    made.planted = dict(
        zip(("missing", "doubled", "transposed", "sign", "date", "other-account"), chosen, strict=True)
    )

    def change(words: str, amount: int, days: int = 0) -> None:
        old = made.drafts[at[words]]
        made.drafts[at[words]] = entry("fund", amount, old.day + timedelta(days=days), words, old.reference)

    change(exchanged, _exchanged(made.drafts[at[exchanged]].postings[0].amount))
    change(turned, -made.drafts[at[turned]].postings[0].amount)
    change(late, made.drafts[at[late]].postings[0].amount, 100)
    rent = made.drafts[at[elsewhere]]
    made.drafts[at[elsewhere]] = replace(
        rent,
        postings=tuple(
            replace(each, account=_of_fund(each.account), place=_at_fund(each)) for each in rent.postings
        ),
    )
    made.drafts.append(made.drafts[at[doubled]])
    del made.drafts[at[missing]]


def _of_fund(account: str) -> str:
    return "bank.fund" if account == "bank.common" else "maintenance"


def _at_fund(posting: Posting) -> Place:
    return Place() if posting.account == "bank.common" else UNITS[0]


def _exchanged(amount: int) -> int:
    """Exchange the first two neighbouring digits that differ."""
    digits = list(str(abs(amount)))
    at = next(at for at in range(1, len(digits) - 1) if digits[at] != digits[at + 1])
    digits[at], digits[at + 1] = digits[at + 1], digits[at]
    return (-1 if amount < 0 else 1) * int("".join(digits))
