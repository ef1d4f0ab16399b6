"""What the database knows of the authority of a profile: notices taken in, tickets, specifications begun."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.authorities import fold, register
from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.profile import Authority, Period
from mpdi.action_plans.core.progress_facts import (
    Asked,
    Found,
    Measured,
    ProgressFacts,
    Recognition,
    Series,
    SeriesKey,
)
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.models import Ticket
from mpdi.monitoring.dashboard.kept_facts import KeptFacts
from mpdi.monitoring.dashboard.selection import narrowed
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.model import Counted, LotFacts, NoticeFacts, Rate, Reading, Theme
from mpdi.monitoring.indicators.tally import any_of
from mpdi.monitoring.likeness import likeness_to_register
from mpdi.monitoring.models import BuyerSpelling, NoticeRecord
from mpdi.monitoring.report_queries import COUNTED, Scope, facts_of
from mpdi.monitoring.uptake_figures import Figures
from mpdi.specifications.models import SpecificationDraft, SpecificationRevision

Window = tuple[datetime.date, datetime.date]
_FOLLOWED = [each for name, each in INDICATORS.items() if name != "needs_bought_apart"]
"""An authority alone does not buy a need apart from others."""
_WAYS: tuple[tuple[Counted, Reading | None], ...] = (
    (Counted.PROCEDURES, Reading.DETECTED),
    (Counted.PROCEDURES, Reading.STRICT),
    (Counted.PROCEDURES, None),
    (Counted.LOTS, None),
)
"""Words of the notice before declared fields, procedures before lots, never added up."""


def progress_facts(
    session: Session, plan: ActionPlanDocument, day: datetime.date, kept: KeptFacts | None = None
) -> ProgressFacts:
    """Return what is known on a day; where the authority is recognised as nobody, only that.

    `kept`: the facts of all notices, where they are in memory already, and what was worked out of them; else those of
    the authority are read.
    """
    profile = plan.profile
    how, key = recognise(session, profile.authority)
    stored = session.scalar(select(func.count(NoticeRecord.id)).where(COUNTED)) or 0
    before, now = windows(profile.period, day)
    year = day.year - 1 if day.month == 1 else day.year
    asked = tuple(_asked(session, profile.authority, how, key, before, now))
    if how is Recognition.NOBODY:
        return ProgressFacts(how, before=before, now=now, notices_stored=stored, asked=asked, year=year)
    whole = Scope(
        min(before[0], datetime.date(year, 1, 1)),
        max(before[1], day),
        authority=None if how is Recognition.WRITTEN else key,
        buyers=_keys(profile.authority) if how is Recognition.WRITTEN else (),
    )
    plain = ProgressFacts(how, key, before, now, notices_stored=stored, asked=asked, year=year)
    categories = (None, *(each for each in profile.categories if each is not Category.GENERAL))
    if kept is None:
        return _with_notices(plain, list(facts_of(session, whole)), categories, day)
    counted = kept.once(
        ("plan progress", whole, before, now, categories, day),
        lambda: _with_notices(plain, narrowed(kept.facts, whole), categories, day),
    )
    return replace(counted, notices_stored=stored, asked=asked)


def _with_notices(
    plain: ProgressFacts, facts: Sequence[NoticeFacts], categories: Sequence[Category | None], day: datetime.date
) -> ProgressFacts:
    """What notices say, added to what else is known."""
    earlier, later = _within(facts, plain.before), _within(facts, plain.now)
    year = datetime.date(plain.year, 1, 1), min(day, datetime.date(plain.year, 12, 31))
    return replace(
        plain,
        procedures_before=sum(each.is_uptake for each in earlier),
        procedures_now=sum(each.is_uptake for each in later),
        series={name: series for each in categories for name, series in _series(earlier, later, each)},
        found=tuple(_found(_within(facts, year))),
    )


def recognise(session: Session, authority: Authority) -> tuple[Recognition, str]:
    """Find an authority as ingestion does: by identifier, by a name of the register, by a name that notices bear.

    The key is the identifier, or where the register does not hold it the normal form of the name.
    """
    if authority.id:
        known = register().get(authority.id)
        return (Recognition.IDENTIFIER, known.id) if known else (Recognition.NOBODY, authority.id)
    names = dict.fromkeys((authority.name.fr, authority.name.nl))
    for name in names:
        exact = likeness_to_register().exact(name, None)
        if exact is not None:
            return Recognition.NAME, exact
    keys = _keys(authority)
    confirmed = select(BuyerSpelling.authority_id).where(
        BuyerSpelling.key.in_(keys), BuyerSpelling.authority_id.is_not(None)
    )
    said = session.scalar(confirmed.order_by(BuyerSpelling.authority_id).limit(1))
    if said is not None:
        return Recognition.NAME, said
    written = select(NoticeRecord.buyer_key).where(NoticeRecord.buyer_key.in_(keys))
    found = session.scalar(written.order_by(NoticeRecord.buyer_key).limit(1))
    return (Recognition.WRITTEN, found) if found is not None else (Recognition.NOBODY, "")


def _keys(authority: Authority) -> tuple[str, ...]:
    """The names of an authority in the form by which buyers are told apart."""
    return tuple(dict.fromkeys((fold(authority.name.fr), fold(authority.name.nl))))


def windows(period: Period, day: datetime.date) -> tuple[Window, Window | None]:
    """Return as long a time before the plan as it lasts, and what has passed of it; `None` before it begins."""
    length = period.last - period.first
    before = (period.first - length - datetime.timedelta(1), period.first - datetime.timedelta(1))
    return before, None if day < period.first else (period.first, min(day, period.last))


def _within(facts: Iterable[NoticeFacts], window: Window | None) -> list[NoticeFacts]:
    if window is None:
        return []
    return [each for each in facts if each.day is not None and window[0] <= each.day <= window[1]]


def _series(
    earlier: Sequence[NoticeFacts], later: Sequence[NoticeFacts], category: Category | None
) -> Iterator[tuple[SeriesKey, Series]]:
    scope = Scope(datetime.date.min, datetime.date.max, category=None if category is None else str(category))
    before, now = ([kept for each in some if (kept := scope.narrow(each)) is not None] for some in (earlier, later))
    first, last, both = (Figures(rates_of(some, (), _FOLLOWED)) for some in (before, now, [*before, *now]))
    by_quarter = Figures(rates_of([*before, *now], ("quarter",), _FOLLOWED))
    for indicator in _FOLLOWED:
        way = way_of(both, indicator.id)
        if way is None:
            continue
        quarters = {
            name: measured(rate)
            for name in by_quarter.values("quarter")
            if (rate := by_quarter.of(indicator.id, *way, quarter=name)) is not None
        }
        yield (
            (indicator.id, category),
            Series(
                reading=str(way[1] or ""),
                baseline=_or_none(first.of(indicator.id, *way)),
                now=_or_none(last.of(indicator.id, *way)),
                quarters=quarters,
            ),
        )


def measured_now(
    facts: Sequence[NoticeFacts], period: Period, day: datetime.date, keys: Iterable[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], Measured]]:
    """Yield what was counted since a plan began, by category and indicator, the way its progress report counts it."""
    before, now = windows(period, day)
    asked: dict[str, list[str]] = {}
    for category, indicator in keys:
        asked.setdefault(category, []).append(indicator)
    for category, names in asked.items():
        wanted = [each for each in _FOLLOWED if each.id in names]
        only = None if category == Category.GENERAL else category
        scope = Scope(datetime.date.min, datetime.date.max, category=only)
        earlier, later = (narrowed(_within(facts, window), scope) for window in (before, now))
        both, last = (Figures(rates_of(some, (), wanted)) for some in ([*earlier, *later], later))
        for each in wanted:
            way = way_of(both, each.id)
            rate = None if way is None else last.of(each.id, *way)
            if rate is not None:
                yield (category, each.id), measured(rate)


def way_of(figures: Figures, indicator: str) -> tuple[Counted, Reading | None] | None:
    """Return the first way by which anything is known, procedures before lots, words before fields; None where none is.

    The ways are never added up.
    """
    for counted, reading in _WAYS:
        rate = figures.of(indicator, counted, reading)
        if rate is not None and rate.denominator:
            return counted, reading
    return None


def measured(rate: Rate) -> Measured:
    """Return a rate as plans tell it."""
    return Measured(rate.numerator, rate.denominator, rate.population, rate.lower, rate.upper)


def _or_none(rate: Rate | None) -> Measured | None:
    return None if rate is None else measured(rate)


def _asked(
    session: Session, authority: Authority, how: Recognition, key: str, before: Window, now: Window | None
) -> Iterator[Asked]:
    """Tickets and specifications that name the authority; each count of now and of the window before."""
    names = sorted({authority.name.fr, authority.name.nl})
    known = register().get(key) if how in (Recognition.IDENTIFIER, Recognition.NAME) else None
    if known is not None:
        names = sorted({*names, *known.written_names()})
    old = _tickets(session, known.id if known else "", names, before)
    new = _tickets(session, known.id if known else "", names, now)
    yield Asked("tickets", len(new), before=len(old))
    for name, has in (
        ("tickets_answered", lambda each: each.first_answered_at is not None),
        ("tickets_with_obstacle", lambda each: bool(each.obstacles)),
        ("tickets_of_pilots", lambda each: each.is_pilot),
    ):
        yield Asked(name, sum(map(has, new)), len(new), sum(map(has, old)))
    yield Asked("specifications", _specifications(session, names, now), before=_specifications(session, names, before))


def _moments(window: Window) -> tuple[datetime.datetime, datetime.datetime]:
    """The first moment of a window in Brussels, and the first after it."""
    first, after = window[0], window[1] + datetime.timedelta(1)
    start, end = (datetime.datetime.combine(each, datetime.time(), clock.BRUSSELS) for each in (first, after))
    return start.astimezone(datetime.UTC), end.astimezone(datetime.UTC)


def _tickets(session: Session, identifier: str, names: Sequence[str], window: Window | None) -> Sequence[Ticket]:
    if window is None:
        return []
    first, after = _moments(window)
    whose = (
        or_(Ticket.authority_id == identifier, Ticket.authority_name.in_(names))
        if identifier
        else (Ticket.authority_name.in_(names))
    )
    asked = select(Ticket).where(
        whose, Ticket.created_at >= first, Ticket.created_at < after, Ticket.merged_into_id.is_(None)
    )
    return session.scalars(asked.order_by(Ticket.id)).all()


def _specifications(session: Session, names: Sequence[str], window: Window | None) -> int:
    """Specifications begun in the window whose answers, as they stand, name the authority."""
    if window is None:
        return 0
    first, after = _moments(window)
    asked = (
        select(func.count(SpecificationDraft.id))
        .join(
            SpecificationRevision,
            (SpecificationRevision.draft_id == SpecificationDraft.id)
            & (SpecificationRevision.number == SpecificationDraft.revision),
        )
        .where(
            SpecificationDraft.created_at >= first,
            SpecificationDraft.created_at < after,
            SpecificationRevision.answers[("authority", "name")].as_string().in_(names),
        )
    )
    return session.scalar(asked) or 0


def _found(facts: Iterable[NoticeFacts]) -> Iterator[Found]:
    """Each procedure counted, in the order of days, with what its words hold."""
    counted = [each for each in facts if each.is_uptake and each.day is not None]
    for each in sorted(counted, key=lambda notice: (notice.day or datetime.date.min, notice.procedure)):
        values = [lot.value for lot in each.lots if lot.value is not None and lot.currency == "EUR"]
        categories = {lot.category for lot in each.lots}
        only = categories.pop() if len(categories) == 1 else None
        yield Found(
            day=each.day or datetime.date.min,
            title=next((lot.title for lot in each.lots if lot.title), ""),
            category=Category(only) if only in list(Category) else None,
            value=sum(values[1:], values[0]) if len(values) == len(each.lots) and values else None,
            environmental=_says(each.lots, Theme.ENVIRONMENTAL),
            ethical=_says(each.lots, Theme.ETHICAL),
            social=_says(each.lots, Theme.SOCIAL),
        )


def _says(lots: Sequence[LotFacts], theme: Theme) -> bool | None:
    return any_of(lot.of(theme).detected for lot in lots)
