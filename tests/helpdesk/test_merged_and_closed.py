"""What a merge and a closing tell: the asker by mail and on the page; the desk no clock that has stopped."""

import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations, team_operations
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route

REASON = "Le SPF Finances y répond."


@pytest.fixture
def cora(app: Flask) -> Browser:
    """The coordinator."""
    return signed_in(app, "Cora", Role.COORDINATOR)


def asked(app: Flask, body: str) -> tuple[str, str]:
    """Ask; return the number and the address behind the private link."""
    with in_database(app) as session:
        question = NewQuestion(body=body, language="fr", route=Route.MPD, email="ann@example.org")
        ticket, token = open_ticket(session, question, operations.Actor())
        return ticket.number, f"/questions/{token}"


def test_the_asker_is_told_of_a_merge_by_mail_and_behind_both_links(app: Flask, cora: Browser) -> None:
    second, second_link = asked(app, "Quel label pour le papier ?")
    first, first_link = asked(app, "Quel label pour le papier, encore ?")
    cora.get(f"/helpdesk/tickets/{second}")
    cora.post(f"/helpdesk/tickets/{second}/merge", {"into": first, "merge_confirmed": "1"})
    with services_of(app).database.reading() as session:
        (mail,) = [each for each in session.scalars(select(OutgoingMail)) if each.recipient == "ann@example.org"]
        assert f"la question {second} se poursuit dans la question {first}" in mail.body
        assert mail.headers["Auto-Submitted"], "no program answers it"
    for link in (first_link, second_link):
        page = Browser(app).get(link)
        assert f"Your question {second} was joined with this one" in page
    assert "was joined" not in Browser(app).get(asked(app, "Autre chose ?")[1])


def test_who_left_no_address_gets_no_mail_of_a_merge(app: Flask, cora: Browser) -> None:
    with in_database(app) as session:
        one, other = ask(session, "Une question ?"), ask(session, "La même ?")
        one.asker_email = other.asker_email = ""
        one.asker_id = other.asker_id = cora.user.id if cora.user else None
        team_operations.merge(session, one, actor(cora.user), other, None)
        assert session.scalars(select(OutgoingMail)).all() == []


def test_a_reason_for_closing_is_no_answer_of_the_helpdesk(app: Flask, cora: Browser) -> None:
    number, link = asked(app, "Quelle TVA sur un repas ?")
    cora.get(f"/helpdesk/tickets/{number}")
    cora.post(f"/helpdesk/tickets/{number}/state/close", {"close_reason": REASON})
    for page in (cora.get(f"/helpdesk/tickets/{number}"), Browser(app).get(link)):
        head = page.split(REASON)[0].rpartition('class="message-kind">')[2]
        assert head.startswith("Closed without an answer: why")


def test_a_closed_ticket_has_no_clock(app: Flask, cora: Browser) -> None:
    number, _link = asked(app, "Quelle TVA sur un repas ?")
    assert "First answer due by" in cora.get(f"/helpdesk/tickets/{number}")
    cora.post(f"/helpdesk/tickets/{number}/state/close", {"close_reason": REASON})
    page = cora.get(f"/helpdesk/tickets/{number}")
    assert "First answer due by" not in page
    assert "Never answered" in page
    row = cora.get("/helpdesk?done=1").split('<ol class="tickets"')[1].split("</ol>")[0]
    assert "never answered" in row
    assert "answer by" not in row


def test_what_is_done_awaits_no_other_answer(app: Flask, cora: Browser) -> None:
    number, _link = asked(app, "Quel label pour le papier ?")
    with in_database(app) as session:
        ticket = session.scalars(select(Ticket)).one()
        operations.answer(session, ticket, actor(cora.user), operations.Reply("Un écolabel.", "fr"), None)
        operations.add_message(session, ticket, operations.Actor(), "Et pour les enveloppes ?", "fr")
    assert number in cora.get("/helpdesk?due=again&done=1")
    with in_database(app) as session:
        session.scalars(select(Ticket)).one().state = "closed"  # as forgetting the asker leaves it
    assert number not in cora.get("/helpdesk?due=again&done=1")
    assert "Another answer due by" not in cora.get(f"/helpdesk/tickets/{number}")


def test_a_page_past_the_last_one_says_so_and_how_many_there_are(app: Flask, cora: Browser) -> None:
    asked(app, "Quel label pour le papier ?")
    page = cora.get("/helpdesk?page=99")
    assert '<h1>Queue <span class="quiet">1</span></h1>' in page
    assert "The queue has no page 99" in page
    assert "every question has been answered" not in page
