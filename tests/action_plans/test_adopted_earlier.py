"""A plan that was adopted before it came into the portal is judged by the day of the decision."""

import datetime
import re
from dataclasses import replace

import pytest

from mpdi import clock
from mpdi.action_plans.adoption_operations import Decision, PlanNotReadyError, adopt_plan
from mpdi.action_plans.core.completeness import OpenKind
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.operations import begin_plan
from mpdi.services import EXTENSION

TODAY = datetime.date(2028, 3, 1)


@pytest.mark.parametrize("decided_on", [datetime.date(2026, 12, 14), TODAY], ids=["earlier", "today"])
def test_days_that_were_to_come_when_it_was_adopted_are_no_obstacle(
    database, commune, clause_library, monkeypatch, decided_on
):
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    decision = Decision(VersionKind.ADOPTION, decided_on, "Collège")
    with database.writing() as session:
        plan, _token = begin_plan(session, replace(commune, day=datetime.date(2026, 12, 2)))
        if decided_on < TODAY:
            assert adopt_plan(session, plan, 1, decision, clause_library).number == 1
            return
        with pytest.raises(PlanNotReadyError) as caught:
            adopt_plan(session, plan, 1, decision, clause_library)
        assert OpenKind.ACTION_PAST in {each.kind for each in caught.value.points}


def test_the_page_asks_for_the_day_of_the_decision_where_only_days_have_passed(app, commune, monkeypatch):
    """Whoever brings a plan of last year into the portal can note when it was adopted."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with app.extensions[EXTENSION].database.writing() as session:
        token = begin_plan(session, replace(commune, day=datetime.date(2026, 12, 2)))[1]
    client, address = app.test_client(), f"/plans/{token}/adopt"
    text = client.get(address, headers={"Accept-Language": "fr"}).get_data(as_text=True)
    assert f'action="{address}"' in text
    assert "notice-problem" in text
    found = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"|name="csrf_token" value="([^"]+)"', text)
    assert found is not None
    data = {"csrf_token": found[1] or found[2], "revision": "1", "decided_on": "14/12/2026", "organ": "Collège"}
    assert client.post(address, data=data | {"decided_on": "1/3/2028"}).status_code == 409
    assert client.post(address, data=data).status_code == 303
