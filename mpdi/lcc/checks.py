"""What makes a case fit to be counted: one pass before the sums, each refusal with its remedy."""

from collections import Counter
from decimal import Decimal

from mpdi.lcc.discounting import check_rate, check_years
from mpdi.lcc.errors import (
    AmountError,
    FlowYearError,
    MixedCurrenciesError,
    MixedMoneyError,
    MixedVatError,
    NoAlternativesError,
    SameNameError,
)
from mpdi.lcc.faults import fault
from mpdi.lcc.model import ZERO, Alternative, Case, Category, Conventions, Flow, category_of

INCOMES = frozenset({Category.RESIDUAL, Category.REVENUE})

LARGEST = Decimal(10) ** 15
"""The largest amount that is taken for one: an assumption of ours, far above any purchase."""


def check_case(case: Case) -> None:
    """Raise the error of the first thing that is wrong with the case; a case that passes can be counted."""
    conventions = case.conventions
    check_years(conventions.years)
    check_rate(conventions.discount_rate)
    if not case.alternatives:
        raise NoAlternativesError("no_alternatives")
    for name, times in Counter(each.name for each in case.alternatives).items():
        if times > 1:
            raise SameNameError("same_alternative", times=times, name=name)
    for alternative in case.alternatives:
        years = conventions.years if alternative.years is None else check_years(alternative.years)
        for flow in alternative.flows:
            _check_flow(flow, alternative, years)
            _check_money(flow, alternative, conventions)


def _check_flow(flow: Flow, alternative: Alternative, years: int) -> None:
    place = fault("line_of", line=flow.name, alternative=alternative.name)
    if not flow.amount.is_finite():
        raise AmountError("no_amount", place=place, amount=flow.amount)
    if abs(flow.amount) > LARGEST:
        raise AmountError("amount_too_large", place=place, amount=flow.amount)
    if flow.amount > ZERO and category_of(flow.category) in INCOMES:
        raise AmountError("positive_income", place=place, amount=flow.amount)
    if not 0 <= flow.first <= flow.last <= years:
        raise FlowYearError("flow_years", place=place, first=flow.first, last=flow.last, years=years)


def _check_money(flow: Flow, alternative: Alternative, conventions: Conventions) -> None:
    place = fault("line_of", line=flow.name, alternative=alternative.name)
    if flow.currency not in (None, conventions.currency):
        raise MixedCurrenciesError("other_currency", place=place, found=flow.currency, currency=conventions.currency)
    if flow.vat not in (None, conventions.vat):
        raise MixedVatError(
            "other_vat", place=place, found=fault(f"vat_{flow.vat}"), vat=fault(f"vat_{conventions.vat}")
        )
    if flow.money not in (None, conventions.money):
        known_money(conventions)


def known_money(conventions: Conventions) -> Decimal:
    """The inflation that converts real into nominal money; `MixedMoneyError` when the case gives none."""
    if conventions.inflation is None:
        raise MixedMoneyError("mixed_money", money=fault(f"money_{conventions.money}"))
    return check_rate(conventions.inflation, "inflation")
