"""Differences between two states of a plan in the words of a page."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.plan import OWN
from mpdi.action_plans.core.profile_differences import Place, PlainValue, ProfileDifference
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, PlanStep, Unit
from mpdi.action_plans.page_words import step_label, type_label
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import AuthorityType, Category
from mpdi.i18n import content_language, interface_language
from mpdi.specifications.typed_values import write_date

_FIELDS = {
    "name_fr": _l("name in French"),
    "name_nl": _l("name in Dutch"),
    "type": _l("type"),
    "register": _l("in the register"),
    "first": _l("first day"),
    "last": _l("last day"),
    "language": _l("language of the documents"),
    "canevas": _l("version of the canevas"),
    "amount": _l("amount"),
    "contracts": _l("number of contracts"),
    "spending_note": _l("where the amounts come from"),
    "level": _l("level"),
    "baseline": _l("baseline"),
    "target": _l("target"),
    "by": _l("day"),
    "reason": _l("why"),
    "chosen": _l("chosen"),
    "figure": _l("figure"),
    "what": _l("what is done"),
    "owner": _l("who"),
    "means": _l("means"),
    "measure": _l("how it is measured"),
    "deadline": _l("deadline"),
    "state": _l("state"),
    "comment": _l("comment"),
    "left_out": _l("left out"),
    "category": _l("category"),
    "publication": _l("day of publication"),
    "object": _l("object"),
}
_LANGUAGES = {"fr": _l("French"), "nl": _l("Dutch"), "fr+nl": _l("French and Dutch")}
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class DifferenceLine:
    """A difference to be read: the step, of what, which field, before and after."""

    step: str
    about: str
    field: str
    before: str
    after: str


def difference_lines(differences: Iterable[ProfileDifference], canevas: Canevas) -> list[DifferenceLine]:
    """Return differences in words; `canevas`: that of the later state."""
    return [
        DifferenceLine(
            step_label(each.place.step),
            about(each.place.step, each.place.key, canevas),
            field_label(each.place.field),
            value_words(each.place, each.before, canevas),
            value_words(each.place, each.after, canevas),
        )
        for each in differences
    ]


def field_label(field: str) -> str:
    """Return what a field is called."""
    if field.startswith("noted_"):
        return str(_("noted by hand"))
    return str(_FIELDS.get(field, field))


def about(step: PlanStep, key: str, canevas: Canevas) -> str:
    """Return what a value is about: a category, a theme, an objective, an action, a contract, a means."""
    language = content_language()
    match step:
        case PlanStep.BUYING:
            return category_words(key)
        case PlanStep.ASSESSMENT:
            titles = {str(each.key): each.title[language] for each in canevas.themes}
            return titles.get(key, key)
        case PlanStep.OBJECTIVES:
            category, _dot, indicator = key.partition(".")
            named = canevas.indicators.get(indicator)
            return f"{category_words(category)} – {named.name[language] if named else indicator}"
        case PlanStep.ACTIONS:
            whats = {each.key: each.what[language] for each in canevas.actions}
            return whats.get(key, str(_("own action")) if key.startswith(f"{OWN}.") else key)
        case PlanStep.OPTIONS:
            return canevas.options[PlanOption(key)].title[language] if key in canevas.options else key
        case PlanStep.RESOURCES:
            return next((each.what[language] for each in canevas.resources if each.key == key), key)
    return key


def category_words(key: str) -> str:
    """Return a category with a capital; what is none as it is."""
    if key not in list(Category):
        return key
    words = value_label("category", key, interface_language())
    return words[:1].upper() + words[1:]


def value_words(place: Place, value: PlainValue, canevas: Canevas) -> str:
    """Return a value as the page writes it; a dash where nothing is stated."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return str(_("yes"))
    if isinstance(value, datetime.date):
        return write_date(value)
    if isinstance(value, Decimal | int):
        return _number(place, Decimal(value), canevas)
    return _text(place, value, canevas)


def _number(place: Place, value: Decimal, canevas: Canevas) -> str:
    language = interface_language()
    if place.field == "amount":
        return f"{format_number(value, language)}{NBSP}EUR"
    if place.step is PlanStep.OBJECTIVES:
        indicator = canevas.indicators.get(place.key.partition(".")[2])
        if indicator is not None and indicator.unit is Unit.SHARE:
            percent = (value * 100).quantize(_TENTH, ROUND_HALF_UP)
            return f"{format_number(percent.normalize() + 0, language)}{NBSP}%"
        if indicator is not None and indicator.unit is Unit.PERCENT:
            return f"{format_number(value, language)}{NBSP}%"
    return format_number(value, language)


def _text(place: Place, value: str, canevas: Canevas) -> str:
    match place.field:
        case "type" if value in list(AuthorityType):
            return type_label(AuthorityType(value))
        case "language" if value in _LANGUAGES:
            return str(_LANGUAGES[value])
        case "category":
            return category_words(value)
        case "state" if value in canevas.states:
            return canevas.states[value][content_language()]
        case "level" if place.key in list(AssessedTheme):
            return f"{value}/4"
    return value
