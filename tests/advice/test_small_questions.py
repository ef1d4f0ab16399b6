"""Turnover, lots, deposit, compensation, payment: both sides of every threshold, and each exception."""

import pytest

from mpdi.advice.core.errors import AnswersError
from mpdi.advice.core.model import Outcome


def keys(advice):
    """The statements that an answer rests on."""
    return {line.statement.key for line in (*advice.reasons, *advice.unknown)}


def clauses(advice):
    """The clauses that an answer names."""
    return {identifier for each in advice.written for identifier in each.wording.clauses}


# Turnover


@pytest.mark.parametrize(("asked", "outcome"), [("400 000", Outcome.ALLOWED), ("400 000,01", Outcome.FORBIDDEN)])
def test_turnover_is_at_most_twice_the_value(ask, asked, outcome):
    made = ask("turnover", value="200.000", asked=asked)
    assert made.outcome is outcome
    assert made.amount == 400_000
    assert clauses(made) == {"SME-GEN-004"}


def test_special_risks_let_turnover_go_further_with_reasons(ask):
    made = ask("turnover", value="200000", asked="400001", risks="yes")
    assert made.outcome is Outcome.ALLOWED
    assert "belgian" in keys(made)
    assert any("risques particuliers" in each.text("fr") for each in made.written)


def test_turnover_counts_lot_by_lot(ask):
    made = ask("turnover", structure="lots", lots="40 000\n50.000", asked="80000")
    assert [step.value for step in made.steps] == [80_000, 100_000]
    assert made.outcome is Outcome.ALLOWED
    assert ask("turnover", structure="lots", lots="40000\n50000", asked="80000,01").outcome is Outcome.FORBIDDEN
    assert "50.000" in made.written[0].text("nl")


def test_turnover_of_a_framework_follows_simultaneous_orders_where_they_are_known(ask):
    known = ask("turnover", structure="framework", value="900000", parallel="100000")
    unknown = ask("turnover", structure="framework", value="900000")
    assert (known.amount, unknown.amount) == (200_000, 1_800_000)
    assert "framework_known" in keys(known)
    assert "framework_unknown" in keys(unknown)


def test_the_turnover_advised_is_once_the_value_of_a_year(ask):
    assert "50 000" in ask("turnover", value="200000", months="48").written[0].text("fr").replace("\u00a0", " ")
    assert "200 000" in ask("turnover", value="200000", months="12").written[0].text("fr").replace("\u00a0", " ")


@pytest.mark.parametrize("typed", [{}, {"structure": "lots"}, {"structure": "framework"}])
def test_turnover_cannot_be_told_without_a_value(ask, typed):
    with pytest.raises(AnswersError, match="needed"):
        ask("turnover", **typed)


# Lots


@pytest.mark.parametrize(("value", "outcome"), [("139 999,99", Outcome.FREE), ("140 000", Outcome.DUTY)])
def test_not_dividing_needs_reasons_from_the_amount(ask, value, outcome):
    assert ask("lots", value=value).outcome is outcome


def test_a_date_on_which_no_number_is_known_is_refused_at_its_field(ask):
    assert ask("lots", value="140000", day="31/12/2027").outcome is Outcome.DUTY
    with pytest.raises(AnswersError, match=r"^day: .*not known on this date"):
        ask("lots", value="140000", day="01/01/2028")


def test_written_reasons_or_lots_satisfy_the_rule(ask):
    assert ask("lots", value="140000", reasons="yes").outcome is Outcome.ALLOWED
    divided = ask("lots", value="140000", divided="yes", cap="yes")
    assert divided.outcome is Outcome.FREE
    assert {"notice", "cap_rule"} <= keys(divided)
    assert clauses(divided) == {"SME-GEN-001", "SME-GEN-002", "SME-GEN-003"}
    assert "cap_rule" not in keys(ask("lots", value="140000", divided="yes"))


def test_the_light_regime_and_low_value_are_outside_the_article(ask):
    light = ask("lots", value="500000", light="yes")
    assert light.outcome is Outcome.FREE
    assert "light_rule" in keys(light)
    assert "low_rule" in keys(ask("lots", value="29999,99"))
    assert "low_rule" not in keys(ask("lots", value="30000"))


# Deposit


@pytest.mark.parametrize(
    ("award", "sector", "amount"), [("49999,99", "classic", 0), ("50000", "classic", 2500), ("99999,99", "special", 0), ("100000", "special", 5000)]
)
def test_no_deposit_below_the_award_amount(ask, award, sector, amount):
    assert ask("deposit", award=award, sector=sector).amount == amount


def test_asking_a_deposit_below_the_amount_is_not_allowed(ask):
    assert ask("deposit", award="49999", percent="2").outcome is Outcome.FORBIDDEN
    assert ask("deposit", award="49999", percent="0").outcome is Outcome.FREE


@pytest.mark.parametrize(("percent", "reasons", "outcome"), [("5", "no", Outcome.ALLOWED), ("5,01", "no", Outcome.FORBIDDEN), ("5,01", "yes", Outcome.ALLOWED), ("0", "no", Outcome.ALLOWED)])
def test_more_than_the_rate_needs_reasons_and_less_does_not(ask, percent, reasons, outcome):
    assert ask("deposit", award="80000", percent=percent, reasons=reasons).outcome is outcome


@pytest.mark.parametrize(("nature", "days", "amount"), [("services", "45", 0), ("services", "46", 4000), ("supplies", "45", 0), ("supplies", "46", 4000), ("works", "45", 4000)])
def test_short_supplies_and_services_have_none(ask, nature, days, amount):
    assert ask("deposit", award="80000", nature=nature, days=days).amount == amount


