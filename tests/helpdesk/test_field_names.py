"""Each button of a ticket's page reads its own fields: words in another one are never taken for its own."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from ticket_browsers import in_database, services_of, signed_in
from ticket_samples import actor, ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk import team_operations
from mpdi.helpdesk.draft_operations import kept_texts
from mpdi.helpdesk.models import Message, Ticket
from mpdi.helpdesk.vocabulary import Route

LANGUAGES = {"language": "fr", "note_language": "fr", "expert_language": "fr"}


@pytest.mark.parametrize("act", ["note", "expert", "expert-answer"])
def test_words_meant_for_the_asker_become_nothing_else(app: Flask, act: str) -> None:
    fatima, lea = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD), signed_in(app, "Lea", Role.EXPERT)
    assert fatima.user is not None
    assert lea.user is not None
    with in_database(app) as session:
        ticket = ask(session)
        team_operations.ask_expert(session, ticket, actor(fatima.user), lea.user, "Est-ce proportionné ?", None)
        number, before = ticket.number, session.scalar(select(func.count(Message.id)))
    browser = lea if act == "expert-answer" else fatima
    browser.get(f"/helpdesk/tickets/{number}")
    typed = {"body": "Chère Ann, oui.", "expert": str(lea.user.id)} | LANGUAGES
    page = browser.post(f"/helpdesk/tickets/{number}/{act}", typed, 422).text
    assert "The message is empty: nothing was stored." in page
    with services_of(app).database.reading() as session:
        assert session.scalar(select(func.count(Message.id))) == before


def test_words_meant_for_the_asker_do_not_go_to_whom_the_ticket_is_given(app: Flask) -> None:
    fatima, jan = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD), signed_in(app, "Jan", Role.FACILITATOR)
    assert fatima.user is not None
    assert jan.user is not None
    with in_database(app) as session:
        number = ask(session).number
    fatima.get(f"/helpdesk/tickets/{number}")
    typed = {"assignee": str(jan.user.id), "body": "Chère Ann, oui."} | LANGUAGES
    fatima.post(f"/helpdesk/tickets/{number}/assign", typed)
    with services_of(app).database.reading() as session:
        ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        assert (ticket.assignee_id, len(ticket.messages)) == (jan.user.id, 1)
        assert kept_texts(session, ticket.id, fatima.user.id)["body"] == "Chère Ann, oui."
