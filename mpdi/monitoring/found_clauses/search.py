"""Clauses found in a text: those it names, those whose words it holds, those it means."""

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.monitoring.found_clauses.by_meaning import MeaningSearch, SentenceEncoder
from mpdi.monitoring.found_clauses.by_words import WordsSearch
from mpdi.monitoring.found_clauses.model import FoundClause, SearchedText
from mpdi.monitoring.found_clauses.tongue import SEARCHED


@dataclass
class FoundClauseSearch:
    """Searches texts for the clauses of a library; made once for many texts."""

    words: WordsSearch
    meaning: MeaningSearch

    @classmethod
    def over(
        cls,
        library: ClauseLibrary,
        day: datetime.date,
        encoder: SentenceEncoder,
        fixed: Sequence[str] = (),
        languages: Collection[str] = SEARCHED,
    ) -> "FoundClauseSearch":
        """A search over a library, with its newest versions of that day first.

        `fixed`: the text that all documents hold; `languages`: of the sentences that are searched by what they mean.
        """
        return cls(WordsSearch(library, day, fixed), MeaningSearch(library, day, encoder, languages))

    def find(self, text: SearchedText) -> list[FoundClause]:
        """Return what a text holds in the order of the text, each clause once in a language: where it is most whole."""
        found, taken, worded = self.words.find(text)
        if self.meaning.is_ready:
            found += self.meaning.find(text, worded, taken, {each.id for each in found})
        best: dict[tuple[str, str], FoundClause] = {}
        for each in sorted(found, key=lambda each: -each.share):
            best.setdefault((each.id, each.language), each)
        return sorted(best.values(), key=lambda each: (each.place, each.id, each.language))
