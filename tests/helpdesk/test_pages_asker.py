"""Asking: with and without scripts, suggestions first, the private link, files, nothing lost by an error."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask, user

from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations, team_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import OutgoingMail, SuggestionUse, Ticket
from mpdi.helpdesk.operations import Reply, token_hash
from mpdi.helpdesk.vocabulary import Route

QUESTION = "Peut-on demander des produits de nettoyage écologiques dans une école ?"


def typed(**changed: object) -> dict[str, object]:
    return {"question": QUESTION, "email": "ann@example.org", "language": "fr"} | changed


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


def tickets(app: Flask) -> list[Ticket]:
    with services_of(app).database.reading() as session:
        found = list(session.scalars(select(Ticket).order_by(Ticket.id)))
        session.expunge_all()
        return found


def asked(browser: Browser, **changed: object) -> str:
    """Ask, and return the address of the conversation."""
    browser.get("/questions/new?door=buyer")
    answer = browser.post("/questions/new?door=buyer", typed(**changed))
    return answer.location.removesuffix("/sent")


def test_a_question_is_asked_without_account_and_followed_by_its_link(app: Flask, browser: Browser):
    browser.get("/questions/new?door=buyer")
    answer = browser.post(
        "/questions/new?door=buyer", typed(name="Ann", authority="Gemeente Anderlecht", tender_deadline="15/1/2027")
    )
    page = browser.get(answer.location)
    link = re.search(r'class="address" href="([^"]+)"', page)
    assert link is not None
    conversation = browser.get(link[1])
    assert QUESTION in conversation
    (ticket,) = tickets(app)
    assert ticket.number in conversation
    assert (ticket.authority_id, ticket.tender_deadline.isoformat()) == ("commune-anderlecht", "2027-01-15")
    assert ticket.token_hash == token_hash(link[1].rpartition("/")[2])


def test_the_link_is_sent_by_mail_in_the_language_of_the_answer(app: Flask, browser: Browser):
    address = asked(browser, language="nl")
    with services_of(app).database.reading() as session:
        mail = session.scalars(select(OutgoingMail)).one()
        session.expunge_all()
    assert (mail.recipient, mail.language) == ("ann@example.org", "nl")
    assert address in mail.body
    assert "Auto-Submitted" in mail.headers


def test_pages_behind_a_link_are_kept_by_no_cache_and_no_search_engine(browser: Browser):
    address = asked(browser)
    answer = browser.client.get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert 'content="noindex, nofollow"' in answer.text


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"question": "  "}, "Write your question."),
        ({"question": "x" * 20_001}, "Shorten your question"),
        ({"email": ""}, "Write your e-mail address"),
        ({"email": "ann"}, "Write an address such as"),
        ({"email": "a@b.be, c@d.be"}, "Write an address such as"),
        ({"email": "a@b.be\r\nBcc: c@d.be"}, "Write an address such as"),
        ({"question": "?"}, "Write your question in words."),
        ({"question": "12 % ok ?"}, "Write your question in words."),
        ({"tender_deadline": "31/2/2027"}, "This day does not exist in the calendar"),
        ({"tender_deadline": "end of February"}, "Write the date as day/month/year"),
        ({"language": "de"}, "Language of the answer"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(
    app: Flask, browser: Browser, changed: dict, words: str
):
    browser.get("/questions/new?door=buyer")
    page = browser.post("/questions/new?door=buyer", typed(name="Ann du Port") | changed, 422).text
    assert words in page
    assert "error-summary" in page
    assert "Ann du Port" in page
    assert tickets(app) == []


def test_answers_are_shown_first_without_scripts_and_help_is_counted_without_who(app: Flask, browser: Browser):
    browser.get("/questions/new?door=buyer")
    page = browser.post("/questions/new?door=buyer", typed(action="suggest"), 200).text
    references = re.findall(r'value="helped:(clause:ENV-CLEAN-\d+)"', page)
    assert references
    assert QUESTION in page
    page = browser.post("/questions/new?door=buyer", typed(action=f"helped:{references[0]}"), 200).text
    assert "Thank you" in page
    assert QUESTION in page
    with services_of(app).database.reading() as session:
        use = session.scalars(select(SuggestionUse)).one()
        session.expunge_all()
    assert (use.reference, use.question_was_sent) == (references[0], False)
    browser.post("/questions/new?door=buyer", typed())
    with services_of(app).database.reading() as session:
        assert session.scalars(select(SuggestionUse.question_was_sent)).all() == [True]


def test_a_made_up_suggestion_is_refused(app: Flask, browser: Browser):
    browser.get("/questions/new?door=buyer")
    browser.post("/questions/new?door=buyer", typed(action="helped:nothing"), 400)


def test_suggestions_come_as_data_and_the_question_stands_in_no_address(browser: Browser):
    browser.get("/questions/new?door=firm")
    found = browser.post("/questions/suggestions", {"question": QUESTION}, 200).json
    assert found
    assert set(found[0]) == {"reference", "title", "summary", "language", "address", "kind"}
    assert browser.client.get(found[0]["address"]).status_code == 200
    assert browser.client.get("/questions/suggestions?question=x").status_code in (404, 405)
    assert browser.post("/questions/suggestions", {"question": "x"}, 200).json == []


@pytest.mark.parametrize(
    "address",
    [
        "/questions/new?door=other",
        "/questions/new?kind=other",
        "/questions/abc",
        "/questions/abc/sent",
        "/questions/MPDI-2026-00001",
    ],
)
def test_what_is_not_there_is_not_there(browser: Browser, address: str):
    browser.get(address, 404)


def test_a_file_goes_along_and_comes_back_as_a_download_only(app: Flask, browser: Browser):
    hostile = b"<html><script>alert(1)</script>"
    address = asked(browser, file=(BytesIO(hostile), "../../évil\u202egpj.html"))
    page = browser.get(address)
    assert "évilgpj.html" in page
    found = re.search(r'href="(/questions/[^"]+/files/\d+)"', page)
    assert found is not None
    answer = browser.client.get(found[1])
    assert answer.data == hostile
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.mimetype == "text/plain"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(app: Flask, browser: Browser):
    browser.get("/questions/new?door=buyer")

    class Unread(BytesIO):
        def read(self, *_arguments: object) -> bytes:
            raise AssertionError("the body was read")

    answer = browser.client.post(
        "/questions/new?door=buyer",
        input_stream=Unread(),
        environ_overrides={"CONTENT_LENGTH": "40000000"},
        content_type="multipart/form-data; boundary=x",
        headers={"Accept-Language": "en"},
    )
    assert answer.status_code == 413
    assert "Files of at most 25 MB" in answer.text
    assert tickets(app) == []


def multipart(fields: dict[str, str], field: str, name: str, content: bytes) -> dict[str, object]:
    """A form with a file, as bytes: the test client would leave a temporary file of it open."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'.encode()
    return {
        "data": b"".join([*parts, head, content, b"\r\n--x--\r\n"]),
        "content_type": "multipart/form-data; boundary=x",
    }


