"""What is typed and not sent stays, whatever else is pressed, without a script."""

import datetime
import io

import pytest
from flask import Flask
from lxml import html
from page_forms import fill_and_press, first_button
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi import clock
from mpdi.accounts import session_operations
from mpdi.accounts.current import COOKIE
from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.helpdesk import queue_operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.draft_models import ReplyDraft
from mpdi.helpdesk.fact_operations import Facts, facts_of
from mpdi.helpdesk.models import ExpertRequest, Ticket, TicketEvent
from mpdi.helpdesk.queue_operations import ReadyText

REPLY = "Oui, un écolabel convient,\nmais « ou équivalent »"


@pytest.fixture
def address(app: Flask) -> str:
    """The page of a question, for which a ready answer and an expert are there."""
    signed_in(app, "Lea", Role.EXPERT)
    signed_in(app, "Jan", Role.FACILITATOR)
    with in_database(app) as session:
        queue_operations.save_ready_answer(
            session, ReadyText("Label", "Label", "Ajoutez « ou équivalent ».", "Voeg toe")
        )
        ask(session, "Une autre question ?")
        return f"/helpdesk/tickets/{ask(session, 'Puis-je demander un écolabel pour le nettoyage ?').number}"


@pytest.fixture
def cora(app: Flask, address: str) -> Browser:
    """The coordinator, with the page of the question open."""
    browser = signed_in(app, "Cora", Role.COORDINATOR)
    browser.get(address)
    return browser


def messages(app: Flask) -> list[tuple[str, str]]:
    with services_of(app).database.reading() as session:
        return [(each.direction, each.body) for each in session.scalars(select(Ticket)).all()[-1].messages]


def facts_in(app: Flask) -> Facts:
    with services_of(app).database.reading() as session:
        return facts_of(session.scalars(select(Ticket)).all()[-1])


def events(app: Flask) -> list[str]:
    with services_of(app).database.reading() as session:
        return list(session.scalars(select(TicketEvent.what).order_by(TicketEvent.id)))


def signed_in_again(app: Flask, browser: Browser) -> Browser:
    """Another browser of the same person."""
    assert browser.user is not None
    other = Browser(app)
    with services_of(app).database.writing() as session:
        cookie = session_operations.start_session(session, session.get_one(User, browser.user.id), "tests")
    other.client.set_cookie(COOKIE, cookie)
    return other


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("Assign to me", {}), ("Innovation", {}), ("Wait for the asker", {}), ("Close", {"close_reason": "Hors sujet"}), ("Store the facts", {"nature": "legal"}),
        ("Add", {"reference": "ENV-CLEAN-001"}), ("Ask", {"expert_question": "Est-ce permis ?"}), ("Keep without sending", {}),
        ("Keep the note", {"note": "À vérifier"}), ("Hand over", {"hand_over_note": "Il attend un chiffre"}),
    ],
)  # fmt: skip
def test_a_reply_half_written_survives_every_other_button(
    app: Flask, cora: Browser, address: str, words: str, also: dict[str, str]
) -> None:
    fill_and_press(cora, address, {"body": REPLY, "language": "nl"} | also, words)
    page = cora.get(address)
    if words != "Close":  # a closed ticket is answered no more, and shows it again once it is open
        assert f">{REPLY}</textarea>" in page
        assert "it is not sent yet" in page
    assert ("outgoing", REPLY) not in messages(app)
    fill_and_press(cora, address, {}, "Open again" if words == "Close" else "Send the answer")
    if words == "Close":
        cora.get(address)
        fill_and_press(cora, address, {}, "Send the answer")
    told = ["Hors sujet", REPLY] if words == "Close" else [REPLY]
    assert [body for direction, body in messages(app) if direction == "outgoing"] == told
    assert REPLY not in cora.get(address).split('id="answer-body"')[-1].split("</textarea>")[0]
    with services_of(app).database.reading() as session:
        assert session.scalars(select(ReplyDraft)).all() == []


def test_a_note_half_written_survives_the_answer(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY, "note": "Encore à vérifier"}, "Send the answer")
    assert messages(app)[1:] == [("outgoing", REPLY)]
    assert ">Encore à vérifier</textarea>" in cora.get(address)


def test_ready_words_are_put_behind_what_is_typed_without_a_script(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "Put into the answer: Label")
    assert f">{REPLY}\n\nAjoutez « ou équivalent ».</textarea>" in cora.get(address)


