"""What is typed and not sent stays, whatever else is pressed, without a script."""

import io

import pytest
from flask import Flask
from page_forms import fill_and_press, first_button
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi.accounts.roles import Role
from mpdi.helpdesk import queue_operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.draft_models import ReplyDraft
from mpdi.helpdesk.models import Ticket
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


@pytest.mark.parametrize(
    ("words", "also"),
    [
        ("Assign to me", {}), ("Innovation", {}), ("Wait for the asker", {}), ("Close", {}), ("Store the facts", {"nature": "legal"}),
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
    assert [body for direction, body in messages(app) if direction == "outgoing"] == [REPLY]
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
