"""`mpdi clauses …`."""

import sys
from pathlib import Path

import click

from mpdi import clock
from mpdi.clause_library.check_commands import check, register
from mpdi.clause_library.comparison import compare
from mpdi.clause_library.core.evaluation import evaluate, read_scenarios
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.core.search.cpv_finder import CpvFinder
from mpdi.clause_library.evaluation_report import evaluation_json, evaluation_lines
from mpdi.clause_library.operations import export_edition
from mpdi.clause_library.presentation import clause_json, clause_summary
from mpdi.clause_library.queries import read_library
from mpdi.command_line import format_option, open_database, print_json, say, show_progress
from mpdi.config import Settings, load_settings

language_option = click.option("--language", type=click.Choice(["fr", "nl"]), default="fr", show_default=True)


@click.group("clauses")
def clauses() -> None:
    """The clause library: check, list, show, search, compare, export."""


clauses.add_command(check)
clauses.add_command(register)


def _library() -> ClauseLibrary:
    with open_database().reading() as session:
        return read_library(session)


def _current(library: ClauseLibrary) -> list[ClauseVersion]:
    return [library.latest(identifier, clock.today()) for identifier in library.identifiers]


@clauses.command("list")
@format_option
def list_clauses(output_format: str) -> None:
    """List the clauses, each in its version in force."""
    current = _current(_library())
    if output_format == "json":
        print_json([clause_summary(version) for version in current])
        return
    for version in current:
        click.echo(
            f"{version.id:<14} {version.version!s:<8} {version.register.status:<10} {version.title.fr} | {version.title.nl}"
        )


@clauses.command()
@click.argument("clause")
@format_option
def show(clause: str, output_format: str) -> None:
    """Show everything about CLAUSE, such as ENV-CLEAN-001 or ENV-CLEAN-001@1.0.0."""
    identifier, _, number = clause.partition("@")
    library = _library()
    version = library.version(identifier, number) if number else library.latest(identifier, clock.today())
    if output_format == "json":
        print_json(clause_json(version))
        return
    for language in ("fr", "nl"):
        click.echo(f"{version.reference} [{language}] {version.title[language]}\n")
        for paragraph in version.text:
            click.echo(f"  {paragraph.part}: {' '.join(paragraph.text[language].split())}\n")


@clauses.command()
@click.argument("words", nargs=-1, required=True)
@language_option
@format_option
def search(words: tuple[str, ...], language: str, output_format: str) -> None:
    """Find clauses by words and by meaning."""
    open_database()
    settings = load_settings()
    result = ClauseSearch(settings.index_folder, settings.cache_folder).search(" ".join(words), language)
    rows = [
        {
            "id": hit.id,
            "title": hit.title[language],
            "score": round(hit.score, 6),
            "excerpt": "".join(text for text, _ in hit.excerpt),
        }
        for hit in result.hits
    ]
    if not result.is_by_meaning:
        say("By words alone.")
    if output_format == "json":
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['id']:<14} {row['title']}\n    {row['excerpt']}")


@clauses.command()
@click.argument("identifier")
@click.argument("older")
@click.argument("newer")
@language_option
def diff(identifier: str, older: str, newer: str, language: str) -> None:
    """Compare two versions of a clause, word by word: [-removed-] {+added+}."""
    library = _library()
    signs = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    wanted = "nl" if language == "nl" else "fr"
    for section in compare(library.version(identifier, older), library.version(identifier, newer), wanted):
        if section.is_changed:
            words = " ".join(signs[change.kind].format(change.text) for change in section.changes)
            click.echo(f"{section.place}: {words}\n")


@clauses.command("evaluate")
@click.option(
    "--scenarios",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("tests/scenarios"),
    show_default=True,
    help="A folder of answers files with `expect: {must, must_not, may}`.",
)
@format_option
def evaluate_selection(scenarios: Path, output_format: str) -> None:
    """Compare what the rules select with what purchase scenarios expect: recall, precision, every miss with its rule."""
    outcomes = evaluate(_library(), read_scenarios(scenarios, clock.today()))
    if output_format == "json":
        print_json(evaluation_json(outcomes))
    else:
        for line in evaluation_lines(outcomes):
            click.echo(line)
    sys.exit(1 if any(outcome.misses for outcome in outcomes) else 0)


@clauses.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
def export(target: Path) -> None:
    """Write the library back as files into TARGET: same texts, same digests."""
    with open_database().reading() as session:
        say(f"{export_edition(session, target)} versions in {target}")


@clauses.command()
def index() -> None:
    """Build the search index and the vectors anew."""
    settings = load_settings()
    current = _current(_library())
    ClauseSearch(settings.index_folder, settings.cache_folder).rebuild(current, show_progress)
    build_cpv_vectors(settings)
    say(f"{len(current)} clauses indexed.")


def build_cpv_vectors(settings: Settings) -> None:
    """Make the vectors of the CPV names where they are missing: some twenty seconds, once."""
    finder = CpvFinder(settings.cache_folder)
    if not finder.is_by_meaning:
        say("CPV names: making their vectors, once (about half a minute) …")
        finder.build()
