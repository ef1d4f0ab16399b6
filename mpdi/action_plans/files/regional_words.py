"""How the regional view is said in one language: fixed words, levels, numbers, values in the unit of their indicator."""

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from mpdi.action_plans.core.canevas_reading import FOLDER
from mpdi.action_plans.core.progress import FEW
from mpdi.action_plans.core.regional import AimRow, Chosen, Listed, RegionalView, Standing
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import Category, Language
from mpdi.documents.labels import written_date
from mpdi.documents.model import Content, Table, content
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.resources import folder

_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class RegionalVoice:
    """The words of the regional view and the language in which it is told."""

    words: Mapping[str, Mapping[str, str]]
    language: Language

    def word(self, key: str, **places: object) -> str:
        """Return a fixed text, its places filled."""
        text = self.words[key][self.language]
        return text.format(**places) if places else text

    def standing(self, standing: Standing) -> str:
        """Return how an authority stands."""
        return self.word(f"standing_{standing}")

    def level(self, level: str) -> str:
        """Return a level of the register."""
        return self.word(f"level_{level}")

    def category(self, category: Category) -> str:
        """Return a category with a capital."""
        words = value_label("category", str(category), self.language)
        return words[:1].upper() + words[1:]

    def number(self, value: Decimal | int) -> str:
        """Write a number."""
        return format_number(Decimal(value), self.language)

    def of_all(self, count: int, all_: int) -> str:
        """Write a count out of another."""
        return self.word("of_all", count=self.number(count), all=self.number(all_))

    def day(self, day: datetime.date) -> str:
        """Write a day in words."""
        return written_date(day, DocumentLanguage(self.language))

    def short_day(self, day: datetime.date) -> str:
        """Write a day in figures: 31/01/2027."""
        return f"{day.day:02d}/{day.month:02d}/{day.year}"

    def value(self, unit: Unit, value: Decimal) -> str:
        """Write a value in the unit of its indicator, with at most one decimal."""
        shown = self.number((value * 100 if unit is Unit.SHARE else value).quantize(_TENTH, ROUND_HALF_UP))
        return shown if unit in (Unit.MEAN, Unit.COUNT) else f"{shown}{NBSP}%"

    def median(self, row: AimRow) -> str:
        """Write the median of the targets of a row."""
        return "–" if row.median is None else self.value(row.indicator.unit, row.median)

    def quartiles(self, row: AimRow) -> str:
        """Write the quartiles of the targets; a dash below five."""
        if row.quartiles is None:
            return "–"
        first, third = (self.value(row.indicator.unit, each) for each in row.quartiles)
        return self.word("quartile_words", first=first, third=third)

    def measured(self, row: AimRow) -> str:
        """Write what was measured, without a rate where that rests on few."""
        measured = row.measured
        if measured is None or measured.rate is None:
            return self.word("measured_none")
        places = {
            "numerator": self.number(measured.numerator.quantize(_TENTH, ROUND_HALF_UP)),
            "denominator": self.number(measured.denominator),
            "of": self.number(row.of),
        }
        if measured.denominator < FEW:
            return self.word("measured_few", **places)
        return self.word("measured_of", **places, rate=self.value(row.indicator.unit, measured.rate))

    def coverage(self, row: AimRow) -> str:
        """Write for how many it is stated, and the bounds that missing data allow; empty where nothing is measured."""
        measured = row.measured
        if measured is None or not measured.denominator:
            return ""
        places = {
            "denominator": self.number(measured.denominator),
            "population": self.number(measured.population),
        }
        if measured.population < FEW or measured.lower is None or measured.upper is None:
            return self.word("stated_words", **places)
        lower, upper = (self.value(row.indicator.unit, each) for each in (measured.lower, measured.upper))
        return self.word("bounds_words", **places, lower=lower, upper=upper)

    def filters(self, chosen: Chosen) -> str:
        """Write what narrows the view."""
        told = [
            *([self.word("filter_level", value=self.level(chosen.level).lower())] if chosen.level else []),
            *([self.word("filter_category", value=self._of_category(chosen))] if chosen.category else []),
            *([self.word("filter_standing", value=self._of_standing(chosen))] if chosen.standing else []),
        ]
        return "; ".join(told) or self.word("no_filter")

    def _of_category(self, chosen: Chosen) -> str:
        return self.category(Category(chosen.category)).lower()

    def _of_standing(self, chosen: Chosen) -> str:
        words = self.standing(Standing(chosen.standing))
        return words[:1].lower() + words[1:]

    def table(
        self,
        caption: str,
        heads: Iterable[str],
        rows: Iterable[Iterable[str]],
        widths: tuple[float, ...],
        right: tuple[int, ...] = (),
    ) -> Table:
        """Return a dense table whose caption is a fixed word; a head is the key of one, or words as they stand."""
        filled: tuple[tuple[Content, ...], ...] = tuple(tuple(content(each) for each in row) for row in rows)
        named = tuple(self.word(f"head_{each}") if f"head_{each}" in self.words else each for each in heads)
        return Table(self.word(caption), named, filled, widths, right, is_dense=True)


def regional_voice(language: Language) -> RegionalVoice:
    """Return the voice of a language; the words are read from `templates/action_plans/regional.yaml`."""
    return RegionalVoice(_words(), language)


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(folder("templates") / FOLDER / "regional.yaml")
    return read


def in_order(listed: Iterable[Listed], language: Language) -> list[Listed]:
    """Return authorities in the order of their names in a language; capitals and accents do not count."""
    return sorted(listed, key=lambda each: (_plain(each.body.name[language]), each.body.id))


def _plain(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def brief_figures(voice: RegionalVoice, view: RegionalView) -> Iterator[tuple[str, str]]:
    """Yield what is told first: the words of a figure and the figure."""
    for standing in Standing:
        yield voice.standing(standing), voice.of_all(view.count(standing), view.total)
    yield voice.word("brief_objectives"), voice.number(view.objectives)
    for key, count in (
        ("brief_targets", sum(each.with_target for each in view.results)),
        ("brief_measured", sum(each.measured for each in view.results)),
    ):
        yield voice.word(key), voice.of_all(count, view.objectives)
    reached, judged = (sum(getattr(each, name) for each in view.results) for name in ("reached", "judged"))
    yield voice.word("brief_reached"), voice.of_all(reached, judged)
    yield voice.word("brief_actions"), voice.number(view.actions)
    yield voice.word("brief_done"), voice.of_all(view.done, view.actions)
    yield voice.word("brief_late"), voice.of_all(view.late, view.actions)
    yield voice.word("brief_unclaimed"), voice.number(view.stored.unclaimed)
    yield voice.word("brief_outside"), voice.number(view.stored.outside)
    yield voice.word("brief_notices"), voice.number(view.stored.notices)
