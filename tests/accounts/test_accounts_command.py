"""``wanjia accounts`` as the treasurer meets it: bank accounts, statements, reconciliation, export, verification."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa
from ledgers import NOW, NUMBER, OTHER_NUMBER, Books, parking
from typer.testing import CliRunner

from wanjia.accounts.balances import unit_balances
from wanjia.accounts.cli import accounts_app
from wanjia.accounts.entries import Place
from wanjia.accounts.posting import head_of, post

DAYS = "日期,收入,支出,余额,流水号,摘要,对方户名\n"


@pytest.fixture
def home(light_books: Books, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a system whose database is the books'."""
    monkeypatch.setenv("WANJIA_HOME", str(tmp_path))
    monkeypatch.setenv("WANJIA_DATABASE_URL", f"sqlite:///{light_books.database.engine.url.database}")
    monkeypatch.setenv("WANJIA_DATA_KEY", bytes(range(32)).hex())
    for secret in ("OPERATOR_KEY", "SESSION_KEY"):
        monkeypatch.setenv(f"WANJIA_{secret}", "0x" + "11" * 32)
    monkeypatch.setenv("COLUMNS", "200")
    return tmp_path


def run(*words: str, keys: str = "") -> tuple[int, str]:
    """Run a command; give its status and all it printed."""
    result = CliRunner().invoke(accounts_app, list(words), input=keys)
    return result.exit_code, result.output


def test_a_treasurer_s_month(home: Path, light_books: Books) -> None:
    """A statement in, proposals taken, one line unexplained until it is entered; then all agrees, exported, verified."""
    file = home / "七月.csv"
    file.write_bytes(
        (DAYS + "2026-07-01,50,,50,A,停车,张三丰\n2026-07-02,,9.99,40.01,B,手续费,某银行\n").encode("gbk")
    )
    with light_books.database.write() as session:
        post(session, light_books.community, parking(5_000), now=NOW)
    status, text = run("import", "one", "common", str(file))
    assert (0, True) == (status, "新导入 2 笔" in text)
    status, text = run("import", "one", "common", str(file), "--lang", "en")
    assert (0, True) == (status, "0 new lines, 2 known" in text)
    assert 1 == run("reconcile", "one", "common", "--take", "2")[0]
    status, text = run("reconcile", "one", "common")
    assert "建议对上 1 条" in text
    status, text = run("reconcile", "one", "common", "--take", "1", "--list")
    assert (1, True, True, True) == (status, "同日同额" in text, "漏记" in text, "-9.99" in text)
    assert "张三丰" not in text
    with light_books.database.write() as session:
        post(session, light_books.community, parking(-999, words="手续费"), now=NOW)
        head = head_of(session, light_books.community)
    status, text = run("reconcile", "one", "common")
    assert (0, True, True) == (status, "已对上 1 条" in text, "两边都对上了" in text)
    assert 0 == run("reconcile", "one", "common", "--undo", "1")[0]
    assert 1 == run("reconcile", "one", "common", "--undo", "1")[0]
    for ending in ("csv", "xlsx", "beancount"):
        assert 0 == run("export", "one", str(home / f"账目.{ending}"))[0]
        assert (home / f"账目.{ending}").stat().st_size > 100
    assert 1 == run("export", "one", str(home / "账目.pdf"))[0]
    status, text = run("verify", "one", "--entries", "2", "--head", "0x" + head.hash.hex())
    assert (0, True) == (status, head.hash.hex() in text.replace("\n", ""))


def test_a_refused_statement_says_where_and_why(home: Path) -> None:
    """Row and reason, in both languages; status 1, nothing stored."""
    file = home / "bad.csv"
    file.write_text(DAYS + "2026-07-01,50,,50,A,停车,张三丰\n2026-07-02,7,,58,B,,\n", encoding="utf-8")
    status, text = run("import", "one", "common", str(file))
    assert (1, True) == (status, "第 3 行的余额是 58.00 元，按上一行计算应为 57.00 元" in text)
    status, text = run("import", "one", "common", str(file), "--lang", "en")
    assert (1, True) == (status, "The balance in row 3 is 58.00 yuan where 57.00 follow" in text)
    file.write_text("When,Sum\n2026-07-01,50\n2026-07-09,7\n", encoding="utf-8")
    mapping = home / "mapping.json"
    mapping.write_text('{"day": "When", "amount": "Sum"}', encoding="utf-8")
    given = ("import", "one", "common", str(file), "--mapping", str(mapping))
    assert 1 == run(*given)[0]
    assert 2 == run(*given, "--opening", "100", "--closing", "1,57.00")[0]
    assert 0 == run(*given, "--opening", "100", "--closing", "157.00")[0]
    assert 1 == run("import", "nowhere", "common", str(file))[0]


