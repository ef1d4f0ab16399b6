"""What the pages of the labels directory show: the list as filtered, one label with its statement."""

import datetime
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import MultiDict

from mpdi.clause_library.core.label_directory import DirectoryEntry, LabelDirectory
from mpdi.clause_library.core.label_statement import (
    StatementCase,
    StatementObject,
    cases_of,
    label_statement,
)
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.clause_library.core.vocabulary import Category, Language, Theme

MAX_WORDS = 100


@dataclass(frozen=True)
class LabelQuery:
    """What a reader asks of the list: words of a name, a category, a theme; nothing chosen means all."""

    words: str
    category: Category | None
    theme: Theme | None

    @property
    def is_filtered(self) -> bool:
        """Whether anything is asked."""
        return bool(self.words or self.category or self.theme)

    def admits(self, entry: DirectoryEntry) -> bool:
        """Whether a label is one of those asked for."""
        name = _plain(f"{entry.label.name.fr} {entry.label.name.nl} {entry.id}")
        return (
            all(word in name for word in _plain(self.words).split())
            and self.category in (None, *entry.categories)
            and self.theme in (None, *entry.themes)
        )


def read_label_query(arguments: MultiDict[str, str]) -> LabelQuery:
    """Read the query of an address; values that no list has are left out."""
    words = " ".join(arguments.get("words", "").split())[:MAX_WORDS]
    category, theme = arguments.get("category", ""), arguments.get("theme", "")
    return LabelQuery(
        words,
        Category(category) if category in list(Category) else None,
        Theme(theme) if theme in list(Theme) else None,
    )


def labels_found(directory: LabelDirectory, query: LabelQuery, language: Language) -> list[DirectoryEntry]:
    """Return the labels asked for, by name in a language."""
    found = [entry for entry in directory.all() if query.admits(entry)]
    return sorted(found, key=lambda entry: _plain(entry.label.name[language]))


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@dataclass(frozen=True)
class StatementChoice:
    """The choices from which the statement of a page is written."""

    case: StatementCase
    contract_object: StatementObject
    others: tuple[str, ...]
    about: tuple[int, ...]


class LabelPage:
    """One label: its entry, the labels it shares criteria with, the clauses that use it, the statement chosen."""

    def __init__(self, directory: LabelDirectory, identifier: str, arguments: MultiDict[str, str]) -> None:
        self.entry = directory.entry(identifier)
        self.equivalents = tuple(directory.entry(other) for other in self.entry.equivalents)
        self.nameable = tuple(other for other in self.equivalents if cases_of([other]))
        self.choice = self._read(arguments)

    def clauses(self, library: ClauseLibrary, day: datetime.date) -> list[ClauseVersion]:
        """Return the clauses that name the label, in the version in force or else the newest."""
        latest = (library.latest(identifier, day) for identifier in library.identifiers)
        return [version for version in latest if self.entry.id in version.labels]

    @cached_property
    def named(self) -> tuple[DirectoryEntry, ...]:
        """The labels that the statement names: this one, and those chosen besides."""
        return (self.entry, *(other for other in self.nameable if other.id in self.choice.others))

    @property
    def cases(self) -> tuple[StatementCase, ...]:
        """The wordings of the law that fit the labels named; none where this is no proof under article 54."""
        return cases_of(self.named)

    @property
    def case(self) -> StatementCase:
        """The wording used: the one chosen where it fits, else the one that always does."""
        return self.choice.case if self.choice.case in self.cases else StatementCase.PART_ONLY

    @property
    def about(self) -> Sequence[Bilingual]:
        """What the specifications taken over are about."""
        return [self.entry.aspects[index].text for index in self.choice.about]

    def statement(self, language: Language) -> str:
        """Return the paragraph to paste; `NoStatementError` where there is none."""
        return label_statement(self.named, self.case, self.choice.contract_object, language, self.about)

    def arguments(self) -> dict[str, str | list[str] | list[int]]:
        """Return the choices as arguments of an address."""
        return {
            "case": self.case.value,
            "object": self.choice.contract_object.value,
            "with": list(self.choice.others),
            "about": list(self.choice.about),
        }

    def _read(self, arguments: MultiDict[str, str]) -> StatementChoice:
        case, contract_object = arguments.get("case", ""), arguments.get("object", "")
        asked = {int(item) for item in arguments.getlist("about")[:20] if item.isdecimal() and len(item) < 3}
        return StatementChoice(
            StatementCase(case) if case in list(StatementCase) else StatementCase.BELOW,
            StatementObject(contract_object) if contract_object in list(StatementObject) else StatementObject.SUPPLIES,
            tuple(other.id for other in self.nameable if other.id in arguments.getlist("with")[:20]),
            tuple(index for index in range(len(self.entry.aspects)) if index in asked),
        )
