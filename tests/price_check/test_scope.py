"""Where article 36 may not reach: both sides of the threshold, and that nothing more is said than was read."""

import datetime

import pytest

from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.report import as_json, as_text

BELOW = {"procedure": "negotiated_without_publication", "estimated_value": 150000}


def test_an_open_procedure_gives_rise_to_no_doubt(check):
    assert check(80000, 95000).scope is None
    assert check(80000, 95000, purchase={"procedure": "restricted", "estimated_value": 50000}).scope is None


@pytest.mark.parametrize(
    "procedure", ["negotiated_without_publication", "negotiated_with_publication", "competitive_negotiation"]
)
def test_a_negotiated_procedure_is_doubted_below_the_threshold_and_not_at_it(check, rules, procedure):
    threshold = rules.value("eu_threshold_other", datetime.date(2026, 12, 1))
    under = check(80000, purchase={"procedure": procedure, "estimated_value": threshold - 1})
    assert "was not read here" in under.scope.why
    assert under.scope.certainty is Certainty.GENERAL_KNOWLEDGE
    assert check(80000, purchase={"procedure": procedure, "estimated_value": threshold}).scope is None


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"nature": "works"}, "eu_threshold_works"),
        ({"authority": {"name": "Service d'Exemple", "type": "federal"}}, "eu_threshold_central"),
        ({"light_regime": "yes"}, "eu_threshold_social_services"),
        ({"light_regime": "unknown"}, "eu_threshold_social_services"),
    ],
)
def test_the_threshold_is_the_one_of_the_purchase_and_the_highest_where_it_is_not_stated(check, rules, changes, key):
    threshold = rules.value(key, datetime.date(2026, 12, 1))
    under, at = ({**BELOW, **changes, "estimated_value": value} for value in (threshold - 1, threshold))
    assert check(80000, purchase=under).scope is not None
    assert check(80000, purchase=at).scope is None


def test_a_contract_of_low_value_is_doubted_whatever_its_amount(check):
    assert "of low value" in check(20000, purchase={"procedure": "low_value", "estimated_value": 20000}).scope.why


def test_for_a_day_without_a_known_threshold_it_is_said_so(check):
    old = {**BELOW, "publication_date": datetime.date(2019, 5, 1), "estimated_value": 10**9}
    assert "is not known here" in check(80000, purchase=old).scope.why


def test_what_was_read_and_what_not_is_said_in_both_outputs_and_no_paragraph_is_invented(check, rules):
    made = check(80000, purchase=BELOW)
    text = "\n".join(as_text(made))
    assert "§§ 2 to 4 of article 36" in text
    assert "Not read: the other paragraphs" in text
    assert "§ 6" not in text
    assert as_json(made, rules)["scope"] == {"why": made.scope.why, "read": made.scope.read, "certainty": "general_knowledge"}
    assert as_json(check(80000), rules)["scope"] is None
