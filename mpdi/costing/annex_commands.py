"""`mpdi lcc annex`: the annex and award clause for the tender documents."""

from pathlib import Path

import click

from mpdi.costing.annex import annex
from mpdi.costing.annex_words import AnnexLanguage
from mpdi.costing.commands import UnwritableOutputError
from mpdi.costing.fault_words import spoken_to
from mpdi.costing.files import read_data


@click.command("annex")
@click.argument("case", type=click.Path(path_type=Path))
@click.option(
    "--award",
    "award_file",
    required=True,
    type=click.Path(path_type=Path),
    help="The award file, with the answers of the checklist under annex.",
)
@click.option("--language", type=click.Choice(["fr", "nl"]), default="fr", show_default=True, help="Of the annex.")
@click.option(
    "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Write the .docx into this file."
)
@spoken_to
def write_annex(case: Path, award_file: Path, language: AnnexLanguage, output: Path) -> None:
    """Write the annex on life-cycle cost and its award clause (Word); offers in CASE are left out.

    Refused until each point of the article 68 checklist is answered: what is missing, where, and how to mend it is
    said for all of them at once.
    """
    made = annex(read_data(case), read_data(award_file), language)
    try:
        output.write_bytes(made)
    except OSError as error:
        raise UnwritableOutputError("not_written", path=output, reason=error.strerror) from error
