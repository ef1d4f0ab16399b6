"""Sending to real SMTP servers: once, or shown as uncertain; never lost, never twice."""

import datetime
import email.policy
import re
from email import message_from_bytes
from itertools import pairwise

import mail_servers
import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select
from wishes import wish

from mpdi.accounts.roles import Person
from mpdi.helpdesk.mail.backoff import MAX_ATTEMPTS, pause
from mpdi.helpdesk.mail.errors import MailNotStoppedError
from mpdi.helpdesk.mail.operations import resend, say_it_arrived
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.models import OutgoingMail

SOMEBODY = Person(7)


class Behaviour:
    """An SMTP server's handler that a test tells what to do with each recipient or mail."""

    def __init__(self):
        self.arrived = []
        self.on_recipient = {}
        self.on_data = None
        self.sessions = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = self.on_recipient.get(address.partition("@")[0])
        if answer == "break":
            server.transport.abort()
            return "250 never heard"
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.sessions.append(session)
        if self.on_data and self.on_data.startswith("take and break"):
            self.arrived.append(envelope)
        if self.on_data and "break" in self.on_data:
            server.transport.abort()
            return "250 never heard"
        if self.on_data:
            return self.on_data
        self.arrived.append(envelope)
        return "250 taken"

    @property
    def messages(self):
        return [message_from_bytes(item.original_content, policy=email.policy.default) for item in self.arrived]


@pytest.fixture
def server():
    behaviour = Behaviour()
    controller = Controller(behaviour, hostname="127.0.0.1", port=mail_servers.free_port())
    controller.start()
    behaviour.port = controller.port
    yield behaviour
    controller.stop()


@pytest.fixture
def settings(server, with_servers):
    return with_servers(
        smtp=f"smtp://127.0.0.1:{server.port}?security=none", sender="Helpdesk marchés <helpdesk@mpdi.example>"
    )


def rows(database):
    with database.reading() as session:
        found = session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)).all()
        session.expunge_all()
    return found


def state(database):
    return [row.state for row in rows(database)]


def test_a_mail_arrives_once_as_it_was_written(database, server, settings):
    wish(database, is_automatic=True)
    assert deliver(database, settings) == {"sent": 1}
    assert deliver(database, settings) == {}
    [message] = server.messages
    assert (message["From"], message["To"], message["Subject"]) == (
        "Helpdesk marchés <helpdesk@mpdi.example>",
        "elise@commune.example",
        "Réponse : nettoyage",
    )
    assert message.get_content().replace("\r\n", "\n") == "Bonjour,\n.\n.fin\nété\n" + "mot " * 300 + "\n"
    assert message["Message-ID"] == rows(database)[0].mail_id
    assert (message["Auto-Submitted"], message["X-MPDI-Loop"], message["Content-Language"]) == (
        "auto-replied",
        "helpdesk@mpdi.example",
        "fr",
    )
    assert rows(database)[0].sent_at is not None


def test_many_go_over_one_connection(database, server, settings):
    for number in range(120):
        wish(database, f"a{number}@commune.example")
    assert deliver(database, settings) == {"sent": 120}
    assert len(server.arrived) == 120
    assert len({id(session) for session in server.sessions}) == 2


def test_hostile_words_make_no_header(database, server, settings):
    wish(
        database,
        subject="Bonjour\r\nBcc: victim@x.example",
        headers={"X-Y": "a\nBcc: b@x.example", "To": "c@x.example"},
    )
    deliver(database, settings)
    [message] = server.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: victim@x.example"
    assert server.arrived[0].rcpt_tos == ["elise@commune.example"]


@pytest.mark.parametrize(
    "recipient",
    ["", "nobody", "a@b@c", "a b@c.example", "élise@commune.example", "a@" + "x" * 70 + ".example", "<a@b.example>"],
)
def test_an_address_that_is_none_fails_at_once_and_holds_nothing_up(database, server, settings, recipient):
    wish(database, recipient)
    wish(database)
    deliver(database, settings)
    assert state(database) == ["failed", "sent"]
    assert "not an address" in rows(database)[0].last_error


def test_a_domain_with_accents_is_written_as_servers_want(database, server, settings):
    wish(database, "info@forêt.example")
    deliver(database, settings)
    assert server.arrived[0].rcpt_tos == ["info@xn--fort-ipa.example"]


def test_a_final_refusal_is_shown_and_can_be_sent_again(database, server, settings):
    server.on_recipient = {"gone": "550 5.1.1 no such user", "busy": "450 4.2.1 try later"}
    identifier = wish(database, "gone@commune.example")
    wish(database, "busy@commune.example")
    wish(database)
    deliver(database, settings)
    assert state(database) == ["failed", "waiting", "sent"]
    assert [row.last_error for row in rows(database)] == ["550 5.1.1 no such user", "450 4.2.1 try later", ""]
    server.on_recipient = {}
    with database.writing() as session:
        resend(session, identifier, SOMEBODY)
    deliver(database, settings)
    assert state(database) == ["sent", "waiting", "sent"]


@pytest.mark.parametrize(
    ("answer", "ends"), [("552 too big", "failed"), ("451 greylisted", "waiting"), ("421 closing", "waiting")]
)
def test_what_the_server_says_after_the_mail(database, server, settings, answer, ends):
    server.on_data = answer
    wish(database)
    deliver(database, settings)
    assert state(database) == [ends]
    assert answer in rows(database)[0].last_error