def test_enter_in_a_field_never_sends_the_answer(app: Flask, cora: Browser, address: str) -> None:
    assert first_button(cora, "work") == "Keep without sending"
    fill_and_press(
        cora, address, {"body": REPLY, "cpv": "90910000", "reference": "ENV-CLEAN-001"}, "Keep without sending"
    )
    page = cora.get(address)
    assert 'value="90910000"' in page
    assert ">ENV-CLEAN-001</a>" in page
    assert len(messages(app)) == 1


def leave(browser: Browser, address: str, **typed: str) -> None:
    """What the page sends when it is left by a link: no revision, and nothing is answered."""
    browser.get(address)
    assert f'data-keep-typed="{address}/typed"' in browser.page
    answer = browser.client.post(f"{address}/typed", data={"csrf_token": browser.token(), **typed})
    assert (answer.status_code, answer.text) == (204, "")


def test_a_reply_half_written_is_there_again_after_leaving_by_a_link(app: Flask, cora: Browser, address: str) -> None:
    leave(cora, address, body=REPLY, language="nl")
    assert "nothing is sent" not in cora.get("/helpdesk"), "no message on the page one goes to"
    page = cora.get(address)
    assert f">{REPLY}</textarea>" in page
    assert "it is not sent yet" in page
    assert len(messages(app)) == 1
    assert events(app).count("facts_set") == 0
    leave(cora, address, body="", language="nl")
    assert REPLY not in cora.get(address), "what is taken out is taken out"


def test_leaving_keeps_what_is_typed_though_somebody_changed_the_ticket(
    app: Flask, cora: Browser, address: str
) -> None:
    other = signed_in(app, "Carl", Role.COORDINATOR)
    other.get(address)
    fill_and_press(other, address, {"note": "Vu"}, "Keep the note")
    leave(cora, address, body=REPLY)
    assert f">{REPLY}</textarea>" in cora.get(address)


def test_what_was_just_sent_does_not_come_back_as_a_draft(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "Send the answer")
    leave(cora, address, body=REPLY.replace("\n", "\r\n"), note="Encore à vérifier")
    page = cora.get(address)
    assert ">Encore à vérifier</textarea>" in page
    assert REPLY not in page.split('id="answer-body"')[-1].split("</textarea>")[0]


def test_without_a_script_a_button_keeps_and_goes_to_the_queue(app: Flask, cora: Browser, address: str) -> None:
    answer = cora.post(f"{address}/keep", {"body": REPLY, "then": "list"})
    assert answer.location == "/helpdesk"
    assert "Keep and go to the queue" in cora.get(address)
    assert f">{REPLY}</textarea>" in cora.page
    cora.get(address)
    assert cora.post(f"{address}/keep", {"body": REPLY}).location == address


def test_nobody_else_sees_what_is_not_sent(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "Keep without sending")
    assert REPLY not in signed_in(app, "Carl", Role.COORDINATOR).get(address)


def test_what_is_not_sent_is_forgotten_with_the_asker(app: Flask, cora: Browser, address: str, tmp_path) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "Keep without sending")
    with in_database(app) as session:
        upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "ann@example.org", None)
        assert session.scalars(select(ReplyDraft)).all() == []


def test_another_language_keeps_the_reply(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "NL")
    page = cora.get(address)
    assert '<html lang="nl"' in page
    assert f">{REPLY}</textarea>" in page


# Facts


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("Send the answer", {"body": REPLY}),
        ("Send and resolve", {"body": REPLY}),
        ("Keep the note", {"note": "À vérifier"}),
        ("Resolve", {}),
        ("Assign to me", {}),
        ("Innovation", {}),
        ("Ask", {"expert_question": "Est-ce permis ?"}),
        ("Add", {"reference": "ENV-CLEAN-001"}),
        ("Keep without sending", {}),
        ("Store the facts", {}),
    ],
)
def test_facts_typed_survive_every_button(
    app: Flask, cora: Browser, address: str, words: str, also: dict[str, str]
) -> None:
    typed = {
        "cpv": "90910000",
        "obstacles": "O-A1",
        "tender_deadline": "15/1/2027",
        "authority": "Régie d'Élouges",
        "is_pilot": "1",
    }
    fill_and_press(cora, address, typed | also, words)
    facts = facts_in(app)
    assert facts.cpv == ("90910000",)
    assert [each.value for each in facts.obstacles] == ["O-A1"]
    assert (facts.tender_deadline, facts.authority_name, facts.is_pilot) == (
        datetime.date(2027, 1, 15),
        "Régie d'Élouges",
        True,
    )


def test_facts_that_were_not_touched_are_not_stored_again(app: Flask, cora: Browser, address: str) -> None:
    for words in ("Keep without sending", "Assign to me"):
        fill_and_press(cora, address, {}, words)
        cora.get(address)
    assert events(app).count("facts_set") == 0


