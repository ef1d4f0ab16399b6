"""A mail with a damaged file is filed with it; one mail that fails of its own holds no other up."""

import lzma
import struct
import zipfile
import zlib

import mails
import pytest
from damaged_files import DAMAGED, old_office
from sqlalchemy import select

from mpdi.helpdesk.mail import fetching
from mpdi.helpdesk.mail.filing import Filing
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.models import IncomingMail, Message


def with_file(content, name):
    message = mails.mail(subject="Bestek")
    message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def take(filing, *raws):
    for raw in raws:
        fetching.take(filing.database, RawMailStore(filing.home), raw)
    filing.file_waiting()


def states(filing):
    with filing.database.reading() as session:
        return [(row.state, row.reason) for row in session.scalars(select(IncomingMail).order_by(IncomingMail.id))]


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_mail_with_a_damaged_archive_is_filed_with_it(filing, content):
    take(filing, with_file(content, "bestek.docx"), mails.raw(subject="Suivante"))
    assert states(filing) == [("filed", ""), ("filed", "")]
    with filing.database.reading() as session:
        first = session.scalars(select(Message).order_by(Message.id)).first()
        assert [(item.file_name, item.size) for item in first.attachments] == [("bestek.docx", len(content))]


def test_an_old_office_file_with_macros_is_left_out_of_its_mail_and_the_message_says_so(filing):
    take(filing, with_file(old_office("_VBA_PROJECT"), "bestek.doc"))
    with filing.database.reading() as session:
        message = session.scalars(select(Message)).one()
        assert message.attachments == []
        assert "(Fichier non repris parce qu’il contient des macros ou est un programme : bestek.doc)" in message.body


class HostileFiler:
    """Fails on one mail as the standard library does on bytes that it did not foresee."""

    def __init__(self, filer, error):
        self.filer, self.error = filer, error

    def __call__(self, session, mail, raw_digest):
        filed = self.filer(session, mail, raw_digest)
        if mail.subject == "poison":
            raise self.error
        return filed


@pytest.mark.parametrize(
    "error",
    [
        EOFError(),
        lzma.LZMAError("elise@commune.example"),
        zlib.error("elise@commune.example"),
        zipfile.BadZipFile("elise@commune.example"),
        struct.error("elise@commune.example"),
        UnicodeDecodeError("utf-8", b"elise@commune.example", 0, 1, "elise"),
        KeyError("elise@commune.example"),
        RecursionError("elise@commune.example"),
        TypeError("elise@commune.example"),
        MemoryError(),
        OverflowError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_mail_that_fails_as_nobody_foresaw_is_seen_and_the_round_goes_on(sqlite_filing, error):
    filing = Filing(
        sqlite_filing.database,
        sqlite_filing.home,
        sqlite_filing.settings,
        HostileFiler(sqlite_filing.file_mail, error),
    )
    take(filing, *(mails.raw(subject=subject) for subject in ("poison", "good", "better")))
    # The kind of the error alone: its words may be somebody's.
    assert states(filing) == [("failed", type(error).__name__), ("filed", ""), ("filed", "")]
    with filing.database.reading() as session:
        assert len(session.scalars(select(Message)).all()) == 2
