"""Near spellings: a word nobody knows stands for the known word one or two letters away."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_SHORTEST, _LONG = 5, 9
_KEPT = 20_000


class Spelling:
    """Known words, found by what is left when a letter or two are taken out of them."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._by_rest: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if len(word) >= _SHORTEST:
                for rest in _rests(word, _steps(word)):
                    self._by_rest[rest].append(word)
        self.nearest = lru_cache(_KEPT)(self._nearest)

    def _nearest(self, word: str) -> str | None:
        """Return the known word that is meant: None where the word is known, short, or near to nothing."""
        if word in self._known or len(word) < _SHORTEST or len(word) > 30 or not word.isalpha():
            return None
        steps = _steps(word)
        near = {known for rest in _rests(word, steps) for known in self._by_rest.get(rest, ())}
        distances = sorted((_distance(word, known), known) for known in near if known[0] == word[0])
        return distances[0][1] if distances and distances[0][0] <= steps else None


def _steps(word: str) -> int:
    return 2 if len(word) >= _LONG else 1


def _rests(word: str, steps: int) -> set[str]:
    rests = {word}
    for _ in range(steps):
        rests |= {rest[:place] + rest[place + 1:] for rest in rests for place in range(len(rest))}
    return rests


def _distance(one: str, other: str) -> int:
    """Return the number of letters to add, drop, change or swap."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        before, last = last, current
    return last[-1]
