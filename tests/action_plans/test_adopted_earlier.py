"""A plan that was adopted before it came into the portal is judged by the day of the decision."""

import datetime
from dataclasses import replace

import pytest

from mpdi import clock
from mpdi.action_plans.adoption_operations import Decision, PlanNotReadyError, adopt_plan
from mpdi.action_plans.core.completeness import OpenKind
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.operations import begin_plan

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
