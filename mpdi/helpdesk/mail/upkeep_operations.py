"""What is held about people in the mail: found, taken out on request, and deleted in time."""

import datetime
import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.helpdesk.mail.errors import MailStorageError
from mpdi.helpdesk.mail.raw_mail import RawMailStore
from mpdi.helpdesk.mail.reading import sender_of, words_of
from mpdi.helpdesk.mail.vocabulary import IncomingState
from mpdi.helpdesk.models import IncomingMail, OutgoingMail
from mpdi.helpdesk.vocabulary import MailState

_DONE_OUT = (MailState.SENT.value, MailState.FAILED.value, MailState.UNCERTAIN.value)
_DONE_IN = (IncomingState.FILED.value, IncomingState.IGNORED.value)
_BLANK: dict[str, Any] = {"recipient": "", "subject": "", "body": "", "headers": {}, "last_error": ""}


def mail_of(session: Session, store: RawMailStore, email: str) -> dict[str, list[dict[str, str]]]:
    """Return what was received from and sent to an address, as JSON data."""
    received = [
        {
            "received_at": clock.aware(mail.received_at).isoformat(timespec="seconds"),
            "file": f"mail/{mail.digest}.eml",
            **words_of(store.read(mail.digest)),
        }
        for mail in _received_from(session, store, email)
    ]
    sent = [
        {
            "wanted_at": clock.aware(mail.created_at).isoformat(timespec="seconds"),
            "subject": mail.subject,
            "body": mail.body,
        }
        for mail in session.scalars(select(OutgoingMail).where(func.lower(OutgoingMail.recipient) == email.lower()))
    ]
    return {name: items for name, items in (("received", received), ("sent", sent)) if items}


def erase_mail_of(session: Session, store: RawMailStore, email: str) -> int:
    """Take an address out of the mail: raw mail deleted, sent mail blanked, waiting mail no longer sent."""
    received = list(_received_from(session, store, email))
    for mail in received:
        _forget(store, mail)
        if IncomingState(mail.state) not in (IncomingState.FILED, IncomingState.IGNORED):
            mail.state, mail.reason = IncomingState.IGNORED.value, ""
    sent = session.scalars(
        select(OutgoingMail).where(func.lower(OutgoingMail.recipient) == email.lower()).with_for_update()
    ).all()
    for sent_mail in sent:
        if MailState(sent_mail.state) is not MailState.SENDING:
            sent_mail.state = MailState.SENT.value
            sent_mail.recipient, sent_mail.subject, sent_mail.body, sent_mail.last_error = "", "", "", ""
            sent_mail.headers = {}
    return len(received) + len(sent)


def delete_old(session: Session, store: RawMailStore, kept: datetime.timedelta) -> int:
    """Delete the bytes of mail that was filed or set aside longer ago, and blank what was sent as long ago."""
    before = clock.now() - kept
    old = session.scalars(
        select(IncomingMail).where(
            IncomingMail.state.in_(_DONE_IN), IncomingMail.received_at < before, IncomingMail.digest != ""
        )
    ).all()
    for mail in old:
        _forget(store, mail)
    blanked = session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.state.in_(_DONE_OUT), OutgoingMail.created_at < before, OutgoingMail.recipient != "")
        .values(**_BLANK, state=MailState.SENT.value)
    )
    return len(old) + blanked.rowcount  # type: ignore[attr-defined,no-any-return]


def blank_links(session: Session, kept: datetime.timedelta) -> int:
    """Blank sent mail that belongs to no ticket, such as links to sign in: its words are of no use afterwards."""
    blanked = session.execute(
        update(OutgoingMail)
        .where(
            OutgoingMail.state == MailState.SENT.value,
            OutgoingMail.message_id.is_(None),
            OutgoingMail.body != "",
            OutgoingMail.created_at < clock.now() - kept,
        )
        .values(body="")
    )
    return blanked.rowcount  # type: ignore[attr-defined,no-any-return]


def _received_from(session: Session, store: RawMailStore, email: str) -> Iterator[IncomingMail]:
    for mail in session.scalars(select(IncomingMail).where(IncomingMail.digest != "").order_by(IncomingMail.id)).all():
        try:
            sender = sender_of(store.read(mail.digest))
        except MailStorageError:
            continue
        if sender == email.lower():
            yield mail


def _forget(store: RawMailStore, mail: IncomingMail) -> None:
    """Delete the bytes; the identifier is kept as a hash, so that a copy that arrives late is still known as one."""
    store.forget(mail.digest)
    mail.digest = ""
    if not mail.mail_id.startswith("erased:"):
        mail.mail_id = f"erased:{hashlib.sha256(mail.mail_id.encode()).hexdigest()}"
