"""What is searched and what is found, as frozen data."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from mpdi.exceptions import MpdiError


class UnreadableTextError(MpdiError):
    """What is to be searched holds no text that can be read; the message says why and what to do (`said`)."""


class How(StrEnum):
    """By what a clause was found."""

    TAG = "tag"
    """The file names it (written here), and says in which version."""
    WORDS = "words"
    """By words in the same order."""
    MEANING = "meaning"
    """By sentences that mean the same: reworded, or in another language."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A clause that a file of ours names, with its text; `is_unchanged`: as it was written, to the letter."""

    id: str
    version: str
    language: str
    text: str
    is_unchanged: bool


@dataclass(frozen=True, slots=True)
class SearchedText:
    """Paragraphs of a document, a notice or a typed text, and the clauses that it names itself."""

    paragraphs: Sequence[str]
    tagged: Sequence[Tagged] = ()


@dataclass(frozen=True, slots=True)
class FoundClause:
    """A clause that a text holds.

    `share`: of the words of the clause's text, from 0 to 1, how many stand there too (by meaning: how many stand in
    sentences that have a near one there). `similarity`: cosine of the nearest pair of sentences, where found by meaning.
    `words`: the passage that proves it. `place`: number of the paragraph from 1 in which it begins.
    """

    id: str
    version: str
    language: str
    how: How
    share: float
    words: str
    place: int
    similarity: float | None = None
    clause_words: str | None = None
    """The clause's own sentence, where found by meaning."""
    ends: int | None = None
    """Number of the last paragraph in which words of it stand, where found by words."""

    def as_plain(self) -> dict[str, Any]:
        """As JSON data; share and similarity of three decimals."""
        return {
            "id": self.id,
            "version": self.version,
            "language": self.language,
            "how": self.how.value,
            "share": round(self.share, 3),
            "words": self.words,
            "place": self.place,
            "similarity": None if self.similarity is None else round(self.similarity, 3),
            "clause_words": self.clause_words,
        }
