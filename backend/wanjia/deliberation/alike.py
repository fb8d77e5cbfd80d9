"""Finds texts alike by the pairs of characters they share, rare pairs counting more: needs no dictionary and no training."""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from math import log, sqrt

from wanjia.identity.vault import normalised

_LEAST = 0.05
"""Below this, two texts share chance pairs only."""
_CANDIDATES = 200
"""Texts that share most with what is asked: only they are measured whole."""
_ASKED = 300
"""Characters of what is asked that are looked at."""


class AlikeTexts:
    """Texts by id, in memory. A score is the cosine of two texts' weighted pairs, 0 to 1."""

    def __init__(self) -> None:
        self._pairs: dict[int, Counter[str]] = {}
        self._holding: dict[str, set[int]] = {}

    def add(self, number: int, text: str) -> None:
        """Add a text, in place of the one of the same number."""
        self.remove(number)
        self._pairs[number] = _pairs_of(text)
        for pair in self._pairs[number]:
            self._holding.setdefault(pair, set()).add(number)

    def remove(self, number: int) -> None:
        """Take a text out; nothing happens when it is not there."""
        for pair in self._pairs.pop(number, ()):
            self._holding[pair].discard(number)
            if not self._holding[pair]:
                del self._holding[pair]

    def nearest(self, text: str, count: int) -> list[tuple[int, float]]:
        """Give up to ``count`` ids with their scores, the most alike first; what is not alike is left out."""
        asked = {pair: times * self._weight(pair) for pair, times in _pairs_of(text[:_ASKED]).items()}
        shared: dict[int, float] = {}
        for pair, weight in asked.items():
            product = weight * self._weight(pair)
            for number in self._holding.get(pair, ()):
                shared[number] = shared.get(number, 0.0) + product * self._pairs[number][pair]
        length = _length(asked.values())
        scored = [
            (number, score)
            for number in nlargest(_CANDIDATES, shared, key=shared.__getitem__)
            if (score := shared[number] / (length * self._length_of(number))) >= _LEAST
        ]
        return sorted(scored, key=lambda each: (-each[1], each[0]))[:count]

    def _weight(self, pair: str) -> float:
        return log(1 + (1 + len(self._pairs)) / (1 + len(self._holding.get(pair, ()))))

    def _length_of(self, number: int) -> float:
        return _length(times * self._weight(pair) for pair, times in self._pairs[number].items())


def _pairs_of(text: str) -> Counter[str]:
    letters = "".join(letter for letter in normalised(text) if letter.isalnum())
    return Counter(letters[at : at + 2] for at in range(len(letters) - 1))


def _length(weights: Iterable[float]) -> float:
    return sqrt(sum(weight * weight for weight in weights)) or 1.0
