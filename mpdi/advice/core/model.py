"""What a helper asks and answers, as frozen data. Words are held in three languages, sentences of documents in two."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from mpdi.advice.core.display import money, shown
from mpdi.clause_library.core.law_numbers import DatedValue, LawNumber
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import NBSP
from mpdi.clause_library.core.vocabulary import Certainty

Answer = Decimal | str | datetime.date | tuple[Decimal, ...]


class Kind(StrEnum):
    """How a question is answered."""

    AMOUNT = "amount"
    AMOUNTS = "amounts"
    PERCENT = "percent"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"


class Outcome(StrEnum):
    """What an answer comes to, in one word."""

    DUTY = "duty"
    FREE = "free"
    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    OPEN = "open"


@dataclass(frozen=True)
class Words:
    """A sentence in the three languages of the interface; places stand in braces."""

    fr: str
    nl: str
    en: str

    def __getitem__(self, language: str) -> str:
        """Return it in a language, its places open."""
        return {"fr": self.fr, "nl": self.nl}.get(language, self.en)


Filling = Decimal | str | datetime.date | Words
"""What fills the place of a sentence."""


def filled(template: str, values: Mapping[str, Filling], language: str) -> str:
    """Fill the places of a template as a language writes numbers and dates; a number and its unit stay on one line."""
    written = {key: each[language] if isinstance(each, Words) else shown(each, language) for key, each in values.items()}
    return template.replace(" %", f"{NBSP}%").replace(" EUR", f"{NBSP}EUR").format_map(written)


@dataclass(frozen=True)
class Question:
    """One question. `choices` only where its kind is a choice; `default` is what stands there before it is answered."""

    key: str
    kind: Kind
    label: Words
    help: Words | None
    unit: str
    is_needed: bool
    default: str
    choices: tuple[tuple[str, Words], ...]


@dataclass(frozen=True)
class Statement:
    """A sentence an answer may hold. Without certainty it is no law: arithmetic, or advice of the project."""

    key: str
    words: Words
    source: Bilingual | None
    certainty: Certainty | None


@dataclass(frozen=True)
class Line:
    """A statement with its places filled."""

    statement: Statement
    values: Mapping[str, Filling]

    def text(self, language: str) -> str:
        """The sentence in a language."""
        return filled(self.statement.words[language], self.values, language)


@dataclass(frozen=True)
class Step:
    """One line of arithmetic: what, the calculation in figures (empty where the value was given), the exact value, its unit."""

    words: Line
    calculation: str
    value: Decimal
    unit: str

    def sum(self, language: str) -> str:
        """The calculation in figures."""
        return filled(self.calculation, self.words.values, language)

    def shown(self, language: str) -> str:
        """The value, rounded here, with its unit."""
        return f"{money(self.value, language)}{NBSP}{self.unit}"


@dataclass(frozen=True)
class Wording:
    """What stands in the documents: sentences in French and Dutch, and the clauses of the library that do it."""

    key: str
    text: Bilingual
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A wording with its places filled."""

    wording: Wording
    values: Mapping[str, Filling]

    def text(self, language: str) -> str:
        """The sentences in French or Dutch."""
        return filled(self.wording.text[language], self.values, language)


@dataclass(frozen=True)
class UsedNumber:
    """A number of law that the answer rests on, as it holds on the day asked."""

    number: LawNumber
    dated: DatedValue


@dataclass(frozen=True)
class Helper:
    """One helper: its words, questions, statements and wordings, by key."""

    key: str
    title: Words
    line: Words
    questions: tuple[Question, ...]
    statements: Mapping[str, Statement]
    wordings: Mapping[str, Wording]


@dataclass(frozen=True)
class Advice:
    """The answer. `amount` is exact, in `unit`; None where there is none or it is not known."""

    helper: Helper
    outcome: Outcome
    headline: Line
    reasons: tuple[Line, ...]
    steps: tuple[Step, ...] = ()
    amount: Decimal | None = None
    unit: str = "EUR"
    written: tuple[Written, ...] = ()
    unknown: tuple[Line, ...] = ()
    numbers: tuple[UsedNumber, ...] = ()
