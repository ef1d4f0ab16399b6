"""Texts made comparable: lower case, no accents, plain blanks and apostrophes; offsets lead back to the original."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

_BLANKS = {"\u00a0", "\u202f", "\u2009", "\t", "\r"}
_SOFT_HYPHEN = "\u00ad"


class _Folding(dict[int, str]):
    """Fold one character; computed at its first use and kept, for texts use few of them."""

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        self[code] = folded
        return folded


def _fold_character(character: str) -> str:
    if character in _BLANKS:
        return " "
    if character in "’‘ʼ´`":
        return "'"
    if character == _SOFT_HYPHEN:
        return ""
    bare = "".join(each for each in unicodedata.normalize("NFKD", character) if not unicodedata.combining(each))
    return bare.lower().replace("œ", "oe").replace("æ", "ae")


_TABLE = _Folding()


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with plain blanks and apostrophes; `œ` becomes `oe`."""
    return text.translate(_TABLE)


@dataclass(frozen=True, slots=True)
class FoldedText:
    """A folded text that knows where each of its characters came from."""

    original: str
    folded: str
    origins: tuple[int, ...] | None
    """Offset in the original of each folded character, and of the end; `None`: they are the same."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the offsets in the original of what stands at these offsets of the folded text (`start` < `end`)."""
        if self.origins is None:
            return start, end
        first, last = self.origins[start], self.origins[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        return first, last


def fold_with_offsets(text: str) -> FoldedText:
    """Fold a text and keep where each character came from."""
    pieces = [_TABLE[ord(character)] for character in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(len(piece) == 1 for piece in pieces):
        return FoldedText(text, folded, None)
    origins = [index for index, piece in enumerate(pieces) for _ in piece]
    return FoldedText(text, folded, (*origins, len(text)))


_WORD = re.compile(r"\w+")
PREFIX = 4
"""Letters of a word by which phrases are looked up: enough to leave out most, few enough for short words."""


@dataclass(frozen=True, slots=True)
class SearchableText:
    """A folded text and where its words begin."""

    folded: str
    words: frozenset[str]
    starts: Mapping[str, list[int]]
    """By the first letters of a word (the whole of a shorter one): the offsets of words that begin so."""


def searchable(folded: str) -> SearchableText:
    """Take a folded text apart into words."""
    words: set[str] = set()
    starts: dict[str, list[int]] = {}
    for match in _WORD.finditer(folded):
        word = match.group()
        words.add(word)
        starts.setdefault(word[:PREFIX], []).append(match.start())
    return SearchableText(folded, frozenset(words), starts)


def has_word(folded: str) -> bool:
    """Whether a word stands in a text."""
    return _WORD.search(folded) is not None
