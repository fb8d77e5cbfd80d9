"""Commands that hold meetings by themselves: ``wanjia demo`` and ``wanjia simulate``."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wanjia.sample.buildings import Entrance
    from wanjia.simulation.demo import Outcome
    from wanjia.simulation.meeting import Plan

out = Console()
Ballots = Annotated[str, typer.Option(help="open 记名，secret 无记名 / open or secret")]


def progress_bars() -> Progress:
    """Bars for long work, on standard error."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )


def demo(
    home: Annotated[Path, typer.Option(help="演示数据放在哪里 / folder of the demonstration")] = Path(
        "var/demo"
    ),
    turnout: Annotated[float, typer.Option(help="参与比例 / share of owners who take part")] = 0.8,
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 1,
    ballots: Ballots = "open",
    serve: Annotated[
        bool | None,
        typer.Option(
            "--serve/--no-serve", help="结束后继续提供网页（终端中默认是）/ keep serving afterwards"
        ),
    ] = None,
) -> None:
    """自动召开一次完整的业主大会并审计 / Hold a whole meeting by itself, then audit it from the chain."""
    from wanjia.sample.buildings import sample_entrances
    from wanjia.simulation.plans import FINISHED

    plan = replace(FINISHED, ballots=_kind(ballots))
    _hold(home, sample_entrances(), plan, turnout, seed, sys.stdout.isatty() if serve is None else serve)


def simulate(
    owners: Annotated[int, typer.Option(help="大约多少套住宅 / about how many flats", min=10)] = 500,
    motions: Annotated[int, typer.Option(help="议题数 / motions", min=1, max=32)] = 5,
    ballots: Ballots = "open",
    home: Annotated[Path, typer.Option(help="数据放在哪里 / folder of the simulation")] = Path(
        "var/simulate"
    ),
    turnout: Annotated[float, typer.Option(help="参与比例 / share of owners who take part")] = 0.9,
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 1,
) -> None:
    """用许多模拟业主给系统加压 / Load the system with many simulated owners."""
    from wanjia.simulation.plans import FINISHED
    from wanjia.simulation.synthetic import towers

    base = FINISHED
    plan = replace(
        base,
        ballots=_kind(ballots),
        motions=[
            {**base.motions[at % len(base.motions)], "title": f"第 {at + 1} 项议题"} for at in range(motions)
        ],
        leans=[base.leans[at % len(base.leans)] for at in range(motions)],
    )
    _hold(home, towers(owners), plan, turnout, seed, serve=False)


def _kind(ballots: str) -> str:
    if ballots not in ("open", "secret"):
        raise typer.BadParameter("open 或 secret / open or secret", param_hint="--ballots")
    return ballots


def _hold(
    home: Path, entrances: "Sequence[Entrance]", plan: "Plan", turnout: float, seed: int, serve: bool
) -> None:
    from wanjia.simulation.demo import fresh_home, hold_meeting

    try:
        system = fresh_home(home.resolve())
    except FileExistsError as error:
        Console(stderr=True).print(f"[bold]没有开始[/] {error}")
        raise typer.Exit(1) from None
    try:
        with progress_bars() as progress:
            outcome = hold_meeting(system, progress, entrances, plan, turnout=turnout, seed=seed)
        _tell(plan, outcome)
        if serve:
            from wanjia.stages import stop_on_signal

            out.print(f"结果页 {outcome.url}\n按 Ctrl-C 结束")
            system.supervisor.run(stop_on_signal())
        else:
            out.print(f"结果页 {outcome.url}\n（已停止；再看：WANJIA_HOME={home} .venv/bin/wanjia up）")
    finally:
        system.supervisor.stop()
    if not outcome.agree:
        raise typer.Exit(1)


def _tell(plan: "Plan", outcome: "Outcome") -> None:
    table = Table("议题", "同意面积 m²", "同意人数", "反对面积 m²", "反对人数", "结果", title=plan.title)
    for wording, motion in zip(plan.motions, outcome.result["motions"], strict=True):
        in_favour, against = motion["in_favour"], motion["against"]
        table.add_row(
            wording["title"],
            _area(motion, "in_favour"),
            str(in_favour["heads"]),
            _area(motion, "against"),
            str(against["heads"]),
            "通过" if motion["passed"] else "未通过",
        )
    out.print(table)
    total, part = outcome.result["total"], outcome.result["part"]
    out.print(
        f"名册 {total['heads']} 人 {square_metres(total['area'])} m²；"
        f"参与 {part['heads']} 人 {square_metres(part['area'])} m²；"
        f"{'达到' if outcome.result['quorum'] else '未达到'}三分之二"
    )
    failed = [check["id"] for check in outcome.audit["checks"] if not check["ok"]]
    out.print(
        f"审计 {len(outcome.audit['checks'])} 项检查，"
        + (f"[bold red]不符：{', '.join(failed)}[/]" if failed else "全部相符")
    )
    out.print(
        "合约、索引、审计与直接重数：" + ("一致" if outcome.agree else "[bold red]不一致[/]"), highlight=False
    )
    spent = "，".join(f"{name} {seconds:.1f}s" for name, seconds in outcome.seconds.items())
    out.print(f"用时 {sum(outcome.seconds.values()):.1f}s（{spent}）")
    if outcome.hand_in_ms:
        out.print(
            f"{outcome.ballots} 张选票，交票中位 {outcome.hand_in_ms['median']:.0f} ms，"
            f"p99 {outcome.hand_in_ms['p99']:.0f} ms"
        )


def _area(motion: dict[str, Any], side: str) -> str:
    """Show an area, or between which ends it lies: a secret meeting opens no more than its verdicts need."""
    ends = motion[f"{side}_area"]
    if ends is None or ends["lower"] == ends["upper"]:
        return square_metres(motion[side]["area"])
    return f"{square_metres(ends['lower'])} 至 {square_metres(ends['upper'])}"


def square_metres(area: int) -> str:
    """Show an area of 0.01 m² units in m², to the last digit."""
    return f"{area // 100:,}.{area % 100:02}"
