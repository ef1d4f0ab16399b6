"""The regional view counted from what is stored: the same register, plans and day give the same view."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from mpdi.action_plans.core.canevas import IndicatorText
from mpdi.action_plans.core.progress import FEW
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.regional import (
    EVERYTHING,
    LEVELS,
    Aim,
    AimRow,
    Body,
    Chosen,
    LevelCount,
    LevelResult,
    Listed,
    RegionalView,
    Standing,
    StoredPlans,
)
from mpdi.clause_library.core.vocabulary import Category


def regional_view(
    bodies: Iterable[Body],
    stored: StoredPlans,
    indicators: Mapping[str, IndicatorText],
    day: datetime.date,
    chosen: Chosen = EVERYTHING,
) -> RegionalView:
    """Return the view: the same register, plans and day give the same. Authorities stand as the register has them."""
    listed = [each for each in (_listed(body, stored, day) for body in bodies) if _is_chosen(each, chosen)]
    aims = [
        (each, aim)
        for each in listed
        if each.plan is not None and each.standing is Standing.ADOPTED
        for aim in each.plan.aims
        if chosen.category in ("", aim.category) and aim.indicator in indicators
    ]
    return RegionalView(
        day,
        chosen,
        tuple(listed),
        tuple(_level_counts(listed)),
        tuple(_aim_rows(aims, indicators)),
        tuple(_level_results(aims, indicators)),
        stored,
    )


def _listed(body: Body, stored: StoredPlans, day: datetime.date) -> Listed:
    plan = stored.adopted.get(body.id)
    if plan is not None and plan.last >= day:
        return Listed(body, Standing.ADOPTED, plan)
    if body.id in stored.making:
        return Listed(body, Standing.MAKING, plan)
    return Listed(body, Standing.NONE if plan is None else Standing.OVER, plan)


def _is_chosen(listed: Listed, chosen: Chosen) -> bool:
    return chosen.level in ("", listed.body.level) and chosen.standing in ("", str(listed.standing))


def _level_counts(listed: Sequence[Listed]) -> Iterable[LevelCount]:
    for level in LEVELS:
        own = [each for each in listed if each.body.level == level]
        plans = [each.plan for each in own if each.plan is not None and each.standing is Standing.ADOPTED]
        if own:
            yield LevelCount(
                level,
                {standing: sum(each.standing is standing for each in own) for standing in Standing},
                sum(each.actions for each in plans),
                sum(each.done for each in plans),
                sum(each.late for each in plans),
            )


def _aim_rows(aims: Sequence[tuple[Listed, Aim]], indicators: Mapping[str, IndicatorText]) -> Iterable[AimRow]:
    groups: dict[tuple[Category, str], list[Aim]] = {}
    for _, aim in aims:
        groups.setdefault((aim.category, aim.indicator), []).append(aim)
    for category in Category:
        for key, indicator in indicators.items():
            own = groups.get((category, key))
            if own is None:
                continue
            measured = [each.measured for each in own if each.measured is not None and each.measured.denominator]
            judged = [each for each in own if _is_judged(each)]
            yield AimRow(
                category,
                indicator,
                authorities=len(own),
                targets=tuple(sorted(each.target for each in own if each.target is not None)),
                measured=together(measured),
                of=len(measured),
                judged=len(judged),
                reached=sum(_is_reached(each, indicator) for each in judged),
            )


def _level_results(
    aims: Sequence[tuple[Listed, Aim]], indicators: Mapping[str, IndicatorText]
) -> Iterable[LevelResult]:
    groups: dict[tuple[str, Category], list[tuple[Listed, Aim]]] = {}
    for each, aim in aims:
        groups.setdefault((each.body.level, aim.category), []).append((each, aim))
    for level in LEVELS:
        for category in Category:
            own = groups.get((level, category))
            if own is None:
                continue
            judged = [aim for _, aim in own if _is_judged(aim)]
            yield LevelResult(
                level,
                category,
                authorities=len({each.body.id for each, _ in own}),
                objectives=len(own),
                with_target=sum(aim.target is not None for _, aim in own),
                measured=sum(aim.measured is not None and bool(aim.measured.denominator) for _, aim in own),
                judged=len(judged),
                reached=sum(_is_reached(aim, indicators[aim.indicator]) for aim in judged),
            )


def _is_judged(aim: Aim) -> bool:
    """Whether there is a target to compare with, and enough counted to compare."""
    return aim.target is not None and aim.measured is not None and aim.measured.denominator >= FEW


def _is_reached(aim: Aim, indicator: IndicatorText) -> bool:
    rate = aim.measured.rate if aim.measured is not None else None
    if rate is None or aim.target is None:
        return False
    return rate >= aim.target if indicator.more_is_better else rate <= aim.target


def together(measured: Sequence[Measured]) -> Measured | None:
    """Add up what was measured of several authorities; a bound is known only where that of each is. `None`: nothing."""
    if not measured:
        return None
    population = sum((each.population for each in measured), Decimal(0))
    lowers = [each.lower * each.population for each in measured if each.lower is not None]
    uppers = [each.upper * each.population for each in measured if each.upper is not None]
    return Measured(
        sum((each.numerator for each in measured), Decimal(0)),
        sum((each.denominator for each in measured), Decimal(0)),
        population,
        sum(lowers, Decimal(0)) / population if len(lowers) == len(measured) and population else None,
        sum(uppers, Decimal(0)) / population if len(uppers) == len(measured) and population else None,
    )