def test_a_fact_typed_by_the_way_confirms_no_other_guess(app: Flask, address: str) -> None:
    with in_database(app) as session:
        ticket = session.scalars(select(Ticket)).all()[-1]
        ticket.question_nature, ticket.category = "legal", "cleaning"
        ticket.guesses = {"nature": "legal", "category": "cleaning"}
    cora = signed_in(app, "Carla", Role.COORDINATOR)
    cora.get(address)
    fill_and_press(cora, address, {"body": REPLY, "category": "food"}, "Send the answer")
    with services_of(app).database.reading() as session:
        ticket = session.scalars(select(Ticket)).all()[-1]
        assert (ticket.category, ticket.guesses) == ("food", {"nature": "legal"})
    cora.get(address)
    fill_and_press(cora, address, {}, "Store the facts")
    with services_of(app).database.reading() as session:
        assert session.scalars(select(Ticket)).all()[-1].guesses == {}


@pytest.mark.parametrize("words", ["Keep without sending", "Store the facts"])
def test_what_a_colleague_stated_meanwhile_stays(app: Flask, cora: Browser, address: str, words: str) -> None:
    carl = signed_in(app, "Carl", Role.COORDINATOR)
    carl.get(address)
    fill_and_press(carl, address, {"stage": "award", "nature": "legal"}, "Store the facts")
    fill_and_press(cora, address, {"body": REPLY, "cpv": "90910000"}, words)
    facts = facts_in(app)
    assert (facts.stage, facts.question_nature, facts.cpv) == ("award", "legal", ("90910000",))
    assert f">{REPLY}</textarea>" in cora.get(address)


@pytest.mark.parametrize("words", ["Keep without sending", "Store the facts", "Send the answer"])
def test_the_same_fact_changed_by_two_is_asked_about_and_only_that_one_sent_again(
    app: Flask, cora: Browser, address: str, words: str
) -> None:
    carl = signed_in(app, "Carl", Role.COORDINATOR)
    carl.get(address)
    fill_and_press(carl, address, {"stage": "award", "nature": "legal"}, "Store the facts")
    fill_and_press(cora, address, {"body": REPLY, "nature": "economic", "cpv": "90910000"}, words, 409)
    facts = facts_in(app)
    assert (facts.question_nature, facts.cpv) == ("legal", ())
    assert "The facts you changed are sent along" in cora.page
    fill_and_press(cora, address, {}, "Send all the same")
    facts = facts_in(app)
    assert (facts.stage, facts.question_nature, facts.cpv) == ("award", "economic", ("90910000",))
    assert (("outgoing", REPLY) in messages(app)) == (words == "Send the answer")


@pytest.mark.parametrize("words", ["Send the answer", "Keep without sending", "Store the facts", "Assign to me"])
def test_what_cannot_be_read_is_shown_again_with_all_that_was_typed(
    app: Flask, cora: Browser, address: str, words: str
) -> None:
    typed = {"tender_deadline": "demain", "cpv": "90910000", "obstacles": "O-A1", "nature": "legal", "stage": "award"}
    fill_and_press(cora, address, typed | {"body": REPLY}, words, 422)
    assert len(messages(app)) == 1
    page = html.fromstring(cora.page)
    assert page.get_element_by_id("fact-deadline").value == "demain"
    assert page.get_element_by_id("fact-cpv").value == "90910000"
    assert page.get_element_by_id("fact-O-A1").checked
    assert (page.get_element_by_id("fact-nature").value, page.get_element_by_id("fact-stage").value) == (
        "legal",
        "award",
    )
    assert page.get_element_by_id("fact-nature").getparent().getparent().get("open") is not None
    fill_and_press(cora, address, {"tender_deadline": "15/1/2027"}, words)
    assert facts_in(app).tender_deadline == datetime.date(2027, 1, 15)
    assert [each.value for each in facts_in(app).obstacles] == ["O-A1"]


@pytest.mark.parametrize("shown", ["nature=x", "a=b&" * 200, "cpv=%ff%00", "tender_deadline=never"])
def test_what_the_page_is_said_to_have_shown_is_not_trusted(
    app: Flask, cora: Browser, address: str, shown: str
) -> None:
    cora.post(f"{address}/keep", {"facts_shown": shown, "nature": "legal"}, status=400)
    assert facts_in(app).question_nature is None


