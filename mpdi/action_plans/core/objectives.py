"""Part 1: the base objectives of each category bought, as the authority set them, with what helps to set the others."""

import datetime
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.plan import CategoryPart, PlanObjective
from mpdi.action_plans.core.profile import AskedObjective, PlanProfile, Spending
from mpdi.action_plans.core.spending import PackReach, pack_reach
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import format_number
from mpdi.clause_library.core.vocabulary import LANGUAGES, Category, Theme

_THEMES: Mapping[str, Theme] = {
    "environmental_clauses": Theme.ENVIRONMENTAL,
    "social_clauses": Theme.SOCIAL,
    "ethical_clauses": Theme.ETHICAL,
    "anti_dumping_clauses": Theme.ANTI_DUMPING,
    "sme_access": Theme.SME,
    "innovative_purchases": Theme.INNOVATION,
}
"""Indicators of uptake, and the theme of the clauses that they count."""
_TENTH = Decimal("0.1")


def category_parts(
    profile: PlanProfile, canevas: Canevas, library: ClauseLibrary, day: datetime.date
) -> tuple[CategoryPart, ...]:
    """Return part 1, the general category first. An objective that only the authority names stands after the base ones."""
    clauses = library.all_in_force(day)
    spent = {each.category: each for each in profile.spending}
    asked = {each.key: each for each in profile.objectives}
    parts = []
    for category in profile.categories:
        text, pack = canevas.categories[category], pack_reach(clauses, category)
        keys = [f"{category}.{indicator}" for indicator in text.indicators]
        own = [each.key for each in profile.objectives if each.category is category and each.key not in keys]
        objectives = tuple(
            _objective(key, asked.get(key), canevas, category, pack, is_base=key in keys) for key in (*keys, *own)
        )
        parts.append(CategoryPart(category, text.stake, objectives, pack, _of_contracts(canevas, spent.get(category))))
    return tuple(parts)


def _objective(
    key: str,
    asked: AskedObjective | None,
    canevas: Canevas,
    category: Category,
    pack: PackReach,
    *,
    is_base: bool,
) -> PlanObjective:
    indicator = canevas.indicators[key.partition(".")[2]]
    given = asked or AskedObjective(category, indicator.key)
    helped = _of_pack(indicator.key, canevas, pack)
    return PlanObjective(
        key, category, indicator, given.baseline, given.target, given.by, is_base, helped, given.reason
    )


def _of_pack(indicator: str, canevas: Canevas, pack: PackReach) -> Bilingual | None:
    """What the library has for an indicator that counts clauses of one theme."""
    theme = _THEMES.get(indicator)
    if theme is None:
        return None
    own, core, ready = (counts.get(theme, 0) for counts in (pack.by_theme, pack.core_by_theme, pack.ready_by_theme))
    return canevas.both("help_pack" if own else "help_no_pack", own=own, core=core, ready=ready)


def _of_contracts(canevas: Canevas, spent: Spending | None) -> Bilingual | None:
    """By how much one contract moves a share; nothing where the number of contracts is not stated."""
    if spent is None or not spent.contracts:
        return None
    points = (Decimal(100) / spent.contracts).quantize(_TENTH, ROUND_HALF_UP)
    key = "help_steps" if spent.contracts > 1 else "help_step"
    fr, nl = (
        canevas.word(key, each, contracts=spent.contracts, points=format_number(points, each)) for each in LANGUAGES
    )
    return Bilingual(fr, nl)
