"""Groups of matters that are alike on the average: each with each, so that no chain of likenesses joins strangers."""

from collections.abc import Callable
from typing import Any

LIKENESS = 0.11
"""Mean likeness (cosine) of two groups from which they are one. Matters that share nothing but a complaint are at about
0.05, those of one cause at about 0.2."""
_BLOCK = 500

Tell = Callable[[int, int], None]
"""Told how many of how many steps are done."""


def grouped(rows: Any, tell: Tell, likeness: float = LIKENESS) -> list[list[int]]:
    """Join by average linkage (Sokal and Michener 1958) until no two groups are alike enough.

    Gives lists of row numbers, ascending. Memory: 8 bytes for each pair, twice: 0.8 GB for 10,000 matters.
    """
    from scipy.cluster.hierarchy import fcluster, linkage

    count = rows.shape[0]
    if count <= 1:
        return [[at] for at in range(count)]
    merged = linkage(_distances(rows, tell), "average")
    labels = fcluster(merged, 1 - likeness, "distance")
    groups: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        groups.setdefault(int(label), []).append(at)
    return sorted(groups.values())


def _distances(rows: Any, tell: Tell) -> Any:
    """One minus the cosine of each pair, in the order that scipy asks for."""
    import numpy as np

    count = rows.shape[0]
    found = np.empty(count * (count - 1) // 2)
    at = 0
    for start in range(0, count, _BLOCK):
        block = (rows[start : start + _BLOCK] @ rows.T).toarray()
        for row, likenesses in enumerate(block, start):
            rest = count - row - 1
            found[at : at + rest] = 1 - likenesses[row + 1 :]
            at += rest
        tell(min(start + _BLOCK, count), count)
    return np.clip(found, 0, 1, out=found)
