"""The page about the mail: who sees it, what it says, what its buttons do."""

import datetime
import re
from dataclasses import replace

import mails
import pytest
from sqlalchemy import select
from wishes import wish

from mpdi import clock
from mpdi.accounts.current import COOKIE
from mpdi.accounts.models import AuditEntry, RoleGrant, User
from mpdi.accounts.roles import PERMISSIONS, Action, Role, Scope
from mpdi.accounts.session_operations import start_session
from mpdi.database import Base
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.mail import outbox_operations
from mpdi.helpdesk.mail.fetching import take
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, OutgoingMail
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route
from mpdi.services import EXTENSION


@pytest.fixture
def portal(app, mail_settings):
    services = app.extensions[EXTENSION]
    Base.metadata.create_all(services.database.engine)
    return services


@pytest.fixture
def as_role(app, portal):
    """A browser signed in with a role."""

    def make(role, route=None):
        browser = app.test_client()
        if role is not Role.VISITOR:
            with portal.database.writing() as session:
                user = User(email=f"{role}@x.example", email_key=f"{role}@x.example", created_at=clock.now())
                user.roles.append(RoleGrant(role=role.value, route=route, granted_at=clock.now()))
                session.add(user)
                session.flush()
                token = start_session(session, user, "test")
            browser.set_cookie(COOKIE, token)
        return browser

    return make


@pytest.fixture
def troubled(portal):
    """A portal whose mail has everything: uncertain, failed, waiting out; failed and set aside in."""
    for state in ("uncertain", "failed", "waiting"):
        identifier = wish(portal.database, f"{state}@commune.example")
        with portal.database.writing() as session:
            mail = session.get(OutgoingMail, identifier)
            mail.state, mail.last_error, mail.attempts = state, f"550 <b>{state}</b>", 2
            mail.next_try_at = clock.now() + datetime.timedelta(minutes=4)
    for mail_id in ("<a@x>", "<b@x>"):
        take(portal.database, RawMailStore(portal.settings.home), mails.raw(mail_id=mail_id))
    with portal.database.writing() as session:
        session.get(IncomingMail, 1).state, session.get(IncomingMail, 1).reason = (
            "failed",
            "The raw mail cannot be read",
        )
        session.get(IncomingMail, 2).state, session.get(IncomingMail, 2).reason = "ignored", "auto_reply"
    return portal


def text(browser, address="/helpdesk/mail", language="en"):
    answer = browser.get(f"{address}?language={language}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def press(browser, address):
    token = re.search(r'name="csrf_token" value="([^"]+)"', text(browser)).group(1)
    return browser.post(address, data={"csrf_token": token})


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_it(as_role, role):
    answer = as_role(role).get("/helpdesk/mail")
    allowed = PERMISSIONS[Action.SEE_MAIL_STATE][role] is not Scope.NONE
    if role is Role.VISITOR:
        assert answer.status_code in (302, 303)
    else:
        assert answer.status_code == (200 if allowed else 403)


def _with_server(app):
    services = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(services, settings=replace(services.settings, sends_mail=True))


def test_without_a_server_it_warns_and_counts_what_waits(as_role, portal):
    wish(portal.database)
    page = text(as_role(Role.ADMINISTRATOR))
    assert "No server for outgoing mail is set: 1 mail waits." in page
    assert "nothing needs you here" not in page


def test_when_all_is_well_it_says_so(app, as_role):
    _with_server(app)
    page = text(as_role(Role.COORDINATOR))
    assert "nothing needs you here" in page
    assert "<table" not in page


def test_it_shows_what_needs_somebody_and_hostile_words_stay_words(as_role, troubled):
    page = text(as_role(Role.ADMINISTRATOR))
    assert "3 mails need somebody." in page
    assert page.index("uncertain@commune.example") < page.index("waiting@commune.example")
    assert "550 &lt;b&gt;failed&lt;/b&gt;" in page
    assert "An automatic reply" in page
    assert page.count("Send again") == 2


def test_send_again_and_it_has_arrived(as_role, troubled):
    browser = as_role(Role.ADMINISTRATOR)
    assert press(browser, "/helpdesk/mail/outgoing/2/resend").status_code == 303
    assert press(browser, "/helpdesk/mail/outgoing/1/arrived").status_code == 303
    with troubled.database.reading() as session:
        assert [row.state for row in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))] == [
            "sent",
            "waiting",
            "waiting",
        ]
        actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
        # Loading the clauses, before, is in the log too.
        assert [action for action in actions if action != "clause_added"] == ["mail_resent", "mail_said_arrived"]
    assert press(browser, "/helpdesk/mail/outgoing/1/resend").status_code == 303
    assert "Somebody else has dealt with this mail meanwhile" in text(browser)
    assert press(browser, "/helpdesk/mail/outgoing/99/resend").status_code == 404


def test_file_again(as_role, troubled):
    browser = as_role(Role.COORDINATOR)
    for identifier in (1, 2):
        press(browser, f"/helpdesk/mail/incoming/{identifier}/file")
    with troubled.database.reading() as session:
        assert [
            (row.state, row.is_wanted) for row in session.scalars(select(IncomingMail).order_by(IncomingMail.id))
        ] == [("fetched", False), ("fetched", True)]


