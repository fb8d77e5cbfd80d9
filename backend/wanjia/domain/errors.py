"""The one exception for what a person may be told: a code of the table, with values, never personal data."""

from wanjia.domain.error_codes import HTTP_STATUS

Value = str | int


class Refusal(Exception):
    """A request is refused for the reason ``code``; nothing was changed.

    ``values`` fill the locale text's ``{names}``. They may reach logs and screens: no names of people, no
    identity or phone numbers.
    """

    def __init__(self, code: str, **values: Value) -> None:
        if code not in HTTP_STATUS:
            raise LookupError(f"error code {code} is not in the table")
        super().__init__(code, values)
        self.code = code
        self.values = values

    @property
    def status(self) -> int:
        """HTTP status of this refusal."""
        return HTTP_STATUS[self.code]

    def __str__(self) -> str:
        """Give the code and its values, for logs."""
        inside = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code}({inside})"
