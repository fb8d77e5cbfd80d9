"""Statements of every format are read to the fen, and a bad one is refused with its line and reason."""

from datetime import date, timedelta

import pytest
from bank_files import Line, camt, chinese_csv, ofx
from hypothesis import given, settings
from hypothesis import strategies as st
from ledgers import NUMBER
from ofxtools.Parser import OFXTree

from wanjia.accounts.statements.amounts import day_of, fen
from wanjia.accounts.statements.mapping import mapping_from_json
from wanjia.accounts.statements.parsed import MAX_BYTES, ParsedStatement
from wanjia.accounts.statements.reading import Hints, read_statement
from wanjia.domain.errors import Refusal

DAY = date(2026, 7, 1)
LINES = [
    Line(DAY, 1_234_567, "R1", "七月停车费"),
    Line(DAY + timedelta(days=3), -50, "R2", "手续费"),
    Line(DAY + timedelta(days=3), -98_700_00, "R3", "电梯大修"),
    Line(DAY + timedelta(days=40), 5, "R4"),
]
OPENING = 2_000_000_000


def refusal(data: bytes, hints: Hints | None = None) -> Refusal:
    """Read what must be refused."""
    with pytest.raises(Refusal) as refused:
        read_statement(data, hints or Hints())
    return refused.value


def said(statement: ParsedStatement) -> list[tuple[date, int, str, str, str]]:
    """What of each line every format carries."""
    return [(line.day, line.amount, line.reference, line.words, line.party) for line in statement.lines]


@pytest.mark.parametrize(
    "data",
    [
        chinese_csv(LINES, OPENING),
        chinese_csv(LINES, OPENING, newest_first=True),
        ofx(LINES, OPENING, version=102),
        ofx(LINES, OPENING, version=220),
        camt(LINES, OPENING, version="02"),
        camt(LINES, OPENING, version="08"),
        camt(LINES, OPENING, version="13"),
    ],
    ids=["csv", "csv newest first", "ofx sgml", "ofx xml", "camt 02", "camt 08", "camt 13"],
)
def test_every_format_says_the_same(data: bytes) -> None:
    """Days, amounts, references, words, names; opening and closing."""
    statement = read_statement(data)
    assert [(line.day, line.amount, line.reference, line.words, line.party) for line in LINES] == said(
        statement
    )
    assert (OPENING, OPENING + sum(line.amount for line in LINES)) == (statement.opening, statement.closing)
    assert (DAY, DAY + timedelta(days=40)) == (statement.first_day, statement.last_day)
    assert statement.number in (NUMBER, "")


@given(st.lists(st.integers(-(10**11), 10**11).filter(bool), min_size=1, max_size=8), st.integers(0, 10**11))
@settings(max_examples=25)
def test_two_readers_of_ofx_agree(
    tmp_path_factory: pytest.TempPathFactory, amounts: list[int], opening: int
) -> None:
    """Ofxtools reads the same sums as the program does."""
    data = ofx([Line(DAY, amount, f"R{at}") for at, amount in enumerate(amounts)], opening)
    file = tmp_path_factory.mktemp("ofx") / "s.ofx"
    file.write_bytes(data)
    tree = OFXTree()
    tree.parse(str(file))
    theirs = tree.convert().statements[0].transactions
    ours = read_statement(data).lines
    assert [int(each.trnamt * 100) for each in theirs] == amounts == [line.amount for line in ours]


def test_a_mapping_for_columns_nobody_could_guess() -> None:
    """Names, signs, days and thousands of a bank's own; without balances a person gives them."""
    text = "Wertstellung;Betrag;Kennung\n31.07.2026;1.234,5;x\n"
    assert "STATEMENT_HEADER" == refusal(text.encode()).code
    mapping = mapping_from_json('{"day": "When", "amount": "Sum", "direction": "Side", "day_format": "%d.%m.%Y", '
                                '"thousands": "\'", "words_in": ["C"], "words_out": ["D"]}')  # fmt: skip
    data = b"When\tSum\tSide\n31.07.2026\t1'234.50\tC\n02.08.2026\t34.50\tD\n"
    assert "STATEMENT_BALANCE_MISSING" == refusal(data, Hints(mapping)).code
    assert "STATEMENT_SUM" == refusal(data, Hints(mapping, 0, 120_001)).code
    read = read_statement(data, Hints(mapping, 0, 120_000))
    assert [123_450, -3_450] == [line.amount for line in read.lines]


