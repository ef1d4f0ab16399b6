"""What the pages of the register of legal instruments show: the list by level, one instrument, one article."""

import datetime
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mpdi.clause_library.core.law_register import NOTHING_SAID, InstrumentWords, with_numbers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.reference_data import Instrument
from mpdi.clause_library.core.vocabulary import Certainty, Language
from mpdi.clause_library.law_models import InstrumentStatusRecord
from mpdi.clause_library.law_operations import rests_on

LEVELS = ("regional", "federal", "eu")
MAX_WORDS = 100


@dataclass(frozen=True)
class ArticleRow:
    """An article of an instrument: how much was read, whether it has plain words, how many clauses rest on it."""

    article: str
    certainty: Certainty
    words: str | None
    clauses: int


class InstrumentPage:
    """One instrument, its words and what rests on it, on one day."""

    def __init__(
        self,
        library: ClauseLibrary,
        register: Mapping[str, InstrumentWords],
        identifier: str,
        day: datetime.date,
        changed: InstrumentStatusRecord | None = None,
    ) -> None:
        self.instrument: Instrument = library.reference.instruments[identifier]
        self.words = register.get(identifier, NOTHING_SAID)
        self.changed = changed
        self._library = library
        self._day = day

    @property
    def status(self) -> str:
        """The status recorded last, or that of the register."""
        return self.changed.status if self.changed else self.instrument.status

    @property
    def is_to_reread(self) -> bool:
        """Whether what rests on it must be read again."""
        return self.changed is not None and self.changed.status != self.instrument.status

    def certainties(self) -> list[tuple[Certainty, int]]:
        """Return how many articles were read how well, the surest first."""
        counts = Counter(self.certainty(article) for article in self.instrument.articles)
        return [(each, counts[each]) for each in Certainty if counts[each]]

    def certainty(self, article: str) -> Certainty:
        """Return how well an article was read: in part, where parts of it are known not to have been."""
        read = self.instrument.articles[article]
        return Certainty.PARTLY if read is Certainty.VERIFIED and article in self.words.unread_parts else read

    def unread_parts(self, article: str, language: Language) -> list[str]:
        """Return what of an article nobody has read, in plain words."""
        numbers = self._library.reference.numbers
        return [with_numbers(part, language, numbers, self._day) for part in self.words.unread_parts.get(article, ())]

    def clauses(self, article: str | None = None) -> list[ClauseVersion]:
        """Return the clauses that rest on it, or on one article, in the version in force or else the newest."""
        latest = (self._library.latest(each, self._day) for each in self._library.identifiers)
        return [version for version in latest if rests_on(version, self.instrument.id, article)]

    def said(self, article: str, language: Language) -> str | None:
        """Return what an article asks in plain words; None where nobody read enough of it."""
        words = self.words.says.get(article)
        return with_numbers(words, language, self._library.reference.numbers, self._day) if words else None

    def rows(self, language: Language) -> list[ArticleRow]:
        """Return the articles used, in the order in which one looks them up."""
        counts: Counter[str] = Counter()
        for clause in self.clauses():
            counts.update({basis.article for basis in clause.legal_basis if basis.act == self.instrument.id})
        found = self.instrument.articles
        return [
            ArticleRow(article, self.certainty(article), self.said(article, language), counts[article])
            for article in sorted(found, key=_order)
        ]


def _order(article: str) -> tuple[list[tuple[int, str]], str]:
    """12/1 after 12 and before 13; what has no number at the end."""
    parts = []
    for part in article.split("/"):
        digits = "".join(letter for letter in part if letter.isdigit())
        parts.append((int(digits) if part[:1].isdigit() else 10_000, part))
    return parts, article


def instruments_found(
    instruments: Mapping[str, Instrument], register: Mapping[str, InstrumentWords], words: str
) -> list[tuple[str, list[Instrument]]]:
    """Return the instruments whose title, name, articles' numbers or plain words hold every word, by level, by date."""
    wanted = _plain(words).split()
    found = [
        each
        for each in instruments.values()
        if all(word in _text(each, register.get(each.id, NOTHING_SAID)) for word in wanted)
    ]
    by_level = {level: sorted((each for each in found if each.level == level), key=_newest) for level in LEVELS}
    return [(level, some) for level, some in by_level.items() if some]


def _newest(instrument: Instrument) -> tuple[int, str]:
    return -instrument.date.toordinal(), instrument.id


def _text(instrument: Instrument, words: InstrumentWords) -> str:
    titles: Sequence[str] = [text for each in (instrument.title, instrument.short) for text in (each.fr, each.nl)]
    said = [text for each in words.says.values() for text in (each.fr, each.nl)]
    return _plain(" ".join([instrument.id, *titles, *said]))


def read_words(text: str) -> str:
    """Return what was typed to search, on one line and not too long."""
    return " ".join(text.split())[:MAX_WORDS]


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
