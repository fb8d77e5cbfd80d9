"""``make bench``: every figure of the README in one run, as a table and as ``var/bench.json``.

``--readme`` writes the table into both READMEs between their marks.
"""

import json
import logging
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import bench_audit
import bench_intake
import bench_memory
import bench_proving
import bench_relay
import bench_secret
import bench_verifier
import structlog
from chinese import in_chinese

from wanjia.paths import TOP

_MARKS = ("<!-- bench -->", "<!-- /bench -->")
Row = tuple[str, str, str, str]


def gas_rows(gas: dict[str, int]) -> Iterator[Row]:
    """What the gas snapshot says, beside a vote of OpenZeppelin's Governor on the same chain."""
    ballot, governor = gas["open.cast.300x5.gas_per_ballot"], gas["governor.castVoteBySig.gas"]
    yield (
        "Gas, one open ballot of 5 motions in a batch of 300",
        f"{ballot:,}",
        "at most 9,500",
        _met(ballot <= 9_500),
    )
    ratio = 5 * governor / ballot
    yield (
        "... against 5 `castVoteBySig` of Governor",
        f"{ratio:.1f} times cheaper ({governor:,} each)",
        "50 times",
        _met(ratio >= 50),
    )
    yield (
        "Gas, batches of 100 / alone",
        f"{gas['open.cast.100x5.gas_per_ballot']:,} / {gas['open.cast.1x5.gas']:,}",
        "",
        "",
    )
    secret, first = gas["secret.cast.gas_per_motion"], gas["secret.cast.first_batch.gas_per_motion"]
    yield (
        "Gas, one motion of a secret ballot, its proofs checked (a meeting's first batch)",
        f"{secret:,} ({first:,})",
        "at most 180,000",
        _met(secret <= 180_000),
    )
    times = secret / governor
    yield (
        "... against one `castVoteBySig` of Governor, which is public",
        f"{times:.2f} times",
        "1.9 times",
        _met(times <= 1.9),
    )
    ceremony = gas["ceremony.3of5.gas"]
    yield (
        "Gas, a key ceremony of 5 trustees of whom 3 open",
        f"{ceremony:,}",
        "at most 6,000,000",
        _met(ceremony <= 6_000_000),
    )
    owner = gas["registry.register.gas_per_owner"]
    yield (
        "Gas, registering an owner (possession proven)",
        f"{owner:,}",
        "at most 40,000",
        _met(owner <= 40_000),
    )
    yield (
        "Gas, publishing an owner's line of the roll",
        f"{gas['roll.publish.gas_per_owner']:,}",
        "about 3,000",
        "",
    )
    sizes = ", ".join(f"{k.split('.')[1]} {v:,}" for k, v in gas.items() if k.startswith("bytecode."))
    yield (
        "Bytecode, bytes",
        sizes,
        "24,576",
        _met(max(v for k, v in gas.items() if k.startswith("bytecode.")) <= 24_576),
    )


