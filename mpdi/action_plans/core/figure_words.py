"""Sentences about figures that are found for a plan, in French and Dutch: `templates/action_plans/figures.yaml`."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from mpdi.action_plans.core.canevas_reading import FOLDER
from mpdi.action_plans.core.profile import PlanLanguage
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.resources import folder

_CENT, _TENTH = Decimal("0.01"), Decimal("0.1")
_BESIDE = " / "


@cache
def _words() -> Mapping[str, Bilingual]:
    items = strict_yaml.read(folder("templates") / FOLDER / "figures.yaml")
    return {key: Bilingual(**item) for key, item in items.items()}


def sentence(key: str, **places: str | Bilingual) -> Bilingual:
    """Return a sentence in both languages; a place that has words of its own is filled with those of the language."""

    def fill(language: Language) -> str:
        filled = {name: value if isinstance(value, str) else value[language] for name, value in places.items()}
        return _words()[key][language].format(**filled)

    return Bilingual(*(fill(each) for each in LANGUAGES))


def joined(texts: list[Bilingual], between: str) -> Bilingual:
    """Return texts one after the other, in each language."""
    return Bilingual(*(between.join(each[language] for each in texts) for language in LANGUAGES))


def numbered(value: Decimal | int) -> Bilingual:
    """Return a number as each language writes it."""
    return Bilingual(*(format_number(Decimal(value), language) for language in LANGUAGES))


def money(amount: Decimal, currency: str = "EUR") -> Bilingual:
    """Return an amount, cents only where there are some."""
    fr, nl = (f"{format_number(amount.quantize(_CENT, ROUND_HALF_UP), each)}{NBSP}{currency}" for each in LANGUAGES)
    return Bilingual(fr, nl)


def percentage(share: Decimal) -> Bilingual:
    """Return a share of 0 to 1 as a percentage of at most one decimal."""
    number = numbered((share * 100).quantize(_TENTH, ROUND_HALF_UP))
    return Bilingual(f"{number.fr}{NBSP}%", f"{number.nl}{NBSP}%")


def in_language(text: Bilingual, language: PlanLanguage) -> str:
    """Return a text in the language of a plan; in both, French then Dutch."""
    return _BESIDE.join((text.fr, text.nl)) if language == "fr+nl" else text[language]
