"""Tie notices to one another: one procedure, what a change replaces, what another format says too."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from mpdi.monitoring.bulk import MANY, among_many, portions, table_of
from mpdi.monitoring.models import LinkKind, NoticeLink, NoticeLot, NoticeRecord

PREFERRED = ("eforms", "ted_export", "boamp", "ocds", "bda", "decp", "mapped")
"""Of two formats that tell of one decision the earlier one here is counted: it says more."""

# Questions that every portion asks

_NOTICE, _LINK = table_of(NoticeRecord), table_of(NoticeLink)
_KEYS = select(_NOTICE.c.procedure_key).where(among_many(_NOTICE.c.id))
_KEYS_OF_NAMES = (
    select(_LINK.c.value, _NOTICE.c.procedure_key)
    .join_from(_LINK, _NOTICE, _NOTICE.c.id == _LINK.c.record_id)
    .where(_LINK.c.kind == LinkKind.PROCEDURE.value, among_many(_LINK.c.value))
    .distinct()
)
_KEYED = select(_NOTICE.c.id, _NOTICE.c.identity, _NOTICE.c.procedure_key).where(among_many(_NOTICE.c.procedure_key))
_NAMES_OF_PROCEDURES = select(_LINK.c.record_id, _LINK.c.value).where(
    _LINK.c.kind == LinkKind.PROCEDURE.value, among_many(_LINK.c.record_id)
)
_TOLD = select(
    _NOTICE.c.procedure_key,
    _NOTICE.c.id,
    _NOTICE.c.format,
    _NOTICE.c.form_type,
    _NOTICE.c.duplicate_of_id,
    _NOTICE.c.is_current,
).where(among_many(_NOTICE.c.procedure_key))
_CURRENT = {
    value: update(_NOTICE).where(among_many(_NOTICE.c.id), _NOTICE.c.is_current.is_not(value)).values(is_current=value)
    for value in (True, False)
}
_NEW, _OLD = _LINK.alias("new"), _LINK.alias("old")
_PAIRS = tuple(
    select(_NEW.c.record_id, _OLD.c.record_id).where(
        _NEW.c.kind == LinkKind.REPLACES.value,
        _OLD.c.kind == LinkKind.NAME.value,
        _NEW.c.value == _OLD.c.value,
        _NEW.c.record_id != _OLD.c.record_id,
        among_many(side.c.record_id),
    )
    for side in (_NEW, _OLD)
)
"""Of notices that replace, and of notices that are replaced."""


def join_procedures(session: Session, names: Sequence[Sequence[str]], own: Sequence[str]) -> list[str]:
    """Return the key of the procedure of each new notice, by the names of its procedure and its own key.

    A notice that has names of two procedures makes them one.
    """
    union = _Union()
    for key, values in zip(own, names, strict=True):
        for value in values:
            union.join(key, value)
    known: set[str] = set()
    for portion in portions(sorted({value for values in names for value in values})):
        for value, key in session.execute(_KEYS_OF_NAMES, {MANY: portion}):
            union.join(value, key)
            known.add(key)
    for key in known:
        if (joined := union.of(key)) != key:
            session.execute(update(NoticeRecord).where(NoticeRecord.procedure_key == key).values(procedure_key=joined))
    return [union.of(key) for key in own]


def part_procedures(session: Session, keys: Iterable[str]) -> None:
    """Key the notices of these procedures anew: what a name tied that is gone, or names nothing, falls apart."""
    held: dict[int, tuple[str, str]] = {}
    for portion in portions(sorted(keys)):
        for number, identity, key in session.execute(_KEYED, {MANY: portion}):
            held[number] = (identity, key)
    union = _Union()
    names: dict[int, str] = {}
    for numbers in portions(sorted(held)):
        for number, value in session.execute(_NAMES_OF_PROCEDURES, {MANY: numbers}):
            union.join(names.setdefault(number, value), value)
    for number, (identity, key) in held.items():
        if (made := union.of(names.get(number, identity))) != key:
            session.execute(update(NoticeRecord).where(NoticeRecord.id == number).values(procedure_key=made))


class _Union:
    """Names that are of one thing; the smallest stands for all."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def of(self, name: str) -> str:
        """What stands for a name."""
        path = []
        while (above := self._above.get(name, name)) != name:
            path.append(name)
            name = above
        for each in path:
            self._above[each] = name
        return name

    def join(self, one: str, other: str) -> None:
        """Say that two are of one thing."""
        first, second = sorted((self.of(one), self.of(other)))
        if first != second:
            self._above[second] = first


def settle(session: Session, records: set[int]) -> None:
    """Say of these notices, and of those tied to them, which are replaced and which another format says too."""
    session.flush()
    moved = _settle_changes(session, records)
    _settle_duplicates(session, records | moved)


# What a change replaces


