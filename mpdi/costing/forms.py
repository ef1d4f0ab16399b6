"""The form of a sheet: what the buyer fixes, two to six offers side by side. It is sent by address (GET), so that a link
holds the whole case; what was typed is read here into the data that `count` takes, and each fault stands at its field."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import ImmutableMultiDict
from wtforms import Form, SelectField, StringField
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from mpdi.costing.choice_words import help_of
from mpdi.costing.examples import word
from mpdi.costing.fault_words import said_in
from mpdi.costing.number_faults import said_of
from mpdi.costing.numbers import number, typed, unit_words
from mpdi.costing.source_fields import has_source, source_fields, typed_sources
from mpdi.costing.typed_numbers import TYPED_IN, in_language, read_typed
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.externalities import price_sets
from mpdi.lcc.model import ExternalCosts, Vat
from mpdi.lcc.sheets.errors import ValueProblem
from mpdi.lcc.sheets.model import Input, InputKind, Sheet
from mpdi.lcc.sheets.unit_slips import kilo_slip
from mpdi.specifications.typed_values import NotANumberError

FEWEST, MOST = 2, 6
_NEEDED = [InputRequired()]
_DECIDING = ("year", "h/year", "day/year", "week/year")
"""Units of a study period and of a yearly use: values that decide a ranking as much as a price does."""
NO_PRICES = "none"
LONGEST = 60
"""Characters that a name or a value may have: an address is no place for more."""


class CaseForm(Form):
    """The form of one sheet; its fields are made from the sheet. `number_language`: whose marks its numbers bear."""

    number_language = "fr"

    def problem(self, name: str, words: str) -> None:
        """Put a fault at its field, or at the top where it belongs to none."""
        field = self._fields.get(name)
        if field is None:
            self.form_errors.append(words)
        elif not field.errors:
            field.errors = [words]

    @property
    def fault_count(self) -> int:
        """How many fields have a fault."""
        return sum(bool(field.errors) for field in self) + len(self.form_errors)


def offers_in(typed_values: Mapping[str, str]) -> int:
    """Return how many offers the address asks for."""
    asked = typed_values.get("offers", "")
    return min(max(int(asked), FEWEST), MOST) if asked.isdecimal() and len(asked) < 3 else FEWEST


def is_sent(sheet: Sheet, typed_values: Mapping[str, str]) -> bool:
    """Whether the address holds any value of the case."""
    names = {f"b_{each.key}" for each in sheet.buyer} | {f"o1_{each.key}" for each in sheet.tenderer} | {"o1_name"}
    return any(name in typed_values for name in names)


def case_form(sheet: Sheet, typed_values: Mapping[str, str]) -> CaseForm:
    """Return the form with what was typed; a field that the address does not name keeps its default."""
    language = interface_language()
    fields: dict[str, Any] = {f"b_{each.key}": _field(each, language) for each in sheet.buyer} | source_fields(sheet)
    for place in range(1, offers_in(typed_values) + 1):
        fields[f"o{place}_name"] = StringField(_("Name of offer %(place)s", place=place), validators=_NEEDED)
        for each in sheet.tenderer:
            fields[f"o{place}_{each.key}"] = _field(each, language, place)
    fields |= _case_fields(language)
    made = type("SheetForm", (CaseForm,), fields)
    here = in_own_marks(sheet, typed_values)
    given = _defaults(sheet, here[TYPED_IN]) | here if typed_values else {}
    form: CaseForm = made(formdata=ImmutableMultiDict(given) if given else None)
    form.number_language = here[TYPED_IN]
    return form


def in_own_marks(sheet: Sheet, typed_values: Mapping[str, str]) -> dict[str, str]:
    """Return what the address holds with its numbers as the language of the page writes them, and that language."""
    inputs = {f"b_{each.key}" for each in sheet.buyer if each.kind is not InputKind.CHOICE}
    numbers = [each.key for each in sheet.tenderer if each.kind is not InputKind.CHOICE]
    offered = {f"o{place}_{key}" for place in range(1, MOST + 1) for key in numbers}
    names = [name for name in typed_values if name in inputs | offered or name.startswith("u_")]
    return in_language(typed_values, names, interface_language())


def _case_fields(language: str) -> dict[str, Any]:
    sets = [SelectChoice(key, each.title[language]) for key, each in price_sets().items()]
    return {
        "vat": SelectField(_l("Amounts"), choices=_choices(Vat, language), default=Vat.EXCLUDED.value, validators=_NEEDED),
        "prices": SelectField(_l("Price set for emissions"), choices=sets, default=NO_PRICES, validators=_NEEDED),
        "starts": StringField(_l("Calendar year of year 1"), description=_l("Only needed with a price set: prices of emissions differ by year. Those of the EIB begin in 2030: no source was found for the years before.")),
        "external": SelectField(_l("Cost of emissions"), choices=_choices(ExternalCosts, language), default=ExternalCosts.APART.value, validators=_NEEDED),
    }  # fmt: skip


def _choices(values: Any, language: str) -> list[SelectChoice]:
    return [SelectChoice(str(each), word("choices", str(each), language)) for each in values]


def _field(each: Input, language: str, place: int = 0) -> Field:
    label = each.label.said(language)  # type: ignore[arg-type]
    help_words = "" if place else help_of(each, language)  # type: ignore[arg-type]
    needed = _NEEDED if (each.required and each.default is None) or each.kind is InputKind.CHOICE else []
    named = _("%(label)s, offer %(place)s", label=label, place=place) if place else label
    keys: dict[str, Any] = {
        "label": named,
        "description": help_words,
        "validators": needed,
        "default": default_text(each, language),
    }
    if each.kind is InputKind.CHOICE:
        empty = [] if each.default is not None else [SelectChoice("", _("Choose"))]
        return SelectField(choices=[*empty, *_choices(each.options, language)], **keys)
    return StringField(**keys)


def default_text(each: Input, language: str) -> str:
    """Return a default as one would type it; nothing where there is none."""
    if each.default is None:
        return ""
    return typed(each.default, language) if isinstance(each.default, Decimal) else each.default


def _defaults(sheet: Sheet, language: str) -> dict[str, str]:
    kept = {f"b_{each.key}": default_text(each, language) for each in sheet.buyer if each.default is not None}
    return kept | {"vat": Vat.EXCLUDED.value, "prices": NO_PRICES, "external": ExternalCosts.APART.value}


def read_case_form(form: CaseForm, sheet: Sheet) -> dict[str, Any]:
    """Return what was typed as data for `count`; faults are put at their fields. A default kept is left to the sheet,
    which then says that it is its own; one for which a source was typed is the buyer's."""
    data: dict[str, Any] = {
        "sheet": sheet.id,
        "vat": _one_of(form, "vat", tuple(Vat)),
        "buyer": dict(_values(form, "b", sheet.buyer, keep_defaults=False)),
        "offers": [],
    }
    sources = typed_sources(form, sheet)
    if sources:
        data["sources"] = sources
    names: list[str] = []
    for place in range(1, MOST + 1):
        if f"o{place}_name" not in form:
            break
        names.append(_name(form, place, names))
        data["offers"].append({"name": names[-1], "values": dict(_values(form, f"o{place}", sheet.tenderer))})
    if form["prices"].data not in (None, NO_PRICES):
        data["externalities"] = _externalities(form)
    return data


