"""The closed lists of the questionnaire in the words of the interface, and answers written for a reader."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.rendering import format_number
from mpdi.clause_library.core.vocabulary import (
    LANGUAGES,
    Ambition,
    AuthorityType,
    Category,
    Nature,
    Procedure,
    PurchaseOption,
)
from mpdi.i18n import interface_language
from mpdi.specifications.questionnaire import Field, FieldKind

_LISTS: dict[str, Sequence[str]] = {
    "authority_type": list(AuthorityType),
    "category": list(Category),
    "nature": list(Nature),
    "procedure": list(Procedure),
    "ambition": list(Ambition),
    "options": list(PurchaseOption),
    "language": ["fr", "nl", "fr+nl"],
}


def values_of(fact: str) -> Sequence[str]:
    """Return the values of a closed list."""
    return _LISTS[fact]


def choice_label(fact: str, value: str) -> str:
    """Return a value of a closed list in words, with a capital."""
    text = _languages()[value] if fact == "language" else value_label(fact, value, interface_language())
    return text[:1].upper() + text[1:]


def _languages() -> dict[str, str]:
    return {
        "fr": _("French"),
        "nl": _("Dutch"),
        "fr+nl": _("French and Dutch side by side"),
    }


def hint(fact: str, value: str) -> str:
    """Return the line under a choice, empty where the word is enough."""
    hints = {
        "authority_type": {
            "local": _("Commune, public social welfare centre, inter-municipal body."),
            "regional": _("Ministry or body of the Region."),
            "federal": _("Federal service: a lower European threshold applies."),
            "other": _("Any other contracting authority."),
        },
        "ambition": {
            "core": _("What most firms can offer today, with little effort of checking."),
            "advanced": _("More demanding; the market follows in most sectors."),
            "exemplary": _("The best on offer; consult the market first."),
        },
        "nature": {
            "works": _("Building, renovating, demolishing."),
            "supplies": _("Buying, renting or leasing goods."),
            "services": _("Cleaning, studies, catering, maintenance and the like."),
            "concession": _("The firm is paid by operating the works or service."),
        },
        "options": {
            "reserved_lot": _("For the social economy (article 15)."),
            "social_clause": _("Training and insertion."),
            "innovation": _("Ask for results, leave the solution open."),
            "life_cycle_cost": _("Compare what it costs to own, not only to buy."),
            "variants": _("Let firms propose another way."),
            "market_consultation": _("Ask the market before you publish."),
        },
    }
    return hints.get(fact, {}).get(value, "")


def describe(field: Field, value: Any) -> str:
    """Write a stored answer for a reader; a dash where nothing is stated."""
    if value is None or value == []:
        return "–"
    if isinstance(value, Mapping):
        return two_texts(value)
    match field.kind:
        case FieldKind.CHOICE | FieldKind.SELECT:
            return choice_label(field.fact, value)
        case FieldKind.CHOICES:
            return ", ".join(choice_label(field.fact, each) for each in value)
        case FieldKind.YES_NO:
            return yes_no(value)
        case FieldKind.AMOUNT | FieldKind.NUMBER | FieldKind.WHOLE:
            return f"{spoken(value)} {field.unit}".strip()
        case FieldKind.DATE:
            year, month, day = str(value).split("-")
            return f"{day}/{month}/{year}"
    return str(value)


def two_texts(value: Any) -> str:
    """Write a text of the buyer for a reader; one given in both languages as “text / tekst”."""
    return " / ".join(value[language] for language in LANGUAGES) if isinstance(value, Mapping) else str(value)


def spoken(value: Any) -> str:
    """Write a number as the language of the interface does."""
    return format_number(Decimal(str(value)), interface_language())


def yes_no(value: bool) -> str:
    """Return yes or no in words."""
    return _("Yes") if value else _("No")