@pytest.mark.parametrize("nature", ["exempt", "outside"])
def test_exempt_services_have_none_and_asking_one_is_to_be_checked(ask, nature):
    assert ask("deposit", award="80000", nature=nature).outcome is Outcome.FREE
    asked = ask("deposit", award="80000", nature=nature, percent="5")
    assert asked.outcome is Outcome.OPEN
    assert "unknown_exempt" in keys(asked)


@pytest.mark.parametrize(("percent", "outcome"), [("3", Outcome.ALLOWED), ("3,01", Outcome.FORBIDDEN)])
def test_a_framework_with_one_supplier_has_a_global_deposit(ask, percent, outcome):
    made = ask("deposit", award="800000", framework="yes", percent=percent)
    assert made.outcome is outcome
    assert ask("deposit", award="800000", framework="yes").amount == 24_000


# Tender compensation


def test_compensation_is_due_for_what_the_documents_require(ask):
    assert ask("compensation", required="yes", procedure="restricted").outcome is Outcome.DUTY
    assert ask("compensation", required="no", procedure="restricted").outcome is Outcome.FREE


@pytest.mark.parametrize(
    ("procedure", "outcome"),
    [
        ("open", Outcome.FREE), ("negotiated_with_publication", Outcome.FREE), ("restricted", Outcome.DUTY),
        ("competitive_negotiation", Outcome.DUTY), ("negotiated_without_publication", Outcome.DUTY),
        ("competitive_dialogue", Outcome.DUTY), ("innovation_partnership", Outcome.DUTY), ("low_value", Outcome.DUTY),
    ],
)  # fmt: skip
def test_two_procedures_are_excepted(ask, procedure, outcome):
    assert ask("compensation", procedure=procedure).outcome is outcome


def test_compensation_of_a_low_value_contract_waits_for_a_jurist(ask):
    made = ask("compensation", procedure="low_value")
    assert {line.statement.certainty for line in made.reasons if line.statement.key == "low_value"} == {"partly"}


def test_the_winner_gets_no_compensation_and_all_get_it_when_the_buyer_gives_up(ask):
    assert ask("compensation", amount="500", tenderers="4").amount == 1500
    assert ask("compensation", amount="500", tenderers="4", outcome="given_up").amount == 2000
    assert ask("compensation", amount="500", tenderers="0").amount == 0
    assert ask("compensation").amount is None


@pytest.mark.parametrize(
    ("decision", "conclusion", "latest"),
    [("31/08/2026", "15/09/2026", "15/10/2026"), ("31/08/2026", "20/02/2027", "28/02/2027"), ("31/08/2026", "", "28/02/2027"), ("", "15/09/2026", "15/10/2026")],
)
def test_compensation_is_paid_by_the_earlier_of_two_days(ask, decision, conclusion, latest):
    made = ask("compensation", amount="500", decision=decision, conclusion=conclusion)
    assert [line.text("fr") for line in made.reasons if line.statement.key == "latest"] == [f"À payer au plus tard le {latest}."]


# Payment


@pytest.mark.parametrize(("days", "outcome"), [("30", Outcome.ALLOWED), ("31", Outcome.FORBIDDEN), ("60", Outcome.FORBIDDEN), ("61", Outcome.FORBIDDEN)])
def test_payment_within_thirty_days(ask, days, outcome):
    assert ask("payment", days=days).outcome is outcome


FOUR = {"stated": "yes", "justified": "yes", "fair": "yes"}


@pytest.mark.parametrize(("days", "outcome"), [("31", Outcome.ALLOWED), ("60", Outcome.ALLOWED), ("61", Outcome.FORBIDDEN)])
def test_a_longer_term_needs_the_four_conditions(ask, days, outcome):
    assert ask("payment", days=days, **FOUR).outcome is outcome


@pytest.mark.parametrize("missing", FOUR)
def test_one_condition_missing_is_enough(ask, missing):
    made = ask("payment", days="45", **(FOUR | {missing: "no"}))
    assert made.outcome is Outcome.FORBIDDEN
    assert f"missing_{missing}" in keys(made)


@pytest.mark.parametrize(("days", "outcome"), [("60", Outcome.ALLOWED), ("61", Outcome.FORBIDDEN)])
def test_health_care_has_sixty_days(ask, days, outcome):
    assert ask("payment", days=days, health="yes").outcome is outcome


@pytest.mark.parametrize(("days", "is_listed"), [("60", True), ("61", False)])
def test_what_a_longer_term_lacks_is_listed_only_where_it_could_help(ask, days, is_listed):
    found = keys(ask("payment", days=days))
    assert ("missing_stated" in found) is is_listed
    assert ("beyond" in found) is not is_listed


def test_below_zero_stands_a_minus_sign_and_no_hyphen(ask):
    assert ask("lots", value="139.999,99").steps[0].shown("fr") == "−0,01\u00a0EUR"
    assert ask("lots", value="139.000").steps[0].shown("nl") == "−1.000\u00a0EUR"


def test_the_sentence_on_a_deposit_leaves_room_for_the_rounding_that_nobody_read(ask):
    made = ask("deposit", award="60000", nature="works")
    assert "unknown_rounding" in keys(made)
    assert "Arrondi: […]" in made.written[0].text("fr")
    assert "Afronding: […]" in made.written[0].text("nl")


def test_the_last_day_of_payment(ask):
    assert any("31/01/2027" in line.text("fr") for line in ask("payment", days="30", start="01/01/2027").reasons)
    with pytest.raises(AnswersError, match="at least one day"):
        ask("payment", days="0")
