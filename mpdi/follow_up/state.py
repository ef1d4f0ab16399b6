"""How each check of a log stands on a day, from its entries: pure, nothing of it is stored."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mpdi.follow_up.frozen import FrozenCheck, FrozenPlan
from mpdi.follow_up.vocabulary import EntryKind, Standing
from mpdi.specifications.verification_dates import execution_of, schedule_of

NOW_DAYS, SOON_DAYS = 14, 60
"""A check due within so many days is one to make now, or soon. A choice of this project, not of law."""
EACH_TIME = ("each_delivery", "each_invoice")
_LOOKED = (EntryKind.DONE, EntryKind.SHORTCOMING)


@dataclass(frozen=True)
class Entry:
    """One thing noted. `data`: words by field; `is_undone`: taken back by a later entry, which stands too."""

    number: int
    check_key: str
    kind: EntryKind
    day: datetime.date
    data: Mapping[str, Any]
    written_at: datetime.datetime
    is_undone: bool = False


def mark_undone(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries in order, each with whether a later one took it back."""
    undone = {entry.data.get("number") for entry in entries if entry.kind is EntryKind.UNDO}
    return [
        Entry(each.number, each.check_key, each.kind, each.day, each.data, each.written_at, each.number in undone)
        for each in sorted(entries, key=lambda entry: entry.number)
    ]


@dataclass(frozen=True)
class CheckState:
    """One check, what was noted about it, and how it stands.

    `due`: the day on which it is due next, None where none follows from the contract or nothing is left to do.
    `open_shortcoming`: the last shortcoming that nothing made good yet.
    """

    check: FrozenCheck
    dates: tuple[datetime.date, ...]
    standing: Standing
    due: datetime.date | None
    open_shortcoming: Entry | None
    entries: tuple[Entry, ...] = field(default_factory=tuple)

    @property
    def effective(self) -> tuple[Entry, ...]:
        """The entries that count: none that was taken back, none that took back."""
        return tuple(each for each in self.entries if not each.is_undone and each.kind is not EntryKind.UNDO)

    @property
    def last(self) -> Entry | None:
        """The last entry that counts."""
        return self.effective[-1] if self.effective else None

    @property
    def revision(self) -> int:
        """The number of the last entry of any kind: what a page of this check was made from."""
        return self.entries[-1].number if self.entries else 0

    @property
    def open_dates(self) -> tuple[datetime.date, ...]:
        """The days for which nothing was noted yet."""
        return _open_dates(self.dates, self.effective)

    def due_on(self, day: datetime.date) -> datetime.date | None:
        """Return the day that a look on a day counts for: the end of the period it lies in, after the last one the last.

        None where that period was looked at already, or where nothing is dated.
        """
        ends = self._end_of_period(day)
        return ends if ends in self.open_dates else None

    def open_until(self, day: datetime.date) -> tuple[datetime.date, ...]:
        """Return the open days up to the end of the period that a day lies in."""
        ends = self._end_of_period(day)
        return tuple(each for each in self.open_dates if ends is not None and each <= ends)

    def _end_of_period(self, day: datetime.date) -> datetime.date | None:
        return next((each for each in self.dates if each >= day), self.dates[-1] if self.dates else None)

    @property
    def counted_later(self) -> Entry | None:
        """The first look that was counted for a later day than the one that is late: a visit is counted for its own period."""
        if self.standing is not Standing.LATE or self.due is None:
            return None
        late = self.due.isoformat()
        looks = (each for each in self.effective if each.kind in _LOOKED and "until" not in each.data)
        return next((each for each in looks if each.data.get("due", "") > late), None)

    @property
    def counted_instead(self) -> Entry | None:
        """The last look that was moved from one day to another, while the day it was moved from is still open."""
        moved = (each for each in reversed(self.of_kind(EntryKind.DONE)) if each.data.get("instead_of"))
        opened = {day.isoformat() for day in self.open_dates}
        return next((each for each in moved if each.data["instead_of"] in opened), None)

    def may_count_for(self, number: int) -> tuple[Entry, datetime.date] | None:
        """Return a look and the day that it may be counted for instead of its own; None where nothing is offered.

        A shortcoming stays with the day for which it was found: the penalty procedure rests on it.
        """
        later, moved = self.counted_later, self.counted_instead
        if later is not None and later.number == number and later.kind is EntryKind.DONE and self.due is not None:
            return later, self.due
        if moved is not None and moved.number == number:
            return moved, datetime.date.fromisoformat(moved.data["instead_of"])
        return None

    def of_kind(self, kind: EntryKind) -> tuple[Entry, ...]:
        """Return the entries of a kind that count, in order."""
        return tuple(each for each in self.effective if each.kind is kind)


