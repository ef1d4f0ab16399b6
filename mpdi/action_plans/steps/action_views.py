"""Pages of the actions: all elements with how many there are and when, and one page an element."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import abort, flash, request
from flask_babel import ngettext
from werkzeug.wrappers import Response

from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.plan import OWN, PlanAction
from mpdi.action_plans.core.profile import ActionChange
from mpdi.action_plans.core.tables import said
from mpdi.action_plans.core.vocabulary import ActionState, PlanStep
from mpdi.action_plans.plan_pages import PlanPage, open_page, open_to_change, plans, step_address
from mpdi.action_plans.steps.actions_form import LEAVE, TAKE, ActionsForm, is_out, is_own_key
from mpdi.action_plans.steps.step_pages import Asked, context_of, save_step, show_step
from mpdi.i18n import content_language
from mpdi.i18n import translate as _

_FOLDED = ("what", "means", "measure", "baseline", "target", "comment")
"""What stands in the part of an action that is folded away; opened where something of it is the authority's or wrong."""


@dataclass(frozen=True)
class _Part:
    """An element, or the authority's own actions: how many, from when to when, what the authority made of it."""

    key: str
    title: str
    actions: tuple[PlanAction, ...]
    left_out: int
    is_changed: bool

    @property
    def first(self) -> datetime.date:
        """The earliest deadline."""
        return min(each.deadline for each in self.actions)

    @property
    def last(self) -> datetime.date:
        """The latest deadline."""
        return max(each.deadline for each in self.actions)


@plans.get("/<token>/actions")
def actions(token: str) -> Response:
    """Show every element with its actions, and all of them by day."""
    page = open_page(token)
    return show_step(
        "actions",
        page,
        Asked(token, PlanStep.ACTIONS),
        None,
        document=page.document,
        parts=list(_parts(page)),
        planned={each.key: each for each in page.document.actions},
        part_address=lambda part: f"{step_address(token, PlanStep.ACTIONS)}/{part}",
        ngettext=ngettext,
    )


def _parts(page: PlanPage) -> Iterator[_Part]:
    titles = {each.key: each.title[content_language()] for each in page.canevas.elements} | {OWN: _("Your own actions")}
    for key, title in titles.items():
        found = tuple(each for each in page.document.actions if each.element == key)
        mine = [each for each in page.canevas.actions if each.element == key]
        out = sum(is_out(each, page.profile) for each in mine)
        changed = {*(each.key for each in mine), *(each.key for each in found)} & set(page.profile.actions)
        yield _Part(key, title, found, out, bool(changed))


@plans.get("/<token>/actions/<part>")
def element_actions(token: str, part: str) -> Response:
    """Show the actions of one element."""
    page = open_page(token)
    _check(page, part)
    return _show(page, part, ActionsForm.stored(context_of(page), part))


@plans.post("/<token>/actions/<part>")
def save_element_actions(token: str, part: str) -> Response:
    """Store the actions of one element; leave one out or take it back and stay, else go on to the next."""
    page = open_to_change(token)
    _check(page, part)
    context, pressed = context_of(page), request.form.get("action", "")
    form = ActionsForm.typed(context, part, request.form, request.form.getlist("own"))
    if form.is_asking:
        return _show(page, part, form)
    if not form.is_valid:
        return _show(page, part, form, 422)
    asked, stays = _asked(page, part), pressed.startswith((LEAVE, TAKE))
    response = save_step(
        page, asked, form, ActionsForm.stored(context, part), f"{asked.address}/{part}" if stays else ""
    )
    if stays and response.status_code == 303:
        flash(_left(pressed))
    return response


def _left(pressed: str) -> str:
    if pressed.startswith(TAKE):
        return _("The action is back in the plan.")
    if is_own_key(pressed.removeprefix(LEAVE)):
        return _("The action is removed. “Undo” brings it back.")
    return _("The action is left out. It stands at the foot of this page, to be taken back in.")


def _check(page: PlanPage, part: str) -> None:
    if part != OWN and part not in {each.key for each in page.canevas.elements}:
        abort(404)


def _asked(page: PlanPage, part: str) -> Asked:
    parts = list(_parts(page))
    place = next(number for number, each in enumerate(parts) if each.key == part)
    after = parts[place + 1 :]
    return Asked(page.token, PlanStep.ACTIONS, parts[place].title, (after[0].key, after[0].title) if after else None)


def _show(page: PlanPage, part: str, form: ActionsForm, status: int = 200) -> Response:
    found = next((each for each in page.document.elements if each.element.key == part), None)
    usual = _usual_days(page)
    texts = {each.key: each.what[content_language()] for each in page.canevas.actions}
    return show_step(
        "actions_part",
        page,
        _asked(page, part),
        form,
        status,
        element=found.element if found else None,
        adapted=found.adapted if found else (),
        usual_day=usual.get,
        states=[(str(each), page.canevas.states[each][content_language()]) for each in ActionState],
        in_plan=lambda text: said(text, page.profile),
        opens=lambda key: _opens(form, key),
        words_of=lambda key: page.profile.actions.get(key, ActionChange()).what or texts.get(key, key),
    )


def _usual_days(page: PlanPage) -> Mapping[str, datetime.date]:
    """The days of the actions if the authority had given none."""
    bare = {key: replace(each, deadline=None) for key, each in page.profile.actions.items() if not is_own_key(key)}
    return {each.key: each.deadline for each in plan_actions(replace(page.profile, actions=bare), page.canevas)}


def _opens(form: ActionsForm, key: str) -> bool:
    change = form.context.profile.actions.get(key, ActionChange())
    return any(getattr(change, part) is not None or form[f"{key}.{part}"].error for part in _FOLDED)
