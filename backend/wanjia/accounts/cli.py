"""``wanjia accounts``: bank accounts, statements, reconciliation, exports, verification.

Status 1 when something is refused, unexplained or wrong.
"""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from wanjia.accounts.chart import Fund
from wanjia.accounts.command import reading, stop, writing
from wanjia.accounts.posting_cli import post_file, reverse_entry, show_balances
from wanjia.accounts.texts import label
from wanjia.roll.cli import Lang

accounts_app = typer.Typer(no_args_is_help=True, help="公共资金账目 / The accounts of public money")

_Slug = Annotated[str, typer.Argument(help="小区代号 / the community's slug")]
_Bank = Annotated[str, typer.Argument(help="银行账户代号 / the bank account's code")]
_File = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSV、OFX、camt.053")]
_Lang = Annotated[Lang, typer.Option("--lang", help="语言 / language: zh, en")]
_Yuan = Annotated[
    str | None, typer.Option(help="元，文件里没有余额时给出 / yuan, where the file has no balances")
]


@accounts_app.command("bank")
def bank(
    community: _Slug,
    code: Annotated[str | None, typer.Argument(help="新账户的代号 / code of a new account")] = None,
    fund: Annotated[Fund, typer.Option(help="资金 / fund")] = Fund.MAINTENANCE,
    name: Annotated[str, typer.Option(help="名称 / name")] = "",
    lang: _Lang = Lang.ZH,
) -> None:
    """列出银行账户，或登记一个（账号另行询问）/ List the bank accounts, or add one (its number is asked for)."""
    from wanjia.accounts.banks import bank_accounts, open_bank_account

    with writing(community, lang) as at:
        if code is not None:
            number = typer.prompt(label("cli.number", lang.locale), hide_input=True)
            open_bank_account(
                at.session, at.vault, at.community.id, code=code, fund=fund, name=name, number=number
            )
        for each in bank_accounts(at.session, at.community.id):
            Console().print(f"{each.code:<24} {each.fund:<12} {each.masked:<10} {each.name}")


@accounts_app.command("import")
def import_file(
    community: _Slug,
    bank_code: _Bank,
    file: _File,
    mapping: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="列对应表 / mapping of columns: JSON")
    ] = None,
    opening: _Yuan = None,
    closing: _Yuan = None,
    lang: _Lang = Lang.ZH,
) -> None:
    """导入对账单，有一处不对就什么都不导入 / Import a bank statement, all of it or nothing."""
    from wanjia.accounts.banks import find_bank_account
    from wanjia.accounts.entries import yuan
    from wanjia.accounts.importing import import_statement
    from wanjia.accounts.statements.mapping import mapping_from_json
    from wanjia.accounts.statements.reading import Hints, read_statement

    with writing(community, lang) as at:
        account = find_bank_account(at.session, at.community.id, bank_code)
        chosen = mapping_from_json(mapping.read_text(encoding="utf-8-sig")) if mapping else None
        data = file.read_bytes()
        statement = read_statement(data, Hints(chosen, _fen(opening), _fen(closing)))
        made = import_statement(at.session, at.vault, account, data, statement, now=int(time.time()))
    out = Console()
    days = f"{statement.first_day} – {statement.last_day}"
    sums = {"opening": yuan(statement.opening), "closing": yuan(statement.closing)}
    out.print(label("cli.imported", lang.locale, days=days, new=made.new, known=made.known, **sums))
    if made.gap:
        out.print(label("cli.gap", lang.locale, gap=yuan(made.gap)), style="yellow")


