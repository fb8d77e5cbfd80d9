"""What the contract would refuse of a secret meeting's roll, said while the meeting is planned, with a way out."""

from collections.abc import Iterator

from wanjia.meetings.findings import Finding
from wanjia.privacy.figures import Figures
from wanjia.privacy.judging import MAX_LARGEST, MIN_MEAN, MIN_OWNERS, Reason, reasons


def secrecy_findings(figures: Figures) -> Iterator[Finding]:
    """Give every reason why the owners in scope cannot vote secretly; each is mended by the scope or by open ballots."""
    said = {
        Reason.TOO_FEW: Finding("scope", "SECRET_TOO_FEW", {"owners": figures.owners, "minimum": MIN_OWNERS}),
        Reason.TOO_LARGE: Finding(
            "scope", "SECRET_TOO_LARGE", {"largest": figures.largest, "limit": MAX_LARGEST}
        ),
        Reason.TOO_SMALL: Finding("scope", "SECRET_TOO_SMALL", {"minimum": f"{MIN_MEAN / 100:g}"}),
    }
    yield from (said[reason] for reason in reasons(figures) if reason in said)
