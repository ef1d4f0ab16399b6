"""What the mail holds about a person can be given out, taken out, and does not stay for ever."""

import datetime

import mails
import pytest
from sqlalchemy import select
from wishes import wish

from mpdi.accounts.privacy import DataSubject
from mpdi.accounts.retention import Retention
from mpdi.helpdesk.mail.fetching import take
from mpdi.helpdesk.mail.personal_data import mail_data
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, OutgoingMail

ELISE = DataSubject("Elise@commune.example")


@pytest.fixture
def held(filing):
    """Two people's mail, filed; their acknowledgements sent."""
    store = RawMailStore(filing.home)
    take(filing.database, store, mails.raw(mail_id="<elise@x>"))
    take(filing.database, store, mails.raw(mail_id="<paul@x>", sender="paul@commune.example"))
    filing.file_waiting()
    wish(filing.database, "paul@commune.example", body="lien secret")
    with filing.database.writing() as session:
        for mail in session.scalars(select(OutgoingMail)):
            mail.state = "sent"
    return filing


def test_a_persons_mail_is_exported(held):
    with held.database.reading() as session:
        found = mail_data(held.home).export(session, ELISE)
    assert (len(found["received"]), len(found["sent"])) == (1, 1)
    assert (held.home / found["received"][0]["file"]).is_file()


def test_a_person_is_taken_out_and_the_other_stays(held):
    with held.database.writing() as session:
        assert mail_data(held.home).erase(session, ELISE) == 2
    with held.database.reading() as session:
        assert mail_data(held.home).export(session, ELISE) == {}
        assert [bool(mail.recipient) for mail in session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))] == [
            False,
            True,
            True,
        ]
    assert len(list((held.home / "mail").iterdir())) == 1
    assert not take(held.database, RawMailStore(held.home), mails.raw(mail_id="<elise@x>"))


def test_raw_mail_goes_after_its_period_and_links_after_a_day(held, later):
    retain = mail_data(held.home).retain
    later(datetime.timedelta(days=2))
    with held.database.writing() as session:
        assert retain(session, Retention()) == {"mail": 0, "links_sent": 1}
    later(datetime.timedelta(days=91))
    with held.database.writing() as session:
        assert retain(session, Retention())["mail"] == 5
    assert list((held.home / "mail").iterdir()) == []
    with held.database.reading() as session:
        assert {mail.state for mail in session.scalars(select(IncomingMail))} == {"filed"}
        assert {mail.recipient for mail in session.scalars(select(OutgoingMail))} == {""}