def _settle_changes(session: Session, records: set[int]) -> set[int]:
    """Set `is_current`; return the notices that were looked at because a change ties them to these."""
    edges = _edges(session, records)
    tied = records | {each for edge in edges for each in edge}
    edges = _that_lose_nothing(session, edges)
    left = _left_out(edges)
    for portion in portions(sorted(tied)):
        for is_current in (True, False):
            if numbers := [each for each in portion if (each not in left) is is_current]:
                session.execute(_CURRENT[is_current], {MANY: numbers})
    return tied


def _edges(session: Session, records: set[int]) -> set[tuple[int, int]]:
    """Pairs of a notice and one that it says it replaces, as far as a chain of them leads from these."""
    found: set[tuple[int, int]] = set()
    seen: set[int] = set()
    waiting = set(records)
    while waiting:
        seen |= waiting
        for portion in portions(sorted(waiting)):
            for pairs in _PAIRS:
                found |= {(one, other) for one, other in session.execute(pairs, {MANY: portion})}
        waiting = {each for edge in found for each in edge} - seen
    return found


def _that_lose_nothing(session: Session, edges: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Without releases of OCDS that leave away an outcome which an earlier one told."""
    said: dict[int, tuple[str, int, int]] = {}
    for portion in portions(sorted({each for edge in edges for each in edge})):
        found = select(NoticeRecord.id, NoticeRecord.format, NoticeRecord.results, NoticeRecord.contracts)
        for number, of_format, results, contracts in session.execute(found.where(NoticeRecord.id.in_(portion))):
            said[number] = (of_format, results, contracts)

    def loses(new: int, old: int) -> bool:
        (of_format, results, contracts), (_, before, settled) = said[new], said[old]
        return of_format == "ocds" and bool((before and not results) or (settled and not contracts))

    return {edge for edge in edges if not loses(*edge)}


def _left_out(edges: Iterable[tuple[int, int]]) -> set[int]:
    """What a chain of changes leads to from a notice that nothing replaces; in a circle all stay."""
    replaced: dict[int, set[int]] = defaultdict(set)
    for new, old in edges:
        replaced[new].add(old)
    named = {old for found in replaced.values() for old in found}
    waiting = [new for new in replaced if new not in named]
    left: set[int] = set()
    while waiting:
        for old in replaced.get(waiting.pop(), ()):
            if old not in left:
                left.add(old)
                waiting.append(old)
    return left


# What another format says too


@dataclass(frozen=True)
class _Told:
    number: int
    format: str
    stage: str | None
    lots: frozenset[str]
    duplicate_of: int | None
    is_current: bool

    @property
    def order(self) -> tuple[int, int]:
        return PREFERRED.index(self.format), self.number

    def is_told_by(self, other: "_Told") -> bool:
        """Whether another format says the same stage of the same lots."""
        return other.format != self.format and other.stage == self.stage is not None and self.lots <= other.lots


def _settle_duplicates(session: Session, records: set[int]) -> None:
    keys: set[str] = set()
    for numbers in portions(sorted(records)):
        keys |= set(session.scalars(_KEYS, {MANY: numbers}))
    for portion in portions(sorted(keys)):
        for group in _groups(session, portion):
            _settle_group(session, group)


def _groups(session: Session, keys: Sequence[str]) -> Iterator[list[_Told]]:
    """The notices of each procedure that more than one format tells of, or did."""
    found: dict[str, list[tuple[int, str, str | None, int | None, bool]]] = defaultdict(list)
    for key, number, of_format, stage, duplicate, current in session.execute(_TOLD, {MANY: keys}):
        found[key].append((number, of_format, stage, duplicate, current))
    for rows in found.values():
        if len({row[1] for row in rows}) > 1 or any(row[3] for row in rows):
            lots = _lots(session, [row[0] for row in rows])
            yield [_Told(row[0], row[1], row[2], frozenset(lots[row[0]]), row[3], row[4]) for row in rows]


def _lots(session: Session, records: Sequence[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for portion in portions(records):
        lots = select(NoticeLot.record_id, NoticeLot.lot).where(
            NoticeLot.record_id.in_(portion), NoticeLot.kind == "lot", NoticeLot.lot.is_not(None)
        )
        for record, lot in session.execute(lots):
            found[record].add(_plainly(lot or ""))
    return found


def _plainly(lot: str) -> str:
    """An identifier as formats can be compared: `LOT-0001`, `Perceel 1` and `1` are one."""
    number = re.fullmatch(r"\D*0*(\d+)", lot)
    return number[1] if number else lot.casefold()


def _settle_group(session: Session, group: list[_Told]) -> None:
    kept: list[_Told] = []
    for each in sorted(group, key=lambda told: told.order):
        teller = next((other for other in kept if each.is_told_by(other)), None) if each.is_current else None
        if each.is_current and teller is None:
            kept.append(each)
        number = teller.number if teller else None
        if number != each.duplicate_of:
            session.execute(update(NoticeRecord).where(NoticeRecord.id == each.number).values(duplicate_of_id=number))
