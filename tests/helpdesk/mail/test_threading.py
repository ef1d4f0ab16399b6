"""Which ticket a mail belongs to; a number alone opens nothing."""

import mails
import pytest
from sqlalchemy import select

from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.threading import reply_address, tagged_subject, token_of
from mpdi.helpdesk.models import Message, Ticket
from mpdi.helpdesk.vocabulary import Direction


@pytest.fixture
def arrive(filing):
    """Let a mail arrive and be filed; return the numbers of all tickets with how many messages came in."""

    def go(raw: bytes) -> dict[str, int]:
        fetching.take(filing.database, RawMailStore(filing.home), raw)
        filing.file_waiting()
        with filing.database.reading() as session:
            return {
                ticket.number: sum(item.direction == Direction.INCOMING.value for item in ticket.messages)
                for ticket in session.scalars(select(Ticket).order_by(Ticket.id))
            }

    return go


@pytest.fixture
def number(arrive):
    """The number of a ticket that was asked by mail."""
    return next(iter(arrive(mails.raw(mail_id="<first@commune.example>"))))


def tagged(filing, number):
    return tagged_subject("Re: Nettoyage", number, filing.settings.secret_key)


def test_a_reply_with_number_and_token_joins_its_ticket(arrive, filing, number):
    assert arrive(mails.raw(subject=tagged(filing, number))) == {number: 2}


def test_a_reply_to_the_address_of_the_ticket_joins_it(arrive, filing, number):
    assert arrive(mails.raw(subject="autre", to=reply_address(mails.OURS, number, filing.settings.secret_key))) == {
        number: 2
    }


@pytest.mark.parametrize("tag", ["{number}", "{number}-aaaaaaaa", "{number}-{other}"])
def test_a_stranger_with_a_number_gets_a_ticket_of_his_own_that_refers_to_it(arrive, filing, number, tag):
    other = token_of("MPDI-2026-99999", filing.settings.secret_key)
    found = arrive(mails.raw(subject=f"Re: [{tag.format(number=number, other=other)}]", sender="s@stranger.example"))
    assert list(found.values()) == [1, 1]
    with filing.database.reading() as session:
        newer = session.scalars(select(Ticket).order_by(Ticket.id.desc())).first()
        assert [item.reference for item in newer.references] == [f"ticket:{number}"]
        assert newer.asker_email == "s@stranger.example"


def test_a_reply_to_our_answer_joins_without_any_tag(arrive, filing, number):
    with filing.database.writing() as session:
        ticket = session.scalars(select(Ticket)).one()
        answer = Message(
            ticket_id=ticket.id, direction="outgoing", language="fr", body="Oui", created_at=ticket.created_at
        )
        session.add(answer)
        session.flush()
        sent = want(session, ticket.asker_email, "Re: Nettoyage", "Oui", "fr", message=answer)
        assert sent.headers["In-Reply-To"] == "<first@commune.example>"
        mail_id = sent.mail_id
    assert arrive(mails.raw(subject="Re: Nettoyage", In_Reply_To=mail_id)) == {number: 2}
    assert arrive(mails.raw(subject="Re: Nettoyage", References=f"<first@commune.example> {mail_id}")) == {number: 3}


def test_a_second_mail_about_the_first_of_the_asker_joins(arrive, number):
    assert arrive(mails.raw(subject="J'oubliais", References="<first@commune.example>")) == {number: 2}


def test_a_reply_to_a_mail_we_do_not_know_is_a_question(arrive, number):
    assert len(arrive(mails.raw(subject="Re: Nettoyage", In_Reply_To="<guess.mpdi@mpdi.example>"))) == 2


def test_a_tag_stands_once_at_the_end(filing):
    key = filing.settings.secret_key
    once = tagged_subject("Nettoyage", "MPDI-2026-00042", key)
    assert once == f"Nettoyage [MPDI-2026-00042-{token_of('MPDI-2026-00042', key)}]"
    assert tagged_subject(f"RE: {once} suite", "MPDI-2026-00042", key).count("MPDI-2026-00042") == 1
    assert token_of("MPDI-2026-00042", "another installation") not in once