def test_bank_accounts_are_added_and_listed_masked(home: Path) -> None:
    """The number is asked for, not given on the command line, and never shown whole."""
    assert home.exists()
    status, text = run(
        "bank",
        "one",
        "deposits",
        "--fund",
        "deposits",
        "--name",
        "装修押金户",
        keys="6222 0000 0000 0000 33\n",
    )
    assert (0, True, True) == (status, "****0033" in text, "装修押金户" in text)
    for number in (NUMBER, OTHER_NUMBER, "622200000000000033"):
        assert number not in text
    assert 3 == len(run("bank", "one")[1].splitlines())


def test_verify_names_what_was_changed(home: Path, light_books: Books) -> None:
    """Status 1 and the entry's number; a head is given whole or not at all."""
    assert home.exists()
    with light_books.database.write() as session:
        post(session, light_books.community, parking(), now=NOW)
        session.execute(sa.text("UPDATE account_words SET words = '别的'"))
    status, text = run("verify", "one")
    assert (1, True) == (status, "第 1 号分录，事由被改动" in text)
    status, text = run("verify", "one", "--lang", "en")
    assert (1, True) == (status, "entry 1, its words were changed" in text)
    assert 1 == run("verify", "one", "--entries", "1")[0]
    assert 1 == run("verify", "one", "--entries", "1", "--head", "0xzz")[0]


ENTRY = {
    "day": "2026-07-01",
    "kind": "income",
    "words": "七月停车费",
    "postings": [{"account": "bank.common", "yuan": "50"}, {"account": "income.parking", "yuan": "-50.00"}],
}
SHARED = {
    "day": "2026-07-02",
    "kind": "cost",
    "words": "1栋防水",
    "payment": "0x" + "ab" * 32,
    "documents": ["0x" + "cd" * 32],
    "share": {"bank": "bank.fund", "yuan": "-100.01", "scope": "1"},
}
WRONG = {
    "JSON": "nonsense",
    "postings / share": {**ENTRY, "share": {}},
    "day": {**ENTRY, "day": "1 July"},
    "kind": {**ENTRY, "kind": "reversal"},
    "words": {**ENTRY, "words": 5},
    "payment": {**ENTRY, "payment": "0x12"},
    "documents": {**ENTRY, "documents": ["x"]},
    "postings": {**ENTRY, "postings": [{"account": "bank.common", "yuan": "1.005"}]},
    "share": {**SHARED, "share": {"bank": "bank.fund", "yuan": "1", "scope": "1,"}},
}


def entry_file(home: Path, entry: object) -> str:
    """Write an entry to a file."""
    file = home / "entry.json"
    file.write_text(entry if isinstance(entry, str) else json.dumps(entry), encoding="utf-8")
    return str(file)


def test_entries_are_posted_reversed_and_added_up(home: Path, light_books: Books) -> None:
    """Spelt out, shared by area, one unit's own in any usual spelling of its address; then one is taken back."""
    own = {
        "account": "maintenance",
        "yuan": "-300",
        "building": "２栋",
        "entrance": "1单元",
        "number": "101室",
    }
    paid = {**ENTRY, "kind": "contribution", "postings": [{"account": "bank.fund", "yuan": "300"}, own]}
    for entry in (ENTRY, SHARED, paid):
        assert 0 == run("post", "one", entry_file(home, entry))[0]
    with light_books.database.read() as session:
        units = unit_balances(session, light_books.community.id)
    assert {
        Place("1", "1", "101"): -5_001,
        Place("1", "1", "102"): -5_000,
        Place("2", "1", "101"): 30_000,
    } == units
    status, text = run("reverse", "one", "1", "重复", "--day", "2026-07-03")
    assert (0, True) == (status, "第 4 号分录" in text)
    assert 1 == run("reverse", "one", "1", "重复")[0]
    status, text = run("balances", "one")
    assert (0, True, True) == (status, "199.99" in text, "维修资金合计" in text)
    assert "50.00" in run("balances", "one", "--day", "2026-07-01", "--lang", "en")[1]
    assert 0 == run("verify", "one")[0]


@pytest.mark.parametrize("field", WRONG)
def test_an_entry_s_file_is_refused_by_its_field(home: Path, field: str) -> None:
    """Nothing is posted, and the field is named."""
    status, text = run("post", "one", entry_file(home, WRONG[field]), "--lang", "en")
    assert (1, True) == (status, f"{field} of the entry’s file is missing or wrong" in text)
    assert "0 entries" in run("verify", "one", "--lang", "en")[1]


def test_a_unit_that_is_not_there_gets_no_account(home: Path) -> None:
    """A misspelt address is refused."""
    nowhere = {"account": "maintenance", "yuan": "-300", "building": "2", "entrance": "1", "number": "110"}
    entry = {**ENTRY, "postings": [{"account": "bank.fund", "yuan": "300"}, nowhere]}
    assert 1 == run("post", "one", entry_file(home, entry))[0]
    unbalanced = {**ENTRY, "postings": [*ENTRY["postings"], {"account": "bank.common", "yuan": "1"}]}
    status, text = run("post", "one", entry_file(home, unbalanced))
    assert (1, True) == (status, "借贷不平，差 1.00 元" in text)
