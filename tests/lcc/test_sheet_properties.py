"""Any plausible values of any sheet give a case that adds up, or a list of what is missing; never anything else."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Category
from mpdi.lcc.sheets.catalogue import sheet_named, sheets
from mpdi.lcc.sheets.errors import WrongValuesError
from mpdi.lcc.sheets.filling import FilledSheet, fill
from mpdi.lcc.sheets.model import Input, InputKind

TINY = Decimal("0.000001")


def value_of(each: Input) -> st.SearchStrategy[object]:
    if each.kind is InputKind.CHOICE:
        return st.sampled_from(each.options)
    if each.kind is InputKind.WHOLE:
        return st.integers(int(each.minimum), int(min(each.maximum, 500)))
    return st.decimals(each.minimum, each.maximum, places=3).map(
        lambda value: min(max(value, each.minimum), each.maximum)
    )


def values_of(inputs: tuple[Input, ...]) -> st.SearchStrategy[dict[str, object]]:
    needed = {each.key: value_of(each) for each in inputs if each.required and each.default is None}
    free = {each.key: value_of(each) for each in inputs if each.key not in needed}
    return st.fixed_dictionaries(needed, optional=free)


def cases(name: str) -> st.SearchStrategy[dict[str, object]]:
    sheet = sheet_named(name)
    offers = st.lists(values_of(sheet.tenderer), min_size=1, max_size=3).map(
        lambda listed: [{"name": f"Offer {place}", "values": values} for place, values in enumerate(listed)]
    )
    return st.fixed_dictionaries({"sheet": st.just(name), "buyer": values_of(sheet.buyer), "offers": offers})


def filled_or_wrong(case: dict[str, object]) -> tuple[FilledSheet | None, set[str]]:
    try:
        return fill(sheet_named(str(case["sheet"])), case), set()
    except WrongValuesError as error:
        return None, {problem.message for problem in error.problems}


@pytest.mark.parametrize("name", sorted(sheets()))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_plausible_values_add_up_or_are_asked_for(name, data):
    case = data.draw(cases(name))
    filled, wrong = filled_or_wrong(case)
    # A value that only counts sometimes was left out; nothing else can be wrong with values within bounds.
    assert wrong <= {"is missing."}
    if filled is None:
        return
    result = evaluate(filled.case)
    factors = discount_factors(result.conventions.discount_rate, result.conventions.years, result.conventions.timing)
    for offer in result.alternatives:
        scale = max(1, *(abs(worth) for worth in offer.pv.values())) if offer.pv else 1
        assert abs(sum(offer.pv.values()) - offer.lcc) <= TINY * scale
        by_hand = sum(cash * factor for cash, factor in zip(offer.cash, factors, strict=True))
        assert abs(by_hand - offer.lcc) <= TINY * scale
        assert all(worth >= 0 for word, worth in offer.pv.items() if word != Category.RESIDUAL)
        assert offer.pv.get(Category.RESIDUAL, Decimal(0)) <= 0


@pytest.mark.parametrize("name", sorted(sheets()))
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_is_left_at_the_end_is_never_more_than_what_was_paid(name, data):
    case = data.draw(cases(name))
    case["buyer"]["discount_rate"] = 0
    if "residual_method" in sheet_named(name).inputs:
        case["buyer"]["residual_method"] = "straight_line"
    for offer in case["offers"]:
        if "resale" in offer["values"]:
            offer["values"]["resale"] = 0
    filled, _ = filled_or_wrong(case)
    if filled is None:
        return
    for offer in evaluate(filled.case).alternatives:
        paid = sum(offer.pv.get(word, Decimal(0)) for word in (Category.ACQUISITION, Category.REPLACEMENT))
        assert -offer.pv.get(Category.RESIDUAL, Decimal(0)) <= paid + TINY * max(paid, Decimal(1))
