"""What one can do with mail: want one sent, send a stopped one again, say that it arrived, file one again."""

import datetime
from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.helpdesk.mail.automatic import LOOP_HEADER
from mpdi.helpdesk.mail.errors import MailNotStoppedError, MailWordsGoneError, UnknownMailError
from mpdi.helpdesk.mail.identifiers import MAX_MAIL_ID, mail_id_for, new_mail_id
from mpdi.helpdesk.mail.outbox_operations import settle_sent
from mpdi.helpdesk.mail.settings import sender
from mpdi.helpdesk.mail.vocabulary import IncomingState
from mpdi.helpdesk.models import IncomingMail, Message, OutgoingMail
from mpdi.helpdesk.vocabulary import MailState

MAX_AUTOMATIC_AN_HOUR = 5
"""Automatic mails to one address: a robot at the other end that does not say so is answered no more than this."""
_MOST_REFERENCES = 10


def want(
    session: Session,
    recipient: str,
    subject: str,
    body: str,
    language: str,
    *,
    headers: Mapping[str, str] | None = None,
    message: Message | None = None,
    key: str | None = None,
    is_automatic: bool = False,
) -> OutgoingMail:
    """Want a mail sent, in the caller's transaction: it leaves only if that commits, and then once.

    `message`: the ticket's message it carries; the mail then answers the ticket's last mail, and the subject gets the
    ticket's tag when it is sent. `key`: one wish, however often it is repeated. `is_automatic`: no person wrote it, and
    no program answers it.
    """
    _name, address = sender()
    domain = address.rpartition("@")[2]
    mail_id = mail_id_for(key, domain) if key else new_mail_id(domain)
    known = session.scalar(select(OutgoingMail).where(OutgoingMail.mail_id == mail_id)) if key else None
    if known is not None:
        return known
    now = clock.now()
    mail = OutgoingMail(
        mail_id=mail_id,
        recipient=recipient.strip()[:254],
        subject=" ".join(subject.split())[:250],
        body=body,
        language=language,
        headers=_headers(session, headers or {}, message, address, is_automatic),
        message_id=message.id if message else None,
        state=MailState.WAITING.value,
        next_try_at=now,
        created_at=now,
    )
    session.add(mail)
    if message is not None:
        message.mail_id = message.mail_id or mail_id
    session.flush()
    return mail


def want_automatic(
    session: Session,
    recipient: str,
    subject: str,
    body: str,
    language: str,
    *,
    message: Message | None = None,
) -> OutgoingMail | None:
    """Want an automatic mail sent; nothing where the address has had its share of this hour (two robots would go on)."""
    since = clock.now() - datetime.timedelta(hours=1)
    lately = select(OutgoingMail.headers).where(
        func.lower(OutgoingMail.recipient) == recipient.strip().lower(), OutgoingMail.created_at >= since
    )
    if sum("Auto-Submitted" in found for found in session.scalars(lately)) >= MAX_AUTOMATIC_AN_HOUR:
        return None
    return want(session, recipient, subject, body, language, message=message, is_automatic=True)


def _headers(
    session: Session, given: Mapping[str, str], message: Message | None, address: str, is_automatic: bool
) -> dict[str, str]:
    made = {LOOP_HEADER: address}
    if is_automatic:
        made |= {"Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All"}
    if message is not None:
        made |= _reply_headers(session, message)
    return made | dict(given)


def _reply_headers(session: Session, message: Message) -> dict[str, str]:
    """Name the mails of the ticket so far, so that mail programs show them together."""
    earlier = (
        [message.mail_id]
        if message.mail_id
        else list(
            session.scalars(
                select(Message.mail_id)
                .where(Message.ticket_id == message.ticket_id, Message.id < message.id, Message.mail_id.is_not(None))
                .order_by(Message.id.desc())
                .limit(_MOST_REFERENCES)
            )
        )
    )
    known = [found for found in reversed(earlier) if found and found.startswith("<") and len(found) <= MAX_MAIL_ID]
    return {"In-Reply-To": known[-1], "References": " ".join(known)} if known else {}


def resend(session: Session, identifier: int, person: Person) -> OutgoingMail:
    """Send again a mail that failed or is uncertain; under its Message-ID, so that a second copy can be told."""
    mail = _outgoing(session, identifier)
    if MailState(mail.state) not in (MailState.FAILED, MailState.UNCERTAIN):
        raise MailNotStoppedError("This mail is on its way or was sent meanwhile: there is nothing to send again.")
    if not mail.body:
        raise MailWordsGoneError(
            "The words of this mail were deleted once it was sent: ask for it anew where it began."
        )
    mail.state, mail.attempts, mail.next_try_at, mail.last_error = MailState.WAITING.value, 0, clock.now(), ""
    audit.note(session, person, "mail_resent", f"outgoing_mail:{identifier}")
    return mail


def say_it_arrived(session: Session, identifier: int, person: Person) -> OutgoingMail:
    """Settle an uncertain mail: a person knows that it arrived. What is kept of it is what is kept of any that was sent."""
    mail = _outgoing(session, identifier)
    if MailState(mail.state) is not MailState.UNCERTAIN:
        raise MailNotStoppedError("Only a mail of which it is uncertain whether it arrived can be settled.")
    settle_sent(mail, mail.sent_at or clock.now())
    audit.note(session, person, "mail_said_arrived", f"outgoing_mail:{identifier}")
    return mail


def file_again(session: Session, identifier: int, person: Person) -> IncomingMail:
    """File a mail that failed, or one that was set aside: a person says that it is to be filed whatever it looks like."""
    mail = session.scalar(select(IncomingMail).where(IncomingMail.id == identifier).with_for_update())
    if mail is None:
        raise UnknownMailError("There is no such mail.")
    if IncomingState(mail.state) not in (IncomingState.FAILED, IncomingState.IGNORED) or not mail.digest:
        raise MailNotStoppedError("This mail is filed already, or was left on the server.")
    mail.is_wanted = mail.is_wanted or IncomingState(mail.state) is IncomingState.IGNORED
    mail.state, mail.attempts, mail.next_try_at = IncomingState.FETCHED.value, 0, None
    audit.note(session, person, "mail_filed_again", f"incoming_mail:{identifier}")
    return mail


def _outgoing(session: Session, identifier: int) -> OutgoingMail:
    mail = session.scalar(select(OutgoingMail).where(OutgoingMail.id == identifier).with_for_update())
    if mail is None:
        raise UnknownMailError("There is no such mail.")
    return mail
