"""Texts as rows of folded words, and which words of one stand in the other in the same order."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

ROW = 3
"""Words in a row that must be alike; the check of near-copies among clauses uses the same."""
BREAK = "\0"
"""Where no row runs on: a parameter, whose words the buyer gives, and the end of a paragraph."""
_RUN = 4
"""The shortest stretch of words that counts: shorter ones stand in any two texts."""
_GAP = 200
"""Words between two stretches that still belong to one passage."""
_OFTEN = 40
_MORE = 15
"""Words that a further passage must add: a clause is often split, its proof in an annex."""
_WORD = re.compile(r"[^\W_]+")
_HYPHEN_AT_END = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[a-zà-ÿ])")
_LAYOUT = ("\u00ad", "\u200b")
"""Signs that nobody sees: soft hyphen, space of no width."""


class _Folding(dict[int, str]):
    """Fold one character; computed at its first use and kept, for texts use few of them."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        parts = unicodedata.normalize("NFKD", character)
        bare = "".join(each for each in parts if not unicodedata.combining(each)).lower()
        self[code] = "" if character in _LAYOUT else bare.replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """A text in small letters, without accents, ligatures and signs of layout, of any composition."""
    return text.translate(_FOLDING)


def unbroken(text: str) -> str:
    """A text whose words are not cut at the end of a line, as in a PDF."""
    return _HYPHEN_AT_END.sub("", text)


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    return _WORD.findall(folded(text))


@dataclass(frozen=True)
class WordedText:
    """Paragraphs as one list of folded words, with a break after each; `paragraph` of each word, from 0."""

    words: Sequence[str]
    paragraph: Sequence[int]
    rows: Mapping[int, Sequence[int]] = field(repr=False)
    """By the hash of a row of words, the places where it begins."""

    def row_at(self, place: int) -> int:
        """The hash of the row that begins at a place."""
        return hash(tuple(self.words[place : place + ROW]))

    @classmethod
    def of(cls, paragraphs: Sequence[str]) -> "WordedText":
        """Take paragraphs apart."""
        words: list[str] = []
        numbers: list[int] = []
        for number, text in enumerate(paragraphs):
            found = [*words_of(text), BREAK]
            words += found
            numbers += [number] * len(found)
        rows: dict[int, list[int]] = defaultdict(list)
        for place, row in rows_of(words):
            rows[row].append(place)
        return cls(words, numbers, rows)


def rows_of(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Each row of words without a break in it: where it begins, and its hash, which is one only within this process."""
    for place, row in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if BREAK not in row:
            yield place, hash(row)


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of words that two texts share: where it begins in each, and how many words it has."""

    own: int
    other: int
    length: int


@dataclass(frozen=True)
class Overlap:
    """What of a text stands in another: the places of its words, and the stretches of the other."""

    covered: frozenset[int]
    stretches: tuple[tuple[int, int], ...]
    """First place and place after the last, in the other text."""


def overlap(own: Iterable[tuple[int, int]], other: WordedText, taken: bytearray) -> Overlap:
    """Which words of a text, given by its rows (`rows_of`), stand in `other`, in order, outside what is `taken` there."""
    passages = _passages(_runs(own, other, taken))
    covered: set[int] = set()
    stretches: list[tuple[int, int]] = []
    for passage in sorted(passages, key=_size, reverse=True):
        fresh = _covered(passage) - covered
        if stretches and len(fresh) < _MORE:
            continue
        covered |= fresh
        stretches += [(run.other, run.other + run.length) for run in passage]
    return Overlap(frozenset(covered), tuple(stretches))


def _runs(own: Iterable[tuple[int, int]], other: WordedText, taken: bytearray) -> list[_Run]:
    """The stretches that both texts share, the longest that begin at each place."""
    open_runs: dict[int, _Run] = {}
    done: list[_Run] = []
    for place, row in own:
        going: dict[int, _Run] = {}
        places = other.rows.get(row, ())
        if len(places) > _OFTEN:  # words that stand everywhere begin no stretch, but they go on with one
            places = [
                before + 1 for before in open_runs if before + 1 < len(other.words) and other.row_at(before + 1) == row
            ]
        for there in places:
            if taken[there] or taken[there + ROW - 1]:
                continue
            before = open_runs.pop(there - 1, None)
            is_next = before is not None and before.own + before.length == place + ROW - 1
            if before is not None and is_next:
                going[there] = _Run(before.own, before.other, before.length + 1)
            else:
                going[there] = _Run(place, there, ROW)
        done += open_runs.values()
        open_runs = going
    done += open_runs.values()
    return sorted((run for run in done if run.length >= _RUN), key=lambda run: run.other)


def _passages(runs: Sequence[_Run]) -> list[list[_Run]]:
    """Stretches that lie near one another in the other text."""
    passages: list[list[_Run]] = []
    end = -1
    for run in runs:
        if passages and run.other - end <= _GAP:
            passages[-1].append(run)
        else:
            passages.append([run])
        end = max(end, run.other + run.length)
    return passages


def _covered(passage: Sequence[_Run]) -> set[int]:
    return {place for run in passage for place in range(run.own, run.own + run.length)}


def _size(passage: Sequence[_Run]) -> int:
    return len(_covered(passage))
