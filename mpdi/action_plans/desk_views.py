"""The regional view of plans for the coordination: who has one, what they aim at, what was measured, what is late."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import require_somewhere
from mpdi.accounts.roles import Action
from mpdi.action_plans.core.progress import FEW
from mpdi.action_plans.core.regional import LEVELS, Chosen, RegionalView, Standing
from mpdi.action_plans.files.regional_document import aiming, write_regional
from mpdi.action_plans.files.regional_words import brief_figures, in_order, regional_voice
from mpdi.action_plans.files.regional_workbook import write_regional_workbook
from mpdi.action_plans.progress_pages import kept_facts
from mpdi.action_plans.regional_reporting import region_on
from mpdi.clause_library.core.vocabulary import Category, Language
from mpdi.i18n import content_language
from mpdi.monitoring.dashboard.charts import bar_pictures
from mpdi.monitoring.uptake_charts import Bar
from mpdi.services import services

plan_desk = Blueprint("plan_desk", __name__, url_prefix="/plans/desk")
plan_desk.before_request(security.keep_private)
FILES: Mapping[str, tuple[Callable[[RegionalView, Language], bytes], str]] = {
    "docx": (write_regional, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (write_regional_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def chosen_of(given: Mapping[str, str]) -> Chosen:
    """Read the filters of an address; a value that is not known is left out."""
    lists = {"level": LEVELS, "category": tuple(Category), "standing": tuple(Standing)}
    return Chosen(**{name: str(given.get(name, "")) for name, known in lists.items() if given.get(name, "") in known})


def _arguments(chosen: Chosen) -> dict[str, str]:
    told = {"level": chosen.level, "category": chosen.category, "standing": chosen.standing}
    return {name: value for name, value in told.items() if value}


def _view(chosen: Chosen) -> RegionalView:
    require_somewhere(Action.SEE_PLANS)
    with services().database.reading() as session:
        return region_on(session, kept_facts(session), clock.today(), chosen)


@plan_desk.get("")
def show() -> str:
    """Show the plans of the region."""
    chosen = chosen_of(request.args)
    view, voice = _view(chosen), regional_voice(content_language())
    total, adopted = max(view.total, 1), max(view.count(Standing.ADOPTED), 1)
    standings = [
        Bar(voice.standing(each), view.count(each) / total, voice.of_all(view.count(each), view.total))
        for each in Standing
    ]
    aims = [
        Bar(voice.category(each), count / adopted, voice.of_all(count, view.count(Standing.ADOPTED)))
        for each, count in aiming(view)
    ]
    return render_template(
        "action_plans/pages/desk.html",
        view=view,
        listed=in_order(view.listed, voice.language),
        voice=voice,
        brief=list(brief_figures(voice, view)),
        standing_pictures=bar_pictures(voice.word("levels_chart"), standings) if view.total else [],
        aim_pictures=bar_pictures(voice.word("aims_chart"), aims),
        standings=list(Standing),
        standing_heads=[voice.standing(each) for each in Standing],
        levels=LEVELS,
        categories=list(Category),
        arguments=_arguments(chosen),
        few=FEW,
    )


@plan_desk.get("/report.<kind>")
def report(kind: str) -> Response:
    """Return the view as a Word file or a workbook, in the language in which clauses are read."""
    if kind not in FILES:
        abort(404)
    write, mimetype = FILES[kind]
    view = _view(chosen_of(request.args))
    response = make_response(write(view, content_language()))
    response.mimetype = mimetype
    name = f"mpdi-plans-region-{view.day:%Y-%m-%d}-{content_language()}.{kind}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
