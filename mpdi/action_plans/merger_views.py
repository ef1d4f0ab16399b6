"""Two authorities become one: both plans beside each other, what is taken from which, and the choices that are left."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import flash, redirect, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from mpdi.accounts.authorities import register
from mpdi.accounts.current import current_user
from mpdi.action_plans import operations, queries
from mpdi.action_plans.canevas_moves import canevas_move, moved
from mpdi.action_plans.core.merging import Merged, Part, Taken, merged
from mpdi.action_plans.core.profile import Authority, PlanProfile
from mpdi.action_plans.merger_words import part_label, side_words
from mpdi.action_plans.operations import (
    PlanChangedMeanwhileError,
    PlanMergedAwayError,
    PlanMergerError,
    UnknownPlanError,
)
from mpdi.action_plans.page_words import step_label
from mpdi.action_plans.plan_pages import PlanPage, open_to_change, plans, posted_revision, show, to_overview
from mpdi.action_plans.queries import OpenPlan
from mpdi.action_plans.steps.typed import TypedValueError, words
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.services import services

LONGEST_NAME = 200
_LINK = re.compile(r"(?:.*/plans/)?([A-Za-z0-9_-]{20,80})(?:[/?#].*)?")
_TAKEN = {
    Taken.FIRST: _l("from the first"),
    Taken.SECOND: _l("from the second"),
    Taken.BOTH: _l("the same in both"),
    Taken.ADDED: _l("added up"),
}


@dataclass(frozen=True)
class PartLine:
    """A part to be read: of which step, what, both sides, what was taken; `key` where one side must be chosen."""

    step: str
    label: str
    first: str
    second: str
    taken: str
    key: str
    side: str


@plans.get("/<token>/merge")
def merge(token: str) -> Response:
    """Ask for the other plan."""
    return _ask(open_to_change(token))


def _ask(page: PlanPage, problem: str = "", status: int = 200) -> Response:
    return show("merge", page, "merge", status, problem=problem)


@plans.post("/<token>/merge")
def look_at_merger(token: str) -> Response:
    """Show both plans and what would be taken from which; once confirmed, make one of them."""
    page = open_to_change(token)
    found = _LINK.fullmatch(request.form.get("other", "").strip())
    if found is None:
        return _ask(page, _("Give the link of the other plan: copy it from the foot of one of its pages."), 422)
    with services().database.reading() as session:
        try:
            other = queries.open_plan(session, found[1])
        except UnknownPlanError:
            return _ask(page, _("This link leads to no plan: check that it is whole."), 422)
    if other.id == page.plan.id:
        return _ask(page, _("This is the link of this same plan: give that of the other one."), 422)
    if other.merged_into_id is not None:
        return _ask(page, _("The other plan was merged into another one already."), 422)
    return _merger(page, other, found[1])


def _merger(page: PlanPage, other: OpenPlan, other_token: str) -> Response:
    first, second = page.profile, _on_canevas_of(page, other.profile)
    errors: dict[str, str] = {}
    authority = _authority(page, errors)
    made = merged(first, second, authority, _chosen())
    if request.form.get("action") != "merge" or errors:
        return _show(page, other, other_token, made, errors)
    try:
        with services().database.writing() as session:
            plan, taken = queries.plan_by_token(session, page.token), queries.plan_by_token(session, other_token)
            if taken.revision != other.revision or str(taken.revision) != request.form.get("other_revision"):
                raise PlanChangedMeanwhileError("The other plan was changed meanwhile.")
            operations.merge_plans(session, plan, posted_revision(), taken, made.profile)
    except PlanChangedMeanwhileError:
        errors["plans"] = _("One of the plans was changed meanwhile: look at both again, then confirm.")
        return _show(page, other, other_token, made, errors)
    except (PlanMergerError, PlanMergedAwayError):
        return _ask(page, _("One of the plans was merged by somebody else meanwhile."), 409)
    flash(_("Both plans are one. The other can still be read under its link; undo brings it back."))
    return redirect(to_overview(page), 303)


def _on_canevas_of(page: PlanPage, profile: PlanProfile) -> PlanProfile:
    if profile.canevas == page.profile.canevas:
        return profile
    return moved(profile, canevas_move(profile, page.canevas))


def _authority(page: PlanPage, errors: dict[str, str]) -> Authority:
    """The authority that both become, as typed; that of the first plan where nothing was typed yet."""
    stands = page.profile.authority
    if "name_fr" not in request.form:
        return stands
    names = []
    for field in ("name_fr", "name_nl"):
        try:
            text = request.form.get(field, "").strip()
            names.append(words(text, LONGEST_NAME) if text else "")
        except TypedValueError as error:
            errors[field] = str(error)
            names.append("")
    if not any(names):
        errors.setdefault("name_fr", _("Write the name of the authority that both become."))
        return stands
    name = Bilingual(names[0] or names[1], names[1] or names[0])
    known = register().named(name.fr) or register().named(name.nl)
    kind = AuthorityType(known.level) if known and known.level in list(AuthorityType) else stands.type
    identifier = known.id if known else (stands.id if name == stands.name else "")
    return Authority(name, kind, identifier)


def _chosen() -> Mapping[str, str]:
    return {key.removeprefix("take."): value for key, value in request.form.items() if key.startswith("take.")}


def _show(page: PlanPage, other: OpenPlan, other_token: str, made: Merged, errors: Mapping[str, str]) -> Response:
    return show(
        "merge_both",
        page,
        "merge",
        422 if errors else 200,
        other=other,
        other_token=other_token,
        made=made,
        lines=[_line(each, page) for each in made.parts],
        errors=errors,
        typed={each: request.form.get(each) for each in ("name_fr", "name_nl")},
        is_signed_in=current_user() is not None,
    )


def _line(part: Part, page: PlanPage) -> PartLine:
    return PartLine(
        step_label(part.step),
        part_label(part, page.canevas),
        side_words(part.first, page.canevas),
        side_words(part.second, page.canevas),
        str(_TAKEN[part.taken]),
        part.key if part.is_choice else "",
        str(part.taken),
    )
