"""The advance: who, exceptions, rates by procedure and size, reference value, cap, recovery."""

from decimal import Decimal

import pytest

from mpdi.advice.core.errors import AnswersError
from mpdi.advice.core.model import Outcome

BASE = {"estimate": "100 000", "months": "12", "amount": "121 000", "size": "small"}


@pytest.fixture
def advance(ask):
    """Ask for the advance of a small firm, unless something else is typed."""
    return lambda **other: ask("advance", **(BASE | other))


def keys(advice):
    return {line.statement.key for line in (*advice.reasons, *advice.unknown)}


@pytest.mark.parametrize(("authority", "outcome"), [("public", Outcome.DUTY), ("controlled", Outcome.DUTY), ("other", Outcome.FREE)])
def test_who_must(advance, authority, outcome):
    assert advance(authority=authority).outcome is outcome


@pytest.mark.parametrize(("estimate", "outcome"), [("29 999,99", Outcome.FREE), ("30 000", Outcome.DUTY)])
def test_not_below_low_value(advance, estimate, outcome):
    made = advance(estimate=estimate)
    assert made.outcome is outcome
    assert ("low_rule" in keys(made)) is (outcome is Outcome.FREE)
    assert bool(made.written) is (outcome is Outcome.DUTY)


@pytest.mark.parametrize("exception", ["financing", "leasing", "insurance", "subscription"])
@pytest.mark.parametrize("basis", ["other", "listed"])
def test_four_kinds_of_contract_are_excepted(advance, exception, basis):
    assert advance(exception=exception, basis=basis).outcome is Outcome.FREE


@pytest.mark.parametrize(("months", "outcome"), [("1,99", Outcome.FREE), ("2", Outcome.DUTY)])
def test_not_where_execution_is_short(advance, months, outcome):
    assert advance(months=months).outcome is outcome


@pytest.mark.parametrize(("size", "amount"), [("micro", 24_200), ("small", 12_100), ("medium", 6_050), ("large", None)])
def test_the_rate_follows_the_size(advance, size, amount):
    made = advance(size=size)
    assert made.amount == amount
    assert made.outcome is (Outcome.FREE if amount is None else Outcome.DUTY)


@pytest.mark.parametrize("size", ["micro", "small", "medium", "large"])
def test_without_publication_on_a_listed_basis_the_rate_is_one_for_all(advance, size):
    assert advance(basis="listed", size=size).amount == 18_150


def test_without_publication_on_another_basis_nothing_is_imposed_and_a_jurist_is_named(advance):
    made = advance(basis="unlisted")
    assert made.outcome is Outcome.FREE
    assert "unlisted" in keys(made)


def test_all_three_rates_where_the_size_is_not_known(advance):
    made = advance(size="unknown")
    assert made.amount is None
    assert [step.value for step in made.steps[1:4]] == [24_200, 12_100, 6_050]


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "rate"),
    [
        ("9", "2 000 000", "", "20"), ("10", "2 000 000", "", "10"), ("9", "2 000 000,01", "", "10"),
        ("9", "9 000 000", "2 000 000", "20"), ("49", "10 000 000", "", "10"), ("50", "10 000 000", "", "5"),
        ("49", "10 000 000,01", "", "5"), ("49", "60 000 000", "10 000 000", "10"),
        ("249", "50 000 000", "", "5"), ("249", "50 000 000,01", "43 000 000", "5"),
        ("250", "1", "", None), ("249", "50 000 000,01", "43 000 000,01", None),
    ],
)  # fmt: skip
def test_the_size_is_found_from_figures(advance, staff, turnover, balance, rate):
    made = advance(size="figures", staff=staff, turnover=turnover, balance=balance)
    assert made.amount == (None if rate is None else Decimal(121_000) * int(rate) / 100)


@pytest.mark.parametrize("missing", [{"staff": "9"}, {"turnover": "5"}])
def test_figures_that_lack_for_the_size_are_asked(advance, missing):
    with pytest.raises(AnswersError):
        advance(size="figures", **missing)


@pytest.mark.parametrize(
    ("months", "open_ended", "reference"), [("12", "no", "121000"), ("13", "no", "111692.31"), ("24", "no", "60500"), ("", "yes", "1452000"), ("", "no", "121000")]
)
def test_the_reference_value_follows_the_duration(advance, months, open_ended, reference):
    made = advance(months=months, open_ended=open_ended)
    assert round(made.steps[0].value, 2) == Decimal(reference)
    assert ("unknown_months" in keys(made)) is (not months and open_ended == "no")


@pytest.mark.parametrize(("amount", "advanced"), [("1 125 000", 225_000), ("1 125 000,05", 225_000), ("1 124 999,95", Decimal("224999.99"))])
def test_the_cap(advance, amount, advanced):
    made = advance(size="micro", amount=amount)
    assert made.amount == advanced
    assert any(step.words.statement.key == "step_capped" for step in made.steps) is (amount == "1 125 000,05")


def test_recovery_in_two_halves(advance):
    assert [step.value for step in advance().steps[-2:]] == [36_300, 72_600]


@pytest.mark.parametrize(("percent", "outcome"), [("20", Outcome.DUTY), ("20,01", Outcome.FORBIDDEN), ("10", Outcome.DUTY), ("9,99", Outcome.FORBIDDEN)])
def test_the_rate_of_the_documents_lies_between_the_mandatory_one_and_the_maximum(advance, percent, outcome):
    made = advance(percent=percent)
    assert made.outcome is outcome
    if percent == "20":
        assert made.amount == 24_200


def test_without_a_duty_the_documents_may_provide_one_up_to_the_maximum(advance):
    made = advance(authority="other", percent="20")
    assert made.outcome is Outcome.FREE
    assert "voluntary" in keys(made)
    assert advance(authority="other", percent="21").outcome is Outcome.FORBIDDEN
    assert {"SME-GEN-008"} == {each for one in made.written for each in one.wording.clauses}


def test_without_an_amount_only_the_rate_is_told(advance):
    made = advance(amount="")
    assert (made.amount, made.steps) == (None, ())
    assert "unknown_amount" in keys(made)
