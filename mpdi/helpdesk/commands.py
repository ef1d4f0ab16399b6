"""`mpdi helpdesk …`."""

import click

from mpdi.clause_library.core.search import ClauseSearch
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.config import load_settings
from mpdi.helpdesk.article_search import ArticleSearch
from mpdi.helpdesk.core import Suggestion, SuggestionService
from mpdi.helpdesk.routing import articles_of


@click.group("helpdesk")
def helpdesk() -> None:
    """The helpdesk: what is suggested for a question."""


@helpdesk.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--language", type=click.Choice(["fr", "nl"]), default="fr", show_default=True)
@format_option
def suggest(text: tuple[str, ...], language: str, output_format: str) -> None:
    """Suggest who answers TEXT, its nature and obstacles, clauses and articles; each with its reason."""
    open_database()
    settings = load_settings()
    search = ClauseSearch(settings.index_folder, settings.cache_folder)
    articles = articles_of(ArticleSearch(settings.home / "articles"))
    found = SuggestionService(settings.cache_folder, search, articles).suggest(" ".join(text), language)
    if not found.is_by_meaning:
        say("By words alone.")
    if output_format == "json":
        print_json(found.as_json())
        return
    _print(found)


def _print(found: Suggestion) -> None:
    values = [found.route, found.question_nature, *found.obstacles]
    rows = [(str(value), found.reasons.get(str(value), "")) for value in values]
    for name, why in [*rows, *found.clauses, *found.articles]:
        click.echo(f"{name:<14} {why}")
