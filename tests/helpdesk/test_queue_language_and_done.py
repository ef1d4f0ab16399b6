"""The queue in another language keeps its filter; a search tells of what it finds among finished tickets."""

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from ticket_browsers import Browser, in_database, signed_in
from ticket_samples import Clock, actor, ask, user

from mpdi import clock
from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations
from mpdi.helpdesk import team_operations as team
from mpdi.helpdesk.models import SavedView, Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.states import TicketAction


@pytest.fixture
def cora(app: Flask) -> Browser:
    """The coordinator, with a French and a Dutch question waiting and two on compost that are done."""
    browser = signed_in(app, "Cora", Role.COORDINATOR)
    assert browser.user is not None
    with in_database(app) as session:
        ask(session, "Puis-je demander un écolabel ?")
        ask(session, "Mag ik een ecolabel vragen?", language="nl")
        for _number in range(2):
            operations.resolve(session, ask(session, "Comment acheter du compost ?"), actor(browser.user), None)
    return browser


def test_the_language_of_the_pages_is_no_filter(cora: Browser) -> None:
    page = cora.get("/helpdesk?asked_in=nl&language=fr")
    assert '<html lang="fr"' in page
    assert "Mag ik een ecolabel vragen?" in page
    assert "Puis-je demander un écolabel ?" not in page
    assert "Puis-je demander un écolabel ?" in cora.get("/helpdesk?language=nl")


def test_a_view_saved_before_keeps_its_language(app: Flask, cora: Browser) -> None:
    assert cora.user is not None
    with in_database(app) as session:
        session.add(SavedView(user_id=cora.user.id, name="Dutch ones", filters={"language": ["nl"]}))
    assert 'href="/helpdesk?asked_in=nl">Dutch ones</a>' in cora.get("/helpdesk")


def test_a_search_says_how_many_more_are_finished_and_shows_them(cora: Browser) -> None:
    page = cora.get("/helpdesk?words=compost")
    assert "No ticket here" in page
    assert '<a href="?words=compost&amp;done=1">2 more among finished ones</a>' in page
    page = cora.get("/helpdesk?words=compost&done=1")
    assert page.count("Comment acheter du compost ?") == 2
    assert "among finished ones" not in page
    assert "among finished ones" not in cora.get("/helpdesk?words=écolabel")


# Merging


def merged(session: Session, first: Ticket, second: Ticket) -> Ticket:
    """Merge the second into the first, and read the first again."""
    fatima = user(session, "Fatima", Role.FACILITATOR)
    team.merge(session, second, actor(fatima), first, None)
    return session.scalars(select(Ticket).where(Ticket.id == first.id)).one()


def test_merging_keeps_the_pilot_mark_the_deadline_and_the_nearest_promise(app: Flask, now: Clock) -> None:
    with in_database(app) as session:
        calm = ask(session)
        pressing = ask(session, is_pilot=True, tender_deadline=now.today().replace(day=30))
        due = pressing.answer_due
        kept = merged(session, calm, pressing)
        assert (kept.is_pilot, kept.priority, kept.tender_deadline) == (True, 0, now.today().replace(day=30))
        assert clock.aware(kept.answer_due) == clock.aware(due)
        assert kept.state == "new"


@pytest.mark.parametrize("then", [TicketAction.RESOLVE, TicketAction.WAIT])
def test_merging_a_question_that_waits_into_an_answered_one_opens_it_again(app: Flask, now: Clock, then) -> None:
    with in_database(app) as session:
        answered = ask(session)
        operations.answer(
            session, answered, actor(user(session, "Jan", Role.FACILITATOR)), Reply("Oui.", "fr", then), None
        )
        waiting = ask(session)
        due = waiting.answer_due
        kept = merged(session, answered, waiting)
        assert (kept.state, kept.first_answered_at) == ("open", None)
        assert clock.aware(kept.answer_due) == clock.aware(due)


def test_merging_an_answered_question_changes_no_state(app: Flask, now: Clock) -> None:
    with in_database(app) as session:
        done, also_done = ask(session), ask(session)
        jan = actor(user(session, "Jan", Role.FACILITATOR))
        for each in (done, also_done):
            operations.answer(session, each, jan, Reply("Oui.", "fr", TicketAction.RESOLVE), None)
        assert merged(session, done, also_done).state == "resolved"
