"""The documents of a plan: Word, workbook and calendar in every language, of the draft or of a version decided on."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flask import abort
from werkzeug.wrappers import Response

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.plan import ActionPlanDocument, DecidedPlan
from mpdi.action_plans.core.profile import PlanLanguage, PlanProfile
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.file_names import plan_file_name
from mpdi.action_plans.files.calendar import write_plan_calendar
from mpdi.action_plans.files.document import write_plan
from mpdi.action_plans.files.workbook import write_plan_workbook
from mpdi.action_plans.plan_pages import PlanPage, download_of, open_page, plans
from mpdi.action_plans.queries import Version

LANGUAGES: Mapping[str, PlanLanguage] = {"fr": "fr", "nl": "nl", "fr-nl": "fr+nl"}
"""How addresses write the languages of a file."""
_FILES: Mapping[str, tuple[Callable[[ActionPlanDocument], bytes], str]] = {
    "docx": (write_plan, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": (write_plan_workbook, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "ics": (write_plan_calendar, "text/calendar"),
}


@plans.get("/<token>/files/<language>.<suffix>")
def file(token: str, language: str, suffix: str) -> Response:
    """Give a file of the plan as it stands."""
    page = open_page(token)
    return _given(page, page.profile, language, suffix)


@plans.get("/<token>/versions/<int:number>/<language>.<suffix>")
def version_file(token: str, number: int, language: str, suffix: str) -> Response:
    """Give a file of the plan as an organ decided on it."""
    page = open_page(token)
    version = next((each for each in page.versions if each.number == number), None)
    if version is None:
        abort(404)
    return _given(page, version.profile, language, suffix, version)


@plans.get("/<token>/files/profile.yaml")
def profile_file(token: str) -> Response:
    """Give the profile, for the mpdi command."""
    page = open_page(token)
    name = plan_file_name(page.profile, "docx").removesuffix(".docx") + ".yaml"
    return download_of(profile_text(page.profile).encode(), name, "application/yaml")


def _given(
    page: PlanPage, profile: PlanProfile, language: str, suffix: str, version: Version | None = None
) -> Response:
    if language not in LANGUAGES or suffix not in _FILES:
        abort(404)
    write, kind = _FILES[suffix]
    shown = replace(profile, language=LANGUAGES[language])
    document = draft_plan(shown, edition_canevas(shown.canevas), page.library)
    written = write(replace(document, decided=_decided(page, version)))
    return download_of(written, plan_file_name(shown, suffix, version.number if version else None), kind)


def _decided(page: PlanPage, version: Version | None) -> DecidedPlan | None:
    """What the organ decided on: the version asked for, else the last one, which the draft may be or would change."""
    last = version or page.latest
    if last is None:
        return None
    is_shown = version is not None or not page.is_changed_since
    return DecidedPlan(last.number, last.kind, last.decided_on, last.organ, is_shown)