@pytest.mark.parametrize(
    "text",
    ["nonsense", "[]", "{}", '{"day": 5}', '{"day": "d"}', '{"day": "d", "amount": "a", "colour": "red"}',
     '{"day": "d", "amount": "a", "money_in": "i", "money_out": "o"}', '{"day": "d", "amount": "a", "words_in": "C"}'],
)  # fmt: skip
def test_a_mapping_that_says_nothing_is_refused(text: str) -> None:
    """By the field that is wrong."""
    with pytest.raises(Refusal, match="STATEMENT_MAPPING"):
        mapping_from_json(text)


GOOD = chinese_csv(LINES, OPENING).decode("gbk")
BAD_CSV = {
    "a day that is none": (GOOD.replace("20260704", "20260732", 1), "STATEMENT_DATE", 6),
    "an amount with a letter": (GOOD.replace("98,700.00", "98,7OO.00"), "STATEMENT_AMOUNT", 7),
    "an amount below a fen": (GOOD.replace('"0.50"', '"0.505"'), "STATEMENT_AMOUNT", 6),
    "a decimal comma": (GOOD.replace('"0.50"', '"0,50"'), "STATEMENT_AMOUNT", 6),
    "both in and out": (GOOD.replace('"0.50"', '"0.50"').replace('"","0.50"', '"1.00","0.50"'), "STATEMENT_ONE_AMOUNT", 6),
    "neither in nor out": (GOOD.replace('"0.50"', '""'), "STATEMENT_ONE_AMOUNT", 6),
    "a row left out": (
        "\r\n".join(line for line in GOOD.split("\r\n") if "R2" not in line), "STATEMENT_BALANCE", 6,
    ),
    "a row with too many cells": (GOOD.replace('"手续费"', '"手","续","费"'), "STATEMENT_ROW_BROKEN", 6),
    "a balance changed": (GOOD.replace("19,913,645.17", "19,913,645.71"), "STATEMENT_BALANCE", 7),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_CSV)
def test_a_bad_row_is_refused_by_its_number(what: str) -> None:
    """The row and the reason are named; nothing of what a cell holds is."""
    text, code, row = BAD_CSV[what]
    assert text != GOOD
    refused = refusal(text.encode("gbk"))
    assert (code, row) == (refused.code, refused.values["row"])
    assert "某某" not in str(refused)


