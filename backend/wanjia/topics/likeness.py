"""How much matters are alike: each as a direction in the space of words, rare words counting most."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

IDF_POWER = 1.5
"""Where something happens is told by rarer words (a name) than what it is like (noise, smoke, parking). Raising the
weight of rarity above the usual 1 keeps like complaints of different places apart."""
LEAST_MATTERS = 2
"""A word in one matter only joins nothing."""
MOST_SHARE = 0.5
"""A word in more than half of all matters tells none from another."""


@dataclass(frozen=True, slots=True)
class Directions:
    """``rows``: sparse, one unit row a matter (all zeros where it has no word that counts); ``words`` of its columns."""

    rows: Any
    words: Sequence[str]


def directions_of(documents: Sequence[Sequence[str]]) -> Directions | None:
    """Give the directions: (1 + ln count) · idf^1.5, scaled to length 1; ``None`` where no word is shared."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.preprocessing import normalize

    # of a few matters even a shared word is in a large share
    most = max(MOST_SHARE, min(1.0, 10 / max(1, len(documents))))
    counter = CountVectorizer(analyzer=_itself, min_df=LEAST_MATTERS, max_df=most, dtype=np.float32)
    try:
        counts = counter.fit_transform(documents).tocsr()
    except ValueError:
        # how scikit-learn says that no word is left
        return None
    matters_with = np.bincount(counts.indices, minlength=counts.shape[1])
    idf = np.log((1 + counts.shape[0]) / (1 + matters_with)) + 1
    counts.data = (1 + np.log(counts.data)) * (idf[counts.indices] ** IDF_POWER).astype(np.float32)
    return Directions(normalize(counts), list(counter.get_feature_names_out()))


def _itself(document: Sequence[str]) -> Sequence[str]:
    return document
