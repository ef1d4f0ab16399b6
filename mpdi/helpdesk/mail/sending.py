"""Sending what waits in the outbox. A mail is wanted with `want` or `want_automatic`, in the transaction that needs it."""

from collections import Counter
from smtplib import SMTP

from sqlalchemy.orm import Session

from mpdi.database import Database
from mpdi.helpdesk.attachments import AttachmentLostError, AttachmentStore
from mpdi.helpdesk.mail import outbox_operations
from mpdi.helpdesk.mail.composing import UnsendableMailError, compose, recipient_address
from mpdi.helpdesk.mail.operations import want, want_automatic
from mpdi.helpdesk.mail.outbox_operations import Claimed
from mpdi.helpdesk.mail.settings import MailSettings
from mpdi.helpdesk.mail.smtp import Outcome, SmtpUnusableError, Transmission, connected, transmit
from mpdi.helpdesk.vocabulary import MailState

__all__ = ["deliver", "want", "want_automatic"]

_MAILS_A_CONNECTION = 100


def deliver(database: Database, settings: MailSettings, store: AttachmentStore | None = None) -> Counter[MailState]:
    """Send every mail that is due; return how many ended in which state. Nothing is sent where no server is set.

    `store`: where the files of answers lie; without one, mails carry the link to them.

    Each mail is claimed in a transaction of its own before a byte of it leaves, so that two workers never send the
    same, and one that dies leaves what it held to be shown as uncertain.
    """
    ended: Counter[MailState] = Counter()
    with database.writing() as session:
        lapsed = outbox_operations.mark_lapsed(session)
    if lapsed:
        ended[MailState.UNCERTAIN] += lapsed
    while settings.smtp is not None and _is_anything_due(database):
        try:
            with connected(settings.smtp) as line:
                _send_over(database, settings, store, line, ended)
        except SmtpUnusableError as error:
            with database.writing() as session:
                ended[MailState.WAITING] += outbox_operations.delay_due(session, str(error))
            break
    return ended


def _is_anything_due(database: Database) -> bool:
    with database.reading() as session:
        return outbox_operations.is_anything_due(session)


def _send_over(
    database: Database, settings: MailSettings, store: AttachmentStore | None, line: SMTP, ended: Counter[MailState]
) -> None:
    """Send over one connection until nothing is due, the line breaks, or it has carried its share."""
    for _number in range(_MAILS_A_CONNECTION):
        with database.writing() as session:
            mail = outbox_operations.claim_next(session)
        if mail is None:
            return
        sent = _send_one(settings, store, line, mail)
        with database.writing() as session:
            ended[_settle(session, mail, sent)] += 1
        if not sent.is_connected:
            return


def _send_one(settings: MailSettings, store: AttachmentStore | None, line: SMTP, mail: Claimed) -> Transmission:
    try:
        recipient, content = recipient_address(mail.recipient), compose(mail, settings, store)
    except (UnsendableMailError, AttachmentLostError) as error:
        return Transmission(Outcome.REFUSED, str(error))
    return transmit(line, settings.sender_address, recipient, content)


def _settle(session: Session, mail: Claimed, sent: Transmission) -> MailState:
    match sent.outcome:
        case Outcome.TAKEN:
            return outbox_operations.mark_sent(session, mail.id)
        case Outcome.UNCERTAIN:
            return outbox_operations.mark_uncertain(session, mail.id, sent.words)
    return outbox_operations.mark_refused(session, mail.id, sent.words, is_final=sent.outcome is Outcome.REFUSED)
