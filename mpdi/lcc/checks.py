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
        raise NoAlternativesError("The case has no alternatives: give at least one, the first being the base.")
    for name, times in Counter(each.name for each in case.alternatives).items():
        if times > 1:
            raise SameNameError(f"{times} alternatives are called “{name}”: give each a name of its own.")
    for alternative in case.alternatives:
        years = conventions.years if alternative.years is None else check_years(alternative.years)
        for flow in alternative.flows:
            _check_flow(flow, alternative, years)
            _check_money(flow, alternative, conventions)


def _check_flow(flow: Flow, alternative: Alternative, years: int) -> None:
    place = f"“{flow.name}” of “{alternative.name}”"
    if not flow.amount.is_finite():
        raise AmountError(f"{place} costs {flow.amount}: write an amount, 0 where it costs nothing.")
    if abs(flow.amount) > LARGEST:
        raise AmountError(f"{place} costs {flow.amount}: more than any purchase, check its unit.")
    if flow.amount > ZERO and category_of(flow.category) in INCOMES:
        raise AmountError(
            f"{place} is an income and is written {flow.amount}: incomes are negative. "
            "What must be paid at the end belongs under end_of_life."
        )
    if not 0 <= flow.first <= flow.last <= years:
        raise FlowYearError(
            f"{place} runs from year {flow.first} to year {flow.last}; the study has years 0 to {years}. "
            "Shorten it, or lengthen the study."
        )


def _check_money(flow: Flow, alternative: Alternative, conventions: Conventions) -> None:
    place = f"“{flow.name}” of “{alternative.name}”"
    if flow.currency not in (None, conventions.currency):
        raise MixedCurrenciesError(
            f"{place} is in {flow.currency}, the case in {conventions.currency}: convert it first, and note the rate."
        )
    if flow.vat not in (None, conventions.vat):
        raise MixedVatError(
            f"{place} is with VAT {flow.vat}, the case with VAT {conventions.vat}: bring all amounts to one of them."
        )
    if flow.money not in (None, conventions.money):
        known_money(conventions)


def known_money(conventions: Conventions) -> Decimal:
    """The inflation that converts real into nominal money; `MixedMoneyError` when the case gives none."""
    if conventions.inflation is None:
        raise MixedMoneyError(
            "The case mixes real and nominal amounts: give the inflation to convert them, or write them all in "
            f"{conventions.money} money."
        )
    return check_rate(conventions.inflation, "Inflation")
