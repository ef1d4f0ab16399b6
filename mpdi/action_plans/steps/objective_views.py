"""Pages of the objectives: all categories with what is open, and one page a category."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask import abort, request
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.action_plans.core.objective_help import ObjectiveHelp, objective_help
from mpdi.action_plans.core.plan import CategoryPart, PlanObjective
from mpdi.action_plans.core.tables import said
from mpdi.action_plans.core.vocabulary import PlanStep, Unit
from mpdi.action_plans.notice_figures import objective_figures
from mpdi.action_plans.page_words import step_label
from mpdi.action_plans.plan_pages import PlanPage, open_page, open_to_change, plans, step_address
from mpdi.action_plans.progress_pages import kept_facts
from mpdi.action_plans.steps.objectives_form import REASON, ObjectivesForm
from mpdi.action_plans.steps.step_pages import Asked, category_name, context_of, save_step, show_step
from mpdi.action_plans.steps.typed import write_figure
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import NBSP
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.services import services

_ONE_PERCENT = Decimal("0.01")


@plans.get("/<token>/objectives")
def objectives(token: str) -> Response:
    """Show every category with how many of its objectives are set."""
    page = open_page(token)
    document = page.document
    still = next((part.category for part in document.categories if any(each.is_open for each in part.objectives)), None)
    return show_step(
        "objectives",
        page,
        Asked(token, PlanStep.OBJECTIVES),
        None,
        document=document,
        all_objectives=len(document.objectives),
        open_objectives=document.open_objectives,
        first_open=still or document.categories[0].category,
        part_address=lambda part: f"{step_address(token, PlanStep.OBJECTIVES)}/{part}",
        step_address=lambda each: step_address(token, each),
        step_title=step_label,
        figure=_figure,
    )


def _figure(objective: PlanObjective, value: Decimal | None) -> str:
    if value is None:
        return "–"
    unit = objective.indicator.unit
    text = write_figure(value, unit, interface_language())
    return f"{text}{NBSP}%" if unit in (Unit.SHARE, Unit.PERCENT) else text


@plans.get("/<token>/objectives/<part>")
def category_objectives(token: str, part: str) -> Response:
    """Show the objectives of one category."""
    page = open_page(token)
    found = _part(page, part)
    return _show(page, found, ObjectivesForm.stored(context_of(page), found.category))


@plans.post("/<token>/objectives/<part>")
def save_category_objectives(token: str, part: str) -> Response:
    """Store the objectives of one category and go on to the next."""
    page = open_to_change(token)
    found, context = _part(page, part), context_of(page)
    form = ObjectivesForm.typed(context, found.category, request.form, request.form.getlist("own"))
    if form.is_asking:
        return _show(page, found, form)
    if not form.is_valid:
        return _show(page, found, form, 422)
    return save_step(page, _asked(page, found), form, ObjectivesForm.stored(context, found.category))


def _part(page: PlanPage, key: str) -> CategoryPart:
    found = next((each for each in page.document.categories if each.category == key), None)
    return found if found is not None else abort(404)


def _asked(page: PlanPage, part: CategoryPart) -> Asked:
    parts = page.document.categories
    after = parts[parts.index(part) + 1 :]
    following = (str(after[0].category), category_name(after[0].category)) if after else None
    return Asked(page.token, PlanStep.OBJECTIVES, category_name(part.category), following)


def _show(page: PlanPage, part: CategoryPart, form: ObjectivesForm, status: int = 200) -> Response:
    helps = _helps(page, part, form)
    _propose_reason(form, helps)
    common = _common(helps)
    return show_step(
        "objectives_part",
        page,
        _asked(page, part),
        form,
        status,
        part=part,
        planned={each.indicator.key: each for each in part.objectives},
        common=common,
        helps={key: [each for each in found.lines if each not in common] for key, found in helps.items()},
        reasons={key: said(found.reason, page.profile) for key, found in helps.items()},
        warnings={each.indicator.key: _warnings(each) for each in part.objectives},
    )


def _helps(page: PlanPage, part: CategoryPart, form: ObjectivesForm) -> Mapping[str, ObjectiveHelp]:
    """What notices say that helps to set the targets of this page."""
    with services().database.reading() as session:
        figures = objective_figures(
            session, page.profile.authority, part.category, form.indicators, clock.today(), kept_facts(session)
        )
    return {key: objective_help(found, form.unit(key)) for key, found in figures.items()}


def _propose_reason(form: ObjectivesForm, helps: Mapping[str, ObjectiveHelp]) -> None:
    """Write the reason that was asked for into its field, behind what stands there."""
    asked = request.form.get("action", "").removeprefix(REASON) if form.is_asking else ""
    if asked in helps and asked in form.indicators:
        cell = form[f"{asked}.reason"]
        cell.text = " ".join(filter(None, (cell.text.strip(), said(helps[asked].reason, form.context.profile))))


def _common(helps: Mapping[str, ObjectiveHelp]) -> Sequence[Bilingual]:
    """The sentences that are the same for several objectives: they are said once, above."""
    counted = Counter(line for found in helps.values() for line in set(found.lines))
    return [
        line for line in dict.fromkeys(each for found in helps.values() for each in found.lines) if counted[line] > 1
    ]


def _warnings(objective: PlanObjective) -> Sequence[str]:
    """What to look at again of an objective as it is stored; nothing here is refused."""
    found, target, baseline = [], objective.target, objective.baseline
    if target is not None and baseline is not None and target != baseline:
        is_better = (target > baseline) is objective.indicator.more_is_better
        if not is_better:
            found.append(_("The target is worse than today: check both figures."))
    values: Mapping[str, Decimal | None] = {_("today"): baseline, _("target"): target}
    for name, value in values.items():
        if objective.indicator.unit is Unit.SHARE and value is not None and 0 < value < _ONE_PERCENT:
            shown = _figure(objective, value)
            found.append(
                _("%(figure)s (%(which)s) is less than one in a hundred: is it meant so?", figure=shown, which=name)
            )
    return found
