"""A plan moves to a newer version of the canevas, once what changes for it has been read."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from mpdi.action_plans.canevas_moves import CanevasMove, canevas_move, moved, newer_canevas
from mpdi.action_plans.core.canevas import Canevas, ResourceText, RiskText, StepText
from mpdi.action_plans.core.canevas_changes import CanevasChange, ChangeKind
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption, PlanStep
from mpdi.action_plans.difference_words import about, category_words
from mpdi.action_plans.plan_pages import PlanPage, open_to_change, plans, save_or_ask, show, to_overview
from mpdi.i18n import content_language

_PARTS = {
    "element": _l("Element"),
    "action": _l("Action"),
    "option": _l("Option"),
    "category": _l("Category"),
    "indicator": _l("Indicator"),
    "theme": _l("Theme of the self-assessment"),
    "obligation": _l("Obligation"),
    "risk": _l("Risk"),
    "resource": _l("Means of the plan"),
    "step": _l("Step before a publication"),
    "function": _l("Function"),
}
_KINDS = {ChangeKind.ADDED: _l("added"), ChangeKind.REMOVED: _l("gone"), ChangeKind.CHANGED: _l("changed")}


@plans.get("/<token>/canevas")
def canevas(token: str) -> Response:
    """List what changes with the newer version."""
    page = open_to_change(token)
    new = newer_canevas(page.profile)
    if new is None:
        flash(_("This plan is on the newest version of the canevas."))
        return redirect(to_overview(page), 303)
    return _show(page, canevas_move(page.profile, new))


def _show(page: PlanPage, move: CanevasMove) -> Response:
    return show(
        "canevas",
        page,
        "canevas",
        move=move,
        changes=[(str(_PARTS[each.part]), name_of(each, move), str(_KINDS[each.kind])) for each in move.changes],
        gone=[about(PlanStep.ACTIONS, key, move.old) for key in move.gone],
    )


@plans.post("/<token>/canevas")
def move_to_canevas(token: str) -> Response:
    """Move the plan."""
    page = open_to_change(token)
    new = newer_canevas(page.profile)
    if new is None:
        return redirect(to_overview(page), 303)
    move = canevas_move(page.profile, new)
    lines = [(_("Version of the canevas"), each.version) for each in (move.old, move.new)]
    result = save_or_ask(page, moved(page.profile, move), "canevas", lines[:1], lines[1:], to_overview(page))
    if result.status_code == 303 and result.location == url_for("plans.overview", token=token):
        flash(_("The plan is on version %(version)s of the canevas. Undo brings it back.", version=new.version))
    return result


def name_of(change: CanevasChange, move: CanevasMove) -> str:
    """Return in words the part that changed, of the newer version where it has it."""
    canevas = move.old if change.kind is ChangeKind.REMOVED else move.new
    return _named(change, canevas) or change.key


def _named(change: CanevasChange, canevas: Canevas) -> str:
    language, key = content_language(), change.key
    match change.part:
        case "category":
            return category_words(key)
        case "element":
            return next((each.title[language] for each in canevas.elements if each.key == key), "")
        case "action":
            return next((each.what[language] for each in canevas.actions if each.key == key), "")
        case "option":
            return canevas.options[PlanOption(key)].title[language]
        case "indicator":
            return canevas.indicators[key].name[language]
        case "theme":
            return next((each.title[language] for each in canevas.themes if each.key is AssessedTheme(key)), "")
        case "obligation":
            return next((each.text[language] for each in canevas.obligations if each.key == key), "")
        case "function":
            return canevas.functions[key][language]
    listed: tuple[RiskText | ResourceText | StepText, ...] = (*canevas.risks, *canevas.resources, *canevas.steps)
    return next((each.what[language] for each in listed if each.key == key), "")
