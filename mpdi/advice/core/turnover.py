"""How much turnover may be required: Directive 2014/24/EU, article 58(3); Royal Decree of 18 April 2017, article 67."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from mpdi.advice.core.case import Case, refuse
from mpdi.advice.core.display import money
from mpdi.advice.core.model import Advice, Line, Outcome, Step, Words, Written
from mpdi.clause_library.core.said import said

_YEAR = Decimal(12)
_THOUSAND = Decimal(1000)


def advise(case: Case) -> Advice:
    """Return the highest turnover that may be required, and what is better asked."""
    factor = case.law("turnover_factor_maximum")
    reasons = [case.says("rule", factor=factor), *_basis(case), case.says("years", years=case.law("turnover_years"))]
    bases = _bases(case)
    limits = [base * factor for base in bases]
    steps = [_limit_step(case, place, base, limit, factor) for place, (base, limit) in enumerate(zip(bases, limits, strict=True), 1)]
    advised = [_advised(case, base) for base in bases]
    months = case.number("months")
    if len(bases) == 1 and months is not None and months > _YEAR:
        steps.append(case.step("step_year", "{base} × {year} ÷ {months}", bases[0] * _YEAR / months, base=bases[0], year=_YEAR, months=months))
    if len(bases) == 1:
        reasons.append(case.says("advised", advised=advised[0]))
    return _answer(case, limits, reasons, steps, advised)


def _bases(case: Case) -> Sequence[Decimal]:
    structure = case.chosen("structure")
    if structure == "lots":
        lots = case.amounts("lots")
        if not lots:
            raise refuse("lots", said("This answer is needed with what you chose above."))
        return lots
    parallel = case.number("parallel") if structure == "framework" else None
    return [parallel if parallel is not None else case.needed("value")]


def _basis(case: Case) -> list[Line]:
    structure = case.chosen("structure")
    if structure == "lots":
        return [case.says("per_lot")]
    if structure == "framework":
        return [case.says("framework_known" if case.number("parallel") is not None else "framework_unknown")]
    return []


def _limit_step(case: Case, place: int, base: Decimal, limit: Decimal, factor: Decimal) -> Step:
    if case.chosen("structure") == "lots":
        return case.step("step_lot", "{base} × {factor}", limit, place=Decimal(place), base=base, factor=factor)
    return case.step("step_limit", "{base} × {factor}", limit, base=base, factor=factor)


def _advised(case: Case, base: Decimal) -> Decimal:
    """Once the value of a year, rounded down to the thousand; below a thousand, the value itself."""
    months = case.number("months")
    yearly = base * _YEAR / months if months is not None and months > _YEAR else base
    return (yearly / _THOUSAND).to_integral_value(ROUND_FLOOR) * _THOUSAND or yearly


def _answer(case: Case, limits: Sequence[Decimal], reasons: list[Line], steps: Sequence[Step], advised: Sequence[Decimal]) -> Advice:
    asked, factor = case.number("asked"), case.law("turnover_factor_maximum")
    highest = min(limits)
    written, outcome = _written(case, advised), Outcome.ALLOWED
    headline = case.says("at_most", limit=highest) if len(limits) == 1 else case.says("at_most_lots", factor=factor)
    if asked is not None and asked <= highest:
        headline = case.says("within", asked=asked, limit=highest)
    elif asked is not None and case.chosen("risks") == "yes":
        headline = case.says("above_with_reasons", asked=asked, limit=highest)
        written = [*written, case.writes("reasons", factor=factor)]
    elif asked is not None:
        headline, outcome = case.says("too_much", asked=asked, limit=highest), Outcome.FORBIDDEN
    if asked is not None and asked > highest:
        reasons = [*reasons, case.says("belgian")]
    unknown = [case.says("unknown_light"), *([case.says("unknown_groups")] if len(limits) > 1 else [])]
    amount = highest if len(limits) == 1 else None
    return case.advice(outcome, headline, reasons, steps=steps, amount=amount, written=written, unknown=unknown)


def _written(case: Case, advised: Sequence[Decimal]) -> list[Written]:
    if len(advised) == 1:
        return [case.writes("amount", amount=advised[0])]
    listed = {language: "; ".join(f"{place}: {money(amount, language)}\u00a0EUR" for place, amount in enumerate(advised, 1)) for language in ("fr", "nl", "en")}
    return [case.writes("lots", amounts=Words(**listed))]
