"""Words of the rules looked up in a question: stems, beginnings and ends (`nettoy*`, `*kost`), words in a row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mpdi.clause_library.core.search.language import STOP_WORDS, WORD, clean, fold, stem
from mpdi.helpdesk.core.spelling import Spelling

GAP = 2
"""Other words that may stand between two words of a pattern."""
NEAR_SPELLING = 0.7
MAX_WORDS = 600
_SHORTEST_PART = 3
_SHORTEST_IN_COMPOUND = 5
_DIMINUTIVE = re.compile(r"(?:etje|tje|pje|ske|ke|je)s?$")


@dataclass(frozen=True)
class Pattern:
    """Words in a row that speak for one label of one kind, and how much."""

    kind: str
    label: str
    weight: float
    atoms: tuple[str, ...]


@dataclass
class Evidence:
    """How much the words speak for a label, and which words they are, as written."""

    score: float = 0.0
    words: list[str] = field(default_factory=list)


Scores = Mapping[str, Mapping[str, Evidence]]
"""Evidence by kind and label."""


@dataclass(frozen=True)
class _Match:
    weight: float
    pattern: Pattern
    places: tuple[int, ...]


class PatternIndex:
    """The patterns of one language."""

    def __init__(self, patterns: Iterable[Pattern], language: str) -> None:
        self._language = language
        self._by_first: dict[str, list[tuple[Pattern, tuple[str, ...]]]] = defaultdict(list)
        for pattern in patterns:
            keys = tuple(atom if "*" in atom else _key(atom, language) for atom in pattern.atoms)
            self._by_first[keys[0]].append((pattern, keys))
        self._known = {key for entries in self._by_first.values() for _, keys in entries for key in keys}
        self._parts = {key for entries in self._by_first.values() for _, keys in entries for key in keys if "*" in key}

    def scores(self, words: Sequence[str], spelling: Spelling) -> Scores:
        """Return the evidence that folded words give, each word counted once for a label."""
        read = words[:MAX_WORDS]
        keys, is_near = self._keys(read, spelling)
        places: dict[str, list[int]] = defaultdict(list)
        for place, found in enumerate(keys):
            for key in found:
                places[key].append(place)
        matches = [match for key in places for match in self._matches(key, places, is_near)]
        return _evidence(matches, read)

    def _keys(self, words: Sequence[str], spelling: Spelling) -> tuple[list[set[str]], list[bool]]:
        """Return for each word the atoms it answers to, and whether only a near spelling of it does."""
        keys, is_near = [], []
        for word in words:
            near = spelling.nearest(word)
            keys.append(self._of(word) | (self._of(near) if near else set()))
            is_near.append(near is not None)
        return keys, is_near

    def _of(self, word: str) -> set[str]:
        beginnings = {f"{word[:end]}*" for end in range(_SHORTEST_PART, len(word) + 1)}
        ends = {f"*{word[start:]}" for start in range(len(word) - _SHORTEST_PART + 1)}
        own = {_key(word, self._language), *((beginnings | ends) & self._parts)}
        return own | self._of_dutch(word) if self._language == "nl" else own

    def _of_dutch(self, word: str) -> set[str]:
        """Return the atoms of a word without its diminutive, and of the last part of a compound, which names the thing."""
        small = _DIMINUTIVE.sub("", word)
        found = {_key(small, "nl")} if small != word and len(small) >= _SHORTEST_PART else set()
        heads = range(_SHORTEST_PART, len(small) - _SHORTEST_IN_COMPOUND + 1)
        return (found | {_key(small[cut:], "nl") for cut in heads}) & self._known

    def _matches(self, first: str, places: Mapping[str, list[int]], is_near: Sequence[bool]) -> list[_Match]:
        found = []
        for pattern, keys in self._by_first.get(first, ()):
            for start in places[first]:
                row = _row(keys, start, places)
                if row:
                    factor = NEAR_SPELLING if any(is_near[place] for place in row) else 1.0
                    found.append(_Match(pattern.weight * factor, pattern, row))
                    break
        return found


def _key(word: str, language: str) -> str:
    """Return the stem of a word; a function word stands for itself alone: “met” is not “meten”, “ons” not “ONSS”."""
    stemmed = stem(word, language)
    return word if word in STOP_WORDS or stemmed in STOP_WORDS else stemmed


def _row(keys: Sequence[str], start: int, places: Mapping[str, list[int]]) -> tuple[int, ...]:
    """Return the places of the words in a row from `start`; empty where one is missing."""
    row = [start]
    for key in keys[1:]:
        following = [place for place in places.get(key, ()) if row[-1] < place <= row[-1] + 1 + GAP]
        if not following:
            return ()
        row.append(following[0])
    return tuple(row)


def _evidence(matches: list[_Match], words: Sequence[str]) -> Scores:
    result: dict[str, dict[str, Evidence]] = defaultdict(lambda: defaultdict(Evidence))
    taken: dict[tuple[str, str], set[int]] = defaultdict(set)
    for match in sorted(matches, key=lambda each: (-abs(each.weight), -len(each.places), each.places)):
        label = (match.pattern.kind, match.pattern.label)
        if taken[label] >= set(match.places):
            continue
        taken[label] |= set(match.places)
        evidence = result[match.pattern.kind][match.pattern.label]
        evidence.score += match.weight
        if match.weight > 0:
            evidence.words.append(" ".join(words[place] for place in match.places))
    return result


def atoms(phrase: str) -> tuple[str, ...]:
    """Cut a phrase of the rules into its words, folded, with the star of a beginning or an end kept."""
    found: list[str] = []
    for part in clean(phrase).replace("’", " ").replace("'", " ").split():
        words = [fold(match.group()) for match in WORD.finditer(part)] or ([part] if part in ("%", "€") else [])
        if words and part.startswith("*"):
            words[0] = f"*{words[0]}"
        if words and part.endswith("*"):
            words[-1] = f"{words[-1]}*"
        found += words
    return tuple(found)