def test_a_file_of_ten_megabytes_is_taken_here_and_nowhere_else(app: Flask, browser: Browser):
    browser.get("/questions/new?door=buyer")
    fields = typed(csrf_token=browser.token())
    answer = browser.client.post(
        "/questions/new?door=buyer", **multipart(fields, "file", "plan.bin", b"x" * 10_000_000)
    )
    assert answer.status_code == 303
    assert "plan.bin" in browser.get(answer.location.removesuffix("/sent"))
    answer = browser.client.post("/specifications/upload", **multipart({}, "answers", "a.yaml", b"x" * 10_000_000))
    assert answer.status_code == 413


def test_a_disk_that_takes_nothing_is_said_and_the_words_are_kept(app: Flask, browser: Browser):
    (Path(services_of(app).settings.home) / "attachments").write_text("in the way")
    browser.get("/questions/new?door=buyer")
    page = browser.post("/questions/new?door=buyer", typed(file=(BytesIO(b"x"), "plan.pdf")), 422).text
    assert "The file could not be stored" in page
    assert QUESTION in page
    assert tickets(app) == []
    browser.post("/questions/new?door=buyer", typed())
    assert len(tickets(app)) == 1


def test_the_conversation_goes_on_is_resolved_and_opened_again(app: Flask, browser: Browser):
    address = asked(browser)
    with in_database(app) as session:
        facilitator = user(session, "Fatima", Role.FACILITATOR)
        ticket = session.scalars(select(Ticket)).one()
        operations.write_note(session, ticket, actor(facilitator), "Note secrète", "fr", None)
        operations.answer(session, ticket, actor(facilitator), Reply("Oui, c'est permis.", "fr"), None)
    page = browser.get(address)
    assert "Oui, c&#39;est permis." in page
    assert "Note secrète" not in page
    browser.post(f"{address}/resolve")
    page = browser.get(address)
    assert "My question is not answered" in page
    assert "My question is answered" not in page
    browser.post(address, {"body": "Et pour les vitres ?"})
    assert [(item.state, item.closed_at) for item in tickets(app)] == [("open", None)]
    assert "Et pour les vitres ?" in browser.get(address)
    browser.post(address, {"body": ""}, 422)


