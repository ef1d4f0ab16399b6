"""What cannot be counted is refused with its reason and its remedy; what is only unusual is counted."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from mpdi.lcc.budget import budget_view
from mpdi.lcc.cases import as_data, read_case
from mpdi.lcc.errors import (
    AmountError,
    CaseReadingError,
    FlowYearError,
    GrowthError,
    HorizonError,
    LifeCycleCostError,
    MixedCurrenciesError,
    MixedMoneyError,
    MixedVatError,
    NoAlternativesError,
    RateError,
    SameNameError,
)
from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Alternative, Case, Conventions, Flow


def case_of(*items: dict, **fields: object) -> dict:
    """A case as data, of one alternative with these lines."""
    case = {"years": 3, "discount_rate": 0.03, "alternatives": [{"name": "Offer", "items": list(items)}]}
    return {**case, **fields}


PRICE = {"name": "price", "cat": "acquisition", "t": 0, "amount": 100}
POWER = {"name": "power", "cat": "energy", "annual": 10}

REFUSED = {
    "no alternatives": (case_of(alternatives=[]), NoAlternativesError, "at least one"),
    "two of one name": (
        case_of(alternatives=[{"name": "A", "items": [PRICE]}, {"name": "A", "items": [PRICE]}]),
        SameNameError,
        "a name of its own",
    ),
    "a study of no years": (case_of(PRICE, years=0), HorizonError, "from 1 to 100"),
    "a study of a thousand years": (case_of(PRICE, years=1000), HorizonError, "residual value"),
    "half a year": (case_of(PRICE, years=2.5), CaseReadingError, "whole number"),
    "a percentage for a rate": (case_of(PRICE, discount_rate=3), RateError, "0.03 for 3 %"),
    "an index for a growth": (case_of({**POWER, "esc": 1.03}), RateError, "price path"),
    "an index in a list of growths": (case_of({**POWER, "esc_list": [1.03, 1.05, 1.07]}), RateError, "price path"),
    "a list too short": (case_of({**POWER, "esc_list": [0.01, 0.02]}), GrowthError, "2 years and 3 are needed"),
    "a path too short": (case_of({**POWER, "price_path": [1.0]}), GrowthError, "1 years and 3 are needed"),
    "a negative price": (case_of({**POWER, "price_path": [1, -1, 1]}), GrowthError, "negative factor"),
    "two growths": (case_of({**POWER, "esc": 0.01, "price_path": [1, 1, 1]}), GrowthError, "more than once"),
    "a residual value with a plus": (
        case_of({"name": "resale", "cat": "residual", "t": 3, "amount": 50}),
        AmountError,
        "incomes are negative",
    ),
    "a revenue with a plus": (case_of({"name": "feed-in", "cat": "revenue", "annual": 5}), AmountError, "negative"),
    "a cost after the study": (case_of({**PRICE, "t": 4}), FlowYearError, "years 0 to 3"),
    "an end before the beginning": (case_of({**POWER, "from": 3, "to": 2}), FlowYearError, "from year 3 to year 2"),
    "another currency": (case_of({**POWER, "currency": "USD"}), MixedCurrenciesError, "convert it first"),
    "VAT in one line": (case_of({**POWER, "vat": "included"}), MixedVatError, "one of them"),
    "nominal beside real": (case_of({**POWER, "money": "nominal"}), MixedMoneyError, "give the inflation"),
    "an unknown key": (case_of({**POWER, "annuel": 3}), CaseReadingError, "annuel"),
    "an unknown convention": (case_of(PRICE, convention="start"), CaseReadingError, "end, mid, continuous"),
    "no category": (case_of({"name": "x", "t": 0, "amount": 1}), CaseReadingError, "cat"),
    "once and every year": (case_of({**POWER, "t": 1}), CaseReadingError, "either"),
    "an amount in words": (case_of({**PRICE, "amount": "cent"}), CaseReadingError, "cent"),
    "an amount without end": (case_of({**PRICE, "amount": float("inf")}), CaseReadingError, "finite"),
    "an amount beyond any purchase": (case_of({**PRICE, "amount": 10**16}), AmountError, "check its unit"),
    "a number of a billion digits": (case_of(PRICE, years="1e999999999"), CaseReadingError, "ordinary size"),
    "a lag without end": (case_of({**POWER, "esc": 0.1, "esc_lag": 10**9}), GrowthError, "from 0 to 100"),
    "a lag backwards": (case_of({**POWER, "esc": 0.1, "esc_lag": -1}), GrowthError, "from 0 to 100"),
    "a rate far below nothing": (case_of(PRICE, discount_rate=-0.9), RateError, "0.03 for 3 %"),
    "a word for yes or no": (case_of(PRICE, first_year_grown="yes"), CaseReadingError, "true or false"),
    "a title that is a list": (case_of(PRICE, title=["a"]), CaseReadingError, "should be a word"),
    "yes for an amount": (case_of({**PRICE, "amount": True}), CaseReadingError, "should be a number"),
    "lines that are no list": (case_of(alternatives=[{"name": "A", "items": "price"}]), CaseReadingError, "a list"),
    "no case at all": ("a case", CaseReadingError, "keys with values"),
}


@pytest.mark.parametrize(("data", "error", "words"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_with_reason_and_remedy(data, error, words):
    with pytest.raises(error, match=words) as caught:
        evaluate(read_case(data))
    assert isinstance(caught.value, LifeCycleCostError)


def test_a_message_names_the_line_and_its_alternative():
    with pytest.raises(AmountError, match="“resale” of “Offer”"):
        evaluate(read_case(case_of({"name": "resale", "cat": "residual", "t": 3, "amount": 50})))


def test_an_amount_that_is_no_number_is_refused_when_built_in_code():
    flow = Flow("price", "acquisition", Decimal("NaN"), 0, 0)
    with pytest.raises(AmountError, match="costs NaN"):
        evaluate(Case(Conventions(1, Decimal(0)), (Alternative("Offer", (flow,)),)))


def test_inflation_makes_a_mixed_case_one():
    mixed = case_of({**POWER, "money": "nominal", "esc": 0.02}, inflation=0.02)
    plain = case_of(POWER)
    got, expected = (as_data(evaluate(read_case(each)))["alternatives"][0]["lcc"] for each in (mixed, plain))
    assert got == pytest.approx(expected, rel=1e-12)


def test_a_rate_of_nothing_and_a_negative_one_are_counted():
    lccs = [as_data(evaluate(read_case(case_of(POWER, discount_rate=rate))))["alternatives"][0] for rate in (0, -0.5)]
    assert [each["lcc"] for each in lccs] == [30, 140]


def test_an_offer_without_lines_costs_nothing():
    got = evaluate(Case(Conventions(2, Decimal("0.03")), (Alternative("Gift", ()),)))
    assert got.winner.lcc == 0
    assert got.winner.cash == (0, 0, 0)


@pytest.mark.parametrize("extra", [Decimal("0.01"), Decimal(40)], ids=["a cent", "forty"])
def test_a_ratio_on_next_to_nothing_carries_a_warning(extra):
    base = Case(
        Conventions(2, Decimal(0)),
        (
            Alternative("A", (Flow("price", "invest", Decimal(100), 0, 0), Flow("use", "energy", Decimal(50), 1, 2))),
            Alternative("B", (Flow("price", "invest", 100 + extra, 0, 0), Flow("use", "energy", Decimal(10), 1, 2))),
        ),
    )
    comparison = evaluate(base).alternatives[1].comparison
    assert ("tiny_investment" in comparison.cautions) is (extra < 1)
    assert comparison.sir == 80 / extra


@pytest.mark.parametrize(("price", "again", "savings"), [(60, "41.25", -81.25), (100, "0", -80)], ids=["cheaper", "equal"])
def test_what_is_not_dearer_to_buy_has_nothing_to_pay_back(price, again, savings):
    """Dearer to run; the cheaper one has a replacement that makes its investments together 1.25 dearer."""
    lines = (Flow("price", "invest", Decimal(price), 0, 0), Flow("again", "replacement", Decimal(again), 1, 1))
    base = (Flow("price", "invest", Decimal(100), 0, 0), Flow("use", "energy", Decimal(10), 1, 2))
    offers = (Alternative("A", base), Alternative("B", (*lines, Flow("use", "energy", Decimal(50), 1, 2))))
    result = evaluate(Case(Conventions(2, Decimal(0)), offers))
    got = as_data(result)["alternatives"][1]
    assert got["ns"] == savings
    assert {key: got[key] for key in ("sir", "airr", "spb", "dpb")} == dict.fromkeys(("sir", "airr", "spb", "dpb"))
    assert got["cautions"] == ["no_extra_investment"]
    assert budget_view(result).earned_back is None


def test_the_callers_own_precision_changes_no_cent():
    case = read_case(case_of(PRICE, {**POWER, "esc": 0.0123}, convention="mid"))
    usual = evaluate(case).winner.lcc
    with localcontext(prec=4):
        assert evaluate(case).winner.lcc == usual


def test_a_case_can_be_counted_again_with_another_horizon():
    case = read_case(case_of(PRICE))
    longer = replace(case, conventions=replace(case.conventions, years=10))
    assert len(evaluate(longer).winner.cash) == 11
