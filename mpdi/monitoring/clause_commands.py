"""`mpdi clauses find`, and the option `--find-clauses` of `mpdi notices`."""

import sys
from collections.abc import Collection
from pathlib import Path

import click

from mpdi import clock
from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.clause_library.queries import read_library
from mpdi.command_line import open_database, print_json, say
from mpdi.config import load_settings
from mpdi.database import Database
from mpdi.monitoring.clause_operations import find_in_notices
from mpdi.monitoring.found_clauses.model import FoundClause, UnreadableTextError
from mpdi.monitoring.found_clauses.reading import LARGEST, searched_file
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.monitoring.found_clauses.tongue import LIBRARY, SEARCHED
from mpdi.specifications.skeleton import fixed_texts

find_option = click.option(
    "--find-clauses",
    "is_finding",
    is_flag=True,
    help="Then look for clauses of the library in the notices not searched yet: slow, some notices a second.",
)


@click.command("find")
@click.argument("file", type=click.Path(allow_dash=True))
@click.option(
    "--language",
    type=click.Choice(["fr", "nl"]),
    default="fr",
    show_default=True,
    help="Of the titles of clauses; French, Dutch and English texts are searched.",
)
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="json prints JSON and nothing else.",
)
def find_command(file: str, language: str, output_format: str) -> None:
    """Find the clauses of the library in a .docx, a PDF, a notice or a text (- for standard input).

    Also where words were changed or translated, with the share of the clause's text that stands there. Exit 0: done, also where nothing was
    found; 2: the file cannot be read.
    """
    text = searched_file(_content(file), Path(file).name)
    database = open_database()
    search = open_search(database)
    found = search.find(text)
    if not search.meaning.is_ready:
        say("By words alone: there are no vectors. Run: mpdi clauses index")
    if output_format == "json":
        print_json([each.as_plain() for each in found])
        return
    for each in found:
        title = search.words.library.versions(each.id)[-1].title[language]
        click.echo(f"{each.id}@{each.version}\t{each.language}\t{each.share:.0%}\t{_how(each)}\t¶{each.place}\t{title}")
    if not found:
        click.echo("No clause of the library was found.")


def open_search(database: Database, languages: Collection[str] = SEARCHED) -> FoundClauseSearch:
    """The search over the library of this installation; `languages`: of what is searched by meaning."""
    settings = load_settings()
    with database.reading() as session:
        library = read_library(session)
    meaning = ClauseSearch(settings.index_folder, settings.cache_folder).meaning
    return FoundClauseSearch.over(library, clock.today(), meaning, fixed_texts(), languages)


def find_in_all(database: Database) -> None:
    """Search the notices that were not searched yet; say how many, on standard error.

    By meaning in the languages of the library alone: nobody looks at what is found, and English notices gave false links.
    """
    searched, found = find_in_notices(
        database, open_search(database, LIBRARY), lambda number: say(f"{number:,} searched")
    )
    say(f"{searched:,} notices searched: {found:,} clauses found.")


def _how(found: FoundClause) -> str:
    return found.how.value if found.similarity is None else f"{found.how.value} {found.similarity:.2f}"


def _content(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST + 1)
    except OSError as error:
        raise UnreadableTextError(f"{file}: cannot be read ({error.strerror}).") from error