def test_an_expert_states_no_facts(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"expert_question": "Est-ce permis ?"}, "Ask")
    lea = signed_in(app, "Lou", Role.EXPERT)
    with in_database(app) as session:
        ticket = session.scalars(select(Ticket)).all()[-1]
        session.add(ExpertRequest(ticket_id=ticket.id, expert_id=lea.user.id, question="?", asked_at=clock.now()))
    lea.get(address)
    lea.post(f"{address}/keep", {"facts_shown": "", "nature": "legal"})
    assert facts_in(app).question_nature is None


# Somebody else changed the ticket


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("Send the answer", {"body": REPLY, "note": "Encore à vérifier"}),
        ("Keep the note", {"body": REPLY, "note": "Encore à vérifier"}),
        ("Assign to me", {"body": REPLY, "note": "Encore à vérifier"}),
    ],
)
def test_what_was_typed_is_kept_although_the_ticket_was_changed(
    app: Flask, cora: Browser, address: str, words: str, typed: dict[str, str]
) -> None:
    carl = signed_in(app, "Carl", Role.COORDINATOR)
    carl.get(address)
    fill_and_press(carl, address, {"note": "Un mot de Carl"}, "Keep the note")
    fill_and_press(cora, address, typed, words, 409)
    page = signed_in_again(app, cora).get(address)
    assert f">{REPLY}</textarea>" in page
    assert ">Encore à vérifier</textarea>" in page
    assert REPLY not in carl.get(address)


def test_what_is_sent_all_the_same_is_kept_no_more(app: Flask, cora: Browser, address: str) -> None:
    carl = signed_in(app, "Carl", Role.COORDINATOR)
    carl.get(address)
    fill_and_press(carl, address, {"note": "Un mot de Carl"}, "Keep the note")
    fill_and_press(cora, address, {"body": REPLY}, "Send the answer", 409)
    fill_and_press(cora, address, {}, "Send all the same")
    assert ("outgoing", REPLY) in messages(app)
    with services_of(app).database.reading() as session:
        assert session.scalars(select(ReplyDraft)).all() == []


def test_a_reference_half_typed_survives_the_answer_and_is_gone_once_it_is_added(
    app: Flask, cora: Browser, address: str
) -> None:
    fill_and_press(cora, address, {"body": REPLY, "reference": "ENV-CLEAN"}, "Send the answer")
    assert 'value="ENV-CLEAN"' in cora.get(address)
    fill_and_press(cora, address, {"reference": "ENV-CLEAN-001"}, "Add")
    page = cora.get(address)
    assert ">ENV-CLEAN-001</a>" in page
    assert html.fromstring(page).get_element_by_id("reference").value in (None, "")


def test_facts_typed_are_stored_when_an_article_is_made(app: Flask, cora: Browser, address: str) -> None:
    fill_and_press(cora, address, {"body": REPLY}, "Send the answer")
    cora.get(address)
    fill_and_press(cora, address, {"cpv": "90910000"}, "Make an article of it")
    assert facts_in(app).cpv == ("90910000",)


# Who asks


QUESTION = {
    "question": "Comment acheter du café équitable ?",
    "email": "ann@example.org",
    "name": "Ann",
    "authority": "STIB",
}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("NL", '<html lang="nl"'),
        ("Ask a question as a firm", "as a firm"),
        ("Have specifications read again", "read again"),
    ],
)
def test_a_question_half_typed_survives_another_language_and_another_door(app: Flask, words: str, shown: str) -> None:
    ann = Browser(app)
    ann.get("/questions/new")
    fill_and_press(ann, "/questions/new", QUESTION, words, 200)
    assert shown in ann.page
    for value in QUESTION.values():
        assert value in ann.page
    with services_of(app).database.reading() as session:
        assert session.scalars(select(Ticket)).all() == []


def test_a_chosen_file_is_said_to_be_lost(app: Flask) -> None:
    ann = Browser(app)
    ann.get("/questions/new")
    fields = {"question": "Un café ?", "action": "keep", "file": (io.BytesIO(b"a"), "a.txt")}
    ann.post("/questions/new?language=en", fields, 200)
    assert "choose it again" in ann.page


@pytest.mark.parametrize("words", ["NL", "My question is answered"])
def test_a_message_half_written_survives(app: Flask, words: str) -> None:
    ann = Browser(app)
    ann.get("/questions/new")
    address = ann.post("/questions/new", QUESTION | {"language": "fr"}).location.removesuffix("/sent")
    ann.get(address)
    fill_and_press(ann, address, {"body": "Encore un mot"}, words, 200)
    assert "Encore un mot</textarea>" in ann.page
    with services_of(app).database.reading() as session:
        (ticket,) = session.scalars(select(Ticket)).all()
        assert len(ticket.messages) == 1