def _name(form: CaseForm, place: int, before: list[str]) -> str:
    name = " ".join(str(form[f"o{place}_name"].data or "").split())
    if not name:
        form.problem(f"o{place}_name", _("Give the offer a name."))
    elif len(name) > LONGEST:
        form.problem(f"o{place}_name", _("This name is too long: at most %(most)s characters.", most=LONGEST))
    elif name in before:
        form.problem(f"o{place}_name", _("Another offer has this name: give each its own."))
    return name


def _values(
    form: CaseForm, prefix: str, inputs: tuple[Input, ...], keep_defaults: bool = True
) -> Iterator[tuple[str, Any]]:
    for each in inputs:
        name = f"{prefix}_{each.key}"
        text = str(form[name].data or "").strip()
        if not text:
            if each.required and each.default is None:
                form.problem(name, _("This value is needed, in %(unit)s.", unit=unit_of(each)))
            continue
        value: Decimal | str | None = text if each.kind is InputKind.CHOICE else _number(form, name, text, each)
        if each.kind is InputKind.CHOICE and text not in each.options:
            form.problem(name, _("“%(text)s” is not one of the choices.", text=text[:LONGEST]))
        elif value is not None and (keep_defaults or value != each.default or has_source(form, each.key)):
            yield each.key, value


