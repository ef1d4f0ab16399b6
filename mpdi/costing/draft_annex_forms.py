"""The form of the annex of a draft: the link of a case, the rule of the award, the checklist of article 68."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Form, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from mpdi.costing.annex_words import AnnexLanguage, phrase, point
from mpdi.costing.case_links import read_link
from mpdi.costing.draft_annex import QUALITY_ROWS, REASONS, has_wrong_day, incomplete_quality, wrong_numbers
from mpdi.costing.number_faults import said_of
from mpdi.costing.table_words import TableWords
from mpdi.costing.tender_book_views import day_fault
from mpdi.i18n import translate as _
from mpdi.lcc.award import AwardFormula, TieRule
from mpdi.lcc.sheets.model import Input, Language


class AnnexForm(Form):
    """Its fields follow the language of the document and what the case leaves to settle."""

    def problem(self, name: str, words: str) -> None:
        """Put a fault at its field."""
        self._fields[name].errors = [words]


def annex_form(
    typed: Mapping[str, Any],
    languages: Sequence[AnnexLanguage],
    to_settle: tuple[list[Input], list[Input]],
    language: Language,
) -> AnnexForm:
    """Return the form with what was typed or kept."""
    kept, open_values = to_settle
    say = TableWords(language)
    formulas = [("", _("Choose")), *((str(each), say(str(each)).capitalize()) for each in AwardFormula)]
    ties = [
        ("", _("Choose")),
        (str(TieRule.LOWER_PRICE), say("tie_lower")),
        (str(TieRule.NONE), _("The place is shared")),
    ]
    fields: dict[str, Any] = {
        "case": StringField(_l("Link of the case"), description=_l("Count the case on the page of its sheet, then copy the address of that page. The offers in it are left out.")),
        "formula": SelectField(_l("Formula"), choices=_choices(formulas), description=_l("Quality in euros is kept but not written into these specifications: its criteria do not stand in the table of award criteria with their scale and proof. Until they do, choose another formula, or write the annex apart with “mpdi lcc annex”.")),
        "maximum": StringField(_l("Most points"), description=_l("The weight, or 100. Empty: 100.")),
        "best": StringField(_l("Cost that gets all points"), description=_l("Only for the linear formula: published before tenders.")),
        "worst": StringField(_l("Cost that gets none")),
        "ties": SelectField(_l("At equal cost"), choices=_choices(ties)),
        "threshold": SelectField(_l("Value of the contract"), choices=_choices([("", _("Choose")), ("below", _("Below the European threshold")), ("at_or_above", _("At or above the European threshold"))])),
        "sole": BooleanField(_l("It is the only award criterion")),
        "missing_value": SelectField(_l("A value is missing in a tender"), choices=_choices([("", _("Choose")), ("ask", _("It is asked of all alike; without an answer the tender is not ranked")), ("not_ranked", _("The tender is not ranked"))])),
        "frozen": StringField(_l("Day on which the parameters are frozen"), description=_l("Day/month/year. The workbook for tenderers bears the same day.")),
        "assumptions": _boxes(_("Assumptions of ours that you make your own"), kept, language),
        "not_used": _boxes(_("Values on which no tender can depend"), open_values, language),
    }  # fmt: skip
    fields |= _quality_fields()
    for key in REASONS:
        for each in languages:
            fields[f"{key}_{each}"] = TextAreaField(
                _reason(key, each, len(languages) > 1), description=phrase("hints", key, each)
            )
    made = type("DraftAnnexForm", (AnnexForm,), fields)
    form: AnnexForm = made(formdata=_as_sent(typed))
    return form


def _quality_fields() -> dict[str, Any]:
    """A criterion a row: its name, the most points that it can get, what a point is worth in euro."""
    made: dict[str, Any] = {}
    for place in QUALITY_ROWS:
        made[f"q{place}_name"] = StringField(_("Quality criterion %(place)s", place=place))
        made[f"q{place}_points"] = StringField(_("Most points of criterion %(place)s", place=place))
        made[f"q{place}_value"] = StringField(_("Worth of a point of criterion %(place)s, EUR", place=place))
    return made


def _choices(pairs: Sequence[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _boxes(label: str, inputs: Sequence[Input], language: Language) -> SelectMultipleField:
    choices = [SelectChoice(each.key, each.label.said(language)) for each in inputs]
    widget, option = ListWidget(prefix_label=False), CheckboxInput()
    return SelectMultipleField(label, choices=choices, widget=widget, option_widget=option, validate_choice=False)


def _reason(key: str, language: AnnexLanguage, names_language: bool) -> str:
    title = point(key, "title", language)
    return f"{title} ({language.upper()})" if names_language else title


def _as_sent(typed: Mapping[str, Any]) -> MultiDict[str, Any]:
    sent: MultiDict[str, Any] = MultiDict()
    for key, value in typed.items():
        if isinstance(value, list | tuple):
            sent.setlist(key, list(value))
        elif value is True:
            sent[key] = "y"
        elif value is not False and value is not None:
            sent[key] = str(value)
    return sent


def case_of_link(form: AnnexForm) -> dict[str, Any] | None:
    """Return the buyer's side of the case that the link holds; None with the fault at its field where it holds none."""
    linked = read_link(str(form["case"].data or ""))
    if linked is None:
        form.problem(
            "case",
            _("This is not the address of a case: open the sheet of what you buy, count, and copy the whole address."),
        )
        return None
    if linked.buyer_faults:
        form.problem(
            "case", _("The case of this link is not complete: %(faults)s", faults=" ".join(linked.buyer_faults))
        )
        return None
    return {key: value for key, value in linked.data.items() if key != "offers"}


def check_typed(form: AnnexForm, typed: Mapping[str, Any], language: Language) -> bool:
    """Put a fault at each number or date that is none; whether there was one."""
    wrong = list(wrong_numbers(typed, language))
    for name, text, error in wrong:
        form.problem(name, said_of(text, error, language))
    if has_wrong_day(typed):
        form.problem("frozen", day_fault(str(typed.get("frozen") or "")))
    lacking = list(incomplete_quality(typed))
    for name in lacking:
        form.problem(name, _("Quality in euros needs the name of each criterion, its most points and the worth of a point."))
    return bool(wrong or lacking) or has_wrong_day(typed)
