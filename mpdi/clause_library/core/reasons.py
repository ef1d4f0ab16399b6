"""Why a clause is in or out, in words: French, Dutch and English."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.conditions import Leaf
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.resources import folder

REASON_LANGUAGES = ("fr", "nl", "en")


@dataclass(frozen=True)
class Reason:
    """A reason in the three languages of the interface."""

    fr: str
    nl: str
    en: str

    def __getitem__(self, language: str) -> str:
        return {"fr": self.fr, "nl": self.nl}.get(language, self.en)


@cache
def _words() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "rules" / "words.yaml")
    return data


def sentence(key: str, **values: "str | Mapping[str, str] | Reason") -> Reason:
    """Return the sentence `key` of `rules/words.yaml`, its places filled in each language."""

    def fill(language: str) -> str:
        filled = {name: value if isinstance(value, str) else value[language] for name, value in values.items()}
        text: str = _words()["sentences"][key][language]
        return text.format(**filled)

    return Reason(*(fill(language) for language in REASON_LANGUAGES))


def fact_label(fact: str, language: str) -> str:
    """Return the name of a fact in words."""
    label: str = _words()["facts"][fact]["label"][language]
    return label


def objective_label(code: str) -> Reason:
    """Return the name of an environmental objective in words."""
    return Reason(**_words()["objectives"][code])


def value_label(fact: str, value: Any, language: str) -> str:
    """Return a value of a fact in words; numbers with their unit."""
    words = _words()
    if isinstance(value, bool):
        text: str = words["booleans"][str(value).lower()][language]
        return text
    if isinstance(value, int | Decimal):
        unit = words["facts"][fact].get("unit", {}).get(language, "")
        return format_number(Decimal(value), language) + (NBSP + unit if unit else "")
    if isinstance(value, list | tuple):
        return ", ".join(value_label(fact, item, language) for item in value) or "–"
    labels = words["facts"][fact].get("values", {})
    return labels[value][language] if value in labels else str(value)


def explain(leaf: Leaf) -> Reason:
    """Say what a comparison asked and what the purchase says."""
    key = "unknown" if leaf.actual is None else "compared"
    fact = {language: fact_label(leaf.fact, language) for language in REASON_LANGUAGES}
    asked = {language: _asked(leaf, language) for language in REASON_LANGUAGES}
    actual = {
        language: "–" if leaf.actual is None else value_label(leaf.fact, leaf.actual, language)
        for language in REASON_LANGUAGES
    }
    return sentence(key, fact=fact, asked=asked, actual=actual)


def state(leaf: Leaf) -> Reason:
    """Say what the purchase says of a fact: “Durée: 48 mois”."""
    return Reason(
        *(
            f"{fact_label(leaf.fact, language)}: {value_label(leaf.fact, leaf.actual, language)}"
            for language in REASON_LANGUAGES
        )
    )


def _asked(leaf: Leaf, language: str) -> str:
    words = _asked_words(leaf, language)
    pattern: str = _words()["except"][language]
    return pattern.format(asked=words) if leaf.is_negated else words


def _asked_words(leaf: Leaf, language: str) -> str:
    if not isinstance(leaf.asked, Mapping):
        wanted = leaf.asked if isinstance(leaf.asked, list) else [leaf.asked]
        separator: str = _words()["or"][language]
        return separator.join(value_label(leaf.fact, value, language) for value in wanted)
    parts = []
    for operator, bound in leaf.asked.items():
        pattern: str = _words()["comparisons"][operator][language]
        parts.append(pattern.format(bound=value_label(leaf.fact, bound, language)))
    return ", ".join(parts)
