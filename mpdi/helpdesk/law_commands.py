"""`mpdi law …`: what the register says of an instrument, and its status changed."""

import datetime

import click

from mpdi import clock
from mpdi.clause_library.core.law_register import InstrumentStatus
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.law_operations import UnknownInstrumentError, change_status, rests_on
from mpdi.clause_library.queries import read_library
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.helpdesk.law_flags import articles_on
from mpdi.specifications.law_counts import specifications_on


@click.group("law")
def law() -> None:
    """The register of legal instruments."""


@law.command("status")
@click.argument("instrument")
@click.argument("status", type=click.Choice([each.value for each in InstrumentStatus]))
@click.option("--date", "since", type=click.DateTime(["%Y-%m-%d"]), required=True, help="From which day.")
@click.option("--reason", required=True, help="What changed, and where it was published.")
@format_option
def set_status(instrument: str, status: str, since: datetime.datetime, reason: str, output_format: str) -> None:
    """Give INSTRUMENT another STATUS: what rests on it is listed, marked, and its keepers are told.

    Set it back to the status of the register, and the marks are cleared. Mails leave with `mpdi jobs run` or the server.
    """
    with open_database().writing() as session:
        library = read_library(session)
        known = library.reference.instruments.get(instrument)
        if known is None:
            raise UnknownInstrumentError(
                f"“{instrument}” is not in law/instruments.yaml. The pages at /law list the keys."
            )
        change_status(session, known, InstrumentStatus(status), since.date(), reason, "mpdi_law_status")
        clauses = _clauses(library, instrument)
        answers = [each.slug for each in articles_on(session, library, instrument)]
        specifications = specifications_on(session, library, instrument)
    if output_format == "json":
        concerned = {"clauses": clauses, "answers": answers, "specifications": specifications}
        print_json({"instrument": instrument, "status": status, **concerned})
        return
    for each in clauses:
        click.echo(f"clause {each}")
    for each in answers:
        click.echo(f"answer {each}")
    click.echo(f"specifications downloaded: {specifications}")
    say(f"{instrument}: {status}.")


def _clauses(library: ClauseLibrary, instrument: str) -> list[str]:
    latest = (library.latest(each, clock.today()) for each in library.identifiers)
    return [version.reference for version in latest if rests_on(version, instrument)]