def test_a_button_without_the_forms_token_does_nothing(as_role, troubled):
    assert as_role(Role.COORDINATOR).post("/helpdesk/mail/outgoing/2/resend").status_code == 400


def test_the_raw_mail_is_a_download_for_who_reads_questions(as_role, troubled):
    answer = as_role(Role.COORDINATOR).get("/helpdesk/mail/incoming/1.eml")
    assert (answer.mimetype, answer.headers["Content-Disposition"]) == (
        "message/rfc822",
        'attachment; filename="mail-1.eml"',
    )
    assert b"<a@x>" in answer.data
    administrator = as_role(Role.ADMINISTRATOR)
    assert administrator.get("/helpdesk/mail/incoming/1.eml").status_code == 403
    assert "Download the mail" not in text(administrator)


def test_mail_set_aside_is_judged_by_its_sender_and_subject(as_role, troubled):
    with troubled.database.writing() as session:
        gone = IncomingMail(mail_id="<gone@x>", digest="", received_at=clock.now(), state="ignored", reason="auto_reply")
        session.add(gone)
    page = text(as_role(Role.COORDINATOR))
    assert page.count("Élise Dupont &lt;elise@commune.example&gt;") == 2, "not filed, and set aside"
    assert page.count(">Nettoyage<") == 2
    assert page.count('data-label="Sender and subject">–<') == 1, "what is no longer kept is not shown"
    administrator = text(as_role(Role.ADMINISTRATOR))
    assert "elise@commune.example" not in administrator, "who may not read the mail reads no name of it"


def test_a_mail_without_ticket_is_seen_and_sent_again_by_administrators_only(as_role, troubled):
    for role in (Role.FACILITATOR, Role.COORDINATOR):
        browser = as_role(role)
        assert "failed@commune.example" not in text(browser)
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get("/questions/new").text).group(1)
        assert browser.post("/helpdesk/mail/outgoing/2/resend", data={"csrf_token": token}).status_code == 404


def test_a_facilitator_of_one_theme_sees_only_its_mail(as_role, portal):
    with portal.database.writing() as session:
        for route in (Route.FOOD, Route.MPD):
            address = f"{route}@commune.example"
            asked = NewQuestion(body="Une question ?", language="fr", route=route, email=address)
            message = open_ticket(session, asked, Actor())[0].messages[0]
            want(session, address, "Réponse", "Bonjour", "fr", message=message).state = "failed"
    page = text(as_role(Role.FACILITATOR, Route.FOOD))
    assert "food@commune.example" in page
    assert "mpd@commune.example" not in page
    assert "mpd@commune.example" in text(as_role(Role.COORDINATOR))


@pytest.mark.parametrize(("language", "words"), [("fr", "Courrier du helpdesk"), ("nl", "Mail van de helpdesk")])
def test_in_french_and_dutch(as_role, troubled, language, words):
    page = text(as_role(Role.COORDINATOR), language=language)
    assert words in page
    assert not re.search(r"Send again|Uncertain|Waiting|needs? somebody|Set aside", page)


@pytest.fixture
def refused(app, portal):
    """A portal whose mail server refused the first attempt for the mail of a question."""
    _with_server(app)
    with portal.database.writing() as session:
        ticket, _token = open_ticket(
            session, NewQuestion(body="Een vraag?", language="nl", route=Route.MPD, email="a@x.example"), Actor()
        )
        want(session, "a@x.example", "Onderwerp", "Woorden", "nl", message=ticket.messages[0])
        outbox_operations.delay_due(session, "mail.example:25: Connection refused")
    return ticket.number


def test_a_server_that_refuses_asks_for_attention_from_the_first_attempt(as_role, refused):
    coordinator = as_role(Role.COORDINATOR)
    page = text(coordinator)
    assert "1 mail waits: the mail server has not taken it (since " in page
    assert "nothing needs you here" not in page
    assert "1 mail waits: the mail server has not taken it (since " in text(coordinator, "/helpdesk")


def test_who_answers_then_reads_that_the_answer_is_kept(as_role, refused):
    coordinator = as_role(Role.COORDINATOR)
    page = text(coordinator, f"/helpdesk/tickets/{refused}")
    fields = {
        name: re.search(rf'name="{name}"[^>]*value="([^"]+)"', page).group(1) for name in ("csrf_token", "revision")
    }
    coordinator.post(f"/helpdesk/tickets/{refused}/answer", data=fields | {"body": "Ja.", "language": "nl"})
    page = text(coordinator, f"/helpdesk/tickets/{refused}")
    assert "Your answer is kept and leaves when the mail server takes it" in page
    assert "Your answer is sent" not in page


def test_when_the_server_takes_it_nothing_is_said_any_more(as_role, portal, refused):
    with portal.database.writing() as session:
        outbox_operations.mark_sent(session, session.scalars(select(OutgoingMail.id)).one())
    coordinator = as_role(Role.COORDINATOR)
    assert "nothing needs you here" in text(coordinator)
    assert "the mail server has not taken" not in text(coordinator, "/helpdesk")
