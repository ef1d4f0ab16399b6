"""The queue in another language keeps its filter; a search tells of what it finds among finished tickets."""

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import Clock, actor, ask, user

from mpdi import clock
from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations
from mpdi.helpdesk import team_operations as team
from mpdi.helpdesk.models import SavedView, Ticket
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.reports import Period, report
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


@pytest.mark.parametrize(
    ("filtered", "counts"), [("", 2), ("&done=1", 1), ("&state=resolved", 1), ("&due=overdue", 1), ("&due=soon", 1)]
)
def test_finished_tickets_are_counted_only_where_somebody_is_told_how_many(
    app: Flask, cora: Browser, filtered: str, counts: int
) -> None:
    asked = []
    engine = services_of(app).database.engine
    event.listen(engine, "before_cursor_execute", lambda *what: asked.append(what[2].lower()))
    for words in ("écolabel", "compost", "introuvable"):
        del asked[:]
        cora.get(f"/helpdesk?words={words}{filtered}")
        page = [statement for statement in asked if "answer_due" in statement and "limit" in statement]
        assert len(page) == 1
        assert page[0].count("select count(") == counts


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
        first = now.now()
        now.forward(hours=1)
        waiting = ask(session)
        due = waiting.answer_due
        kept = merged(session, answered, waiting)
        assert (kept.state, clock.aware(kept.first_answered_at)) == ("open", first)
        assert clock.aware(kept.answer_due) == clock.aware(due)


def test_a_question_answered_and_then_opened_by_merging_is_reported_as_answered(app: Flask, now: Clock) -> None:
    with in_database(app) as session:
        answered = ask(session)
        now.forward(hours=2)
        jan = actor(user(session, "Jan", Role.FACILITATOR))
        operations.answer(session, answered, jan, Reply("Oui.", "fr", TicketAction.RESOLVE), None)
        merged(session, answered, ask(session))
        delay = report(session, Period(now.today(), now.today())).delay
        assert (delay.answered, delay.total, delay.median) == (1, 1, 2.0)


@pytest.mark.parametrize("is_answered", [True, False])
def test_questions_that_nobody_promised_an_answer_for_are_merged(app: Flask, now: Clock, is_answered: bool) -> None:
    with in_database(app) as session:
        first, second = ask(session), ask(session)
        if is_answered:
            jan = actor(user(session, "Jan", Role.FACILITATOR))
            operations.answer(session, first, jan, Reply("Oui.", "fr", TicketAction.RESOLVE), None)
        first.answer_due = second.answer_due = None
        kept = merged(session, first, second)
        assert (kept.state, kept.answer_due) == ("open" if is_answered else "new", None)


def test_merging_an_answered_question_changes_no_state(app: Flask, now: Clock) -> None:
    with in_database(app) as session:
        done, also_done = ask(session), ask(session)
        jan = actor(user(session, "Jan", Role.FACILITATOR))
        for each in (done, also_done):
            operations.answer(session, each, jan, Reply("Oui.", "fr", TicketAction.RESOLVE), None)
        assert merged(session, done, also_done).state == "resolved"
