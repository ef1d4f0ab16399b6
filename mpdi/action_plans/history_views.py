"""The history of a plan: every change, every version that an organ decided on, what differs between any two."""

from flask import abort, request
from werkzeug.wrappers import Response

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_differences import profile_differences
from mpdi.action_plans.difference_words import DifferenceLine, difference_lines
from mpdi.action_plans.page_words import change_label, kind_label
from mpdi.action_plans.plan_pages import PlanPage, open_page, plans, show

DRAFT = "draft"
"""How an address names the plan as it stands."""


@plans.get("/<token>/history")
def history(token: str) -> Response:
    """List changes and versions; with `from` and `to`, what differs between two of them."""
    page = open_page(token)
    latest = str(page.latest.number) if page.latest else ""
    chosen = request.args.get("from", latest), request.args.get("to", DRAFT)
    lines = _between(page, *chosen) if page.versions else None
    return show(
        "history",
        page,
        "history",
        changes=[(each, change_label(each.what)) for each in reversed(page.revisions)],
        kind_label=kind_label,
        chosen=chosen,
        lines=lines,
    )


def _between(page: PlanPage, first: str, second: str) -> list[DifferenceLine]:
    before, after = _state(page, first), _state(page, second)
    return difference_lines(profile_differences(before, after), edition_canevas(after.canevas))


def _state(page: PlanPage, name: str) -> PlanProfile:
    if name == DRAFT:
        return page.profile
    found = next((each for each in page.versions if str(each.number) == name), None)
    return found.profile if found is not None else abort(404)
