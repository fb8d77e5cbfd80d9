"""The table of figures in Chinese: the same numbers under the words of README.zh-CN.md."""

import re

_NUMBER = r"([\d.,]+)"
_PHRASES = (
    ("measured", "测量"),
    ("reached", "结果"),
    ("goal", "目标"),
    ("met", "达到"),
    (r"\*\*missed\*\*", "**未达到**"),
    (f"about {_NUMBER}", r"约 \1"),
    (f"at most {_NUMBER}", r"不超过 \1"),
    (f"over {_NUMBER} %", r"超过 \1 %"),
    (f"in under {_NUMBER} s", r"少于 \1 秒"),
    (f"{_NUMBER} in under {_NUMBER} s", r"\1 张少于 \2 秒"),
    (f"at most {_NUMBER} ms a motion", r"每项议题不超过 \1 毫秒"),
    (f"{_NUMBER} times", r"\1 倍"),
    (
        f"Gas, one open ballot of {_NUMBER} motions in a batch of {_NUMBER}",
        r"Gas：公开选票一张，\1 项议题，\2 张一批",
    ),
    (r"\.\.\. against 5 `castVoteBySig` of Governor", "……比 Governor 的 5 次 `castVoteBySig`"),
    (f"{_NUMBER} times cheaper \\({_NUMBER} each\\)", r"便宜 \1 倍（每次 \2）"),
    (f"Gas, batches of {_NUMBER} / alone", r"Gas：\1 张一批／单独一张"),
    (
        r"Gas, one motion of a secret ballot, its proofs checked \(a meeting's first batch\)",
        "Gas：秘密选票一项议题，逐一核对证明（会议的第一批）",
    ),
    (f"{_NUMBER} \\({_NUMBER}\\)", r"\1（\2）"),
    (
        r"\.\.\. against one `castVoteBySig` of Governor, which is public",
        "……与 Governor 一次公开的 `castVoteBySig` 相比",
    ),
    (
        f"Gas, a key ceremony of {_NUMBER} trustees of whom {_NUMBER} open",
        r"Gas：\1 位受托人、\2 位可开启的密钥仪式",
    ),
    (r"Gas, registering an owner \(possession proven\)", "Gas：登记一位业主（证明持有密钥）"),
    ("Gas, publishing an owner's line of the roll", "Gas：公布名册上一位业主"),
    ("Bytecode, bytes", "合约字节码，字节"),
    (
        r"Ballots accepted a second \(signature, roll, durable row, receipt\)",
        "每秒接收选票（验签、查名册、落盘、回执）",
    ),
    (
        f"{_NUMBER}, {_NUMBER} % of a bare Flask JSON route's {_NUMBER} under the same server",
        r"\1，是同一服务器上空 Flask JSON 接口（\3）的 \2 %",
    ),
    ("Relay drains a second", "每秒上链"),
    (
        f"{_NUMBER} ballots, {_NUMBER} % of the chain's own {_NUMBER} for prepared batches",
        r"\1 张选票，是链本身处理备好批次（\3）的 \2 %",
    ),
    (
        f"Audit of {_NUMBER} / {_NUMBER} open ballots of {_NUMBER} motions",
        r"审计 \1／\2 张公开选票，\3 项议题",
    ),
    (f"{_NUMBER} s / {_NUMBER} s", r"\1 秒／\2 秒"),
    (
        f"The same {_NUMBER} recounted by the verifier in Chromium",
        r"同样的 \1 张由 Chromium 里的复核程序重算",
    ),
    (f"{_NUMBER} s, {_NUMBER} s from the address to the verdict", r"\1 秒；从打开网址到结论 \2 秒"),
    (
        f"Proofs of {_NUMBER} secret ballots of {_NUMBER} motions and a cap checked in Python, one core",
        r"Python 单核核对 \1 张秘密选票的证明，\2 项议题和一个上限",
    ),
    (
        (
            f"{_NUMBER} s: {_NUMBER} ms a motion, {_NUMBER} ms a ballot; {_NUMBER} ms one of {_NUMBER} motions "
            f"\\(ElectionGuard publishes {_NUMBER} ms for {_NUMBER} selections\\)"
        ),
        (
            r"\1 秒：每项议题 \2 毫秒，每张 \3 毫秒；\5 项议题的一张 \4 毫秒"
            r"（ElectionGuard 公布 \7 个选项 \6 毫秒）"
        ),
    ),
    (
        "Making such a ballot in Python / adding up all / reading an exact sum",
        "用 Python 做一张这样的选票／全部相加／读出一个精确的和",
    ),
    (
        f"Secret ballot of {_NUMBER} motions encrypted and proved in Chromium",
        r"在 Chromium 里给一张 \1 项议题的秘密选票加密并做好证明",
    ),
    (
        f"{_NUMBER} s with the processor slowed down {_NUMBER} times, {_NUMBER} s without",
        r"处理器放慢到 1/\2 时 \1 秒，不放慢 \3 秒",
    ),
    (f"in under {_NUMBER} s, slowed down", r"放慢时少于 \1 秒"),
    (f"{_NUMBER} ms / {_NUMBER} s / {_NUMBER} s", r"\1 毫秒／\2 秒／\3 秒"),
    (f"Peak memory after {_NUMBER} ballots, MiB", r"\1 张选票后的最高内存，MiB"),
    (r"On (\d+) cores, (\w+), Python ([\d.]+)\.", r"\1 个核心，\2，Python \3。"),
)
"""Every text of the table, and how Chinese says it; names and bare numbers stay."""


def _say(cell: str) -> str:
    for english, chinese in _PHRASES:
        if re.fullmatch(english, cell):
            return re.sub(english, chinese, cell)
    return cell


def in_chinese(table: str) -> str:
    """Give the README's table with its texts in Chinese."""
    return "\n".join(
        f"| {' | '.join(_say(cell.strip()) for cell in line[1:-1].split('|'))} |"
        if line.startswith("| ")
        else _say(line)
        for line in table.splitlines()
    )
