"""Whether a roll is fit for secret ballots: thresholds, stated once, and the reasons for a verdict."""

from enum import StrEnum
from typing import Final

from wanjia.privacy.figures import Figures

MIN_OWNERS: Final = 50
"""Fewer, and the contract refuses to seal the roll of a secret meeting."""
MAX_LARGEST: Final = 20
"""Percent of the area; an owner of more, and the contract refuses."""

MIN_MEAN: Final = 750
"""In 0.01 m²; less area an owner, and the contract refuses: areas that round to nothing may not decide a quorum."""

LARGE: Final = 10
"""Percent of the area above which an owner's vote stands out in the sums."""
NAMED_CARE, NAMED_UNFIT = 50, 100
"""Thousandths: how often a lone dissenter may certainly be named at the quorum's turnout."""
GUESSED_CARE, GUESSED_UNFIT = 100, 250
"""Thousandths: how often the best guess at a lone dissenter may be right at the quorum's turnout."""


class Verdict(StrEnum):
    """What the check says."""

    FINE = "fine"
    CARE = "care"
    UNFIT = "unfit"


class Reason(StrEnum):
    """Why not simply fine. The contract refuses the first three."""

    TOO_FEW = "too_few"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"
    LARGE = "large"
    NAMED = "named"
    GUESSED = "guessed"


REFUSED: Final = frozenset({Reason.TOO_FEW, Reason.TOO_LARGE, Reason.TOO_SMALL})


def reasons(figures: Figures) -> tuple[Reason, ...]:
    """Give every reason that is not good, the gravest first."""
    lone = figures.rounded_quorum
    found = {
        Reason.TOO_FEW: figures.owners < MIN_OWNERS,
        Reason.TOO_LARGE: figures.largest > MAX_LARGEST,
        Reason.TOO_SMALL: figures.area < MIN_MEAN * figures.owners,
        Reason.LARGE: LARGE < figures.largest <= MAX_LARGEST,
        Reason.NAMED: lone.named > NAMED_CARE,
        Reason.GUESSED: lone.guessed > GUESSED_CARE,
    }
    return tuple(reason for reason, holds in found.items() if holds)


def verdict(figures: Figures) -> Verdict:
    """Judge a roll by its figures."""
    found, lone = reasons(figures), figures.rounded_quorum
    if REFUSED.intersection(found) or lone.named > NAMED_UNFIT or lone.guessed > GUESSED_UNFIT:
        return Verdict.UNFIT
    return Verdict.CARE if found else Verdict.FINE
