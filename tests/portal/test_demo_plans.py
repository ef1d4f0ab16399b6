"""Plans of the demonstration: fed by notices and tickets through the operations that pages use, and put in once."""

import datetime
import shutil

import pytest
from sqlalchemy import func, select

from mpdi.accounts.authorities import register
from mpdi.accounts.models import User
from mpdi.accounts.passwords import is_right
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.progress import progress_report
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.core.vocabulary import VersionKind
from mpdi.action_plans.models import ActionPlan
from mpdi.action_plans.progress_figures import progress_facts
from mpdi.action_plans.queries import current_profile, versions_of
from mpdi.database import Database
from mpdi.demo import fill, take_in_notices
from mpdi.demo_plans import AGENCY, COMMUNE, HOSPITAL, fill_plans
from mpdi.helpdesk.models import Ticket
from mpdi.specifications.models import SpecificationDraft

DAY = datetime.date(2026, 12, 2)


@pytest.fixture(scope="module")
def database(sqlite_tables, clause_library, tmp_path_factory):
    """What `mpdi demo` fills, notices with it, on a day on which every plan of it has begun or is in the making."""
    home = tmp_path_factory.mktemp("demonstration")
    shutil.copyfile(sqlite_tables, home / "mpdi.sqlite3")
    made = Database(f"sqlite:///{home / 'mpdi.sqlite3'}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPDI_DEMONSTRATION", "1")
        patch.setattr("mpdi.clock.now", lambda: datetime.datetime(2026, 12, 2, 9, 0, tzinfo=datetime.UTC))
        with made.writing() as session:
            fill(session, clause_library)
            filled = fill_plans(session, clause_library)
        take_in_notices(made, home)
        assert len({token for _name, token in filled.links}) == 3
        yield made, filled
    made.engine.dispose()


def plan_of(session, authority):
    return session.scalars(select(ActionPlan).where(ActionPlan.authority_id == authority)).one()


def counts(session):
    return tuple(
        session.scalar(select(func.count(table.id))) for table in (Ticket, SpecificationDraft, ActionPlan, User)
    )


def test_each_plan_stands_where_it_is_said_to_and_fifteen_indicators_or_more_fill_themselves(database, clause_library):
    with database[0].reading() as session:
        kinds = {}
        for authority in (COMMUNE, HOSPITAL, AGENCY):
            plan = plan_of(session, authority)
            profile = current_profile(session, plan)
            drafted = draft_plan(profile, edition_canevas(profile.canevas), clause_library)
            facts = progress_facts(session, drafted, DAY)
            assert (facts.recognition, facts.authority) == (Recognition.IDENTIFIER, authority)
            assert progress_report(drafted, facts, DAY).fed >= 15, authority
            kinds[authority] = [each.kind for each in versions_of(session, plan.id)]
        assert kinds[COMMUNE] == []
        assert kinds[HOSPITAL] == [VersionKind.ADOPTION, VersionKind.AMENDMENT]
        assert kinds[AGENCY] == [VersionKind.ADOPTION]
        assert current_profile(session, plan_of(session, AGENCY)).noted


def test_the_buyer_of_the_commune_owns_its_plan_alone_and_signs_in_with_the_password_that_was_said(database):
    made, filled = database
    with made.reading() as session:
        user = session.scalars(select(User).where(User.email == filled.email)).one()
        assert is_right(user.password_hash, filled.password)
        owned = session.scalars(select(ActionPlan.authority_id).where(ActionPlan.owner_id == user.id)).all()
    assert owned == [COMMUNE]


def test_each_authority_asked_was_answered_met_an_obstacle_and_has_a_pilot(database):
    with database[0].reading() as session:
        for authority in (COMMUNE, HOSPITAL, AGENCY):
            tickets = session.scalars(select(Ticket).where(Ticket.authority_id == authority)).all()
            answered = [each for each in tickets if each.first_answered_at is not None]
            assert 0 < len(answered) < len(tickets)
            assert any(each.obstacles for each in tickets)
            assert any(each.is_pilot for each in tickets)
            known = register().get(authority)
            assert known is not None
            assert {each.authority_name for each in tickets} <= set(known.written_names())


def test_filled_twice_nothing_is_there_twice(database, clause_library):
    made, _filled = database
    with made.reading() as session:
        before = counts(session)
    with made.writing() as session:
        assert fill(session, clause_library) == ()
        again = fill_plans(session, clause_library)
    assert (again.email, again.password, again.links) == ("", "", ())
    with made.reading() as session:
        assert counts(session) == before
