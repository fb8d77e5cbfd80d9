"""What a check of a roll file found: each with its place, a code of the table and a text that says what to do."""

from dataclasses import dataclass, field
from enum import StrEnum

from wanjia.domain.error_codes import HTTP_STATUS
from wanjia.domain.errors import Value
from wanjia.roll.columns import BY_KEY
from wanjia.roll.texts import text


class Severity(StrEnum):
    """An error stops the import, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. ``row`` counts the file's rows from 1 (0: the whole file), ``column`` is a column's key or "".

    ``values`` fill the text's names; they never hold the content of a personal column.
    """

    row: int
    column: str
    code: str
    values: dict[str, Value] = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    def __post_init__(self) -> None:
        if self.code not in HTTP_STATUS:
            raise LookupError(f"finding code {self.code} is not in the table")

    def header(self, lang: str) -> str:
        """Name of the column in the template's language."""
        return BY_KEY[self.column].header(lang) if self.column in BY_KEY else self.column

    def text(self, lang: str) -> str:
        """What is wrong and what to do, in ``zh-CN`` or ``en``."""
        return text(self.code, lang, **self.values)


class Findings:
    """Findings as they are gathered."""

    def __init__(self) -> None:
        self.all: list[Finding] = []

    def error(self, row: int, column: str, code: str, **values: Value) -> None:
        """Note something that stops the import."""
        self.all.append(Finding(row, column, code, values))

    def warn(self, row: int, column: str, code: str, **values: Value) -> None:
        """Note something that a person should look at."""
        self.all.append(Finding(row, column, code, values, Severity.WARNING))

    @property
    def failed(self) -> bool:
        """Tell whether an error was found."""
        return any(finding.severity is Severity.ERROR for finding in self.all)

    def in_order(self) -> tuple[Finding, ...]:
        """Sort by row, then by the template's order of columns."""
        order = {key: at for at, key in enumerate(BY_KEY)}
        return tuple(sorted(self.all, key=lambda each: (each.row, order.get(each.column, -1), each.code)))
