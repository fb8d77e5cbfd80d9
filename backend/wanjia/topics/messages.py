"""Reads a file of messages: CSV in UTF-8 with a line of headings. Times are Beijing's where they name no zone."""

import csv
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from wanjia.topics.matter import Matter

NEEDED = ("id", "author", "title", "time", "text")
OPTIONAL = ("place", "agree")
_BEIJING = ZoneInfo("Asia/Shanghai")
_FORMS = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M")
_MOST_CHARACTERS = 1_000_000


class MessagesError(ValueError):
    """What is wrong with a file, in Chinese and English; nothing of it is used."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese} / {english}")


def read_messages(path: Path) -> list[Matter]:
    """Read every message. Raises ``MessagesError`` naming the line that cannot be read."""
    csv.field_size_limit(_MOST_CHARACTERS)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = csv.DictReader(file, strict=True)
            missing = [name for name in NEEDED if name not in (lines.fieldnames or ())]
            if missing:
                names = "、".join(missing)
                raise MessagesError(f"缺少列：{names}", f"columns are missing: {', '.join(missing)}")
            return [_matter(line, lines.line_num) for line in lines]
    except UnicodeDecodeError:
        raise MessagesError(
            "文件不是 UTF-8，请另存为 UTF-8", "the file is not UTF-8: save it as UTF-8"
        ) from None
    except csv.Error as error:
        raise MessagesError(f"不是 CSV：{error}", f"not a CSV file: {error}") from None


def _time_of(said: str) -> datetime:
    """Read a time as spreadsheets write it, or of ISO 8601. Raises ``ValueError``."""
    for form in _FORMS:
        try:
            return datetime.strptime(said, form)  # noqa: DTZ007  Beijing's, as the caller adds
        except ValueError:
            continue
    return datetime.fromisoformat(said)


def _matter(line: dict[str | None, str | None], number: int) -> Matter:
    try:
        said = {name: line[name] or "" for name in NEEDED}
        written = _time_of(said["time"].strip())
        supports = int(line.get("agree") or 0)
    except (ValueError, KeyError):
        raise MessagesError(
            f"第 {number} 行：time 要像 2026-11-23 08:00:00，agree 要是整数",
            f"line {number}: time has to look like 2026-11-23 08:00:00, and agree to be a whole number",
        ) from None
    zoned = written if written.tzinfo else written.replace(tzinfo=_BEIJING)
    return Matter(
        id=said["id"],
        author=said["author"],
        at=int(zoned.timestamp()),
        title=said["title"].strip(),
        text=said["text"].strip(),
        place=(line.get("place") or "").strip(),
        supports=supports,
    )
