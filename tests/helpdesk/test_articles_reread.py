"""An article in the other language is re-read by somebody else, and its readers know whether it was."""

import html
import re

import pytest
from article_samples import answered, csrf, forget_loading, services_of, signed_in
from flask import Flask
from flask.testing import FlaskClient

from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.helpdesk.models import Article, OutgoingMail
from mpdi.helpdesk.vocabulary import Route

DUTCH = {"title_nl": "Milieukeur", "question_nl": "Mag ik een milieukeur vragen?", "answer_nl": "Ja, met gelijkwaardig bewijs."}
UNREAD = "Nobody has re-read it yet."


@pytest.fixture
def writer(app: Flask) -> FlaskClient:
    forget_loading(app)
    return signed_in(app, Role.FACILITATOR, Route.MPD, name="Fatima")


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    return signed_in(app, Role.FACILITATOR, Route.SOCIAL, name="Saskia")


def draft(app: Flask, browser: FlaskClient) -> str:
    with services_of(app).database.writing() as session:
        number = answered(session).number
    token = csrf(browser, "/specifications/new")
    made = browser.post(f"/helpdesk/articles/of-ticket/{number}", data={"csrf_token": token})
    return str(made.headers["Location"])


def page_of(browser: FlaskClient, address: str) -> str:
    return html.unescape(browser.get(address, headers={"Accept-Language": "en"}).get_data(as_text=True))


def press(browser: FlaskClient, address: str, do: str, **typed: str) -> str:
    """Press a button of the editor with all its fields as they stand, but for what is typed; return the page after it."""
    page = browser.get(address).get_data(as_text=True)
    found = re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    fields: dict[str, object] = {name: html.unescape(text.removeprefix("\n")) for name, text in found}
    for name in ("csrf_token", "revision"):
        fields[name] = re.search(rf'name="{name}" value="([^"]*)"', page)[1]  # type: ignore[index]
    fields["confirmed"] = re.findall(r'name="confirmed" value="([^"]*)"', page)
    answer = browser.post(
        address, data=fields | typed | {"do": do}, headers={"Accept-Language": "en"}, follow_redirects=True
    )
    assert answer.status_code == 200, answer.get_data(as_text=True)[:2000]
    return html.unescape(answer.get_data(as_text=True))


def named(app: Flask, name: str) -> str:
    with services_of(app).database.reading() as session:
        return f"user:{session.query(User).filter_by(name=name).one().id}"


def mails(app: Flask, address: str) -> list[OutgoingMail]:
    with services_of(app).database.reading() as session:
        found = session.query(OutgoingMail).filter_by(recipient=address).all()
        session.expunge_all()
        return found


def public_address(app: Flask) -> str:
    with services_of(app).database.reading() as session:
        return f"/answers/{session.query(Article).one().slug}"


def test_a_translation_is_sent_to_a_colleague_who_corrects_it_and_says_that_it_is_re_read(app, client, writer, reader):
    address = draft(app, writer)
    page = press(writer, address, "ask:nl", reader_nl=named(app, "Saskia"), **DUTCH)
    assert "To be re-read by Saskia, asked by Fatima" in " ".join(re.sub(r"<[^>]+>", "", page).split())
    (mail,) = mails(app, "saskia@example.org")
    assert f"/helpdesk/articles/{address.rpartition('/')[2]}" in mail.body
    assert "Milieukeur" not in mail.subject + mail.body, "a draft may still tell who asked"
    assert "Ecolabel pour le nettoyage" in page_of(reader, "/helpdesk/articles"), "what waits for her stands first at the desk"
    assert 'id="to_reread"' in page_of(reader, "/helpdesk/articles")
    page = press(reader, address, "reread:nl", answer_nl="Ja: elk gelijkwaardig bewijs telt ook.")
    assert "Re-read by Saskia on" in " ".join(re.sub(r"<[^>]+>", "", page).split())
    assert mails(app, "fatima@example.org")[-1].subject.startswith("Votre article est relu")
    assert 'id="to_reread"' not in page_of(writer, "/helpdesk/articles")
    published = press(writer, address, "publish")
    assert "Nobody has re-read" not in published
    shown = page_of(client, f"{public_address(app)}?content=nl")
    assert "elk gelijkwaardig bewijs telt ook" in shown
    assert UNREAD not in shown


def test_who_publishes_a_translation_of_ones_own_is_told_that_its_readers_know(app, client, writer):
    address = draft(app, writer)
    published = press(writer, address, "publish", **DUTCH)
    assert "Published: everybody can read it. Nobody has re-read the Dutch text" in published
    shown = page_of(client, f"{public_address(app)}?content=nl")
    assert UNREAD in shown
    assert "The answer as it was given, in French" in shown
    assert UNREAD not in page_of(client, f"{public_address(app)}?content=fr"), "the answer itself is no translation"


def test_words_changed_after_the_re_reading_are_not_re_read(app, client, writer, reader):
    address = draft(app, writer)
    press(writer, address, "ask:nl", reader_nl="body:social", **DUTCH)
    assert len(mails(app, "saskia@example.org")) == 1, "who answers for the body is told"
    press(reader, address, "reread:nl")
    page = press(writer, address, "keep", answer_nl="Neen.")
    assert "Changed since it was re-read" in page
    press(writer, address, "publish")
    assert UNREAD in page_of(client, f"{public_address(app)}?content=nl")


def test_nobody_re_reads_her_own_words_and_a_request_can_be_taken_back(app, writer, reader):
    address = draft(app, writer)
    assert "choose a colleague or a body" in press(writer, address, "ask:nl", **DUTCH)
    assert "Milieukeur" in page_of(writer, address), "what was typed is kept"
    assert "title, question and answer in this language first" in press(
        writer, address, "ask:nl", reader_nl="body:social", title_nl=""
    )
    press(writer, address, "ask:nl", reader_nl="body:social", **DUTCH)
    assert "Somebody else than who wrote" in press(writer, address, "reread:nl")
    assert "Nobody is asked to re-read it any more" in press(writer, address, "unask:nl")
    assert "somebody has done it meanwhile" in press(reader, address, "reread:nl")