def test_what_people_write_is_shown_as_text(browser: Browser):
    page = browser.get(asked(browser, question="<script>alert(1)</script> & <b>gras</b> dans ma question"))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_file_of_a_note_is_no_file_of_the_asker(app: Flask, browser: Browser):
    address = asked(browser)
    with in_database(app) as session:
        facilitator = user(session, "Fatima", Role.FACILITATOR)
        file = AttachmentStore(services_of(app).settings.home).store(BytesIO(b"secret"), "note.txt")
        ticket = session.scalars(select(Ticket)).one()
        note = operations.write_note(session, ticket, actor(facilitator), "voir fichier", "fr", None, [file])
        file_id = note.attachments[0].id
    browser.get(f"{address}/files/{file_id}", 404)
    browser.get(f"{address}/files/99999", 404)


def test_somebody_signed_in_finds_the_questions_and_colleagues_may_read_them(app: Flask):
    asker = signed_in(app, "Ann", Role.BUYER, authority_id="commune-anderlecht")
    asked(asker, authority="Anderlecht")
    number = tickets(app)[0].number
    assert number in asker.get("/questions/mine")
    assert QUESTION in asker.get(f"/questions/{number}")
    colleague = signed_in(app, "Bob", Role.BUYER, authority_id="commune-anderlecht")
    assert "Add a message" not in colleague.get(f"/questions/{number}")
    colleague.post(f"/questions/{number}", {"body": "Moi aussi"}, 404)
    signed_in(app, "Cem", Role.BUYER, authority_id="commune-ixelles").get(f"/questions/{number}", 404)
    signed_in(app, "Dor", Role.FIRM).get(f"/questions/{number}", 404)
    Browser(app).get(f"/questions/{number}", 404)


def test_a_merged_question_shows_the_one_that_took_it_in(app: Flask, browser: Browser):
    address = asked(browser)
    with in_database(app) as session:
        facilitator = user(session, "Fatima", Role.FACILITATOR)
        other = ask(session, "La première fois, par mail", route=Route.MPD)
        team_operations.merge(session, session.scalars(select(Ticket)).first(), actor(facilitator), other, None)
    page = browser.get(address)
    assert "La première fois, par mail" in page
    assert QUESTION in page


def test_to_have_a_specification_read_again_a_file_is_needed(app: Flask, browser: Browser):
    page = browser.get("/questions/new?kind=reread")
    assert "automatic reading of it is not there yet" in page
    assert "Choose the file of your specification." in browser.post("/questions/new?kind=reread", typed(), 422).text
    for content, words in (
        (b"<!doctype html>", "what this file holds is something else"),
        (b"MZ\0\0", "The file is a program"),
    ):
        answer = browser.post("/questions/new?kind=reread", typed(file=(BytesIO(content), "bestek.docx")), 422).text
        assert words in answer
        assert QUESTION in answer, "what was typed is still there"
    browser.post("/questions/new?kind=reread", typed(file=(BytesIO(b"%PDF-1.7"), "bestek.pdf")))
    assert [item.kind for item in tickets(app)] == ["reread"]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("door", ["buyer", "firm"])
def test_the_form_speaks_three_languages(app: Flask, language: str, door: str):
    page = Browser(app, language).get(f"/questions/new?door={door}")
    assert f'<html lang="{language}">' in page


def test_what_a_question_is_about_comes_along_from_the_page_before_and_can_be_emptied(app: Flask, browser: Browser):
    page = browser.get("/questions/new?door=buyer&about=Guide: Acheter <b>de l'innovation</b>")
    assert "Guide: Acheter &lt;b&gt;de l&#39;innovation&lt;/b&gt;" in page
    assert "What it is about" in page
    answer = browser.post("/questions/new?door=buyer", typed(about="Guide: Acheter de l'innovation"))
    conversation = browser.get(answer.location.removesuffix("/sent"))
    assert re.search(r"Guide: Acheter de l&#39;innovation\s*(<br>|</p>)", conversation)
    assert QUESTION in conversation
    browser.get("/questions/new?door=buyer&about=Guide")
    emptied = browser.post("/questions/new?door=buyer", typed(about=" "))
    assert "Guide" not in re.sub(
        r"(?s)<(header|footer|nav).*?</\1>", "", browser.get(emptied.location.removesuffix("/sent"))
    )


def test_a_subject_that_is_too_long_is_cut_and_alone_it_is_no_question(app: Flask, browser: Browser):
    page = browser.get("/questions/new?door=buyer&about=" + "x" * 500)
    assert f'value="{"x" * 160}"' in page
    browser.post("/questions/new?door=buyer", typed(question="", about="Guide"), status=422)
    assert tickets(app) == []
    assert 'value="Guide"' in browser.page


def test_without_a_subject_the_form_asks_for_none(browser: Browser):
    assert "What it is about" not in browser.get("/questions/new?door=buyer")
