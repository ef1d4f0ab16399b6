"""Which deposit may be asked: Royal Decree of 14 January 2013, articles 25 to 33."""

from decimal import Decimal

from mpdi.advice.core.case import Case
from mpdi.advice.core.model import Advice, Line, Outcome, Written

_HUNDRED = Decimal(100)


def advise(case: Case) -> Advice:
    """Return the deposit that may be asked, its amount, and whether reasons are needed."""
    if case.chosen("framework") == "yes" and case.chosen("nature") not in ("exempt", "outside"):
        return _asked(case, case.law("deposit_framework_percent"), is_framework=True)
    small = _small(case)
    if small is not None:
        return _none(case, small, is_firm=True)
    excepted = _excepted(case)
    if excepted is not None:
        return _none(case, excepted, is_firm=False)
    return _asked(case, case.law("deposit_percent"), is_framework=False)


def _small(case: Case) -> Line | None:
    key = "deposit_minimum_award_special" if case.chosen("sector") == "special" else "deposit_minimum_award"
    minimum = case.law(key)
    return case.says("small", minimum=minimum) if case.needed("award") < minimum else None


def _excepted(case: Case) -> Line | None:
    nature, days, longest = case.chosen("nature"), case.number("days"), case.law("deposit_short_days")
    if nature in ("exempt", "outside"):
        return case.says(nature)
    if nature in ("supplies", "services") and days is not None and days <= longest:
        return case.says("short", days=longest)
    return None


def _none(case: Case, reason: Line, *, is_firm: bool) -> Advice:
    percent = case.number("percent") or Decimal(0)
    unknown = [] if is_firm else [case.says("unknown_exempt")]
    outcome, headline = Outcome.FREE, case.says("none")
    if percent > 0 and is_firm:
        outcome, headline = Outcome.FORBIDDEN, case.says("none_asked", percent=percent)
    elif percent > 0:
        outcome, headline = Outcome.OPEN, case.says("excepted_asked", percent=percent)
    return case.advice(outcome, headline, [reason], amount=Decimal(0), written=[case.writes("none")], unknown=unknown)


def _asked(case: Case, limit: Decimal, *, is_framework: bool) -> Advice:
    award, given = case.needed("award"), case.number("percent")
    percent = limit if given is None else given
    amount = award * percent / _HUNDRED
    steps = [case.step("step", "{award} × {percent} ÷ 100", amount, award=award, percent=percent)]
    reasons = [case.says("framework" if is_framework else "rate", rate=limit), case.says("term", days=case.law("deposit_days"))]
    unknown = [case.says("unknown_rounding"), *([case.says("unknown_framework")] if is_framework else [])]
    outcome, headline = _verdict(case, percent, limit, amount, is_framework)
    written = _written(case, percent, limit, is_framework)
    return case.advice(outcome, headline, reasons, steps=steps, amount=amount, written=written, unknown=unknown)


def _verdict(case: Case, percent: Decimal, limit: Decimal, amount: Decimal, is_framework: bool) -> tuple[Outcome, Line]:
    if percent == 0:
        return Outcome.ALLOWED, case.says("waived")
    if percent > limit and is_framework:
        return Outcome.FORBIDDEN, case.says("too_high_framework", percent=percent, limit=limit)
    if percent > limit and case.chosen("reasons") != "yes":
        return Outcome.FORBIDDEN, case.says("too_high", percent=percent, limit=limit)
    outcome = Outcome.DUTY if case.number("percent") is None and not is_framework else Outcome.ALLOWED
    return outcome, case.says("due", percent=percent, amount=amount)


def _written(case: Case, percent: Decimal, limit: Decimal, is_framework: bool) -> list[Written]:
    if percent == 0:
        return [case.writes("none")]
    if is_framework:
        return [case.writes("framework", percent=min(percent, limit))]
    reasons = [case.writes("reasons", limit=limit)] if percent > limit else []
    return [case.writes("rate", percent=percent), *reasons]
