"""What is bought, filled from the notices of the authority: what was awarded, with its coverage, then taken over."""

from dataclasses import replace

from flask import flash, redirect
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.action_plans.core.notice_spending import NoticeSpending
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.notice_figures import notice_spending
from mpdi.action_plans.plan_pages import PlanPage, open_to_change, save_or_ask, show, step_address
from mpdi.action_plans.progress_pages import kept_facts
from mpdi.action_plans.spreadsheet_views import IMPORT, plan_sources
from mpdi.action_plans.steps.step_pages import category_name
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _
from mpdi.services import services


@plan_sources.get("/<token>/buying/notices")
def notices(token: str) -> Response:
    """Show what was awarded in the name of the authority."""
    page = open_to_change(token)
    how, found = _found(page)
    return show(
        "notices",
        page,
        "buying",
        found=found,
        recognised=_recognised(how),
        nothing=_nothing(how),
        years=[str(each) for each in found.years] if found else [],
        category_name=category_name,
    )


@plan_sources.post("/<token>/buying/notices")
def take_notices(token: str) -> Response:
    """Take the amounts over; categories of which no notice states a value stay as they are."""
    page = open_to_change(token)
    _how, found = _found(page)
    then = step_address(token, "buying")
    if found is None or not found.spending:
        flash(_("There is nothing to take over."), "error")
        return redirect(then, 303)
    changed = with_awards(page.profile, found)
    stored, typed = (
        [(category_name(each.category), f"{each.amount} EUR") for each in some.spending]
        for some in (page.profile, changed)
    )
    answer = save_or_ask(page, changed, IMPORT, stored, typed, then)
    if answer.status_code == 303:
        flash(_("Taken over from the notices: %(count)s categories.", count=len(found.spending)))
    return answer


def with_awards(profile: PlanProfile, found: NoticeSpending) -> PlanProfile:
    """Return the profile with the awards of its notices as spending, beside the categories that they do not value."""
    awards = {each.category: each for each in found.spending}
    kept = {each.category: each for each in profile.spending}
    together = {**kept, **awards}
    spending = tuple(together[each] for each in Category if each in together)
    return replace(profile, spending=spending, spending_note=found.note(profile.language))


def _found(page: PlanPage) -> tuple[Recognition, NoticeSpending | None]:
    with services().database.reading() as session:
        return notice_spending(session, page.profile.authority, clock.today(), kept_facts(session).facts)


def _recognised(how: Recognition) -> str:
    return {
        Recognition.IDENTIFIER: _("Your authority is the one of the register that you chose."),
        Recognition.NAME: _("Your authority is recognised in the register by its name."),
        Recognition.WRITTEN: _("Your authority is not in the register; notices bear exactly this name."),
        Recognition.NOBODY: _("No notice bears the name of your authority."),
    }[how]


def _nothing(how: Recognition) -> str:
    if how is Recognition.NOBODY:
        return _("Write the name in step 1 as your notices have it, or choose the authority in the register.")
    return _("Its notices of the last three years say of no contract that it was awarded.")