def states(
    plan: FrozenPlan, start: datetime.date | None, entries: Iterable[Entry], today: datetime.date
) -> tuple[CheckState, ...]:
    """Return every check of a plan as it stands on a day, in the order of the plan. `entries`: as `mark_undone` gives them."""
    by_key: dict[str, list[Entry]] = {}
    for entry in entries:
        by_key.setdefault(entry.check_key, []).append(entry)
    return tuple(_state(each, plan, start, tuple(by_key.get(each.key, ())), today) for each in plan.checks)


def _state(
    check: FrozenCheck, plan: FrozenPlan, start: datetime.date | None, entries: tuple[Entry, ...], today: datetime.date
) -> CheckState:
    dates = dates_of(check, plan, start)
    bare = CheckState(check, dates, Standing.DONE, None, None, entries)
    shortcoming = _open_shortcoming(bare.effective)
    is_dropped = any(each.kind is EntryKind.NOT_APPLICABLE for each in bare.effective)
    left = () if is_dropped else bare.open_dates
    due = left[0] if left else None
    standing = _standing(check, bare, due, is_dropped, today) if shortcoming is None else Standing.SHORTCOMING
    return CheckState(check, dates, standing, due, shortcoming, entries)


def dates_of(check: FrozenCheck, plan: FrozenPlan, start: datetime.date | None) -> tuple[datetime.date, ...]:
    """Return the days on which a check is due; none where the start or the duration is not known."""
    if check.is_conditional:
        return ()
    months = None if plan.months is None else Decimal(plan.months)
    return schedule_of(check.moment, execution_of(start, months)).dates


def _open_dates(dates: Sequence[datetime.date], entries: Sequence[Entry]) -> tuple[datetime.date, ...]:
    covered = [_covered(each.data) for each in entries if each.kind in _LOOKED and each.data.get("due")]
    return tuple(day for day in dates if not any(first <= day.isoformat() <= last for first, last in covered))


def _covered(data: Mapping[str, Any]) -> tuple[str, str]:
    """The first and the last day that an entry counts for: the same one, but where many were noted at once."""
    return data["due"], data.get("until") or data["due"]


def _open_shortcoming(entries: Sequence[Entry]) -> Entry | None:
    found: Entry | None = None
    for entry in entries:
        if entry.kind is EntryKind.SHORTCOMING:
            found = entry
        elif entry.kind in (EntryKind.RESOLVED, EntryKind.NOT_APPLICABLE):
            found = None
    return found


def _standing(
    check: FrozenCheck, state: CheckState, due: datetime.date | None, is_dropped: bool, today: datetime.date
) -> Standing:
    if is_dropped:
        return Standing.DONE
    if due is not None:
        return _by_day((due - today).days)
    if state.dates:
        return Standing.DONE
    if check.is_conditional:
        return Standing.ONLY_IF
    if check.moment in EACH_TIME:
        return Standing.EACH_TIME
    return Standing.DONE if any(each.kind in _LOOKED for each in state.effective) else Standing.UNDATED


def _by_day(days: int) -> Standing:
    if days < 0:
        return Standing.LATE
    if days <= NOW_DAYS:
        return Standing.NOW
    return Standing.SOON if days <= SOON_DAYS else Standing.LATER
