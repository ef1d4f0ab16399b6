"""What notices that were taken in say of an authority before it has a plan: its awards, its past, the others, the market."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy.orm import Session

from mpdi.accounts.authorities import fold, register
from mpdi.action_plans.core.notice_spending import YEARS, AwardedLot, NoticeSpending, spending_of
from mpdi.action_plans.core.objective_help import (
    ENOUGH,
    MarketReadiness,
    ObjectiveFigures,
    OtherAuthorities,
    PastFigures,
    readiness_of,
)
from mpdi.action_plans.core.profile import Authority
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.progress_figures import measured, recognise, way_of
from mpdi.clause_library.core.vocabulary import AuthorityType, Category
from mpdi.monitoring.dashboard.kept_facts import KeptFacts
from mpdi.monitoring.dashboard.selection import narrowed
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.model import NoticeFacts, Stage
from mpdi.monitoring.indicators.outcomes import has_outcome
from mpdi.monitoring.indicators.sme_tenders_per_lot import sme_tenders
from mpdi.monitoring.report_queries import Scope
from mpdi.monitoring.uptake_figures import Figures

_ENOUGH_LIKE = 5
"""Authorities of the same kind from which on those of the level are not needed."""


def notice_spending(
    session: Session, authority: Authority, day: datetime.date, every: Sequence[NoticeFacts]
) -> tuple[Recognition, NoticeSpending | None]:
    """Return how the authority was recognised, and what was awarded in its name; `every`: the facts of all notices."""
    how, key = recognise(session, authority)
    if how is Recognition.NOBODY:
        return how, None
    own = narrowed(every, _own_scope(authority, how, key, *looked_at(day)))
    return how, spending_of(_awarded(own), day)


def looked_at(day: datetime.date) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day of the three years that are looked at."""
    return datetime.date(day.year - YEARS, day.month, 1), day


def _own_scope(authority: Authority, how: Recognition, key: str, first: datetime.date, last: datetime.date) -> Scope:
    if how is not Recognition.WRITTEN:
        return Scope(first, last, authority=key)
    names = dict.fromkeys((fold(authority.name.fr), fold(authority.name.nl)))
    return Scope(first, last, buyers=tuple(names))


def _awarded(facts: Sequence[NoticeFacts]) -> Iterator[AwardedLot]:
    """The lots that have a winner, or a value awarded where nothing else is said, each once."""
    for notice in facts:
        if notice.stage is not Stage.RESULT or notice.day is None:
            continue
        for lot in notice.lots:
            if lot.awarded or (lot.awarded is None and lot.awarded_value is not None):
                category = Category(lot.category) if lot.category in list(Category) else None
                yield AwardedLot(notice.day, category, lot.awarded_value, lot.awarded_currency or "EUR")


@dataclass(frozen=True)
class _Asked:
    """Of which category, over which time, which indicators."""

    category: Category
    first: datetime.date
    last: datetime.date
    indicators: tuple[str, ...]

    def scope(self) -> Scope:
        """What is counted of facts; general holds for all purchases."""
        only = None if self.category is Category.GENERAL else str(self.category)
        return Scope(self.first, self.last, category=only)


def objective_figures(
    session: Session,
    authority: Authority,
    category: Category,
    indicators: Sequence[str],
    day: datetime.date,
    kept: KeptFacts,
) -> Mapping[str, ObjectiveFigures]:
    """Return what is known for each indicator of a category, by indicator; `kept`: the facts of all notices.

    What is everybody's is worked out once and kept with the facts.
    """
    how, key = recognise(session, authority)
    known = tuple(each for each in indicators if each in INDICATORS and each != "needs_bought_apart")
    first, last = looked_at(day)
    asked = _Asked(category, first, last, known)
    market = kept.once(("plan_market", category, day), lambda: _market(kept.facts, asked))
    identifier = "" if how is Recognition.WRITTEN else key
    others = kept.once(
        ("plan_others", category, day, known, identifier, authority.type),
        lambda: _others(kept.facts, asked, identifier, authority.type),
    )
    if how is Recognition.NOBODY:
        return {each: ObjectiveFigures(None, others.get(each), market) for each in known}
    own = narrowed(kept.facts, _own_scope(authority, how, key, first, last))
    past = _past(narrowed(own, asked.scope()), asked)
    return {each: ObjectiveFigures(past[each], others.get(each), market) for each in known}


def _market(facts: Sequence[NoticeFacts], asked: _Asked) -> MarketReadiness:
    results = (each for each in narrowed(facts, asked.scope()) if each.stage is Stage.RESULT)
    return readiness_of([sme_tenders(lot) for notice in results for lot in notice.lots if has_outcome(lot)])


def _past(own: Sequence[NoticeFacts], asked: _Asked) -> Mapping[str, PastFigures]:
    figures = Figures(rates_of(own, ("year",), [INDICATORS[each] for each in asked.indicators]))
    made = {}
    for each in asked.indicators:
        way = way_of(figures, each)
        if way is None:
            made[each] = PastFigures(asked.first, asked.last, None)
            continue
        years = {
            year: measured(rate)
            for year in figures.values("year")
            if (rate := figures.of(each, *way, year=year)) is not None
        }
        whole = figures.of(each, *way)
        made[each] = PastFigures(
            asked.first, asked.last, None if whole is None else measured(whole), years, str(way[1] or "")
        )
    return made


def _others(
    facts: Sequence[NoticeFacts], asked: _Asked, identifier: str, level: AuthorityType
) -> Mapping[str, OtherAuthorities]:
    """Authorities of the same kind where five have enough notices, else those of the same level; one's own is none."""
    own = register().get(identifier) if identifier else None
    like = {each.id: each.kind for each in register().authorities if each.level == level and each.id != identifier}
    if not like:
        return {}
    wanted = [each for each in narrowed(facts, asked.scope()) if each.authority in like]
    figures = Figures(rates_of(wanted, ("authority",), [INDICATORS[each] for each in asked.indicators]))
    made = {}
    for each in asked.indicators:
        rates = _rates(figures, each, like)
        same = {who: rate for who, rate in rates.items() if own is not None and like[who] == own.kind}
        is_same = len(same) >= _ENOUGH_LIKE
        made[each] = OtherAuthorities(is_same, tuple(sorted((same if is_same else rates).values())))
    return made


def _rates(figures: Figures, indicator: str, like: Mapping[str, str]) -> dict[str, Decimal]:
    """The rate of each that has enough purchases saying something, by the way that all together are known by."""
    way = way_of(figures, indicator)
    if way is None:
        return {}
    found = {who: figures.of(indicator, *way, authority=who) for who in figures.values("authority") if who in like}
    return {
        who: rate.rate
        for who, rate in found.items()
        if rate is not None and rate.rate is not None and rate.denominator >= ENOUGH
    }
