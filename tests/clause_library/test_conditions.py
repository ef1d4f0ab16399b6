"""Conditions hold, do not hold, or are unknown; what a buyer did not state never excludes."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core.conditions import CLOSED_FACTS, ConditionError, Evaluator, check_condition
from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError, UnknownLawNumberError

FACTS = {
    "nature": "services",
    "category": "cleaning",
    "cpv": ("90919200", "45000000"),
    "options": ("variants",),
    "has_lots": False,
    "estimated_value": Decimal(140_000),
    "duration_months": Decimal("5.5"),
    "lots": 0,
}
YES, NO, UNKNOWN = {"nature": "services"}, {"nature": "works"}, {"procedure": "open"}


@pytest.fixture(scope="module")
def numbers(clause_library):
    return clause_library.reference.numbers


@pytest.fixture
def evaluate(numbers):
    return lambda condition, day=datetime.date(2026, 6, 1): Evaluator(FACTS, numbers, day).holds(condition)


CASES = [
    ({}, True),
    (YES, True),
    (NO, False),
    (UNKNOWN, None),
    ({"not": YES}, False),
    ({"not": NO}, True),
    ({"not": UNKNOWN}, None),
    ({"not": {"not": YES}}, True),
    ({"all": [YES, YES]}, True),
    ({"all": [YES, NO]}, False),
    ({"all": [YES, UNKNOWN]}, None),
    ({"all": [UNKNOWN, NO]}, False),
    ({"any": [NO, YES]}, True),
    ({"any": [NO, NO]}, False),
    ({"any": [NO, UNKNOWN]}, None),
    ({"any": [UNKNOWN, YES]}, True),
    ({"not": {"all": [UNKNOWN, NO]}}, True),
    ({"not": {"any": [NO, UNKNOWN]}}, None),
    ({"nature": ["works", "services"]}, True),
    ({"nature": ["works", "supplies"]}, False),
    ({"procedure": ["open", "restricted"]}, None),
    ({"options": "variants"}, True),
    ({"options": ["innovation", "variants"]}, True),
    ({"options": "innovation"}, False),
    ({"cpv": ["9091"]}, True),
    ({"cpv": "45"}, True),
    ({"cpv": ["0919"]}, False),
    ({"has_lots": False}, True),
    ({"has_lots": True}, False),
    ({"framework": False}, None),
    ({"duration_months": {"at_least": Decimal("5.5")}}, True),
    ({"duration_months": {"above": Decimal("5.5")}}, False),
    ({"duration_months": {"at_most": Decimal("5.5")}}, True),
    ({"duration_months": {"below": Decimal("5.5")}}, False),
    ({"duration_months": {"above": 5, "below": 6}}, True),
    ({"duration_months": {"above": 5, "below": 5}}, False),
    ({"lots": {"at_least": 1}}, False),
    ({"payment_days": {"at_least": 1}}, None),
    ({"lots": {"known": True}}, True),
    ({"payment_days": {"known": True}}, False),
    ({"payment_days": {"known": False}}, True),
]


@pytest.mark.parametrize(("condition", "holds"), CASES, ids=str)
def test_three_values(evaluate, numbers, condition, holds):
    check_condition(condition, numbers)
    assert evaluate(condition) is holds


@pytest.mark.parametrize(("day", "holds"), [(datetime.date(2025, 12, 31), False), (datetime.date(2026, 1, 1), True)])
def test_a_number_of_law_is_that_of_the_day(evaluate, day, holds):
    assert evaluate({"estimated_value": {"at_least": {"number": "lots_reason"}}}, day) is holds


def test_a_day_on_which_the_law_is_not_known_is_an_error_and_no_guess(evaluate):
    with pytest.raises(LawNumberNotInForceError):
        evaluate({"estimated_value": {"at_least": {"number": "lots_reason"}}}, datetime.date(2030, 1, 1))


def test_the_comparisons_that_decided_are_named(numbers):
    evaluator = Evaluator(FACTS, numbers, datetime.date(2026, 6, 1))
    outcome = evaluator.outcome({"all": [YES, {"not": {"has_lots": False}}, UNKNOWN]})
    assert [(leaf.fact, leaf.is_negated, leaf.holds) for leaf in outcome.leaves] == [("has_lots", True, True)]
    unknown = evaluator.outcome({"all": [YES, UNKNOWN]})
    assert [(leaf.fact, leaf.actual, leaf.holds) for leaf in unknown.leaves] == [("procedure", None, None)]


def _conditions():
    leaves = st.sampled_from([YES, NO, UNKNOWN, {"lots": {"at_least": 1}}, {"framework": True}])
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            inner.map(lambda each: {"not": each}),
            st.lists(inner, min_size=1, max_size=3).map(lambda each: {"all": each}),
            st.lists(inner, min_size=1, max_size=3).map(lambda each: {"any": each}),
        ),
    )


def kleene(condition, leaf):
    """The textbook's three values: false < unknown < true; all is the least, any the greatest, not turns round."""
    key, value = next(iter(condition.items()))
    if key == "not":
        return 1 - kleene(value, leaf)
    if key in ("all", "any"):
        return {"all": min, "any": max}[key](kleene(each, leaf) for each in value)
    return {False: 0, None: 0.5, True: 1}[leaf(condition)]


