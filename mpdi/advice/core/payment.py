"""Within how many days one must pay: Royal Decree of 14 January 2013, articles 2, 27°, and 9, as changed in 2024."""

import datetime
from decimal import Decimal

from mpdi.advice.core.case import Case, refuse
from mpdi.advice.core.model import Advice, Line, Outcome, Written
from mpdi.clause_library.core.said import said

_CONDITIONS = ("stated", "justified", "fair")


def advise(case: Case) -> Advice:
    """Return whether a payment term is allowed, and what a longer one lacks."""
    days = case.needed("days")
    if days < 1:
        raise refuse("days", said("Give at least one day."))
    limit, maximum = case.law("processing_days"), case.law("processing_days_maximum")
    outcome, headline, written = _verdict(case, days, limit, maximum)
    reasons = [case.says("rule", limit=limit)]
    if case.chosen("health") == "yes":
        reasons.append(case.says("health", maximum=maximum))
    elif days > limit:
        # Above the maximum no condition helps: what is missing besides would only mislead.
        lacks = _missing(case) if days <= maximum else [case.says("beyond", maximum=maximum)]
        reasons += [case.says("longer", maximum=maximum), *lacks]
    reasons += [case.says("articles"), *_last_day(case, days)]
    steps = [case.step("step", "{days} − {limit}", days - limit, "days", days=days, limit=limit)]
    unknown = [case.says("unknown_start"), case.says("unknown_low", low=case.law("low_value"))]
    return case.advice(outcome, headline, reasons, steps=steps, written=written, unknown=unknown)


def _verdict(case: Case, days: Decimal, limit: Decimal, maximum: Decimal) -> tuple[Outcome, Line, list[Written]]:
    if days <= limit:
        return Outcome.ALLOWED, case.says("within", days=days), [case.writes("term", days=days)]
    if days > maximum:
        return Outcome.FORBIDDEN, case.says("too_long", days=days, maximum=maximum), [case.writes("term", days=limit)]
    if case.chosen("health") == "yes":
        return Outcome.ALLOWED, case.says("health_within", days=days), [case.writes("term", days=days)]
    if not _missing(case):
        return Outcome.ALLOWED, case.says("conditions_met", days=days), [case.writes("longer", days=days)]
    return Outcome.FORBIDDEN, case.says("conditions_missing", days=days), [case.writes("term", days=limit)]


def _missing(case: Case) -> list[Line]:
    return [case.says(f"missing_{name}") for name in _CONDITIONS if case.chosen(name) != "yes"]


def _last_day(case: Case, days: Decimal) -> list[Line]:
    start = case.date("start")
    if start is None:
        return []
    return [case.says("last_day", **{"from": start, "to": start + datetime.timedelta(days=int(days))})]
