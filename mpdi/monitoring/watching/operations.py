"""What is watched: kept in step with the settings, held while a run looks at it, its outcome noted."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.monitoring.bulk import lock_writing
from mpdi.monitoring.watching.download import Marks
from mpdi.monitoring.watching.models import WatchedKind, WatchedSource, WatchOutcome

_LONGEST_PAUSE = datetime.timedelta(days=1)
_MOST_DOUBLINGS = 10
_LONGEST_MESSAGE = 1_000


@dataclass(frozen=True, slots=True)
class Look:
    """What became of one look at a source."""

    outcome: WatchOutcome
    message: str | None = None
    marks: Marks | None = None
    size: int | None = None
    new: int = 0
    known: int = 0
    left_out: int = 0
    retry_after: datetime.timedelta | None = None

    @property
    def is_failure(self) -> bool:
        """Whether the next look waits longer each time."""
        return self.outcome in (WatchOutcome.FAILED, WatchOutcome.BUSY)


def follow_settings(session: Session, folders: Sequence[str], addresses: Sequence[str]) -> None:
    """Enter what is newly watched; forget what no longer is."""
    lock_writing(session)
    wanted = dict.fromkeys(folders, WatchedKind.FOLDER) | dict.fromkeys(addresses, WatchedKind.ADDRESS)
    session.execute(delete(WatchedSource).where(WatchedSource.address.not_in(wanted)))
    known = set(session.scalars(select(WatchedSource.address)))
    for address, kind in wanted.items():
        if address not in known:
            session.add(
                WatchedSource(kind=kind.value, address=address, outcome=WatchOutcome.WAITING.value, next_at=clock.now())
            )


def hold_next(
    session: Session, span: datetime.timedelta, looked_at: Sequence[int], is_forced: bool
) -> WatchedSource | None:
    """Return the source that is most due and that no other run looks at, held for a span; `None` where none is.

    `is_forced`: whether it is due or not. Those of `looked_at` have had their turn.
    """
    lock_writing(session)
    now = clock.now()
    free = or_(WatchedSource.held_until.is_(None), WatchedSource.held_until < now)
    query = select(WatchedSource).where(free, WatchedSource.id.not_in(looked_at)).order_by(WatchedSource.next_at)
    found = session.scalar((query if is_forced else query.where(WatchedSource.next_at <= now)).limit(1))
    if found is not None:
        found.held_until = now + span
    return found


def note(session: Session, identifier: int, look: Look, every: datetime.timedelta) -> WatchedSource | None:
    """Note what a look gave, and when the next is due; `None` where the source is no longer watched."""
    source = session.get(WatchedSource, identifier)
    if source is None:
        return None
    now = clock.now()
    source.held_until = None
    source.outcome, source.tried_at = look.outcome.value, now
    source.message = look.message[:_LONGEST_MESSAGE].replace("\0", "\ufffd") if look.message else None
    source.failures = source.failures + 1 if look.is_failure else 0
    source.next_at = now + _pause(source.failures, look.retry_after, every)
    if not look.is_failure:
        source.succeeded_at = now
    if look.outcome in (WatchOutcome.TAKEN, WatchOutcome.PARTLY, WatchOutcome.EMPTY):
        source.size, source.notices_new, source.notices_known = look.size, look.new, look.known
        source.left_out = look.left_out
    if look.marks is not None:
        source.etag, source.last_modified = look.marks.etag, look.marks.last_modified
    return source


def _pause(failures: int, asked: datetime.timedelta | None, every: datetime.timedelta) -> datetime.timedelta:
    """Until the next look: doubled with each failure, a day at most, never sooner than the server asks."""
    doubled = every * (1 << min(max(failures - 1, 0), _MOST_DOUBLINGS))
    own = max(every, min(doubled, _LONGEST_PAUSE))
    return max(own, asked) if asked is not None else own
