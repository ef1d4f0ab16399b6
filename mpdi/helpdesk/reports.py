"""Figures of the helpdesk over a period: how much, how fast, about what; each with what it is a share of and how much is known.

What was not stated is never counted as “no”: it lowers the coverage. Methods and their limits: `docs/reports.md`.
"""

import datetime
import math
import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.authorities import register
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.article_queries import all_published
from mpdi.helpdesk.models import SuggestionUse, Ticket, TicketEvent, TicketReference
from mpdi.helpdesk.vocabulary import AskerKind, Route, TicketState
from mpdi.helpdesk.working_days import working_hours_between
from mpdi.references import Reference, ReferenceKind

LONGEST_PERIOD = datetime.timedelta(days=366 * 5)


class ImpossiblePeriodError(MpdiError):
    """A period ends before it begins, or is longer than five years."""


@dataclass(frozen=True)
class Period:
    """Days from the first to the last, both in it, in Brussels."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        if self.last < self.first or self.last - self.first > LONGEST_PERIOD:
            raise ImpossiblePeriodError("Choose a last day after the first, at most five years later.")

    @property
    def begins(self) -> datetime.datetime:
        """The first moment in it, in UTC."""
        return _midnight(self.first)

    @property
    def ends(self) -> datetime.datetime:
        """The first moment after it, in UTC."""
        return _midnight(self.last + datetime.timedelta(days=1))


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=clock.BRUSSELS).astimezone(datetime.UTC)


@dataclass(frozen=True)
class Rate:
    """A share: `numerator` of `denominator`, the records where it is known, out of `total` in all."""

    numerator: int
    denominator: int
    total: int

    @property
    def value(self) -> float | None:
        """The share; None where nothing is known."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def coverage(self) -> float | None:
        """Of how much it is known; None where there is nothing."""
        return self.denominator / self.total if self.total else None


@dataclass(frozen=True)
class Delay:
    """Working hours until the first answer, over the questions answered; the others wait still."""

    median: float | None
    ninth_decile: float | None
    answered: int
    total: int


@dataclass(frozen=True)
class ReportRow:
    """One value of a dimension: the questions that have it, their share, and how fast they were answered."""

    code: str
    rate: Rate
    delay: Delay


@dataclass(frozen=True)
class Breakdown:
    """Questions by one dimension. A question may have several values of some (obstacle, clause): shares then exceed 1 together."""

    dimension: str
    rows: tuple[ReportRow, ...]
    known: int
    total: int


@dataclass(frozen=True)
class Week:
    """A week from Monday: questions asked in it, and those of them answered so far."""

    monday: datetime.date
    asked: int
    answered: int


@dataclass(frozen=True)
class ArticleUse:
    """An article as a suggestion: of how many times it was shown, how many it answered the question."""

    slug: str
    titles: tuple[str, str]
    helped: Rate


@dataclass(frozen=True)
class Report:
    """All figures of a period."""

    period: Period
    total: int
    weeks: tuple[Week, ...]
    delay: Delay
    breakdowns: tuple[Breakdown, ...]
    route_right: Rate
    """Of the questions that somebody answered, took or sent on, those still at the body first suggested."""
    suggestions: Rate
    """Of the suggestions said to help, those after which the question was not sent."""
    articles: tuple["ArticleUse", ...] = ()
    """Published articles that were ever shown to somebody who asks, since they stand: no period."""


@dataclass(frozen=True)
class _Question:
    ticket: Any
    hours: float | None
    clauses: tuple[str, ...]
    was_seen: bool = False
    """Somebody of the helpdesk answered it, took it, handed it over or sent it to another body."""


Values = Callable[[_Question], Iterable[str]]
"""The values of a question in a dimension; none where it is not stated."""


def _level(question: _Question) -> list[str]:
    body = register().get(question.ticket.authority_id or "")
    return [body.level] if body else []


def _stated(column: str, guess: str = "") -> Values:
    """What a column states; not what the rules guessed and nobody confirmed."""

    def values(question: _Question) -> list[str]:
        value = getattr(question.ticket, column)
        return [value] if value and not (guess and guess in question.ticket.guesses) else []

    return values


DIMENSIONS: dict[str, Values] = {
    "route": _stated("route"),
    "nature": _stated("question_nature", "nature"),
    "category": _stated("category", "category"),
    "level": _level,
    "obstacle": lambda question: question.ticket.obstacles,
    "clause": lambda question: question.clauses,
    "language": _stated("language"),
    "door": lambda question: [kind] if (kind := question.ticket.asker_kind) != AskerKind.UNKNOWN.value else [],
}
"""What questions are broken down by. The level of authority only for buyers' questions."""
_COLUMNS = (
    Ticket.id, Ticket.created_at, Ticket.first_answered_at, Ticket.route, Ticket.suggested_route, Ticket.question_nature,
    Ticket.category, Ticket.authority_id, Ticket.obstacles, Ticket.language, Ticket.asker_kind,
    Ticket.guesses, Ticket.assignee_id,
)
_SEEN = ("answered", "assigned", "handed_over", "rerouted")


def report(session: Session, period: Period) -> Report:
    """Return the figures of the questions asked in a period; merged ones are counted once, with the one they went into."""
    questions = _questions(session, period)
    seen = [each.ticket for each in questions if each.was_seen]
    right = sum(ticket.route == ticket.suggested_route != Route.UNKNOWN for ticket in seen)
    return Report(
        period, len(questions), _weeks(questions, period), delay_of(questions),
        tuple(_breakdown(name, values, questions) for name, values in DIMENSIONS.items()),
        Rate(right, len(seen), len(questions)), _suggestions(session, period), _article_uses(session),
    )


