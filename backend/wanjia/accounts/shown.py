"""Shows a reconciliation on the screen: proposals with their reasons, then what is unexplained."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from wanjia.accounts.entries import yuan
from wanjia.accounts.matching import Proposal
from wanjia.accounts.reconciling import Items, Reconciliation
from wanjia.accounts.suspicions import Unexplained
from wanjia.accounts.texts import label


def show_reconciliation(console: Console, found: Reconciliation, lang: str) -> None:
    """Print it. Neither names nor account numbers of others are shown."""
    console.print(label("cli.matches", lang, count=found.matches))
    proposals = found.proposed.proposals
    if proposals:
        table = _table(("match", "lines", "postings", "sum", "why"), lang)
        for number, proposal in enumerate(proposals, start=1):
            table.add_row(str(number), *_parts(proposal, found.items), why(proposal, lang))
        console.print(table)
        console.print(label("cli.proposals", lang, count=len(proposals)))
    if found.opening_difference:
        console.print(label("cli.opening", lang, amount=yuan(found.opening_difference)), style="red")
    if not found.unexplained:
        console.print(label("cli.explained", lang), style="green")
        return
    table = _table(("side", "day", "sum", "number", "probably"), lang)
    for each in found.unexplained:
        side = label("side.bank" if each.is_line else "side.ledger", lang)
        entry = str(each.item.number or "")
        table.add_row(side, each.item.day.isoformat(), yuan(each.item.amount), entry, suspicion(each, lang))
    console.print(table)
    console.print(
        label("cli.unexplained", lang, count=len(found.unexplained), amount=yuan(found.difference)),
        style="red",
    )


def show_matches(console: Console, standing: Mapping[int, Proposal], items: Items, lang: str) -> None:
    """Print the matches that stand, by the numbers under which they can be undone."""
    table = _table(("match", "lines", "postings", "sum", "why"), lang)
    for number, proposal in standing.items():
        table.add_row(str(number), *_parts(proposal, items), why(proposal, lang))
    console.print(table)


def _table(columns: Sequence[str], lang: str) -> Table:
    table = Table(*(label(f"column.{name}", lang) for name in columns))
    table.columns[columns.index("sum")].justify = "right"
    return table


def _parts(proposal: Proposal, items: Items) -> tuple[str, str, str]:
    """Give the days of the lines, the numbers of the entries, and the sum."""
    lines = [items.lines[at] for at in proposal.lines]
    postings = [items.postings[at] for at in proposal.postings]
    days = ", ".join(line.day.isoformat() for line in lines)
    numbers = ", ".join(str(posting.number) for posting in postings)
    return days, numbers, yuan(sum(posting.amount for posting in postings))


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
