"""A mail becomes a message of a ticket; who asked something new is told its number."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mpdi.config import Settings
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.fact_operations import add_reference
from mpdi.helpdesk.incoming_operations import Filed, Understand, file_incoming, nothing_understood
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.mail.parsed import ParsedMail
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.receipts import files_not_taken, receipt
from mpdi.references import Reference, ReferenceKind

_BY_MAIL = Actor(name="mail")


@dataclass(frozen=True)
class TicketFiler:
    """Files mail as tickets: what `Filing` calls in a running installation."""

    store: AttachmentStore
    understand: Understand = nothing_understood
    portal: str = Settings.public_address
    """Where private links lead."""

    def __call__(self, session: Session, mail: ParsedMail, raw_digest: str) -> int:
        """File the mail and return `Ticket.id`; a new question is acknowledged, unless that would answer a robot."""
        filed = file_incoming(session, mail, raw_digest, self.store, self.understand)
        is_answered = bool(mail.from_address) and not (mail.is_auto_reply or mail.is_bounce or mail.is_loop)
        if filed.token is None:
            if is_answered and filed.left_out:
                _tell_of_files(session, filed, mail.from_address)
            return filed.ticket.id
        if mail.thread.mentioned_ticket_id is not None:
            _refer(session, filed.ticket, mail.thread.mentioned_ticket_id)
        if is_answered:
            acknowledge(session, filed, f"{self.portal.rstrip('/')}/questions/{filed.token}")
        return filed.ticket.id


def acknowledge(session: Session, filed: Filed, link: str) -> None:
    """Tell who asked by mail that the question arrived: its number, its private link, who answers, a file not taken."""
    ticket = filed.ticket
    subject, body = receipt(ticket, link, filed.left_out)
    want_automatic(session, ticket.asker_email, subject, body, ticket.language, message=filed.message)


def _tell_of_files(session: Session, filed: Filed, address: str) -> None:
    """Tell who wrote into a ticket there was which file of the mail is not in it."""
    subject, body = files_not_taken(filed.ticket, filed.left_out)
    want_automatic(session, address, subject, body, filed.ticket.language, message=filed.message)


def _refer(session: Session, ticket: Ticket, mentioned_id: int) -> None:
    """Note the ticket whose number the mail gives without its token."""
    mentioned = session.get(Ticket, mentioned_id)
    if mentioned is not None:
        add_reference(session, ticket, _BY_MAIL, Reference(ReferenceKind.TICKET, mentioned.number), None)
