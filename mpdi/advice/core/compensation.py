"""Whether tenderers must be compensated, and by when: Law of 17 June 2016, article 12/9."""

import calendar
import datetime
from collections.abc import Iterator
from decimal import Decimal

from mpdi.advice.core.case import Case
from mpdi.advice.core.model import Advice, Line, Outcome, Step

_EXCEPTED = ("open", "negotiated_with_publication")


def advise(case: Case) -> Advice:
    """Return whether compensation is due, its budget and the last day of payment."""
    if case.chosen("required") == "no":
        return case.advice(Outcome.FREE, case.says("not_asked"), [case.says("rule")])
    if case.chosen("procedure") in _EXCEPTED:
        return case.advice(Outcome.FREE, case.says("excepted"), [case.says("exceptions"), case.says("rule")])
    amount = case.number("amount")
    days, months = case.law("tender_compensation_days"), case.law("tender_compensation_months")
    reasons = [case.says("rule"), case.says("exceptions"), *_special(case), case.says("pay", days=days, months=months)]
    reasons += _dates(case, int(days), int(months))
    unknown = [*([case.says("unknown_amount")] if amount is None else []), case.says("unknown_graphic")]
    steps = list(_budget(case))
    total = steps[0].value if steps else None
    headline = case.says("missing" if amount is None else "must")
    written = [case.writes("pay", amount="[…]" if amount is None else amount, days=days, months=months)]
    return case.advice(Outcome.DUTY, headline, reasons, steps=steps, amount=total, written=written, unknown=unknown)


def _special(case: Case) -> Iterator[Line]:
    if case.chosen("procedure") == "low_value":
        yield case.says("low_value")
    yield case.says("given_up" if case.chosen("outcome") == "given_up" else "winner")


def _budget(case: Case) -> Iterator[Step]:
    amount, tenderers = case.number("amount"), case.number("tenderers")
    if amount is None or tenderers is None:
        return
    paid = tenderers if case.chosen("outcome") == "given_up" else max(tenderers - 1, Decimal(0))
    yield case.step("step", "{amount} × {paid}", amount * paid, amount=amount, paid=paid)


def _dates(case: Case, days: int, months: int) -> Iterator[Line]:
    decision, conclusion = case.date("decision"), case.date("conclusion")
    ends = []
    if conclusion is not None:
        ends.append(conclusion + datetime.timedelta(days=days))
        yield case.says("by_conclusion", **{"from": conclusion, "to": ends[-1]})
    if decision is not None:
        ends.append(months_after(decision, months))
        yield case.says("by_decision", **{"from": decision, "to": ends[-1]})
    if ends:
        yield case.says("latest", to=min(ends))


def months_after(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later; the last of the month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return datetime.date(day.year + year, month + 1, min(day.day, last))
