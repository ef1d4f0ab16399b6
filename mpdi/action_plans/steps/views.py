"""Pages of the steps that are one form: authority, what is bought, self-assessment, options, contracts to come, means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from mpdi.action_plans.core.vocabulary import PlanStep
from mpdi.action_plans.page_charts import reach_chart, spending_chart
from mpdi.action_plans.page_words import type_label
from mpdi.action_plans.plan_pages import PlanPage, open_page, open_to_change, plans
from mpdi.action_plans.steps import action_views, buying_form, objective_views, purchases_form
from mpdi.action_plans.steps.assessment_form import AssessmentForm
from mpdi.action_plans.steps.authority_form import NOT_IN_REGISTER, AuthorityForm
from mpdi.action_plans.steps.buying_form import BuyingForm
from mpdi.action_plans.steps.options_form import OptionsForm, suits_words
from mpdi.action_plans.steps.purchases_form import PurchasesForm
from mpdi.action_plans.steps.resources_form import ResourcesForm
from mpdi.action_plans.steps.step_form import StepContext, StepForm
from mpdi.action_plans.steps.step_pages import Asked, context_of, save_step, show_step
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.i18n import content_language, interface_language
from mpdi.i18n import translate as _

__all__ = ["action_views", "objective_views"]

Posted = MultiDict[str, str]


def _nothing(_page: PlanPage, _form: Any) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class _Kind:
    """How a step is read and shown. `shown`: what its page needs beside the form."""

    stored: Callable[[StepContext], StepForm]
    typed: Callable[[StepContext, Posted], StepForm]
    shown: Callable[[PlanPage, Any], Mapping[str, Any]] = _nothing


def _of_authority(_page: PlanPage, form: AuthorityForm) -> Mapping[str, Any]:
    language = interface_language()
    alike = [(each.id, each.name_in(language), "") for each in form.alike]
    return {
        "types": [(str(each), type_label(each), "") for each in AuthorityType],
        "languages": [
            ("fr", _("French"), ""),
            ("nl", _("Dutch"), ""),
            ("fr+nl", _("French and Dutch side by side"), ""),
        ],
        "alike": [*alike, (NOT_IN_REGISTER, _("None of these"), "")] if alike else [],
    }


def _of_buying(page: PlanPage, _form: BuyingForm) -> Mapping[str, Any]:
    language = content_language()
    found = (spending_chart(page.document, language), reach_chart(page.document, language))
    return {"charts": [each for each in found if each], "most_rows": buying_form.MOST_ROWS}


def _of_options(page: PlanPage, _form: OptionsForm) -> Mapping[str, Any]:
    return {"document": page.document, "suits_words": suits_words}


def _of_purchases(page: PlanPage, _form: PurchasesForm) -> Mapping[str, Any]:
    calendar = [each for each in page.document.calendar if each.kind in ("step", "publication")]
    return {"calendar": calendar, "most_rows": purchases_form.MOST_ROWS}


_KINDS: Mapping[str, _Kind] = {
    PlanStep.AUTHORITY: _Kind(AuthorityForm.stored, AuthorityForm.typed, _of_authority),
    PlanStep.BUYING: _Kind(BuyingForm.stored, BuyingForm.typed, _of_buying),
    PlanStep.ASSESSMENT: _Kind(AssessmentForm.stored, AssessmentForm.typed),
    PlanStep.OPTIONS: _Kind(
        OptionsForm.stored, lambda context, posted: OptionsForm.ticked(context, posted.getlist("option")), _of_options
    ),
    PlanStep.PURCHASES: _Kind(PurchasesForm.stored, PurchasesForm.typed, _of_purchases),
    PlanStep.RESOURCES: _Kind(ResourcesForm.stored, ResourcesForm.typed),
}
_STEP = f"/<token>/<any({', '.join(_KINDS)}):step>"


@plans.get(_STEP)
def step(token: str, step: str) -> Response:
    """Show a step as it is stored."""
    page = open_page(token)
    return _show(page, step, _KINDS[step].stored(context_of(page)))


@plans.post(_STEP)
def save_plan_step(token: str, step: str) -> Response:
    """Store a step and go on; show it again where something is wrong or a row was asked for."""
    page = open_to_change(token)
    kind, context = _KINDS[step], context_of(page)
    form = kind.typed(context, request.form)
    if form.is_asking:
        return _show(page, step, form)
    if not form.is_valid:
        return _show(page, step, form, 422)
    return save_step(page, Asked(token, PlanStep(step)), form, kind.stored(context))


def _show(page: PlanPage, step: str, form: StepForm, status: int = 200) -> Response:
    asked = Asked(page.token, PlanStep(step))
    return show_step(step, page, asked, form, status, **_KINDS[step].shown(page, form))