def _questions(session: Session, period: Period) -> list[_Question]:
    inside = (Ticket.created_at >= period.begins, Ticket.created_at < period.ends, Ticket.state != TicketState.MERGED.value)
    named: dict[int, dict[str, None]] = {}
    pointing = select(TicketReference.ticket_id, TicketReference.reference).join(Ticket).where(*inside)
    for ticket_id, reference in session.execute(pointing.where(TicketReference.reference.like("clause%"))):
        named.setdefault(ticket_id, {})[reference.partition(":")[2].partition("@")[0]] = None
    rows = session.execute(select(*_COLUMNS).where(*inside).order_by(Ticket.created_at, Ticket.id)).all()
    acted = select(TicketEvent.ticket_id).join(Ticket, Ticket.id == TicketEvent.ticket_id)
    noted = set(session.scalars(acted.where(*inside, TicketEvent.what.in_(_SEEN))))
    return [
        _Question(row, _hours(row), tuple(named.get(row.id, ())), row.id in noted or _shows_somebody(row)) for row in rows
    ]


def _shows_somebody(row: Any) -> bool:
    """Tell what a ticket shows without its history."""
    return row.first_answered_at is not None or row.assignee_id is not None or row.route != row.suggested_route


def _hours(row: Any) -> float | None:
    if row.first_answered_at is None:
        return None
    return working_hours_between(clock.aware(row.created_at), clock.aware(row.first_answered_at))


def delay_of(questions: Sequence[_Question]) -> Delay:
    """Return median and ninth decile (nearest rank) of the working hours until the first answer."""
    hours = sorted(each.hours for each in questions if each.hours is not None)
    if not hours:
        return Delay(None, None, 0, len(questions))
    return Delay(statistics.median(hours), hours[math.ceil(0.9 * len(hours)) - 1], len(hours), len(questions))


def _breakdown(name: str, values: Values, questions: Sequence[_Question]) -> Breakdown:
    if name == "level":
        questions = [each for each in questions if each.ticket.asker_kind == AskerKind.BUYER.value]
    by_code: dict[str, list[_Question]] = {}
    known = 0
    for question in questions:
        found = dict.fromkeys(values(question))
        known += bool(found)
        for code in found:
            by_code.setdefault(code, []).append(question)
    rows = (
        ReportRow(code, Rate(len(held), known, len(questions)), delay_of(held)) for code, held in by_code.items()
    )
    return Breakdown(name, tuple(sorted(rows, key=lambda row: (-row.rate.numerator, row.code))), known, len(questions))


def _weeks(questions: Sequence[_Question], period: Period) -> tuple[Week, ...]:
    asked: Counter[datetime.date] = Counter()
    answered: Counter[datetime.date] = Counter()
    for each in questions:
        day = clock.aware(each.ticket.created_at).astimezone(clock.BRUSSELS).date()
        monday = day - datetime.timedelta(days=day.weekday())
        asked[monday] += 1
        answered[monday] += each.hours is not None
    first = period.first - datetime.timedelta(days=period.first.weekday())
    count = (period.last - first).days // 7 + 1
    mondays = (first + datetime.timedelta(weeks=number) for number in range(count))
    return tuple(Week(monday, asked[monday], answered[monday]) for monday in mondays)


def _suggestions(session: Session, period: Period) -> Rate:
    inside = (SuggestionUse.used_at >= period.begins, SuggestionUse.used_at < period.ends)
    sent = session.scalars(select(SuggestionUse.question_was_sent).where(*inside)).all()
    return Rate(sum(not each for each in sent), len(sent), len(sent))


def _article_uses(session: Session) -> tuple[ArticleUse, ...]:
    """Return what became of articles shown while asking, the most shown first; one shown before it was counted at most all."""
    said = select(SuggestionUse.reference, func.count()).where(
        SuggestionUse.reference.like(f"{ReferenceKind.ARTICLE}:%"), SuggestionUse.question_was_sent.is_(False)
    ).group_by(SuggestionUse.reference)
    helped = dict(session.execute(said).all())
    uses = (
        ArticleUse(
            article.slug, (version.title_fr, version.title_nl),
            Rate(min(helped.get(str(Reference(ReferenceKind.ARTICLE, article.slug)), 0), article.shown_as_suggestion),
                 article.shown_as_suggestion, article.shown_as_suggestion))
        for article, version in all_published(session) if article.shown_as_suggestion
    )
    return tuple(sorted(uses, key=lambda each: (-each.helped.denominator, each.slug)))


@dataclass(frozen=True)
class ObstacleCount:
    """How many questions state each obstacle; `stated`: those that state any, of `total`. The others say nothing, not “no”."""

    counts: dict[str, int]
    stated: int
    total: int


def count_obstacles(session: Session, period: Period) -> ObstacleCount:
    """Count the obstacles that somebody stated in the questions of a period; what the rules guess is none."""
    inside = (Ticket.created_at >= period.begins, Ticket.created_at < period.ends, Ticket.state != TicketState.MERGED.value)
    found = session.scalars(select(Ticket.obstacles).where(*inside)).all()
    counts: Counter[str] = Counter()
    for obstacles in found:
        counts.update(set(obstacles))
    return ObstacleCount(dict(counts), sum(map(bool, found)), len(found))
