"""How a plan is said in one language: words of the canevas, amounts, shares, days."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mpdi.action_plans.core.plan import ActionPlanDocument, PlanObjective
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import Category, Language
from mpdi.documents.labels import written_date
from mpdi.documents.model import Content, Emphasis, Run, Table, content
from mpdi.documents.model import Language as DocumentLanguage

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")
Row = tuple[Content, ...]


@dataclass(frozen=True)
class Voice:
    """A plan and the language in which it is said. `beside`: the other language stands beside it."""

    plan: ActionPlanDocument
    language: Language
    beside: bool = False

    def word(self, key: str, **places: object) -> str:
        """Return a fixed text of the canevas."""
        return self.plan.canevas.word(key, self.language, **places)

    def of(self, text: Bilingual) -> str:
        """Return a text in this language."""
        return text[self.language]

    def category(self, category: Category) -> str:
        """Return a category with a capital."""
        words = value_label("category", str(category), self.language)
        return words[:1].upper() + words[1:]

    def number(self, value: Decimal | int) -> str:
        """Write a number; beside the other language both write it the same way, so that it stands once."""
        return format_number(Decimal(value), "fr" if self.beside else self.language)

    def money(self, amount: Decimal) -> str:
        """Write an amount, cents only where there are some."""
        cents = amount.quantize(_CENT, ROUND_HALF_UP)
        tens_of_cents = cents != cents.to_integral_value() and cents == cents.quantize(_TENTH)
        return f"{self.number(cents)}{'0' if tens_of_cents else ''}{NBSP}EUR"

    def share(self, share: Decimal) -> str:
        """Write a share of 0 to 1 as a percentage of at most one decimal."""
        return f"{self.number((share * 100).quantize(_TENTH, ROUND_HALF_UP))}{NBSP}%"

    def day(self, day: datetime.date) -> str:
        """Write a day in words: 1er décembre 2026."""
        return written_date(day, DocumentLanguage(self.language))

    def short_day(self, day: datetime.date) -> str:
        """Write a day in figures, as both languages do: 31/01/2027."""
        return f"{day.day:02d}/{day.month:02d}/{day.year}"

    def figure(self, objective: PlanObjective, value: Decimal | None) -> Content:
        """Write the value of an indicator; where there is none, that it is to be set."""
        if value is None:
            return (Run(f"[{self.word('to_set')}]", Emphasis.HIGHLIGHT),)
        unit = objective.indicator.unit
        if unit is Unit.SHARE:
            return content(self.share(value))
        return content(f"{self.number(value)}{NBSP}%" if unit is Unit.PERCENT else self.number(value))

    def due(self, day: datetime.date | None) -> Content:
        """Write a day in figures; where there is none, that it is to be set."""
        if day is None:
            return (Run(f"[{self.word('to_set')}]", Emphasis.HIGHLIGHT),)
        return content(self.short_day(day))

    def table(
        self,
        caption: str,
        heads: Iterable[str],
        rows: Iterable[Row],
        widths: tuple[float, ...],
        right: tuple[int, ...] = (),
        *,
        total: bool = False,
        about: str = "",
    ) -> Table:
        """Return a dense table whose caption and heads are words of the canevas; `about` fills the caption's place."""
        named = tuple(self.word(f"head_{each}") for each in heads)
        return Table(self.word(caption, about=about), named, tuple(rows), widths, right, is_dense=True, has_total=total)


def bar(share: Decimal) -> str:
    """Draw a share of 0 to 1 in letters, for tables of two languages, where pictures do not go."""
    return "■" * int((share * 12).quantize(Decimal(1), ROUND_HALF_UP))
