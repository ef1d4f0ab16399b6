"""The DNSH screening: six objectives, each relevant or not, with a reason and a measure."""

from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.vocabulary import TaxonomyObjective
from mpdi.specifications import field_values
from mpdi.specifications.choices import yes_no
from mpdi.specifications.forms import Answers, BoundField, QuestionForm, Typed, typed_form
from mpdi.specifications.questionnaire import Field, FieldKind, Question


@dataclass(frozen=True)
class Objective:
    """One objective of the DNSH screening, with the question it asks."""

    code: TaxonomyObjective
    name: LazyString
    question: LazyString


OBJECTIVES: tuple[Objective, ...] = (
    Objective(
        TaxonomyObjective.CLIM_MITIG,
        _l("Climate change mitigation"),
        _l("Does the purchase lead to significant greenhouse gas emissions (fossil heating, combustion vehicle)?"),
    ),
    Objective(
        TaxonomyObjective.CLIM_ADAPT,
        _l("Climate change adaptation"),
        _l("Is what is bought vulnerable to heat or floods, or does it increase the risk for others?"),
    ),
    Objective(
        TaxonomyObjective.WATER_MAR,
        _l("Sustainable use and protection of water and marine resources"),
        _l("Does the purchase harm the state of waters or waste water?"),
    ),
    Objective(
        TaxonomyObjective.CIRC_ECON,
        _l("Transition to a circular economy"),
        _l("Is what is bought inefficient for long or not repairable, or does it produce waste for disposal?"),
    ),
    Objective(
        TaxonomyObjective.POLLU_PREV,
        _l("Pollution prevention and control"),
        _l("Does the purchase emit more pollutants into air, water or soil than before?"),
    ),
    Objective(
        TaxonomyObjective.BIODIV_ECO,
        _l("Protection and restoration of biodiversity and ecosystems"),
        _l("Does the purchase harm habitats or favour deforestation?"),
    ),
)


def objective_fields(objective: Objective) -> tuple[Field, Field, Field]:
    """Return the three fields of an objective: relevant, reason, measure."""
    code = objective.code.value
    return (
        Field(f"{code}_relevant", objective.name, FieldKind.YES_NO, help=objective.question),
        Field(f"{code}_reason", _l("Reason"), FieldKind.LONG_TEXT, limit=1000),
        Field(f"{code}_measure", _l("Measure, or clause that limits the harm"), FieldKind.LONG_TEXT, limit=1000),
    )


FIELDS: tuple[Field, ...] = tuple(field for objective in OBJECTIVES for field in objective_fields(objective))


def dnsh_rows(form: QuestionForm) -> list[tuple[str, BoundField, BoundField, BoundField]]:
    """Return for each objective its code and its three fields in the form."""
    rows = []
    for objective in OBJECTIVES:
        relevant, reason, measure = (form.fields[field.name] for field in objective_fields(objective))
        rows.append((objective.code.value, relevant, reason, measure))
    return rows


def stored_dnsh(question: Question, answers: Answers) -> QuestionForm:
    """Return the form filled with what is stored."""
    form = QuestionForm(question)
    given = {item["objective"]: item for item in answers.get("dnsh") or []}
    for objective in OBJECTIVES:
        item = given.get(objective.code.value, {})
        values = (item.get("relevant"), item.get("reason") or None, item.get("measure") or None)
        for field, value in zip(objective_fields(objective), values, strict=True):
            form.fields[field.name] = BoundField(field, field_values.write(field, value), value)
    return form


def typed_dnsh(question: Question, typed: Typed) -> QuestionForm:
    """Return the form filled with what was typed."""
    form = typed_form(question, typed, FIELDS)
    for objective in OBJECTIVES:
        relevant, reason, measure = (form.fields[field.name] for field in objective_fields(objective))
        if relevant.value is None and (reason.text.strip() or measure.text.strip()) and not relevant.error:
            relevant.error = _("You give a reason or a measure: answer yes or no too.")
    return form


def packed_dnsh(form: QuestionForm) -> dict[str, Any]:
    """Return the answers of the screening; objectives left open are left out."""
    made = []
    for objective in OBJECTIVES:
        relevant, reason, measure = (form.value(field.name) for field in objective_fields(objective))
        if relevant is not None:
            made.append(
                {
                    "objective": objective.code.value,
                    "relevant": relevant,
                    "reason": reason or "",
                    "measure": measure or "",
                }
            )
    return {"dnsh": made} if made else {}


def described_dnsh(answers: Answers) -> list[tuple[str, str]]:
    """Return what is recorded, for a reader: objectives answered only."""
    given = {item["objective"]: item for item in answers.get("dnsh") or []}
    told = [
        (
            str(objective.name),
            " · ".join(filter(None, (yes_no(item["relevant"]), item.get("reason"), item.get("measure")))),
        )
        for objective in OBJECTIVES
        if (item := given.get(objective.code.value))
    ]
    return told or [(_("Screening"), "–")]
