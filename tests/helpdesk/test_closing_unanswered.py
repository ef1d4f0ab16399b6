"""A question is never closed without a word to its asker; merging is confirmed; what an expert writes says so."""

from html import unescape

from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations
from mpdi.helpdesk.models import OutgoingMail
from mpdi.helpdesk.operations import NewQuestion, Reply, open_ticket
from mpdi.helpdesk.vocabulary import Route

REASON = "Votre question touche la TVA : le SPF Finances y répond."


def test_a_question_never_answered_is_closed_with_a_reason_its_asker_reads(app: Flask):
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    with in_database(app) as session:
        ticket, token = open_ticket(
            session,
            NewQuestion(body="Quelle TVA sur un repas ?", language="fr", route=Route.MPD, email="ann@example.org"),
            actor(fatima.user),
        )
        number = ticket.number
    page = fatima.get(f"/helpdesk/tickets/{number}")
    assert "Close without an answer" in page
    page = fatima.post(f"/helpdesk/tickets/{number}/state/close", {"close_reason": " "}, 422).text
    assert "Write why you close it" in page
    assert REASON not in Browser(app).get(f"/questions/{token}")
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/state/close", {"close_reason": REASON})
    assert REASON in Browser(app).get(f"/questions/{token}")
    with services_of(app).database.reading() as session:
        (mail,) = [each for each in session.scalars(select(OutgoingMail)) if each.recipient == "ann@example.org"]
        assert mail.body == REASON
    assert "close-reason" not in fatima.get(f"/helpdesk/tickets/{number}")


def test_one_that_was_answered_is_closed_without_more(app: Flask):
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    with in_database(app) as session:
        ticket = ask(session)
        operations.answer(session, ticket, actor(fatima.user), Reply("Oui", "fr"), None)
        number = ticket.number
    assert "close-reason" not in fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/state/close")
    assert "The question is closed." in fatima.get(f"/helpdesk/tickets/{number}")


def test_what_an_expert_is_asked_and_answers_is_told_apart_from_notes(app: Flask):
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    lea = signed_in(app, "Lea", Role.EXPERT)
    with in_database(app) as session:
        number = ask(session).number
        session.get_one(type(lea.user), lea.user.id).language = "nl"
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/note", {"note": "À voir", "note_language": "fr"})
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/expert", {"expert": str(lea.user.id), "expert_question": "Proportionné ?"})
    chosen = lea.get(f"/helpdesk/tickets/{number}").split('id="expert-language"')[1]
    assert '<option value="nl" selected>' in chosen.split("</select>")[0]
    lea.post(f"/helpdesk/tickets/{number}/expert-answer", {"expert_answer": "Ja.", "expert_language": "nl"})
    conversation = fatima.get(f"/helpdesk/tickets/{number}").split('<ol class="messages">')[1].split("</ol>")[0]
    told = [unescape(part.split("</span>")[0]) for part in conversation.split('aria-hidden="true">✎</span>')[1:]]
    assert told == ["Internal note", "Question to the expert", "Expert's answer"]
