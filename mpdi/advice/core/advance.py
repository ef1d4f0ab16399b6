"""Which advance must be paid, how much, and how it is recovered: Law of 17 June 2016, articles 12/1 to 12/8 and 92."""

from dataclasses import dataclass
from decimal import Decimal

from mpdi.advice.core.case import Case, refuse
from mpdi.advice.core.enterprise_size import size_of
from mpdi.advice.core.model import Advice, Line, Outcome, Step, Words
from mpdi.clause_library.core.said import said

_HUNDRED = Decimal(100)
_SIZES = ("micro", "small", "medium")


@dataclass(frozen=True)
class _Rates:
    """The rates that the law imposes, by size or one for all (`any`); empty where it imposes none."""

    by_size: dict[str, Decimal]
    headline: Line
    reasons: list[Line]

    @property
    def least(self) -> Decimal | None:
        return max(self.by_size.values(), default=None) if len(self.by_size) == 1 else None


def advise(case: Case) -> Advice:
    """Return the advance that must be paid, its amount and its recovery."""
    rates = _freed(case) or _imposed(case)
    maximum, cap = case.law("advance_maximum"), case.law("advance_cap")
    outcome, headline = _verdict(case, rates, maximum)
    is_low = case.needed("estimate") < case.law("low_value")
    reasons = [*rates.reasons]
    if not is_low:
        reasons += [case.says("cap", cap=cap)] if rates.by_size else [case.says("voluntary", maximum=maximum, cap=cap)]
    steps: list[Step] = []
    amount: Decimal | None = None
    if rates.by_size:
        reasons += [_reference_rule(case), _recovery_rule(case)]
        steps, amount = _arithmetic(case, rates, cap)
    if rates.by_size:
        written = [case.writes("mandatory")]
    else:
        written = [] if is_low else [case.writes("voluntary", maximum=maximum)]
    return case.advice(outcome, headline, reasons, steps=steps, amount=amount, written=written, unknown=_unknown(case, rates))


def _freed(case: Case) -> _Rates | None:
    """Why nothing is imposed whatever the procedure and the size; None where something may be."""
    low, shortest, months = case.law("low_value"), case.law("advance_minimum_months"), case.number("months")
    if case.needed("estimate") < low:
        return _Rates({}, case.says("low_value"), [case.says("low_rule", low=low)])
    if case.chosen("authority") == "other":
        return _Rates({}, case.says("not_must"), [case.says("other_buyer"), case.says("who")])
    if case.chosen("exception") != "none":
        return _Rates({}, case.says("not_must"), [case.says("excepted")])
    if case.chosen("open_ended") != "yes" and months is not None and months < shortest:
        return _Rates({}, case.says("not_must"), [case.says("short", months=shortest)])
    return None


def _imposed(case: Case) -> _Rates:
    maximum, basis = case.law("advance_maximum"), case.chosen("basis")
    if basis == "listed":
        rate = case.law("advance_negotiated")
        return _Rates({"any": rate}, case.says("must", rate=rate), [case.says("who"), case.says("case_a", rate=rate, maximum=maximum)])
    if basis == "unlisted":
        return _Rates({}, case.says("not_must"), [case.says("unlisted")])
    rates = {size: case.law(f"advance_{size}") for size in _SIZES}
    micro, small, medium = rates.values()
    reasons = [case.says("who"), case.says("case_b", micro=micro, small=small, medium=medium, maximum=maximum)]
    size = case.chosen("size")
    if size == "figures":
        size = _computed_size(case)
        reasons.append(case.says("sizes", name=_size_words(case, size)))
    if size == "large":
        return _Rates({}, case.says("not_sme"), reasons)
    if size in rates:
        return _Rates({size: rates[size]}, case.says("must", rate=rates[size]), reasons)
    return _Rates(rates, case.says("must_by_size", micro=micro, small=small, medium=medium), reasons)


def _computed_size(case: Case) -> str:
    turnover, balance = case.number("turnover"), case.number("balance")
    if turnover is None and balance is None:
        raise refuse("turnover", said("Give the turnover or the balance-sheet total: the size is found from one of them."))
    return size_of(case, case.needed("staff"), turnover, balance)


def _size_words(case: Case, size: str) -> Words:
    question = next(each for each in case.helper.questions if each.key == "size")
    return dict(question.choices)[size]


def _verdict(case: Case, rates: _Rates, maximum: Decimal) -> tuple[Outcome, Line]:
    percent, least = case.number("percent"), rates.least
    if percent is not None and percent > maximum:
        return Outcome.FORBIDDEN, case.says("too_high", percent=percent, maximum=maximum)
    if percent is not None and least is not None and percent < least:
        return Outcome.FORBIDDEN, case.says("too_low", percent=percent, rate=least)
    return Outcome.DUTY if rates.by_size else Outcome.FREE, rates.headline


def _reference_rule(case: Case) -> Line:
    return case.says("reference", year=case.law("advance_reference_months"))


def _recovery_rule(case: Case) -> Line:
    return case.says("recovery", first=case.law("advance_recovery_first"), second=case.law("advance_recovery_second"))


def _arithmetic(case: Case, rates: _Rates, cap: Decimal) -> tuple[list[Step], Decimal | None]:
    amount = case.number("amount")
    if amount is None:
        return [], None
    reference = _reference(case, amount)
    steps, last = [reference], Decimal(0)
    percent = case.number("percent")
    for size, rate in rates.by_size.items():
        used = max(rate, percent) if percent is not None and percent <= case.law("advance_maximum") else rate
        key = f"step_{size}" if len(rates.by_size) > 1 else "step_advance"
        last = reference.value * used / _HUNDRED
        steps.append(case.step(key, "{reference} × {rate} ÷ 100", last, reference=reference.value, rate=used))
        if last > cap:
            last = cap
            steps.append(case.step("step_capped", "", cap))
    if case.chosen("open_ended") != "yes":
        steps += _recovery(case, amount)
    return steps, last if len(rates.by_size) == 1 else None


def _reference(case: Case, amount: Decimal) -> Step:
    year, months = case.law("advance_reference_months"), case.number("months")
    if case.chosen("open_ended") == "yes":
        return case.step("step_reference", "{amount} × {year}", amount * year, amount=amount, year=year)
    if months is None or months <= year:
        return case.step("step_reference", "", amount)
    value = amount * year / months
    return case.step("step_reference", "{amount} × {year} ÷ {months}", value, amount=amount, year=year, months=months)


def _recovery(case: Case, amount: Decimal) -> list[Step]:
    shares = {"first": case.law("advance_recovery_first"), "second": case.law("advance_recovery_second")}
    return [
        case.step(f"step_{name}", "{amount} × {share} ÷ 100", amount * share / _HUNDRED, amount=amount, share=share)
        for name, share in shares.items()
    ]


def _unknown(case: Case, rates: _Rates) -> list[Line]:
    if case.needed("estimate") < case.law("low_value"):
        return []
    found = [case.says("unknown_framework"), case.says("unknown_gaps")]
    if rates.by_size and case.number("amount") is None:
        found.insert(0, case.says("unknown_amount"))
    if rates.by_size and case.number("months") is None and case.chosen("open_ended") != "yes":
        found.insert(0, case.says("unknown_months", months=case.law("advance_minimum_months"), year=case.law("advance_reference_months")))
    return found
