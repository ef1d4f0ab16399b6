"""The same thing has one name, in the words of whoever reads it; a list says what its pages say; what waits is counted."""

import html
import re

import pytest
from article_samples import answered
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask, user

from mpdi.accounts.models import User
from mpdi.accounts.passwords import hash_password
from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations, subjects, team_operations, upkeep_operations
from mpdi.helpdesk.article_operations import without_greeting
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.mail.threading import untagged_subject
from mpdi.helpdesk.models import Message, Ticket, TicketEvent
from mpdi.helpdesk.operations import NewQuestion, Reply
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import Route


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture
def waiting(app: Flask) -> tuple[str, str]:
    """A question that waits for its asker: its number, and the token of its private link."""
    with in_database(app) as session:
        ben = user(session, "Ben", Role.FACILITATOR, Route.MPD)
        asked = NewQuestion("Puis-je demander un écolabel ?", "fr", Route.MPD, email="ann@x.example", name="Ann X")
        ticket, token = operations.open_ticket(session, asked, Actor())
        operations.answer(session, ticket, actor(ben), Reply("Pour quoi ?", "fr", TicketAction.WAIT), None)
        return ticket.number, token


def test_who_asked_reads_her_own_words_for_the_state_and_the_desk_its_own(app: Flask, waiting: tuple[str, str]):
    number, token = waiting
    page = text_of(Browser(app).get(f"/questions/{token}"))
    assert "Waiting for your answer" in page
    assert "Your message" in page
    assert not re.search("Waiting for the asker|Message of the asker", page)
    desk = text_of(signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD).get(f"/helpdesk/tickets/{number}"))
    assert "Waiting for the asker" in desk
    assert "Message of the asker" in desk


def test_a_message_is_in_the_language_of_its_words(app: Flask, waiting: tuple[str, str]):
    _number, token = waiting
    asker = Browser(app)
    asker.get(f"/questions/{token}")
    asker.post(f"/questions/{token}", {"body": "Het is voor het onderhoud van onze kantoren, met een raamovereenkomst."})
    asker.get(f"/questions/{token}")
    asker.post(f"/questions/{token}", {"body": "OK"})
    with services_of(app).database.reading() as session:
        languages = session.scalars(select(Message.language).order_by(Message.id)).all()
    assert languages == ["fr", "fr", "nl", "fr"], "where the words do not say it, that of the question"


def test_a_subject_that_only_refers_back_stands_behind_what_it_refers_to():
    body = "Une offre pour le gardiennage est bien plus basse que les autres. Que dois-je demander avant de l'écarter ?"
    assert subjects.subject_of(body).startswith("Une offre pour le gardiennage")
    assert subjects.subject_of(body).endswith("Que dois-je demander avant de l'écarter ?")
    assert subjects.subject_of("Bonjour, nous achetons du papier. Puis-je exclure ce fournisseur de papier ?") == (
        "Puis-je exclure ce fournisseur de papier ?"
    )


@pytest.mark.parametrize(
    ("subject", "left"),
    [
        ("Re: [MPDI-2026-00007-aaaaaaaa]", ""),
        ("RE: Fwd: [MPDI-2026-00007]", ""),
        ("Re: Nettoyage [MPDI-2026-00007-short]", "Re: Nettoyage"),
        ("Nettoyage", "Nettoyage"),
        ("Question sur MPDI-2026-00007", "Question sur MPDI-2026-00007"),
    ],
)
def test_a_tag_that_is_not_right_is_no_subject(subject: str, left: str):
    assert untagged_subject(subject) == left


def expert_asked(app: Flask) -> tuple[str, int]:
    with in_database(app) as session:
        ben, eva = user(session, "Ben", Role.FACILITATOR, Route.MPD), user(session, "Eva", Role.EXPERT)
        eva.password_hash = hash_password("a long password of Eva")
        ticket = ask(session)
        team_operations.ask_expert(session, ticket, actor(ben), eva, "Quel label vaut pour le savon ?", None)
        return ticket.number, eva.id


def test_an_expert_lands_on_what_is_asked_of_her_and_its_number_stands_in_the_menu(app: Flask):
    expert_asked(app)
    eva = Browser(app)
    eva.get("/sign-in")
    answer = eva.post("/sign-in", {"email": "eva@example.org", "password": "a long password of Eva"})
    assert answer.headers["Location"] == "/helpdesk/requests"
    assert re.search(r'href="/helpdesk/requests"[^>]*>[^<]*\(1\)</a>', eva.get("/account"))
    assert "Quel label vaut pour le savon ?" in text_of(eva.get("/helpdesk/requests"))


def test_questions_and_answers_of_experts_keep_their_names_on_every_page_and_after_erasure(app: Flask):
    number, eva_id = expert_asked(app)
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    fatima.get(f"/helpdesk/tickets/{number}")
    with in_database(app) as session:
        ticket = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        eva = session.get_one(User, eva_id)
        team_operations.answer_as_expert(session, ticket, actor(eva), "L'écolabel européen.", "fr", None)
    fatima.post(f"/helpdesk/tickets/{number}/answer", {"body": "Oui.", "language": "fr"}, status=409)
    assert "Expert's answer Eva" in text_of(fatima.page), "on the page of what changed meanwhile"
    assert "Question to the expert Ben" in text_of(fatima.page)
    with in_database(app) as session:
        store = AttachmentStore(services_of(app).settings.home)
        upkeep_operations.anonymise_person(session, store, "ann@example.org", None)
        assert all("message" in event.detail for event in session.scalars(
            select(TicketEvent).where(TicketEvent.what.in_(("expert_asked", "expert_answered")))))
    page = text_of(fatima.get(f"/helpdesk/tickets/{number}"))
    assert "Question to the expert" in page
    assert "Internal note" not in page


def test_the_list_of_articles_says_of_a_draft_what_its_page_says(app: Flask):
    with in_database(app) as session:
        number = answered(session).number
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    address = str(fatima.post(f"/helpdesk/articles/of-ticket/{number}").headers["Location"])
    rests = re.search(r"found in the text and the question: (ENV-CLEAN-001 \d+\.\d+\.\d+)", text_of(fatima.get(address)))
    assert rests, "the page says what the draft rests on"
    assert rests[1] in text_of(fatima.get("/helpdesk/articles"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Bonjour Madame,\n\nOui : voyez la clause.", "Oui : voyez la clause."),
        ("Beste heer Peeters,\nGoedendag,\n\nJa.", "Ja."),
        ("Bonjour, oui.", "oui."),
        ("Cher, mais durable : voilà la réponse.\nOui.", "Cher, mais durable : voilà la réponse.\nOui."),
        ("Bonjour", "Bonjour"),
    ],
)
def test_an_article_greets_nobody(text: str, left: str):
    assert without_greeting(text) == left