@accounts_app.command("reconcile")
def reconcile_bank(
    community: _Slug,
    bank_code: _Bank,
    take: Annotated[list[int] | None, typer.Option(help="接受这一条建议 / take a proposal")] = None,
    accept_all: Annotated[
        bool, typer.Option("--accept", help="接受全部建议 / accept every proposal")
    ] = False,
    undo_match: Annotated[int | None, typer.Option("--undo", help="撤销一条 / undo a match")] = None,
    list_matches: Annotated[bool, typer.Option("--list", help="列出已对上的 / list what is matched")] = False,
    lang: _Lang = Lang.ZH,
) -> None:
    """对账：建议、接受、撤销、列出对不上的 / Propose, accept, undo, show what is unexplained."""
    from wanjia.accounts.banks import find_bank_account
    from wanjia.accounts.reconciling import accept, reconcile, standing, undo
    from wanjia.accounts.shown import show_matches, show_reconciliation

    now = int(time.time())
    with writing(community, lang) as at:
        account = find_bank_account(at.session, at.community.id, bank_code)
        if undo_match is not None:
            undo(at.session, account, undo_match, now=now, by=0)
        proposals = reconcile(at.session, at.vault, account).proposed.proposals
        chosen = range(1, len(proposals) + 1) if accept_all else take or ()
        for number in chosen:
            if not 0 < number <= len(proposals):
                stop(label("cli.no-proposal", lang.locale, number=number))
            accept(at.session, account, proposals[number - 1], now=now, by=0)
        found = reconcile(at.session, at.vault, account)
        matched = standing(at.session, account)
    if list_matches:
        show_matches(Console(), matched, found.items, lang.locale)
    show_reconciliation(Console(), found, lang.locale)
    if found.unexplained or found.opening_difference:
        raise typer.Exit(1)


@accounts_app.command("export")
def export(
    community: _Slug,
    out: Annotated[Path, typer.Argument(help="要写的文件 / file to write: .csv, .xlsx, .beancount")],
    lang: _Lang = Lang.ZH,
) -> None:
    """导出全部分录和余额 / Write every entry and balance to a file."""
    from wanjia.accounts.beancount_text import ledger_beancount
    from wanjia.accounts.export import ledger_csv, ledger_xlsx

    with reading(community, lang) as at:
        match out.suffix.lower():
            case ".csv":
                content = ledger_csv(at.session, at.community.id, lang.locale)
            case ".xlsx":
                content = ledger_xlsx(at.session, at.community.id, lang.locale)
            case ".beancount":
                content = ledger_beancount(at.session, at.community.id).encode()
            case _:
                stop(label("cli.ending", lang.locale))
    out.write_bytes(content)
    Console().print(label("cli.written", lang.locale, path=str(out)))


@accounts_app.command("verify")
def verify(
    community: _Slug,
    entries: Annotated[int | None, typer.Option(help="已存证的分录数 / entries of the anchored head")] = None,
    head: Annotated[str | None, typer.Option(help="已存证的哈希 / hash of the anchored head: 0x…")] = None,
    lang: _Lang = Lang.ZH,
) -> None:
    """重算全部哈希和合计，指出第一处不对 / Recompute every hash and sum; name the first entry that is wrong."""
    from wanjia.accounts.posting import Head
    from wanjia.accounts.verify import verify_ledger

    if (entries is None) != (head is None):
        stop(label("cli.head", lang.locale))
    try:
        anchored = Head(entries, bytes.fromhex(head.removeprefix("0x"))) if entries and head else None
    except ValueError:
        stop(label("cli.head", lang.locale))
    with reading(community, lang) as at:
        verdict = verify_ledger(at.session, at.community, anchored)
    if not verdict.holds:
        reason = label(f"fault.{verdict.fault}", lang.locale)
        stop(label("cli.wrong", lang.locale, number=verdict.wrong or 0, reason=reason))
    digest, gone = "0x" + verdict.head.hex(), verdict.taken_down
    said = label("cli.holds", lang.locale, entries=verdict.entries, head=digest, gone=gone)
    Console().print(said, soft_wrap=True)


def _fen(yuan: str | None) -> int | None:
    from wanjia.accounts.statements.amounts import fen

    if yuan is None:
        return None
    amount = fen(yuan)
    if amount is None:
        raise typer.BadParameter(yuan)
    return amount


accounts_app.command("post")(post_file)
accounts_app.command("reverse")(reverse_entry)
accounts_app.command("balances")(show_balances)
