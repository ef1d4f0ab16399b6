"""Clauses found by words in the same order: an index of all rows of words, then the version that fits best."""

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.monitoring.found_clauses.model import FoundClause, How, SearchedText, Tagged
from mpdi.monitoring.found_clauses.templates import ClauseTemplate
from mpdi.monitoring.found_clauses.wording import Overlap, WordedText, overlap, rows_of, words_of

FEWEST_OWN = 12
"""Words of its own that must stand in the text one after another: a sentence of ordinary length has twenty."""
LEAST_SHARE = 0.03
"""Of the whole clause; the longest has some thousand words, so that one sentence of it is found."""
_CANDIDATES = 6
"""Rows of its own that a clause must share to be compared at all."""
_GOOD_PART = 0.5
_SHOWN = 400
"""Characters of the passage that is shown."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """By the hash of a row, the number of the text (clause, language) that holds it and of a second one.

    `common`: held by three or more, and so nobody's own: what the law words, what all say alike.
    """

    first: dict[int, int]
    second: dict[int, int]
    common: set[int]

    def add(self, row: int, number: int) -> None:
        """Enter a row of a text."""
        if self.first.setdefault(row, number) == number or row in self.common:
            return
        if self.second.setdefault(row, number) != number:
            self.common.add(row)

    def holders(self, row: int) -> tuple[int, ...]:
        """The texts whose own it is: one, two, or none."""
        if row in self.common or row not in self.first:
            return ()
        return (self.first[row], self.second[row]) if row in self.second else (self.first[row],)


@dataclass
class WordsSearch:
    """The index of a library; built once, some seconds."""

    library: ClauseLibrary
    day: datetime.date
    fixed: Sequence[str] = ()
    """The fixed text of a specification, in both languages: words that stand there too are nobody's own."""
    _templates: dict[tuple[str, str], ClauseTemplate] = field(default_factory=dict)
    """By digest and language: what was taken apart once."""

    @cached_property
    def _rows(self) -> "_Rows":
        """Which clauses hold a row in their newest text."""
        rows = _Rows({}, {}, set())
        for clause, identifier in enumerate(self.library.identifiers):
            version = self.library.latest(identifier, self.day)
            for place, language in enumerate(LANGUAGES):
                for _place, row in self._template(version, language).rows:
                    rows.add(row, 2 * clause + place)
        for text in self.fixed:
            rows.common.update(row for _place, row in rows_of(words_of(text)))
        return rows

    def build(self) -> None:
        """Make the index now, so that the first search does not wait for it."""
        self._rows.holders(0)

    def find(self, text: SearchedText) -> tuple[list[FoundClause], bytearray, WordedText]:
        """Return what is found, which words of the text it explains, and the text taken apart.

        Tagged clauses first; then, the best first, those that explain words which no other has explained.
        """
        worded = WordedText.of(text.paragraphs)
        taken = bytearray(len(worded.words))
        found = list(self._named(text.tagged, worded, taken))
        named = {(each.id, each.language) for each in found}
        waiting = [(match.order(), match) for match in self._ranked(worded, taken, named)]
        heapify(waiting)
        while waiting:
            _order, best = heappop(waiting)
            fresh = self._match(best.template, worded, taken) if _is_touched(best.overlap, taken) else best
            if fresh is None:
                continue
            if waiting and fresh.order() > waiting[0][0]:  # others explain part of it: it takes its turn again
                heappush(waiting, (fresh.order(), fresh))
                continue
            chosen = self._best_version(fresh, worded, taken)
            _take(chosen.overlap, taken)
            found.append(chosen.as_found(text, worded))
        return found, taken, worded

    def _named(self, tagged: Iterable[Tagged], worded: WordedText, taken: bytearray) -> Iterator[FoundClause]:
        """The clauses that the file names; one that the library does not know is left to the search."""
        for each in tagged:
            language: Language = "nl" if each.language == "nl" else "fr"
            version = _version(self.library, each)
            if version is None:
                continue
            template = self._template(version, language)
            own = WordedText.of([each.text])
            share = 1.0 if each.is_unchanged else template.share(overlap(template.rows, own, _none(own)).covered)
            there = overlap(rows_of(own.words), worded, taken)
            paragraphs = [worded.paragraph[begins] + 1 for begins, _ in there.stretches] or [1]
            _take(there, taken)
            yield FoundClause(
                each.id,
                each.version,
                language,
                How.TAG,
                share,
                each.text[:_SHOWN],
                min(paragraphs),
                ends=max(paragraphs),
            )

    def _ranked(self, worded: WordedText, taken: bytearray, named: set[tuple[str, str]]) -> Iterator["_Match"]:
        """The clauses that share rows of their own with the text, by their newest text."""
        counts: Counter[int] = Counter()
        for row, places in worded.rows.items():
            holders = self._rows.holders(row)
            if holders and not all(taken[place] for place in places):
                counts.update(holders)
        for number, count in counts.items():
            identifier, language = self.library.identifiers[number // 2], LANGUAGES[number % 2]
            if count >= _CANDIDATES and (identifier, language) not in named:
                version = self.library.latest(identifier, self.day)
                match = self._match(self._template(version, language), worded, taken)
                if match is not None:
                    yield match

    def _best_version(self, match: "_Match", worded: WordedText, taken: bytearray) -> "_Match":
        """The version that the text holds most of; of equals the newest in force, else the newest."""
        best = match
        for version in reversed(self.library.versions(match.template.version.id)):
            other = self._match(self._template(version, match.template.language), worded, taken)
            if other is not None and other.fit > best.fit:
                best = other
        return best

    def _match(self, template: ClauseTemplate, worded: WordedText, taken: bytearray) -> "_Match | None":
        found = overlap(template.rows, worded, taken)
        own = self._own_words(template, found)
        share = template.share(found.covered)
        is_found = share >= LEAST_SHARE and self._in_a_row(template, found) >= FEWEST_OWN
        return _Match(template, found, share, own) if is_found else None

    def _template(self, version: ClauseVersion, language: Language) -> ClauseTemplate:
        key = (version.digest, language)
        if key not in self._templates:
            self._templates[key] = ClauseTemplate.of(version, language)
        return self._templates[key]

    def _own_words(self, template: ClauseTemplate, found: Overlap) -> int:
        """How many of the covered words stand in a row that few clauses hold."""
        return len(self._own_places(template, found))

    def _own_places(self, template: ClauseTemplate, found: Overlap) -> set[int]:
        own: set[int] = set()
        for place, row in template.rows:
            words = {place, place + 1, place + 2}
            if row not in self._rows.common and words <= found.covered and not words & template.cited:
                own |= words
        return own

    def _in_a_row(self, template: ClauseTemplate, found: Overlap) -> int:
        """How many of its own words the longest stretch without other words has."""
        longest = length = 0
        last = -1
        for place in sorted(self._own_places(template, found)):
            length = length + 1 if place == last + 1 else 1
            longest, last = max(longest, length), place
        return longest


@dataclass(frozen=True)
class _Match:
    """A version beside a text."""

    template: ClauseTemplate
    overlap: Overlap
    share: float
    own: int

    @property
    def fit(self) -> tuple[float, int]:
        """What tells versions apart: of a text that stands there in good part the share, of less how many words."""
        return (self.share if self.share >= _GOOD_PART else 0.0), len(self.overlap.covered)

    @property
    def weight(self) -> float:
        """What ranks it: words of its own, and of two that hold as many the one that stands there more whole."""
        return self.own + self.share

    def order(self) -> tuple[float, str, str]:
        """The best first; then by name, so that the same text gives the same answer."""
        return -self.weight, self.template.version.id, self.template.language

    def as_found(self, text: SearchedText, worded: WordedText) -> FoundClause:
        """As it is told, with the longest stretch and what stands around it."""
        version = self.template.version
        begins, _ends = max(self.overlap.stretches, key=lambda each: each[1] - each[0])
        first = min(begins for begins, _ in self.overlap.stretches)
        paragraph = worded.paragraph[begins]
        words = _around(text.paragraphs[paragraph], begins - worded.paragraph.index(paragraph))
        place = worded.paragraph[first] + 1
        language = self.template.language
        ends = worded.paragraph[max(ends for _, ends in self.overlap.stretches) - 1] + 1
        number = str(version.version)
        return FoundClause(version.id, number, language, How.WORDS, self.share, words, place, ends=ends)


def _around(paragraph: str, words_before: int) -> str:
    """A passage of a paragraph that begins near a word."""
    parts = paragraph.split()
    if len(" ".join(parts)) <= _SHOWN:
        return " ".join(parts)
    start = max(0, min(words_before, len(parts) - 1) - 3)
    return " ".join(parts[start:])[:_SHOWN].rsplit(" ", 1)[0] + " …"


def _is_touched(found: Overlap, taken: bytearray) -> bool:
    """Whether another clause has explained some of its words since."""
    return any(any(taken[begins:ends]) for begins, ends in found.stretches)


def _take(found: Overlap, taken: bytearray) -> None:
    for begins, ends in found.stretches:
        taken[begins:ends] = b"\1" * (ends - begins)


def _none(worded: WordedText) -> bytearray:
    return bytearray(len(worded.words))


def _version(library: ClauseLibrary, tagged: Tagged) -> ClauseVersion | None:
    if tagged.id not in library.identifiers:
        return None
    return next((each for each in library.versions(tagged.id) if str(each.version) == tagged.version), None)
