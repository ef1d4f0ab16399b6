"""Clauses found in notices that were taken in: searched on request, portion by portion, kept beside the notice."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.database import Database
from mpdi.monitoring.clause_models import NoticeClause, NoticeClauseSearch
from mpdi.monitoring.found_clauses.model import FoundClause, SearchedText
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.values import text

_WAY = "2"
"""Of searching: another number lets every notice be searched again."""
_AT_ONCE = 50


def edition_of(search: FoundClauseSearch) -> str:
    """Which library is searched, and how, in twelve digits."""
    library, day = search.words.library, search.words.day
    parts = [library.latest(identifier, day).digest for identifier in library.identifiers]
    parts += [_WAY, str(search.meaning.is_ready)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def find_in_notices(
    database: Database, search: FoundClauseSearch, watch: Callable[[int], None] = lambda _: None
) -> tuple[int, int]:
    """Search every notice that counts and was not searched with this library; return how many, and how many clauses.

    May be ended at any moment: what was searched is kept. `watch` is told the number of notices after each portion.
    """
    edition = edition_of(search)
    searched = found = last = 0
    while True:
        with database.reading() as session:
            waiting = _waiting(session, edition, last)
        if not waiting:
            return searched, found
        results = [(number, search.find(SearchedText(texts)) if texts else []) for number, texts in waiting]
        last = waiting[-1][0]
        with database.writing() as session:
            found += _keep(session, edition, results)
        searched += len(results)
        watch(searched)


def _waiting(session: Session, edition: str, after: int) -> list[tuple[int, tuple[str, ...]]]:
    done = select(NoticeClauseSearch.record_id).where(NoticeClauseSearch.edition == edition)
    query = (
        select(NoticeRecord.id, NoticeRecord.whole)
        .where(NoticeRecord.id > after, NoticeRecord.is_current, NoticeRecord.duplicate_of_id.is_(None))
        .where(NoticeRecord.id.not_in(done))
        .order_by(NoticeRecord.id)
        .limit(_AT_ONCE)
    )
    return [(number, notice_texts(whole)) for number, whole in session.execute(query)]


def notice_texts(whole: dict[str, Any]) -> tuple[str, ...]:
    """The free texts of a notice, each once, as `found_clauses.reading.searched_notice` has them."""
    values = (each.get("value") for each in whole.get("texts") or ())
    return tuple(dict.fromkeys(value for value in values if isinstance(value, str) and value.strip()))


def _keep(session: Session, edition: str, results: Iterable[tuple[int, Sequence[FoundClause]]]) -> int:
    """Write what was found in the place of what was; a notice that went meanwhile is left out."""
    by_number = dict(results)
    there = list(session.scalars(select(NoticeRecord.id).where(NoticeRecord.id.in_(by_number))))
    session.execute(delete(NoticeClause).where(NoticeClause.record_id.in_(there)))
    session.execute(delete(NoticeClauseSearch).where(NoticeClauseSearch.record_id.in_(there)))
    now = clock.now()
    session.add_all(NoticeClauseSearch(record_id=number, edition=edition, searched_at=now) for number in there)
    rows = [_row(number, each) for number in there for each in by_number[number]]
    session.add_all(rows)
    return len(rows)


def _row(number: int, found: FoundClause) -> NoticeClause:
    return NoticeClause(
        record_id=number,
        clause_id=found.id,
        version=found.version,
        language=found.language,
        how=found.how.value,
        share=found.share,
        words=text(found.words) or "",
        place=found.place,
        similarity=found.similarity,
    )
