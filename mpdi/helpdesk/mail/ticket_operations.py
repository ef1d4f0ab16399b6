"""A mail becomes a message of a ticket; who asked something new is told its number."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.fact_operations import add_reference
from mpdi.helpdesk.incoming_operations import RouteOf, file_incoming, first_body
from mpdi.helpdesk.mail.operations import want_automatic
from mpdi.helpdesk.mail.parsed import ParsedMail
from mpdi.helpdesk.models import Message, Ticket
from mpdi.references import Reference, ReferenceKind

_BY_MAIL = Actor(name="mail")
_RECEIVED = {
    "fr": (
        "Re : {subject}",
        "Bonjour,\n\nNous avons bien reçu votre question. Elle porte le numéro {number}.\n\n"
        "Pour la compléter, répondez à ce courriel en gardant son objet : votre message rejoindra la question.\n\n"
        "Ceci est un message automatique.\n\nLe helpdesk des marchés publics durables et innovants\n",
    ),
    "nl": (
        "Re: {subject}",
        "Goedendag,\n\nWij hebben uw vraag goed ontvangen. Ze heeft het nummer {number}.\n\n"
        "Wilt u iets toevoegen, beantwoord dan deze mail en behoud het onderwerp: uw bericht komt bij de vraag.\n\n"
        "Dit is een automatisch bericht.\n\nDe helpdesk duurzame en innovatieve overheidsopdrachten\n",
    ),
}


@dataclass(frozen=True)
class TicketFiler:
    """Files mail as tickets: what `Filing` calls in a running installation."""

    store: AttachmentStore
    route_of: RouteOf = first_body

    def __call__(self, session: Session, mail: ParsedMail, raw_digest: str) -> int:
        """File the mail and return `Ticket.id`; a new question is acknowledged, unless that would answer a robot."""
        ticket, message = file_incoming(session, mail, raw_digest, self.store, self.route_of)
        is_new = all(other is message for other in ticket.messages)
        if is_new and mail.thread.mentioned_ticket_id is not None:
            _refer(session, ticket, mail.thread.mentioned_ticket_id)
        if is_new and mail.from_address and not (mail.is_auto_reply or mail.is_bounce or mail.is_loop):
            acknowledge(session, ticket, message)
        return ticket.id


def acknowledge(session: Session, ticket: Ticket, message: Message) -> None:
    """Tell who asked by mail that the question arrived, and its number."""
    subject, body = _RECEIVED[ticket.language if ticket.language in _RECEIVED else "fr"]
    want_automatic(
        session,
        ticket.asker_email,
        subject.format(subject=ticket.subject),
        body.format(number=ticket.number),
        ticket.language,
        message=message,
    )


def _refer(session: Session, ticket: Ticket, mentioned_id: int) -> None:
    """Note the ticket whose number the mail gives without its token."""
    mentioned = session.get(Ticket, mentioned_id)
    if mentioned is not None:
        add_reference(session, ticket, _BY_MAIL, Reference(ReferenceKind.TICKET, mentioned.number), None)