@given(_conditions())
def test_three_values_follow_the_textbook(condition):
    evaluator = Evaluator(FACTS, None, datetime.date(2026, 6, 1))
    expected = {0: False, 0.5: None, 1: True}[kleene(condition, evaluator.holds)]
    assert evaluator.holds(condition) is expected
    if condition and evaluator.outcome(condition).holds is not None:
        assert evaluator.outcome(condition).leaves


WRONG = [
    ({"colour": "red"}, "“colour” is not a fact"),
    ({"nature": "service"}, "“service” is not a value of “nature”"),
    ({"nature": ["works", "service"]}, "“service”"),
    ({"category": "cleanning"}, "“cleanning” is not a value of “category”"),
    ({"options": ["variants", "none"]}, "“none” is not a value of “options”"),
    ({"ambition": "high"}, "“high”"),
    ({"has_lots": "yes"}, "“yes”"),
    ({"lots": 3}, "is a number: compare it"),
    ({"lots": {"more_than": 3}}, "“more_than” is not a comparison"),
    ({"lots": {"at_least": "three"}}, "“three” is not a number"),
    ({"lots": {"at_least": True}}, "is not a number"),
    ({"lots": {"at_least": {"number": "lots_reason", "plus": 1}}}, "{number: KEY}"),
    ({"lots": {}}, "compared with nothing"),
    ({"nature": {"at_least": 3}}, "“nature” is not a number"),
    ({"all": []}, "holds a list"),
    ({"any": YES}, "holds a list"),
    ({"nature": "works", "lots": {"at_least": 1}}, "one key a condition"),
    ({"not": "works"}, "is not a condition"),
    ("works", "is not a condition"),
    ({"any": [YES, {"not": {"all": [{"colour": "red"}]}}]}, "“colour”"),
]


@pytest.mark.parametrize(("condition", "words"), WRONG, ids=str)
def test_a_condition_wrongly_written_is_refused(numbers, condition, words):
    with pytest.raises(ConditionError) as caught:
        check_condition(condition, numbers)
    assert words in str(caught.value)


def test_a_number_of_law_that_does_not_exist_is_refused(numbers):
    with pytest.raises(UnknownLawNumberError, match="no_such"):
        check_condition({"lots": {"at_least": {"number": "no_such"}}}, numbers)


def test_every_closed_fact_takes_each_of_its_values(numbers):
    for fact, values in CLOSED_FACTS.items():
        check_condition({fact: list(values)}, numbers)
