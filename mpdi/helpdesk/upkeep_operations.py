"""What jobs do with tickets: close the silent, forget people in time. Warnings are in `warning_operations`."""

import datetime
import secrets

from sqlalchemy import case, delete, func, or_, select, update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor, begin_change, make_move, note_event
from mpdi.helpdesk.draft_operations import forget_drafts, forget_drafts_of
from mpdi.helpdesk.meaning_operations import forget_meaning
from mpdi.helpdesk.models import Attachment, ExpertRequest, Message, OutgoingMail, Ticket, TicketPresence
from mpdi.helpdesk.operations import token_hash
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import MailState, TicketState
from mpdi.helpdesk.word_operations import forget_deleted_words
from mpdi.helpdesk.working_days import service_levels

_JOB = Actor(job="job:helpdesk")
_SILENT = (TicketState.RESOLVED.value, TicketState.WAITING_FOR_ASKER.value)
_DONE = (TicketState.CLOSED.value, TicketState.MERGED.value)


def close_silent(session: Session, days: int | None = None) -> int:
    """Close the tickets that are resolved, or wait for their asker, and were silent so long; return how many."""
    limit = clock.now() - datetime.timedelta(days=service_levels().close_after_silent_days if days is None else days)
    silent = session.scalars(select(Ticket).where(Ticket.state.in_(_SILENT), Ticket.changed_at < limit)).all()
    for ticket in silent:
        locked = begin_change(session, ticket, None)
        before = locked.state
        make_move(locked, TicketAction.CLOSE_SILENT)
        note_event(session, locked, _JOB, "closed_after_silence", before=before)
    session.flush()
    return len(silent)


def anonymise_old(session: Session, store: AttachmentStore, after: datetime.timedelta) -> int:
    """Forget the people of tickets closed so long ago; return how many tickets."""
    limit = clock.now() - after
    old = session.scalars(
        select(Ticket).where(Ticket.state.in_(_DONE), Ticket.closed_at < limit, Ticket.anonymised_at.is_(None))
    ).all()
    for ticket in old:
        anonymise(session, ticket, store)
    forget_deleted_words(session)
    return len(old)


def delete_old_files(session: Session, store: AttachmentStore, after: datetime.timedelta) -> int:
    """Delete the files of tickets closed so long ago; return how many. The message says what was attached no more."""
    closed = select(Ticket.id).where(Ticket.state.in_(_DONE), Ticket.closed_at < clock.now() - after)
    messages = select(Message.id).where(Message.ticket_id.in_(closed))
    digests = session.scalars(select(Attachment.digest).where(Attachment.message_id.in_(messages))).all()
    session.execute(
        delete(Attachment).where(Attachment.message_id.in_(messages)).execution_options(synchronize_session=False)
    )
    for digest in set(digests):
        store.forget(session, digest)
    return len(digests)


def anonymise_person(session: Session, store: AttachmentStore, email: str, user_id: int | None) -> int:
    """Take a person out of every ticket asked, at once; return of how many tickets. Those not done are closed."""
    asked = [func.lower(Ticket.asker_email) == email.strip().lower()]
    asked += [Ticket.asker_id == user_id] if user_id is not None else []
    found = session.scalars(select(Ticket).where(or_(*asked), Ticket.anonymised_at.is_(None))).all()
    for ticket in found:
        if ticket.state not in _DONE:
            ticket.state, ticket.closed_at = TicketState.CLOSED.value, clock.now()
        anonymise(session, ticket, store)
    forget_deleted_words(session)
    if user_id is not None:
        forget_drafts_of(session, user_id)
    return len(found)


def anonymise(session: Session, ticket: Ticket, store: AttachmentStore) -> None:
    """Take out who asked, the words and the files; what reports count stays. The private link leads nowhere then."""
    ticket = begin_change(session, ticket, None)
    ticket.asker_id, ticket.asker_email, ticket.asker_name, ticket.subject = None, "", "", ""
    ticket.other_obstacle, ticket.token_hash = "", token_hash(secrets.token_urlsafe(24))
    ticket.anonymised_at = clock.now()
    digests = {item.digest for message in ticket.messages for item in message.attachments}
    for message in ticket.messages:
        message.author_id, message.author_name, message.body, message.quoted = None, "", "", ""
        message.mail_id, message.attachments = None, []
    _forget_mail(session, [message.id for message in ticket.messages])
    session.execute(update(ExpertRequest).where(ExpertRequest.ticket_id == ticket.id).values(question=""))
    forget_meaning(session, ticket.id)
    forget_drafts(session, ticket.id)
    session.execute(delete(TicketPresence).where(TicketPresence.ticket_id == ticket.id))
    note_event(session, ticket, _JOB, "anonymised")
    session.flush()
    for digest in digests:
        store.forget(session, digest)


def _forget_mail(session: Session, message_ids: list[int]) -> None:
    """Blank the mail for these messages, also one that failed; one that waits is no longer sent.

    Of one that is being sent the worker holds the words: it leaves, and its row keeps none.
    """
    is_being_sent = OutgoingMail.state == MailState.SENDING.value
    session.execute(
        update(OutgoingMail)
        .where(OutgoingMail.message_id.in_(message_ids))
        .values(
            state=case((is_being_sent, OutgoingMail.state), else_=MailState.SENT.value),
            recipient="",
            subject="",
            body="",
            headers={},
            last_error="",
        )
    )