def test_a_refusal_for_now_is_tried_with_growing_pauses_until_it_has_failed(sqlite_database, server, settings, later):
    server.on_data = "451 later"
    wish(sqlite_database)
    for attempt in range(MAX_ATTEMPTS):
        later(datetime.timedelta(days=2 * attempt))
        deliver(sqlite_database, settings)
        deliver(sqlite_database, settings)
        [row] = rows(sqlite_database)
        assert row.attempts == attempt + 1
    assert row.state == "failed"


def test_pauses_grow_from_a_minute_to_a_day():
    minutes = [pause(attempt).total_seconds() / 60 for attempt in range(1, MAX_ATTEMPTS + 1)]
    assert 0.8 <= minutes[0] <= 1.2
    assert all(later > earlier for earlier, later in pairwise(minutes[:11]))
    assert all(1440 * 0.8 <= item <= 1440 * 1.2 for item in minutes[11:])
    assert len({pause(5) for _ in range(20)}) > 10


def test_a_line_that_breaks_before_the_mail_left_means_not_sent(database, server, settings):
    server.on_recipient = {"elise": "break"}
    wish(database)
    wish(database, "paul@commune.example")
    deliver(database, settings)
    assert state(database) == ["waiting", "sent"]


@pytest.mark.parametrize(("behaviour", "arrivals"), [("break", 0), ("take and break", 1)])
def test_a_line_that_breaks_after_the_mail_left_means_uncertain_and_never_sent_again_by_itself(
    database, server, settings, later, behaviour, arrivals
):
    server.on_data = behaviour
    identifier = wish(database)
    deliver(database, settings)
    assert state(database) == ["uncertain"]
    server.on_data = None
    later(datetime.timedelta(days=3))
    deliver(database, settings)
    assert (state(database), len(server.arrived)) == (["uncertain"], arrivals)
    with database.writing() as session:
        (resend if arrivals == 0 else say_it_arrived)(session, identifier, SOMEBODY)
    deliver(database, settings)
    assert (state(database), len(server.arrived)) == (["sent"], 1)


def test_what_is_on_its_way_or_sent_is_not_sent_again_by_a_late_click(database, server, settings):
    identifier = wish(database)
    for verb in (resend, say_it_arrived):
        with pytest.raises(MailNotStoppedError), database.writing() as session:
            verb(session, identifier, SOMEBODY)
    deliver(database, settings)
    with pytest.raises(MailNotStoppedError), database.writing() as session:
        resend(session, identifier, SOMEBODY)


def test_the_server_is_down_and_comes_back(database, with_servers, later):
    port = mail_servers.free_port()
    settings = with_servers(smtp=f"smtp://127.0.0.1:{port}?security=none")
    for _ in range(3):
        wish(database)
    assert deliver(database, settings) == {"waiting": 3}
    assert all(row.attempts == 1 and str(port) in row.last_error for row in rows(database))
    assert deliver(database, settings) == {}
    behaviour = Behaviour()
    controller = Controller(behaviour, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        later(datetime.timedelta(minutes=2))
        assert deliver(database, settings) == {"sent": 3}
        assert len(behaviour.arrived) == 3
    finally:
        controller.stop()


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_wrong_password_holds_mail_back_and_is_not_repeated(sqlite_database, with_servers):
    class Gate:
        def __call__(self, server, session, envelope, mechanism, data):
            from aiosmtpd.smtp import AuthResult

            return AuthResult(success=data.password == b"right", handled=False, message="535 5.7.8 no")

    behaviour = Behaviour()
    controller = Controller(
        behaviour,
        hostname="127.0.0.1",
        port=mail_servers.free_port(),
        authenticator=Gate(),
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        wish(sqlite_database)
        assert deliver(
            sqlite_database, with_servers(smtp=f"smtp://me:wrongwords@127.0.0.1:{controller.port}?security=none")
        ) == {"waiting": 1}
        [row] = rows(sqlite_database)
        assert "535" in row.last_error
        assert "wrongwords" not in row.last_error
    finally:
        controller.stop()


def test_a_server_without_tls_gets_nothing_where_tls_is_wanted(sqlite_database, server, with_servers):
    wish(sqlite_database)
    assert deliver(sqlite_database, with_servers(smtp=f"smtp://127.0.0.1:{server.port}")) == {"waiting": 1}
    assert server.arrived == []


def test_no_server_set_nothing_is_sent_and_nothing_lost(sqlite_database, with_servers):
    wish(sqlite_database)
    assert deliver(sqlite_database, with_servers()) == {}
    assert state(sqlite_database) == ["waiting"]


def test_the_ticket_stands_in_subject_and_address(sqlite_filing, server, with_servers):
    import mails

    from mpdi.helpdesk.mail import fetching
    from mpdi.helpdesk.mail.raw_mail import RawMailStore

    fetching.take(sqlite_filing.database, RawMailStore(sqlite_filing.home), mails.raw())
    sqlite_filing.file_waiting()
    settings = with_servers(smtp=f"smtp://127.0.0.1:{server.port}?security=none")
    object.__setattr__(settings, "takes_plus_addresses", True)
    deliver(sqlite_filing.database, settings)
    [message] = server.messages
    assert re.fullmatch(r"Re : Nettoyage \[MPDI-\d{4}-00001-[a-z2-7]{8}\]", message["Subject"])
    assert re.fullmatch(r"helpdesk\+mpdi-\d{4}-00001-[a-z2-7]{8}@mpdi\.example", message["Reply-To"])
