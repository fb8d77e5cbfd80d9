"""``wanjia audit``: a stranger's check, from an RPC address and the registry's address."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from wanjia.audit.reader import ChainReader, ReaderError, RecordedReader, Recorder
from wanjia.audit.rpc import RpcReader
from wanjia.audit.running import Report, audit

NOT_MADE = 2
"""Exit code when the audit could not be made; 1 when a check failed."""
_ADDRESS_CHARACTERS = 42


class Language(StrEnum):
    """Language of the report."""

    ZH = "zh"
    EN = "en"


def audit_command(
    rpc: Annotated[str, typer.Option(help="RPC 地址 / address of a node's JSON-RPC")] = "",
    registry: Annotated[str, typer.Option(help="业主登记合约地址 / address of the OwnerRegistry")] = "",
    meeting: Annotated[int | None, typer.Option(min=1, help="只审这一次会议 / this meeting only")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="输出 JSON / print JSON")] = False,
    record: Annotated[
        Path | None, typer.Option(help="把读到的一切存入文件 / write down what was read")
    ] = None,
    replay: Annotated[Path | None, typer.Option(help="审计已存的记录，不连节点 / audit a recording")] = None,
    lang: Annotated[Language, typer.Option(help="语言 / language")] = Language.ZH,
) -> None:
    """只凭链上数据复核一个小区的业主大会：每张选票、每个合计、每项决定。Recount owners' meetings from the chain alone."""
    errors = Console(stderr=True)
    try:
        source, address = _source(rpc, registry, replay)
        recorder = Recorder(source, address) if record else None
        with Progress(console=errors, transient=True, disable=as_json) as bar:
            report = audit(recorder or source, address, meeting=meeting, progress=_Bar(bar))
        if recorder and record:
            record.write_text(json.dumps(recorder.recording, ensure_ascii=False), encoding="utf-8")
    except (ReaderError, OSError) as error:
        errors.print(
            f"审计未能进行：{error}" if lang is Language.ZH else f"the audit could not be made: {error}"
        )
        raise typer.Exit(NOT_MADE) from error
    if as_json:
        typer.echo(json.dumps(report.as_json(lang), ensure_ascii=False, indent=2))
    else:
        show(report, Console(), lang)
    raise typer.Exit(0 if report.ok else 1)


def _source(rpc: str, registry: str, replay: Path | None) -> tuple[ChainReader, str]:
    if replay:
        try:
            recorded = RecordedReader(json.loads(replay.read_text(encoding="utf-8")))
        except ValueError as error:
            raise ReaderError(f"{replay} is no JSON") from error
        return recorded, _address(registry or recorded.registry)
    if not rpc or not registry:
        raise typer.BadParameter(
            "--rpc 和 --registry 都要给，或给 --replay / give --rpc and --registry, or --replay"
        )
    return RpcReader(rpc), _address(registry)


def _address(value: str) -> str:
    try:
        int(value, 16)
    except ValueError:
        value = ""
    if not value.startswith("0x") or len(value) != _ADDRESS_CHARACTERS:
        raise typer.BadParameter("--registry 不是地址 / --registry is no address")
    return value


class _Bar:
    """Shows the audit's progress, one bar a stage."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage not in self._tasks:
            self._tasks[stage] = self._progress.add_task(stage, total=total)
        self._progress.update(self._tasks[stage], completed=done, total=total)


def show(report: Report, console: Console, language: str) -> None:
    """Print a report for people: every check, then every meeting's figures."""
    english = language == "en"
    table = Table(title="Audit" if english else "审计", show_lines=False)
    for heading in ("", "Check" if english else "检查", "What it saw" if english else "所见"):
        table.add_column(heading, overflow="fold")
    for check in report.checks:
        table.add_row("[green]✓[/]" if check.ok else "[red]✗[/]", check.id, check.detail(language))
    console.print(table)
    for meeting in report.result["meetings"]:
        console.print(_motions(meeting, english=english))
    held = sum(check.ok for check in report.checks)
    if english:
        verdict = "every check holds" if report.ok else "THE RECORD DOES NOT HOLD"
    else:
        verdict = "全部通过" if report.ok else "有检查未通过，结果不可信"
    console.print(f"[bold {'green' if report.ok else 'red'}]{held}/{len(report.checks)} {verdict}[/]")


def _motions(meeting: dict[str, Any], *, english: bool) -> Table:
    names = ("Motion", "For", "Against", "Passed") if english else ("议题", "同意", "反对", "通过")
    title = (
        "Meeting {meeting}: {part} of {total}" if english else "第 {meeting} 次会议：参与 {part}，共 {total}"
    )
    table = Table(
        title=title.format(
            meeting=meeting["meeting"], part=_weight(meeting["part"]), total=_weight(meeting["total"])
        )
    )
    for name in names:
        table.add_column(name)
    for one in meeting["motions"]:
        # before the result is declared a verdict would only be an interim figure
        passed = ("✓" if one["passed"] else "✗") if meeting["declared"] else "—"
        sides = (_side(meeting, one, side, english=english) for side in ("inFavour", "against"))
        table.add_row(str(one["motion"] + 1), *sides, passed)
    return table


def _side(meeting: dict[str, Any], motion: dict[str, Any], side: str, *, english: bool) -> str:
    """Heads and area of one side; of a secret meeting the ends between which the area lies, once sums are opened."""
    ends = motion.get("areas", {}).get(side)
    if ends is None:
        return _weight(motion[side])
    if not (meeting["declared"] and meeting["quorum"]):
        return "not opened" if english else "未打开"
    if ends["lower"] == ends["upper"]:
        return _weight(motion[side])
    between = f"{_metres(ends['lower'])} – {_metres(ends['upper'])}"
    return f"{motion[side]['heads']:,} 户/owners, {between} m²"


def _weight(value: dict[str, int]) -> str:
    return f"{value['heads']:,} 户/owners, {_metres(value['area'])} m²"


def _metres(area: int) -> str:
    return f"{area // 100:,}.{area % 100:02d}"
