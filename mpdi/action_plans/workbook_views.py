"""A workbook edited outside comes back: its differences, taken over one by one or all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.differences import DifferenceKind
from mpdi.action_plans.core.errors import PlanWorkbookError, ProfileError, UnknownCanevasError
from mpdi.action_plans.core.profile import PLAN_LANGUAGES, PlanLanguage, PlanProfile
from mpdi.action_plans.core.profile_differences import Place, PlainValue
from mpdi.action_plans.core.tables import TableName, Value
from mpdi.action_plans.core.vocabulary import PlanStep
from mpdi.action_plans.core.workbook_edits import (
    Edit,
    EditState,
    WeighedEdit,
    edits_from,
    edits_of,
    edits_text,
    rekeyed,
    take_over,
    weigh,
)
from mpdi.action_plans.difference_words import about, field_label, value_words
from mpdi.action_plans.operations import PlanChangedMeanwhileError
from mpdi.action_plans.page_words import step_label
from mpdi.action_plans.plan_pages import PlanPage, open_to_change, plans, save, show, to_overview
from mpdi.action_plans.reading_back import checked, read_content
from mpdi.clause_library.core.said import Said
from mpdi.clause_library.core.strict_yaml import YamlFileError
from mpdi.costing.workbook_problems import WorkbookRefusedError
from mpdi.i18n import interface_language
from mpdi.lcc.sheets.model import Language

MOST_CHARACTERS = 400_000
"""Of differences that a form carries: some thousands; a bound of ours, under that of the portal."""
_STEPS = {
    TableName.ACTIONS: PlanStep.ACTIONS,
    TableName.OBJECTIVES: PlanStep.OBJECTIVES,
    TableName.PURCHASES: PlanStep.PURCHASES,
}
_LANGUAGES: tuple[Language, ...] = ("fr", "nl", "en")


@dataclass(frozen=True)
class EditLine:
    """A difference to be read and ticked; `note`: what stands against it."""

    number: int
    step: str
    about: str
    field: str
    before: str
    after: str
    note: str
    is_proposed: bool
    can_be_taken: bool


@plans.get("/<token>/workbook")
def workbook(token: str) -> Response:
    """Ask for the edited workbook."""
    return _ask(open_to_change(token), [])


def _ask(page: PlanPage, problems: Sequence[str], status: int = 200) -> Response:
    return show("workbook", page, "workbook", status, problems=problems)


@plans.post("/<token>/workbook")
def read_workbook(token: str) -> Response:
    """Show what differs between the workbook and the plan as it stands."""
    page = open_to_change(token)
    file: FileStorage | None = request.files.get("workbook")
    if file is None or not file.filename:
        return _ask(page, [_("No file was chosen: choose the workbook (.xlsx) that you edited.")], 422)
    spoken: Language = next((each for each in _LANGUAGES if each == interface_language()), "fr")
    try:
        found = read_content(file.filename, file.read(), spoken)
    except (PlanWorkbookError, ProfileError) as error:
        return _ask(page, [_told(each) for each in error.problems], 422)
    except WorkbookRefusedError as error:
        return _ask(page, [str(each) for each in error.problems], 422)
    except (YamlFileError, UnknownCanevasError):
        return _ask(page, [_("The hidden sheet with the profile was changed: download the workbook again.")], 422)
    edits = rekeyed(edits_of(found.differences, found.rows), found.profile, page.profile)
    if len(edits_text(edits)) > MOST_CHARACTERS:
        words = _("There are %(count)s differences, too many for a page: use “mpdi plans import”.", count=len(edits))
        return _ask(page, [words], 422)
    return _list(page, edits, found.profile.language, found.profile.canevas)


def _told(words: str) -> str:
    return words.told(_) if isinstance(words, Said) else words


def _list(
    page: PlanPage, edits: Sequence[Edit], language: PlanLanguage, version: str, *, is_second: bool = False
) -> Response:
    now = replace(page.profile, language=language)
    weighed = weigh(edits, now, page.canevas)
    return show(
        "workbook_differences",
        page,
        "workbook",
        409 if is_second else 200,
        lines=[_line(number, each, page.canevas) for number, each in enumerate(weighed)],
        edits=edits_text(edits),
        language=language,
        is_second=is_second,
        is_other_canevas=version != page.profile.canevas,
    )


def _line(number: int, weighed: WeighedEdit, canevas: Canevas) -> EditLine:
    difference = weighed.edit.difference
    step = _STEPS[difference.table]
    place = Place(step, difference.key, difference.field)
    named = about(step, difference.key, canevas)
    field, before, after = field_label(difference.field), difference.before, difference.after
    if difference.kind is DifferenceKind.ADDED:
        words = difference.after or named
        return _whole(number, weighed, _("new"), "–", str(words), str(words))
    if difference.kind is DifferenceKind.REMOVED:
        return _whole(number, weighed, _("left out"), named, "–", named)
    return EditLine(
        number,
        step_label(step),
        named,
        field,
        _shown(place, before, canevas),
        _shown(place, after, canevas),
        _note(place, weighed, canevas),
        weighed.is_proposed,
        weighed.state in (EditState.FINE, EditState.CHANGED_SINCE),
    )


def _whole(number: int, weighed: WeighedEdit, field: str, before: str, after: str, named: str) -> EditLine:
    step = _STEPS[weighed.edit.difference.table]
    is_there = weighed.state is EditState.ALREADY
    can_be_taken = weighed.state in (EditState.FINE, EditState.CHANGED_SINCE)
    note = _("The plan holds this already.") if is_there else ""
    return EditLine(number, step_label(step), named, field, before, after, note, weighed.is_proposed, can_be_taken)


def _shown(place: Place, value: Value, canevas: Canevas) -> str:
    plain: PlainValue = None if value in (None, "") else value
    return value_words(place, plain, canevas)


def _note(place: Place, weighed: WeighedEdit, canevas: Canevas) -> str:
    match weighed.state:
        case EditState.ALREADY:
            return str(_("The plan holds this already."))
        case EditState.GONE:
            return str(_("What this changes is not in the plan any more: it cannot be taken over."))
        case EditState.CHANGED_SINCE:
            now = _shown(place, weighed.now, canevas)
            return str(_("Changed here since the workbook was downloaded; now: %(now)s.", now=now))
    return ""


@plans.post("/<token>/workbook/accept")
def accept_workbook(token: str) -> Response:
    """Take the differences over that were ticked, or all that can be."""
    page = open_to_change(token)
    text = request.form.get("edits", "")
    language = next((each for each in PLAN_LANGUAGES if each == request.form.get("language")), None)
    if language is None or len(text) > MOST_CHARACTERS:
        abort(400)
    try:
        edits = edits_from(text)
        profile, count = _taken_over(page, edits, language)
    except (PlanWorkbookError, ProfileError) as error:
        return _ask(page, [_told(each) for each in error.problems], 422)
    if not count:
        flash(_("Nothing was ticked: the plan stays as it is."))
        return redirect(to_overview(page), 303)
    try:
        save(page, profile, "workbook")
    except PlanChangedMeanwhileError:
        return _list(page, edits, language, page.profile.canevas, is_second=True)
    flash(_("Taken over: %(count)s of %(of)s differences. Undo brings the plan back.", count=count, of=len(edits)))
    return redirect(to_overview(page), 303)


def _taken_over(page: PlanPage, edits: Sequence[Edit], language: PlanLanguage) -> tuple[PlanProfile, int]:
    """The profile with what was ticked, read as any other, and how many differences it takes over."""
    now = replace(page.profile, language=language)
    weighed = weigh(edits, now, page.canevas)
    ticked = set(request.form.getlist("take"))
    is_all = request.form.get("action") == "all"
    chosen = [
        each.edit
        for number, each in enumerate(weighed)
        if each.state in (EditState.FINE, EditState.CHANGED_SINCE) and (is_all or str(number) in ticked)
    ]
    made = take_over(chosen, now, edition_canevas(page.profile.canevas))
    return replace(checked(made), language=page.profile.language), len(chosen)
