"""`mpdi plans regional`: the plans of the region as a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from mpdi import clock
from mpdi.action_plans.core.regional import LEVELS, Chosen, RegionalView, Standing
from mpdi.action_plans.files.regional_document import write_regional
from mpdi.action_plans.files.regional_workbook import write_regional_workbook
from mpdi.action_plans.regional_reporting import region_on
from mpdi.clause_library.core.vocabulary import LANGUAGES, Category, Language
from mpdi.command_line import open_database, say
from mpdi.exceptions import MpdiError
from mpdi.monitoring.dashboard.kept_facts import FactsStore

FILES: Mapping[str, Callable[[RegionalView, Language], bytes]] = {
    ".docx": write_regional,
    ".xlsx": write_regional_workbook,
}


class RegionalFileError(MpdiError):
    """The regional view was asked for in a format that is not written, or cannot be written where it was asked for."""


@click.command("regional")
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The report: .docx, or .xlsx with figures that calculate.",
)
@click.option("--language", type=click.Choice(LANGUAGES), default="fr", show_default=True)
@click.option("--level", type=click.Choice(LEVELS), default=None, help="Only authorities of this level.")
@click.option("--category", type=click.Choice([str(each) for each in Category]), help="Only this market category.")
@click.option("--standing", type=click.Choice([str(each) for each in Standing]), help="Only authorities that stand so.")
def regional(output: Path, language: Language, level: str | None, category: str | None, standing: str | None) -> None:
    """Tell which authorities of the register have a plan, what they aim at, what was measured, what is late."""
    write = FILES.get(output.suffix.lower())
    if write is None:
        raise RegionalFileError(f"{output}: this format is not written. Give --output the ending .docx or .xlsx.")
    chosen = Chosen(level or "", category or "", standing or "")
    with open_database().reading() as session:
        view = region_on(session, FactsStore().kept(session), clock.today(), chosen)
    try:
        output.write_bytes(write(view, language))
    except OSError as error:
        raise RegionalFileError(
            f"{output}: cannot be written ({error.strerror}). Choose a folder that exists and is yours."
        ) from error
    say(str(output))
    say(f"{view.count(Standing.ADOPTED)} of {view.total} authorities have an adopted plan that runs.")
