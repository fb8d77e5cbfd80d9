"""How a check of a roll looks on a terminal."""

from rich.console import Console
from rich.table import Table

from wanjia.domain.premises import CountingRule, address_order
from wanjia.roll.findings import Finding, Severity
from wanjia.roll.parsed import ParsedRoll, RollCheck, Totals
from wanjia.roll.texts import label

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow"}


def show_findings(console: Console, check: RollCheck, lang: str) -> None:
    """Every finding in a table, and how many there are."""
    if check.findings:
        table = Table(title=label("cli.findings", lang))
        for key in ("row", "column", "severity", "code", "text"):
            table.add_column(label(f"cli.{key}", lang), overflow="fold")
        for finding in check.findings:
            table.add_row(*_cells(finding, lang), style=_COLOURS[finding.severity])
        console.print(table)
    errors = len(check.errors)
    console.print(label("cli.counts", lang, errors=errors, warnings=len(check.findings) - errors))


def show_totals(console: Console, roll: ParsedRoll, rule: CountingRule, lang: str) -> None:
    """Units, heads and area by building and in all."""
    table = Table(title=label("cli.totals", lang))
    for key in ("building", "units", "counted", "heads", "area"):
        table.add_column(label(f"cli.{key}", lang), justify="left" if key == "building" else "right")
    parts = roll.by_building(rule)
    for building in sorted(parts, key=address_order):
        table.add_row(building, *_figures(parts[building]))
    whole = roll.totals(rule)
    table.add_section()
    table.add_row(label("cli.all", lang), *_figures(whole), style="bold")
    console.print(table)
    console.print(label("cli.overlap", lang))
    if whole.excluded_area:
        console.print(label("cli.excluded", lang, area=square_metres(whole.excluded_area)))


def square_metres(area: int) -> str:
    """Write an area of 0.01 m² in square metres."""
    return f"{area // 100:,}.{area % 100:02}"


def _figures(totals: Totals) -> tuple[str, str, str, str]:
    return (
        str(totals.units),
        str(totals.counted_units),
        str(totals.weight.heads),
        square_metres(totals.weight.area),
    )


def _cells(finding: Finding, lang: str) -> tuple[str, str, str, str, str]:
    return (
        str(finding.row or "-"),
        finding.header(lang),
        label(f"cli.{finding.severity}", lang),
        finding.code,
        finding.text(lang),
    )