BAD_FILES = {
    "nothing": (b" \n", "STATEMENT_EMPTY"),
    "a header alone": ("日期,金额,余额\n".encode(), "STATEMENT_EMPTY"),
    "bytes that are no text": (b"\xff\xfe\xfa\x80" * 50 + b"\x81", "STATEMENT_ENCODING"),
    "other XML": (b"<a/>", "STATEMENT_FORMAT"),
    "XML cut off": (camt(LINES, 0)[:-30], "STATEMENT_XML"),
    "entities that grow": (
        b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>', "STATEMENT_XML",
    ),
    "an entity of a file": (
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Document>&b;</Document>', "STATEMENT_XML",
    ),
    "camt that does not add up": (camt(LINES, 5, closing=6), "STATEMENT_SUM"),
    "camt without balances": (camt(LINES, 5).replace(b"OPBD", b"ITBD"), "STATEMENT_BALANCE_MISSING"),
    "camt in euro": (camt(LINES, 5).replace(b'Ccy="CNY"', b'Ccy="EUR"'), "STATEMENT_CURRENCY"),
    "camt without a side": (camt(LINES, 5).replace(b"DBIT", b"????"), "STATEMENT_FIELD"),
    "camt with a day that is none": (camt(LINES, 5).replace(b"2026-08-10", b"2026-08-32"), "STATEMENT_FIELD"),
    "balances beyond all banks": (ofx([Line(DAY, -(10**15) + 1, "A"), Line(DAY, -(10**15) + 1, "B")], 0), "STATEMENT_FIELD"),
    "two camt statements": (
        camt(LINES, 5).replace(b"</Stmt>", b"</Stmt><Stmt></Stmt>"), "STATEMENT_SEVERAL",
    ),
    "ofx in dollars": (ofx(LINES, 5, currency="USD"), "STATEMENT_CURRENCY"),
    "ofx with an amount that is none": (ofx(LINES, 5).replace(b"12345.67", b"12,345.67"), "STATEMENT_FIELD"),
    "ofx cut off": (ofx(LINES, 5).split(b"<LEDGERBAL>")[0], "STATEMENT_FIELD"),
    "ofx with a document type": (b"OFXHEADER:100\n<!DOCTYPE a><OFX></OFX>", "STATEMENT_XML"),
    "ofx without a statement": (b"OFXHEADER:100\n<OFX></OFX>", "STATEMENT_SEVERAL"),
    "too large": (b"x" * (MAX_BYTES + 1), "TOO_LARGE"),
    "too many lines": ("日期,金额,余额\n".encode() + b"2026-07-01,1,1\n" * 20_001, "STATEMENT_TOO_MANY_LINES"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_refused_with_its_reason(what: str) -> None:
    """One code each."""
    data, code = BAD_FILES[what]
    assert code == refusal(data).code


def test_remarks_are_left_out_and_no_line_is() -> None:
    """A page's sum and a remark without amounts go; a line whose words begin like a sum stays, one without a day is refused."""
    head, first, second = "摘要,日期,收入,支出,余额", "收入租金,2026-07-01,5,,5", "合计电费,2026-07-02,,1,4"
    text = f"{head}\n{first}\n本页小计,,5,0,5\n{head}\n{second}\n* 本表仅供参考\n,,,,"
    assert [500, -100] == [line.amount for line in read_statement(text.encode()).lines]
    refused = refusal(f"{head}\n{first}\n电费,,,1,4".encode())
    assert ("STATEMENT_DATE", 3) == (refused.code, refused.values["row"])


def test_pending_entries_of_camt_are_not_on_the_account() -> None:
    """Neither counted nor stored."""
    pending = (
        '<Ntry><Amt Ccy="CNY">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts>'
        "<BookgDt><Dt>2026-08-11</Dt></BookgDt></Ntry>"
    )
    assert len(LINES) == len(read_statement(camt(LINES, 0, extra=pending)).lines)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300),
        st.builds(
            lambda base, at, put: base[: at % len(base)] + put + base[at % len(base) + len(put) :],
            st.sampled_from([chinese_csv(LINES, 5), ofx(LINES, 5), camt(LINES, 5)]),
            st.integers(0, 10**6),
            st.binary(min_size=1, max_size=12),
        ),
    )
)
def test_whatever_the_bytes_a_statement_adds_up_or_is_refused(data: bytes) -> None:
    """No other exception, and never a statement whose lines do not lead from opening to closing."""
    try:
        statement = read_statement(data)
    except Refusal:
        return
    assert statement.closing == statement.opening + sum(line.amount for line in statement.lines)


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,234.50", 123_450), ("￥１２", 1_200), ("(3.10)", -310), ("-0.05", -5), ("+7", 700), ("人民币 8.1元", 810),
     (".5", 50), ("1.100", 110), ("12,34", None), ("1,2345", None), ("1.234", None), ("", None), ("1e3", None),
     ("--1", None), ("NaN", None), (",123", None), ("٣", None)],
)  # fmt: skip
def test_amounts_as_banks_write_them(text: str, amount: int | None) -> None:
    """To the fen or not at all."""
    assert amount == fen(text)


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-7-1", DAY), ("2026/07/01 12:30:00", DAY), ("20260701", DAY), ("20260701123000", DAY),
     ("2026年7月1日", DAY), ("2026.07.01", DAY), ("01/07/2026", None), ("2026-02-30", None), ("2026070", None)],
)  # fmt: skip
def test_days_as_banks_write_them(text: str, day: date | None) -> None:
    """Year first; others need a format."""
    assert day == day_of(text)
