"""Searching tickets by words: each word typed stands at the beginning of a word of the ticket.

Few tickets are taken from the index over all words. Where very many tickets hold the words, they are looked at in the
order of the list until a page is full: the index would hand over thousands of which fifty are shown.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import Session

from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.word_models import FTS_TABLE, TicketWords
from mpdi.helpdesk.word_operations import cut

FEW = 2_000
"""Up to so many tickets are taken from the index and counted whole."""
_FTS = table(FTS_TABLE, column("rowid", Integer))
_NUMBER = re.compile(r"MPDI-\d{4}-\d{5,}", re.IGNORECASE)


@dataclass(frozen=True)
class WordCondition:
    """The condition for the tickets that hold all words: the same ones, said as paging and as counting do it best."""

    paging: ColumnElement[bool]
    counting: ColumnElement[bool]
    are_many: bool = False


@dataclass(frozen=True)
class _Sought:
    """A folded word: to be found whole, or as the beginning of one."""

    word: str
    is_whole: bool


def holding(session: Session, asked: Sequence[str]) -> WordCondition:
    """Return the condition for what was typed; asks the index, in one statement, whether they are many."""
    numbers = [Ticket.number == word.upper() for word in asked if _NUMBER.fullmatch(word)]
    others = [_sought(word) for word in asked if not _NUMBER.fullmatch(word)]
    sought = [each for found in others for each in found]
    if not all(others):
        return WordCondition(false(), false())
    if numbers:
        of_number = and_(*numbers, *(_is_said(session, each) for each in sought))
        return WordCondition(of_number, of_number)
    some = session.scalars(_ids(session, sought).limit(FEW + 1)).all()
    if len(some) <= FEW:
        among = _is_among(session, some)
        return WordCondition(among, among)
    said, joined = and_(*(_is_said(session, each) for each in sought)), _is_joined(session, sought)
    return WordCondition(said, joined, are_many=True)


def saying_any(session: Session, words: Collection[str], least: int) -> ColumnElement[bool]:
    """Return the condition for the tickets that hold at least so many of these folded words, each as the beginning of one."""
    groups = [[_Sought(word, is_whole=False) for word in group] for group in combinations(sorted(words), least)]
    if not groups:
        return false()
    if _is_sqlite(session):
        wanted = " OR ".join(f"({_as_fts(group, ' AND ')})" for group in groups)
        return Ticket.id.in_(select(_FTS.c.rowid).where(_in_fts(wanted)))
    wanted = " | ".join(f"({_as_tsquery(group)})" for group in groups)
    return Ticket.id.in_(select(TicketWords.ticket_id).where(_in_vector(wanted)))


def _sought(word: str) -> list[_Sought]:
    """Return the parts of a word as typed: “d'éco” is d, whole, and what begins with eco."""
    parts = cut(word)
    return [_Sought(part, number < len(parts)) for number, part in enumerate(parts, 1)]


def _is_sqlite(session: Session) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _ids(session: Session, sought: Sequence[_Sought]) -> Select[tuple[int]]:
    """Return the query of the index. Words hold letters and digits only, so that quotes need no care."""
    number = _FTS.c.rowid if _is_sqlite(session) else TicketWords.ticket_id
    return select(number).where(_is_in_index(session, sought))


def _is_in_index(session: Session, sought: Sequence[_Sought]) -> ColumnElement[bool]:
    if not _is_sqlite(session):
        return _matches(sought)
    return _in_fts(_as_fts(sought, " "))


def _as_fts(sought: Sequence[_Sought], between: str) -> str:
    return between.join(f'"{each.word}"{"" if each.is_whole else " *"}' for each in sought)


def _in_fts(wanted: str) -> ColumnElement[bool]:
    return literal_column(FTS_TABLE).op("MATCH", is_comparison=True)(wanted)


def _is_joined(session: Session, sought: Sequence[_Sought]) -> ColumnElement[bool]:
    """Tie tickets to the index, which hands them over one by one: who needs five hundred stops there.

    `+ 0`: not the other way round, the index asked anew for each ticket.
    """
    number = _FTS.c.rowid if _is_sqlite(session) else TicketWords.ticket_id
    return and_(Ticket.id == number + 0, _is_in_index(session, sought))


def _matches(sought: Sequence[_Sought]) -> ColumnElement[bool]:
    return _in_vector(_as_tsquery(sought))


def _as_tsquery(sought: Sequence[_Sought]) -> str:
    return " & ".join(f"'{each.word}'{'' if each.is_whole else ':*'}" for each in sought)


def _in_vector(wanted: str) -> ColumnElement[bool]:
    return TicketWords.words.op("@@", is_comparison=True)(cast(literal(wanted, String), TSQUERY))


def _is_among(session: Session, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Say the numbers as one value: thousands of parameters would take longer than the search."""
    if _is_sqlite(session):
        listed = func.json_each(json.dumps(list(numbers))).table_valued(column("value", Integer))
        return Ticket.id.in_(select(listed.c.value))
    return Ticket.id == func.any(literal(list(numbers), ARRAY(Integer)))


def _is_said(session: Session, each: _Sought) -> ColumnElement[bool]:
    """Whether the words of one ticket hold it: a look at one row, of which few are needed."""
    if _is_sqlite(session):
        line = literal(" ", String) + type_coerce(TicketWords.words, String) + literal(" ", String)
        holds: ColumnElement[bool] = line.like(f"% {each.word}{' ' if each.is_whole else ''}%")
    else:
        holds = _matches([each])
    # A value of its own and no EXISTS: the database is not to turn it round and begin with the words.
    return select(holds).where(TicketWords.ticket_id == Ticket.id).scalar_subquery()
