"""The obstacle digest: counts of obstacles over whole quarters, published without the small ones."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.digest_models import ObstacleDigest
from mpdi.helpdesk.reports import Period, count_obstacles
from mpdi.helpdesk.vocabulary import Obstacle

SMALLEST = 3
"""A count under this is not published, and not told apart from none: it could tell who asked."""


class OverlappingDigestError(MpdiError):
    """A digest over part of these months is published: the difference of two could tell a small count."""


class PeriodNotOverError(MpdiError):
    """The period of a digest has not ended."""


@dataclass(frozen=True)
class Span:
    """A quarter, a half-year or a year: what digests are made of."""

    year: int
    code: str

    @property
    def period(self) -> Period:
        """Its first and last day."""
        first, months = SPANS[self.code]
        start = datetime.date(self.year, first, 1)
        after = datetime.date(self.year + (first + months) // 13, (first + months - 1) % 12 + 1, 1)
        return Period(start, after - datetime.timedelta(days=1))


SPANS: Mapping[str, tuple[int, int]] = {
    "q1": (1, 3), "q2": (4, 3), "q3": (7, 3), "q4": (10, 3), "h1": (1, 6), "h2": (7, 6), "year": (1, 12),
}
"""First month and number of months of each span."""


def published_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Return the counts that may be published, in the order of the closed list."""
    return {each.value: counts[each.value] for each in Obstacle if counts.get(each.value, 0) >= SMALLEST}


def publish_digest(session: Session, span: Span, by: Person) -> ObstacleDigest:
    """Publish the counts of a span that is over; the same span again corrects it."""
    period = span.period
    if period.last >= clock.today():
        raise PeriodNotOverError("This period is not over yet. Choose one that is.")
    standing = _standing(session, period) or ObstacleDigest(first_day=period.first, last_day=period.last)
    counted = count_obstacles(session, period)
    standing.counts, standing.stated, standing.total = published_counts(counted.counts), counted.stated, counted.total
    standing.published_at, standing.author_id = clock.now(), by.user_id
    session.add(standing)
    session.flush()
    audit.note(session, by, "digest_published", f"digest:{standing.id}", {"first": period.first.isoformat(), "last": period.last.isoformat()})
    return standing


def _standing(session: Session, period: Period) -> ObstacleDigest | None:
    """Return the digest of the same span; `OverlappingDigestError` where another covers some of it."""
    found = None
    for digest in published_digests(session):
        if (digest.first_day, digest.last_day) == (period.first, period.last):
            found = digest
        elif digest.first_day <= period.last and period.first <= digest.last_day:
            raise OverlappingDigestError(
                f"A digest from {digest.first_day} to {digest.last_day} is published. Choose months that are in none.")
    return found


def published_digests(session: Session) -> Sequence[ObstacleDigest]:
    """Return every digest, the latest period first."""
    return session.scalars(select(ObstacleDigest).order_by(ObstacleDigest.first_day.desc())).all()
