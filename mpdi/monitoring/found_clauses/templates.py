"""The texts of clauses as they may stand in a document: paragraph by paragraph, parameters as gaps."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mpdi.clause_library.core.model import ClauseVersion, Paragraph
from mpdi.clause_library.core.vocabulary import Language
from mpdi.monitoring.found_clauses.wording import BREAK, rows_of, words_of

_CITATION = re.compile(
    r"\b(?:loi|ordonnance|arr[êe]t[ée]|d[ée]cret|r[èe]glement|directive|wet|ordonnantie|besluit|decreet|verordening"
    r"|richtlijn)\b[^,;:.()]{0,40}?[\s(]\d[^,;:.]{0,120}|\bart(?:icles?|ikel(?:en)?|\.)\s+\d[^,;:.]{0,60}",
    re.IGNORECASE,
)
"""A law of a year or number, or an article, with its title as far as no sign ends it."""
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")
_HALF = 0.5
_BRIDGE = 2
"""Words between two gaps, or a gap and words that stand there, that are too few for a row and count as their neighbours."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A paragraph within the words of a template; `case`: paragraphs of which one stands; `is_sometimes`: it may be away."""

    begins: int
    ends: int
    case: tuple[str, str] | None
    is_sometimes: bool


@dataclass(frozen=True)
class ClauseTemplate:
    """What tenderers read of a version in one language, as folded words with breaks."""

    version: ClauseVersion
    language: Language
    words: Sequence[str]
    pieces: Sequence[_Piece]
    cited: frozenset[int]
    """Places of the words that cite law: they are nobody's own."""

    @classmethod
    def of(cls, version: ClauseVersion, language: Language) -> "ClauseTemplate":
        """Take the printed paragraphs of a version apart."""
        words: list[str] = []
        pieces: list[_Piece] = []
        cited: set[int] = set()
        for paragraph in version.text:
            if paragraph.is_printed:
                begins = len(words)
                for segment in _PLACEHOLDER.split(paragraph.text[language]):
                    cited.update(len(words) + place for place in _cited(segment))
                    words += [*words_of(segment), BREAK]
                pieces.append(_Piece(begins, len(words), _case(paragraph), paragraph.only_when is not None))
        return cls(version, language, words, pieces, frozenset(cited))

    @cached_property
    def rows(self) -> Sequence[tuple[int, int]]:
        """Where each row of its words begins, and its hash."""
        return tuple(rows_of(self.words))

    def share(self, covered: Collection[int]) -> float:
        """The share of its words that are covered.

        Of paragraphs for different cases the one that is covered most counts; one for a case alone counts where half of
        it is covered.
        """
        known = self._bridged(covered)
        counted = [(self._length(piece), self._length(piece, known), piece) for piece in self.pieces]
        total = sum(length for length, held, piece in counted if self._counts(length, held, piece))
        held = sum(held for length, held, piece in counted if self._counts(length, held, piece))
        for cases in self._by_case(counted).values():
            length, most = max(cases, key=lambda each: (each[1] / max(each[0], 1), each[0]))
            total, held = total + length, held + most
        return held / total if total else 0.0

    @staticmethod
    def _counts(length: int, held: int, piece: _Piece) -> bool:
        if piece.case is not None or not length:
            return False
        return not piece.is_sometimes or held >= _HALF * length

    @staticmethod
    def _by_case(counted: Sequence[tuple[int, int, _Piece]]) -> dict[tuple[str, str], list[tuple[int, int]]]:
        cases: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for length, held, piece in counted:
            if piece.case is not None:
                cases[piece.case].append((length, held))
        return cases

    def _length(self, piece: _Piece, known: Collection[int] | None = None) -> int:
        places = range(piece.begins, piece.ends)
        return sum(self.words[place] != BREAK and (known is None or place in known) for place in places)

    def _bridged(self, covered: Collection[int]) -> set[int]:
        """Places covered, with the few words beside a gap that no row can hold."""
        known = set(covered)
        for begins, ends in self._segments:
            missing = [place for place in range(begins, ends) if place not in known]
            is_near = ends - begins > len(missing) or self._is_held(begins, ends, known)
            if 0 < len(missing) <= _BRIDGE and is_near:
                known.update(missing)
        return known

    @cached_property
    def _segments(self) -> list[tuple[int, int]]:
        """Stretches between breaks."""
        found, begins = [], 0
        for place, word in enumerate(self.words):
            if word == BREAK:
                found.append((begins, place))
                begins = place + 1
        return found

    @staticmethod
    def _is_held(begins: int, ends: int, known: Collection[int]) -> bool:
        """Whether words on both sides of a short stretch are covered."""
        return begins - 2 in known and ends + 1 in known


def _cited(text: str) -> Iterator[int]:
    """The words of a text, by number from 0, that cite law."""
    for match in _CITATION.finditer(text):
        before = len(words_of(text[: match.start()]))
        yield from range(before, before + len(words_of(match.group())))


def _case(paragraph: Paragraph) -> tuple[str, str] | None:
    return (paragraph.part, str(next(iter(paragraph.when)))) if paragraph.when else None
