"""When the Observatory of reference prices must or may be consulted."""

import pytest

from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.observatory import Consultation


@pytest.mark.parametrize(
    ("kind", "changes", "consultation"),
    [
        ("regional", {"cpv_risk_list": "yes"}, Consultation.MUST),
        ("regional", {"cpv_risk_list": "no", "estimated_value": 216000}, Consultation.MAY),
        ("regional", {"cpv_risk_list": "no", "estimated_value": 216001}, Consultation.MUST_IF_UNEXPLAINED),
        ("regional", {"cpv_risk_list": "unknown", "estimated_value": 100000}, Consultation.CHECK_FIRST),
        ("regional", {"nature": "works", "works_above_class_2": "yes"}, Consultation.MUST_IF_UNEXPLAINED),
        ("regional", {"nature": "works", "works_above_class_2": "no"}, Consultation.MAY),
        ("regional", {"nature": "works"}, Consultation.CHECK_FIRST),
        ("local", {"cpv_risk_list": "yes"}, Consultation.MUST),
        ("local", {"cpv_risk_list": "unknown"}, Consultation.CHECK_FIRST),
        ("local", {"cpv_risk_list": "no", "estimated_value": 9000000}, Consultation.MAY),
        ("federal", {"cpv_risk_list": "yes"}, Consultation.NOT_PROVIDED),
        ("other", {"cpv_risk_list": "yes"}, Consultation.NOT_PROVIDED),
    ],
)
def test_by_buyer_amount_and_list(check, kind, changes, consultation):
    advice = check(1000, purchase={"authority": {"type": kind}} | changes).observatory
    assert advice.consultation is consultation
    assert advice.through_government is (kind == "local")


@pytest.mark.parametrize(("nature", "days"), [("services", 15), ("works", 25)])
def test_days_of_the_opinion_for_a_regional_buyer(check, nature, days):
    assert check(1000, purchase={"authority": {"type": "regional"}, "nature": nature}).observatory.days == days


def test_the_amount_that_an_older_decree_names_is_only_partly_sure(check):
    advice = check(1000, purchase={"authority": {"type": "regional"}, "estimated_value": 300000}).observatory
    assert advice.certainty is Certainty.PARTLY
    assert "confirmed" in advice.reason
