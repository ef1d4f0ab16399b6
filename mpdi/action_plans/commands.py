"""`mpdi plans …`."""

import datetime
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import get_args

import click

from mpdi import clock
from mpdi.action_plans.core.canevas_changes import canevas_changes
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.plan import OWN, ActionPlanDocument
from mpdi.action_plans.core.profile import PLAN_LANGUAGES, PlanLanguage, PlanProfile
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.files.calendar import write_plan_calendar
from mpdi.action_plans.files.document import write_plan
from mpdi.action_plans.files.progress_document import write_progress
from mpdi.action_plans.files.workbook import write_plan_workbook
from mpdi.action_plans.progress_reporting import report_on
from mpdi.action_plans.reading_back import read_back
from mpdi.action_plans.regional_commands import regional
from mpdi.action_plans.spending_commands import spending
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.queries import read_library
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.exceptions import MpdiError

PLAN_FILES: Mapping[str, Callable[[ActionPlanDocument], bytes]] = {
    "docx": write_plan,
    "xlsx": write_plan_workbook,
    "ics": write_plan_calendar,
}
"""The files of a plan by the ending of their name."""


class UnknownPlanFileError(MpdiError):
    """A plan was asked for in a format that is not written."""


class UnwritablePlanError(MpdiError):
    """A file of a plan cannot be written where it was asked for."""


@click.group("plans")
def plans() -> None:
    """Action plans: from what an authority buys to a plan with objectives, actions and dates."""


plans.add_command(spending)
plans.add_command(regional)


@plans.command("draft")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The plan: .docx (to adopt), .xlsx (to edit and read back) or .ics (calendar).",
)
@click.option(
    "--language", type=click.Choice(list(PLAN_LANGUAGES)), help="fr, nl or fr+nl; without it, that of the profile."
)
def draft(profile: Path, output: Path, language: str | None) -> None:
    """Draft the plan of a PROFILE.yaml; what the authority has still to set is marked in it."""
    write = PLAN_FILES.get(output.suffix.lower().removeprefix("."))
    if write is None:
        endings = ", ".join(f".{each}" for each in PLAN_FILES)
        raise UnknownPlanFileError(
            f"{output}: a plan is not written in this format. Give --output one of these endings: {endings}."
        )
    read = _read(profile)
    for each in get_args(PlanLanguage):
        if each == language:
            read = replace(read, language=each)
    with open_database().reading() as session:
        library = read_library(session)
    plan = draft_plan(read, edition_canevas(read.canevas), library)
    _save(output, write(plan))
    if plan.open_objectives:
        say(
            f"{plan.open_objectives} of {len(plan.objectives)} objectives have no target or no date yet: the authority sets them."
        )


@plans.command("progress")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The report: .docx.")
@click.option(
    "--language", type=click.Choice(list(PLAN_LANGUAGES)), help="fr, nl or fr+nl; without it, that of the profile."
)
def progress(profile: Path, output: Path, language: str | None) -> None:
    """Tell how far the plan of a PROFILE.yaml has come: from notices, tickets and specifications that are stored."""
    if output.suffix.lower() != ".docx":
        raise UnknownPlanFileError(f"{output}: a progress report is a .docx. Give --output this ending.")
    read = _read(profile, since_start=True)
    for each in get_args(PlanLanguage):
        if each == language:
            read = replace(read, language=each)
    with open_database().reading() as session:
        report = report_on(session, read, read_library(session), read.progress_day or clock.today())
    facts = report.facts
    _save(output, write_progress(report))
    if facts.recognition is Recognition.NOBODY:
        say(
            "The authority is no buyer that is known: no notice is counted. Set authority.id, or its name as notices have it."
        )
    say(f"{report.fed} indicators filled themselves, from {facts.procedures_now + facts.procedures_before} procedures.")


@plans.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--accept", is_flag=True, help="Take every difference over into a new PROFILE.yaml.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The new profile; without it, beside FILE with the ending -accepted.yaml.",
)
@format_option
def import_workbook(file: Path, accept: bool, output: Path | None, output_format: str) -> None:
    """List what differs between an edited FILE.xlsx and its plan; exit 1 when something does and is not accepted."""
    found = read_back(file)
    if output_format == "json":
        print_json([each.as_json() for each in found.differences])
    else:
        for each in found.differences:
            click.echo(str(each))
    if not found.differences:
        say(f"{file}: no difference.")
        return
    if not accept:
        say(f"{len(found.differences)} differences. To take them over: mpdi plans import {file} --accept")
        sys.exit(1)
    target = output or file.with_name(f"{file.stem}-accepted.yaml")
    if target.exists():
        raise UnwritablePlanError(f"{target}: is there already and may hold work. Give another --output, or remove it.")
    _save(target, profile_text(found.accepted).encode())


@plans.command("move")
@click.argument("profile", type=click.Path(path_type=Path))
@click.option("--to", "version", default="", help="The version of the canevas to move to; without it, the newest.")
def move(profile: Path, version: str) -> None:
    """List what changes when the plan of a PROFILE.yaml moves to another canevas; exit 1 when something does."""
    read = _read(profile)
    new = edition_canevas(version)
    changes = canevas_changes(edition_canevas(read.canevas), new)
    for each in changes:
        click.echo(str(each))
    gone = [key for key in read.actions if key not in new.action_keys and not key.startswith(f"{OWN}.")]
    for key in gone:
        click.echo(f"your change of {key}: has no place in version {new.version}")
    if not changes:
        say(f"{profile}: nothing changes with version {new.version}.")
        return
    say(f"To move, write canevas: {new.version} in {profile}, then draft again.")
    sys.exit(1)


def _read(path: Path, *, since_start: bool = False) -> PlanProfile:
    """Read a profile. `since_start`: one without a date was drafted when its plan began, not today."""
    data = strict_yaml.read(path)
    version = data.get("canevas") if isinstance(data, dict) else None
    day = clock.today()
    if since_start and isinstance(data, dict) and isinstance(data.get("period"), dict):
        first = data["period"].get("from")
        day = min(day, first) if isinstance(first, datetime.date) else day
    try:
        return read_profile(data, edition_canevas(str(version or "")), day)
    except ProfileError as error:
        raise ProfileError([f"{path}: {problem}" for problem in error.problems]) from error


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UnwritablePlanError(
            f"{path}: cannot be written ({error.strerror}). Choose a folder that exists and is yours."
        ) from error
    say(str(path))
