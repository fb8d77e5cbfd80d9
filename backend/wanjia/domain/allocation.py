"""Sharing a sum of fen among weights (areas, balances) to the last fen. Pure integers."""

from collections.abc import Sequence


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Share ``total`` by ``weights``: largest remainders get the fen left over, ties go to the earlier one.

    The shares add up to ``total``, and each is less than one fen from its exact share. A negative sum is shared
    as its amount is. Raises ``ValueError`` for a negative weight or none above zero.
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights) or whole <= 0:
        raise ValueError("weights are not negative and not all zero")
    if total < 0:
        return [-share for share in allocate(-total, weights)]
    shares = [total * weight // whole for weight in weights]
    remainders = [total * weight % whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: -remainders[at])  # stable: the earlier wins a tie
    for at in order[: total - sum(shares)]:
        shares[at] += 1
    return shares
