"""Whether a contract must be divided or reasons given: Law of 17 June 2016, articles 58, 88 to 91 and 92."""

from decimal import Decimal

from mpdi.advice.core.case import Case
from mpdi.advice.core.model import Advice, Line, Outcome, Written


def advise(case: Case) -> Advice:
    """Return whether reasons must be given for not dividing, and what a cap on lots asks for."""
    value, limit, low = case.needed("value"), case.law("lots_reason"), case.law("low_value")
    outcome, headline, reasons, written = _answer(case, limit)
    steps = [case.step("room", "{estimate} − {limit}", value - limit, estimate=value, limit=limit)]
    if case.chosen("divided") == "yes":
        reasons = [*reasons, case.says("notice")]
        written = [*written, case.writes("divide")]
        if case.chosen("cap") == "yes":
            reasons, written = [*reasons, case.says("cap_rule")], [*written, case.writes("cap")]
    if value < low:
        reasons = [*reasons, case.says("low_rule", low=low)]
    unknown = [case.says("unknown_reasons"), case.says("unknown_low")]
    return case.advice(outcome, headline, reasons, steps=steps, written=written, unknown=unknown)


def _answer(case: Case, limit: Decimal) -> tuple[Outcome, Line, list[Line], list[Written]]:
    value, rule = case.needed("value"), case.says("rule", limit=limit)
    if value < case.law("low_value"):
        return Outcome.FREE, case.says("low_value"), [rule], []
    if case.chosen("light") == "yes":
        return Outcome.FREE, case.says("light"), [case.says("light_rule"), rule], [case.writes("applicable")]
    if case.chosen("divided") == "yes":
        return Outcome.FREE, case.says("divided"), [rule], []
    if value < limit:
        return Outcome.FREE, case.says("below", limit=limit), [rule], []
    if case.chosen("reasons") == "yes":
        return Outcome.ALLOWED, case.says("given"), [rule], [case.writes("reasons")]
    return Outcome.DUTY, case.says("missing"), [rule], [case.writes("reasons"), case.writes("divide")]