def rows(figures: dict[str, Any]) -> Iterator[Row]:
    """Measure, reached, goal, verdict."""
    yield from gas_rows(figures["gas"])
    intake = figures["intake"]
    yield (
        "Ballots accepted a second (signature, roll, durable row, receipt)",
        (
            f"{intake['ballots_per_second']:.0f}, {100 * intake['ratio']:.0f} % of a bare Flask JSON route's "
            f"{intake['bare_per_second']:.0f} under the same server"
        ),
        "over 50 %",
        _met(intake["ratio"] > 0.5),
    )
    relay = figures["relay"]
    yield (
        "Relay drains a second",
        (
            f"{relay['ballots_per_second']:.0f} ballots, {100 * relay['ratio']:.0f} % of the chain's own "
            f"{relay['chain_per_second']:.0f} for prepared batches"
        ),
        "over 80 %",
        _met(relay["ratio"] > 0.8),
    )
    small, large = figures["audit_1000"], figures["audit_10000"]
    yield (
        "Audit of 1,000 / 10,000 open ballots of 5 motions",
        f"{small['audit_seconds']:.1f} s / {large['audit_seconds']:.1f} s",
        "10,000 in under 10 s",
        _met(large["audit_seconds"] < 10),
    )
    browser = figures["verifier_10000"]
    yield (
        "The same 10,000 recounted by the verifier in Chromium",
        f"{browser['verify_seconds']:.1f} s, {browser['page_seconds']:.1f} s from the address to the verdict",
        "in under 20 s",
        _met(browser["verify_seconds"] < 20),
    )
    secret = figures["secret_1000"]
    yield (
        "Proofs of 1,000 secret ballots of 5 motions and a cap checked in Python, one core",
        (
            f"{secret['check_seconds']:.1f} s: {secret['check_ms_per_motion']:.1f} ms a motion, "
            f"{secret['check_ms_per_ballot']:.0f} ms a ballot; {secret['check_ms_per_ballot_of_6']:.0f} ms "
            "one of 6 motions (ElectionGuard publishes 295 ms for 6 selections)"
        ),
        "at most 15 ms a motion",
        _met(secret["check_ms_per_motion"] <= 15),
    )
    yield (
        "Making such a ballot in Python / adding up all / reading an exact sum",
        (
            f"{secret['make_ms_per_motion'] * secret['motions']:.0f} ms / {secret['sums_seconds']:.1f} s / "
            f"{secret['open_seconds']:.2f} s"
        ),
        "",
        "",
    )
    proving = figures["proving"]
    yield (
        f"Secret ballot of {proving['motions']} motions encrypted and proved in Chromium",
        (
            f"{proving['slow_phone_ms'] / 1000:.1f} s with the processor slowed down {proving['slower']} times, "
            f"{proving['full_page_ms'] / 1000:.2f} s without"
        ),
        "in under 2 s, slowed down",
        _met(proving["slow_phone_ms"] < 2_000),
    )
    memory = ", ".join(f"{name} {size}" for name, size in figures["memory"]["peak_mib"].items())
    yield f"Peak memory after {figures['memory']['ballots']} ballots, MiB", memory, "", ""


def _met(yes: bool) -> str:
    return "met" if yes else "**missed**"


def table(figures: dict[str, Any]) -> str:
    """Give the README's table."""
    lines = ["| measured | reached | goal | |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row)} |" for row in rows(figures)]
    machine = figures["machine"]
    lines.append(f"\nOn {machine['cores']} cores, {machine['system']}, Python {machine['python']}.")
    return "\n".join(lines)


def write_readmes(text: str) -> None:
    """Put the table between the marks of the README in each language."""
    _write(TOP / "README.md", text)
    _write(TOP / "README.zh-CN.md", in_chinese(text))


def _write(path: Path, text: str) -> None:
    before, rest = path.read_text(encoding="utf-8").split(_MARKS[0])
    after = rest.split(_MARKS[1])[1]
    path.write_text(f"{before}{_MARKS[0]}\n{text}\n{_MARKS[1]}{after}", encoding="utf-8")


def main() -> None:
    """Run every bench, one after the other."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    figures: dict[str, Any] = {
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
        },
        "gas": json.loads((TOP / "contracts" / "gas-snapshot.json").read_text(encoding="utf-8")),
    }
    for name, measure in (
        ("audit_1000", lambda: bench_audit.run(1_000)),
        ("audit_10000", lambda: bench_audit.run(10_000)),
        ("verifier_10000", lambda: bench_verifier.run(10_000)),
        ("secret_1000", lambda: bench_secret.run(1_000)),
        ("proving", bench_proving.run),
        ("intake", bench_intake.run),
        ("relay", bench_relay.run),
        ("memory", bench_memory.run),
    ):
        sys.stderr.write(f"{name} ...\n")
        figures[name] = measure()
    (TOP / "var").mkdir(exist_ok=True)
    (TOP / "var" / "bench.json").write_text(json.dumps(figures, indent=2), encoding="utf-8")
    text = table(figures)
    sys.stdout.write(text + "\n")
    if "--readme" in sys.argv:
        write_readmes(text)


if __name__ == "__main__":
    main()
