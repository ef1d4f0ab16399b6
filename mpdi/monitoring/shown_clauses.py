"""What a page shows of a clause that was found: its title, its newer version, its differences; those of a stored notice."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.clause_library.comparison import Change, compare_words
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Language
from mpdi.i18n import translate as _
from mpdi.monitoring.clause_models import NoticeClause
from mpdi.monitoring.clause_operations import notice_texts
from mpdi.monitoring.clause_queries import clauses_in
from mpdi.monitoring.found_clauses.model import FoundClause, How
from mpdi.monitoring.models import NoticeRecord
from mpdi.services import services

_MOST_WORDS = 2_000
"""Of a passage that is compared word by word; a page of a PDF has some five hundred."""
_MOST_COMPARED = 30
"""Clauses whose differences are shown: each takes some tenths of a second."""
_WHOLE = 0.9995


@dataclass(frozen=True)
class ShownClause:
    """A clause that was found, with what the page says of it."""

    found: FoundClause
    version: ClauseVersion
    latest: str
    """The version in force, or the newest."""
    changes: Sequence[Change]
    """From the clause's text to that of the document; empty where they are the same, or not compared."""


def how_words() -> dict[str, str]:
    """By what clauses are found, in words."""
    return {
        How.TAG.value: _("the file names it"),
        How.WORDS.value: _("the same words"),
        How.MEANING.value: _("the same meaning"),
    }


def shown_clauses(
    found: Sequence[FoundClause], paragraphs: Sequence[str], library: ClauseLibrary
) -> Iterator[ShownClause]:
    """Yield what is shown of clauses found in these paragraphs; the differences of the first thirty that have some."""
    compared = 0
    for each in found:
        version = library.version(each.id, each.version)
        latest = str(library.latest(each.id, clock.today()).version)
        changes: Sequence[Change] = ()
        if each.how is not How.MEANING and each.share < _WHOLE and compared < _MOST_COMPARED:
            changes = _changes(each, version, paragraphs)
            compared += 1
        yield ShownClause(each, version, latest, changes)


def clauses_of_notice(session: Session, record: NoticeRecord) -> list[ShownClause]:
    """Return the stored links of a notice; none where it was never searched, or the library lost the version."""
    stored = clauses_in(session, record.id)
    if not stored:
        return []
    library = services().library.library(session)
    found = [_found(each) for each in stored if _is_known(each, library)]
    return list(shown_clauses(found, notice_texts(record.whole), library))


def _found(stored: NoticeClause) -> FoundClause:
    return FoundClause(
        stored.clause_id,
        stored.version,
        stored.language,
        How(stored.how),
        stored.share,
        stored.words,
        stored.place,
        stored.similarity,
    )


def _is_known(stored: NoticeClause, library: ClauseLibrary) -> bool:
    if stored.clause_id not in library.identifiers:
        return False
    return any(str(each.version) == stored.version for each in library.versions(stored.clause_id))


def _changes(found: FoundClause, version: ClauseVersion, paragraphs: Sequence[str]) -> Sequence[Change]:
    """From the clause's printed text to the paragraphs of the document in which it stands."""
    language: Language = "nl" if found.language == "nl" else "fr"
    passage = " ".join(paragraphs[found.place - 1 : found.ends or found.place])
    own = " ".join(paragraph.text[language] for paragraph in version.text if paragraph.is_printed)
    if max(len(passage.split()), len(own.split())) > _MOST_WORDS:
        return ()
    return tuple(compare_words(own, passage))
