"""The question about lots: how many, each with title, estimate and reservation; or the reason for none."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.specifications import field_values
from mpdi.specifications.choices import describe, spoken, two_texts, yes_no
from mpdi.specifications.forms import Answers, BoundField, QuestionForm, Typed, bind, stored_form, typed_form
from mpdi.specifications.questionnaire import Field, FieldKind, Question

MAX_ROWS = 200
EMPTY_ROWS = 2


def row_fields(number: int) -> tuple[Field, Field, Field]:
    """Return the three fields of one lot: title, estimate, reserved."""
    return (
        Field(
            f"lot_{number}_title",
            _l("Title of lot %(number)s", number=number),
            FieldKind.TEXT,
            limit=200,
            has_languages=True,
        ),
        Field(
            f"lot_{number}_value",
            _l("Estimate of lot %(number)s", number=number),
            FieldKind.AMOUNT,
            unit=_l("EUR without VAT"),
        ),
        Field(
            f"lot_{number}_reserved",
            _l("Lot %(number)s reserved for the social economy", number=number),
            FieldKind.YES_NO,
        ),
    )


def row_numbers(form: QuestionForm) -> list[int]:
    """Return the numbers of the rows in the form."""
    return [number for number in range(1, MAX_ROWS + 1) if form.controls(f"lot_{number}_title")]


def stored_lots(question: Question, answers: Answers) -> QuestionForm:
    """Return the form filled with what is stored."""
    form = stored_form(question, answers)
    lots, detail = answers.get("lots"), answers.get("lots_detail") or []
    divided = None if lots is None and not detail else lots != 0
    form.fields["divided"] = _bound(form.fields["divided"].field, divided)
    form.fields["lots"] = _bound(form.fields["lots"].field, None if detail or lots == 0 else lots)
    for number in range(1, (len(detail) or EMPTY_ROWS) + 1):
        lot = detail[number - 1] if number <= len(detail) else {}
        values = (lot.get("title"), lot.get("estimated_value"), lot.get("reserved"))
        for field, value in zip(row_fields(number), values, strict=True):
            bind(form, field, value, answers)
    return form


def _bound(field: Field, value: Any) -> BoundField:
    return BoundField(field, field_values.write(field, value), value)


def typed_lots(question: Question, typed: Typed) -> QuestionForm:
    """Return the form filled with what was typed; `action=add_lot` adds an empty row."""
    rows = _count(typed.get("rows", "")) + (1 if typed.get("action") == "add_lot" else 0)
    numbers = range(1, min(rows, MAX_ROWS) + 1)
    form = typed_form(
        question, typed, [*question.fields, *(field for number in numbers for field in row_fields(number))]
    )
    _check(form)
    return form


def _count(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 3 else EMPTY_ROWS


def _check(form: QuestionForm) -> None:
    rows = list(_rows(form))
    for number, lot in rows:
        title = form.controls(f"lot_{number}_title")[0]
        if not lot.get("title") and not title.error:
            form.refuse(
                title.field.name,
                _("Lot %(number)s has an estimate or a reservation and no title. Give it one.", number=number),
            )
    divided, stated = form.value("divided"), form.value("lots")
    if divided is False and (rows or stated):
        form.refuse("divided", _("You describe lots and answer that there are none. Choose “Yes”, or empty the lots."))
    elif rows and stated and stated != len(rows):
        form.refuse(
            "lots",
            _(
                "%(described)s lots are described below and you write %(stated)s. Make them agree, or empty this.",
                described=len(rows),
                stated=spoken(stated),
            ),
        )
    elif divided and not rows and not stated and not form.fields["lots"].error:
        form.refuse("lots", _("Say how many lots there are, or describe them below."))


def _rows(form: QuestionForm) -> Iterator[tuple[int, dict[str, Any]]]:
    for number in row_numbers(form):
        title, value, reserved = (form.controls(field.name) for field in row_fields(number))
        if any(each.text.strip() for each in (*title, *value)) or reserved[0].value:
            lot = {
                "title": form.text(f"lot_{number}_title"),
                "estimated_value": value[0].value,
                "reserved": reserved[0].value,
            }
            yield number, {key: each for key, each in lot.items() if each is not None}


def packed_lots(form: QuestionForm) -> dict[str, Any]:
    """Return the answers about lots."""
    if form.value("divided") is False:
        reason = form.text("no_lots_reason")
        return {"lots": 0} | ({"no_lots_reason": reason} if reason else {})
    rows = [{"reserved": False} | lot for _number, lot in _rows(form)]
    if rows:
        return {"lots": len(rows), "lots_detail": [_in_order(lot) for lot in rows]}
    return {"lots": form.value("lots")} if form.value("lots") else {}


def _in_order(lot: dict[str, Any]) -> dict[str, Any]:
    return {key: lot[key] for key in ("title", "estimated_value", "reserved") if key in lot}


def described_lots(question: Question, answers: Answers) -> list[tuple[str, str]]:
    """Return what is stated about lots, for a reader."""
    labels = {field.name: str(field.label) for field in question.fields}
    lots, detail = answers.get("lots"), answers.get("lots_detail") or []
    if lots is None and not detail:
        return [(labels["divided"], "–")]
    if lots == 0:
        return [
            (labels["divided"], yes_no(False)),
            (labels["no_lots_reason"], two_texts(answers.get("no_lots_reason") or "–")),
        ]
    told = [(labels["lots"], spoken(lots if lots is not None else len(detail)))]
    return told + [(_("Lot %(number)s", number=number), _lot(lot)) for number, lot in enumerate(detail, 1)]


def _lot(lot: dict[str, Any]) -> str:
    parts: Sequence[str] = [two_texts(lot["title"])]
    if lot.get("estimated_value") is not None:
        parts = [*parts, describe(row_fields(1)[1], lot["estimated_value"])]
    if lot.get("reserved"):
        parts = [*parts, _("reserved")]
    return " · ".join(parts)
