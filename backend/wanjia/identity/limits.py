"""How often codes may be asked for and tried (T17). Counted in the database, so they hold over restarts."""

from dataclasses import dataclass

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of claims and codes; periods in seconds.

    A guess is right once in a million. With at most ``wrong_a_day`` guesses a day over the whole system, one
    account in a thousand days would open to somebody who already knows name, number, unit and phone.
    """

    tries_a_code: int = 5
    codes_a_day: int = 10
    """For one person and for one phone."""
    code_seconds: int = 600
    claim_seconds: int = HOUR
    review_seconds: int = 30 * DAY
    """How long a claim lives once it has gone to review."""
    codes_an_hour_in_all: int = 3_000
    codes_a_day_in_all: int = 20_000
    wrong_an_hour: int = 200
    wrong_a_day: int = 1_000
    """Tries that could have let somebody in, over the whole system."""
    reviews_a_day: int = 3
    """For one person and for one phone."""
    reviews_waiting: int = 200
    """Undecided reviews of one community; each may hold 40 MB of evidence."""
    session_seconds: int = 12 * HOUR
    fresh_seconds: int = 15 * 60
    """How recent the proof of identity must be for a change of key."""
