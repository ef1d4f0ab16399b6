"""Pages of the guides: the cards, one guide, the glossary; and for the page of a clause, the guides that name it."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Blueprint, abort, render_template
from markupsafe import Markup, escape

from mpdi import clock
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual
from mpdi.guides.errors import UnknownGuideError
from mpdi.guides.model import Guide
from mpdi.guides.numbers import filled
from mpdi.guides.reading import edition_guides
from mpdi.i18n import content_language, interface_language
from mpdi.services import services

guides = Blueprint("guides", __name__)


def _library() -> ClauseLibrary:
    with services().database.reading() as session:
        return services().library.library(session)


@dataclass(frozen=True)
class Reader:
    """The library of the moment, for the words and titles that a guide shows."""

    library: ClauseLibrary

    def said(self, text: Bilingual) -> Markup:
        """Return a text in the language of clauses, its numbers filled, marked with that language where the page has another."""
        language = content_language()
        words = escape(filled(text, language, self.library.reference.numbers, clock.today()))
        if language == interface_language():
            return words
        return Markup('<span lang="{}">{}</span>').format(language, words)

    def titles(self, identifiers: Iterable[str]) -> dict[str, Bilingual]:
        """Return the titles of those clauses that the library has."""
        known = set(self.library.identifiers)
        return {each: self.library.latest(each, clock.today()).title for each in identifiers if each in known}


@guides.get("/guides")
def guide_list() -> str:
    """List the guides by what a reader wants to do."""
    edition = edition_guides()
    return render_template(
        "guides/guide_list.html", guides=edition.all, glossary=edition.glossary, reader=Reader(_library())
    )


@guides.get("/guides/<slug>")
def guide(slug: str) -> str:
    """Show one guide, in the language in which clauses are read."""
    try:
        found = edition_guides().guide(slug)
    except UnknownGuideError:
        abort(404)
    reader = Reader(_library())
    return render_template(
        "guides/guide.html",
        guide=found,
        reader=reader,
        titles=reader.titles(clause.id for clause in found.clauses),
        instruments=reader.library.reference.instruments,
    )


@guides.get("/guides/glossary")
def glossary() -> str:
    """Show the glossary for firms, in the alphabetical order of the language in which clauses are read."""
    found, reader = edition_guides().glossary, Reader(_library())
    return render_template(
        "guides/glossary.html",
        glossary=found,
        reader=reader,
        terms=found.sorted_for(content_language()),
        titles=reader.titles(identifier for term in found.terms for identifier in term.clauses),
    )


@guides.app_template_global()
def guides_naming(identifier: str) -> tuple[Guide, ...]:
    """Return the guides that name a clause: its page shows them without knowing this feature."""
    return edition_guides().naming(identifier)
