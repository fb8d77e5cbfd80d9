"""How many trustees have to open together: more than half, which the board's contract leaves to those who set it."""

from wanjia.domain.errors import Refusal


def require_majority(threshold: int, seats: int) -> None:
    """Refuse a threshold that two groups without a common member could reach, or that nobody could.

    Raises ``Refusal("SEATS_THRESHOLD")`` with the least that is allowed.
    """
    if not seats < 2 * threshold <= 2 * seats:
        raise Refusal("SEATS_THRESHOLD", threshold=threshold, seats=seats, least=seats // 2 + 1)