def stands_open(each: Input) -> bool:
    """Whether a value of the buyer stands open on the page: one without default, or how long and how much a year."""
    return each.default is None or each.unit in _DECIDING


def unit_of(each: Input) -> str:
    """Return the unit of an input in the language of the page; nothing for a choice."""
    return "" if each.kind is InputKind.CHOICE else unit_words(each.unit, interface_language())


def _number(form: CaseForm, name: str, text: str, each: Input) -> Decimal | None:
    try:
        value = read_typed(text, form.number_language)
    except NotANumberError as error:
        form.problem(name, said_of(text, error, form.number_language))
        return None
    if (each.minimum is not None and value < each.minimum) or (each.maximum is not None and value > each.maximum):
        form.problem(name, _("%(value)s lies outside the plausible bounds, %(low)s to %(high)s %(unit)s. Check the number and its unit.", value=_said(value), low=_said(each.minimum), high=_said(each.maximum), unit=unit_of(each)) + _meant(each, value))  # fmt: skip
    elif each.kind is InputKind.WHOLE and value != value.to_integral_value():
        form.problem(name, _("%(value)s is not a whole number.", value=_said(value)))
    return value


def _meant(each: Input, value: Decimal) -> str:
    """A question, where the number was perhaps typed in watts for kilowatts or the other way about."""
    slip = kilo_slip(each, value)
    if slip is None:
        return ""
    words = {"typed": _said(value), "unit": slip.unit, "value": _said(slip.value), "asked": each.unit}
    return " " + _("Did you mean %(typed)s %(unit)s, that is %(value)s %(asked)s?", **words)


def _said(value: Decimal | None) -> str:
    return number(value, interface_language(), 6)


def _one_of(form: CaseForm, name: str, allowed: tuple[str, ...]) -> str:
    chosen = str(form[name].data or "")
    if chosen not in allowed:
        form.problem(name, _("“%(text)s” is not one of the choices.", text=chosen[:LONGEST]))
    return chosen


def _externalities(form: CaseForm) -> dict[str, Any]:
    prices = _one_of(form, "prices", tuple(price_sets()))
    counted = _one_of(form, "external", tuple(ExternalCosts))
    year = str(form["starts"].data or "").strip()
    if not (year.isdecimal() and len(year) == 4):
        form.problem("starts", _("Write the calendar year of the first year of use, such as 2027."))
    return {
        "prices": prices,
        "first_year": int(year) if year.isdecimal() and len(year) == 4 else 0,
        "external_costs": counted,
    }


def show_problem(form: CaseForm, problem: ValueProblem, names: list[str]) -> None:
    """Put a fault that the sheet found at its field, in the language of the page."""
    if problem.place.startswith("buyer."):
        form.problem(
            f"b_{problem.place.removeprefix('buyer.')}", _("This value counts with what the offers say: give it.")
        )
        return
    for place, name in enumerate(names, start=1):
        if problem.place.startswith(f"offers, {name}, values."):
            key = problem.place.removeprefix(f"offers, {name}, values.")
            form.problem(f"o{place}_{key}", _("This value counts with what the offer says: give it."))
            return
        if problem.place == f"offers, {name}":
            form.problem("", _("“%(name)s” cannot be worked out: with its values something is divided by zero. Check the zeros among them.", name=name))  # fmt: skip
            return
    form.problem("", said_in(problem.fault, interface_language()))  # type: ignore[arg-type]
