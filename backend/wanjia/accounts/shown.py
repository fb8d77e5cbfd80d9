"""Shows a reconciliation on the screen: proposals with their reasons, then what is unexplained."""

from rich.console import Console
from rich.table import Table

from wanjia.accounts.entries import yuan
from wanjia.accounts.matching import Proposal
from wanjia.accounts.reconciling import Reconciliation
from wanjia.accounts.suspicions import Unexplained
from wanjia.accounts.texts import label


def show_reconciliation(console: Console, found: Reconciliation, lang: str, *, accepted: bool) -> None:
    """Print it. Neither names nor account numbers of others are shown."""
    console.print(label("cli.matches", lang, count=found.matches))
    proposals = found.proposed.proposals
    if proposals:
        table = Table(*(label(f"column.{name}", lang) for name in ("lines", "postings", "why")))
        for proposal in proposals:
            table.add_row(_ids(proposal.lines), _ids(proposal.postings), why(proposal, lang))
        console.print(table)
    key = "cli.accepted" if accepted else "cli.proposals"
    console.print(label(key, lang, count=len(proposals)))
    if found.opening_difference:
        console.print(label("cli.opening", lang, amount=yuan(found.opening_difference)), style="red")
    if not found.unexplained:
        console.print(label("cli.explained", lang), style="green")
        return
    table = Table(
        *(label(f"column.{name}", lang) for name in ("side", "day", "amount", "number", "probably"))
    )
    for each in found.unexplained:
        side = label("side.bank" if each.is_line else "side.ledger", lang)
        number = str(each.item.number or "")
        table.add_row(side, each.item.day.isoformat(), yuan(each.item.amount), number, suspicion(each, lang))
    console.print(table)
    console.print(
        label("cli.unexplained", lang, count=len(found.unexplained), amount=yuan(found.difference)),
        style="red",
    )


def why(proposal: Proposal, lang: str) -> str:
    """Say why a match is proposed."""
    parts = max(len(proposal.lines), len(proposal.postings))
    return label(f"rule.{proposal.rule}", lang, days=proposal.days, parts=parts)


def suspicion(each: Unexplained, lang: str) -> str:
    """Say what something unexplained probably is, with the day, amount and entry it resembles."""
    said = label(f"suspicion.{'line' if each.is_line else 'posting'}.{each.suspicion}", lang)
    if each.like is None:
        return said
    like = each.like
    entry = label("suspicion.entry", lang, number=like.number) if like.number else ""
    return said + label(
        "suspicion.like", lang, day=like.day.isoformat(), amount=yuan(like.amount), entry=entry
    )


def _ids(ids: tuple[int, ...]) -> str:
    return ", ".join(map(str, ids))
