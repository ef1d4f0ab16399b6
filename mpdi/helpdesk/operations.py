"""What one can do with a ticket: ask, write, answer, note, wait, resolve, reopen, close.

More in `team_operations`, `fact_operations`, `incoming_operations` and `upkeep_operations`.
"""

import datetime
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.tokens import token_hash
from mpdi.clause_library.core.vocabulary import Category
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.attachments import StoredFile
from mpdi.helpdesk.change_operations import Actor, begin_change, make_move, new_message, note_event
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.models import Article, Attachment, Message, SuggestionUse, Ticket
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.subjects import telling_subject
from mpdi.helpdesk.vocabulary import AskerKind, Direction, Obstacle, QuestionNature, Route, TicketKind, TicketState
from mpdi.helpdesk.working_days import answer_due, priority_of


class ReasonNeededError(MpdiError):
    """A question that was never answered was to be closed without a word to its asker."""


@dataclass(frozen=True)
class NewQuestion:
    """A question as it comes in; what the asker did not say is left at its default."""

    body: str
    language: str
    route: Route
    asker_kind: AskerKind = AskerKind.BUYER
    kind: TicketKind = TicketKind.QUESTION
    subject: str = ""
    email: str = ""
    name: str = ""
    authority_id: str | None = None
    authority_name: str = ""
    tender_deadline: datetime.date | None = None
    is_pilot: bool = False
    question_nature: QuestionNature | None = None
    category: Category | None = None
    obstacles: tuple[Obstacle, ...] = ()
    """Those the asker stated."""
    guessed_obstacles: tuple[Obstacle, ...] = ()
    is_guessed: bool = False
    """Whether nature and category are what the rules guess, and nobody stated them."""
    files: tuple[StoredFile, ...] = ()
    quoted: str = ""
    mail_id: str | None = None


def open_ticket(session: Session, question: NewQuestion, by: Actor) -> tuple[Ticket, str]:
    """Open a ticket; return it with the token of its private link, which is shown to nobody else.

    The route the rules suggest is kept as `suggested_route`, so that a correction can be counted. The number is made of
    the row's own, so that two who ask at the same moment never wait for each other.
    """
    token = secrets.token_urlsafe(24)
    ticket = _new_ticket(question, by, token)
    session.add(ticket)
    session.flush()
    ticket.number = f"MPDI-{clock.today().year}-{ticket.id:05d}"
    message = new_message(
        ticket,
        Direction.INCOMING,
        Actor(by.user_id, question.name),
        question.body,
        question.language,
        quoted=question.quoted,
        mail_id=question.mail_id,
        moment=ticket.created_at,
    )
    attach(message, question.files)
    note_event(
        session,
        ticket,
        by,
        "opened",
        route=ticket.route,
        priority=ticket.priority,
        door=ticket.asker_kind,
        obstacles=ticket.obstacles,
        guessed=ticket.guesses.get("obstacles", []),
    )
    session.flush()
    return ticket, token


def _new_ticket(question: NewQuestion, by: Actor, token: str) -> Ticket:
    now = clock.now()
    priority = priority_of(question.route, question.is_pilot, question.tender_deadline, clock.today())
    return Ticket(
        number=token_hash(token)[:20],
        token_hash=token_hash(token),
        kind=question.kind.value,
        state=TicketState.NEW.value,
        subject=telling_subject(question.subject, question.body)[:200],
        language=question.language,
        asker_kind=question.asker_kind.value,
        asker_id=by.user_id,
        asker_email=question.email.strip()[:254],
        asker_name=question.name.strip()[:120],
        authority_id=question.authority_id,
        authority_name=question.authority_name.strip()[:200],
        route=question.route.value,
        suggested_route=question.route.value,
        question_nature=question.question_nature.value if question.question_nature else None,
        category=question.category.value if question.category else None,
        obstacles=[item.value for item in question.obstacles],
        guesses=_guesses(question),
        is_pilot=question.is_pilot,
        priority=priority,
        tender_deadline=question.tender_deadline,
        created_at=now,
        changed_at=now,
        answer_due=answer_due(now, priority),
        awaited_since=now,
    )


def _guesses(question: NewQuestion) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if question.is_guessed and question.question_nature:
        made["nature"] = question.question_nature.value
    if question.is_guessed and question.category:
        made["category"] = question.category.value
    if guessed := [item.value for item in question.guessed_obstacles if item not in question.obstacles]:
        made["obstacles"] = guessed
    return made


def attach(message: Message, files: Sequence[StoredFile]) -> None:
    """Tie stored files to a message."""
    message.attachments.extend(
        Attachment(file_name=item.file_name, media_type=item.media_type, size=item.size, digest=item.digest)
        for item in files
    )


def add_message(
    session: Session,
    ticket: Ticket,
    by: Actor,
    body: str,
    language: str,
    files: Sequence[StoredFile] = (),
    *,
    quoted: str = "",
    mail_id: str | None = None,
) -> Message:
    """Add a message of the asker: a resolved or closed ticket opens again. It only adds, so no revision is asked."""
    ticket = begin_change(session, ticket, None)
    before = ticket.state
    make_move(ticket, TicketAction.ASKER_WRITES)
    message = new_message(ticket, Direction.INCOMING, by, body, language, quoted=quoted, mail_id=mail_id)
    attach(message, files)
    note_event(session, ticket, by, "asker_wrote", before=before, after=ticket.state)
    session.flush()
    return message


@dataclass(frozen=True)
class Reply:
    """What a facilitator writes to the asker; `then` is `WAIT` or `RESOLVE` where the answer is to do that too."""

    body: str
    language: str
    then: TicketAction | None = None
    files: tuple[StoredFile, ...] = ()


def answer(session: Session, ticket: Ticket, by: Actor, reply: Reply, expected: int | None) -> Message:
    """Answer the asker, in the portal and by mail; the first answer stops the clock."""
    ticket = begin_change(session, ticket, expected)
    make_move(ticket, TicketAction.ANSWER)
    message = new_message(ticket, Direction.OUTGOING, by, reply.body, reply.language)
    attach(message, reply.files)
    ticket.first_answered_at = ticket.first_answered_at or clock.now()
    ticket.assignee_id = ticket.assignee_id or by.user_id
    if reply.then is not None:
        make_move(ticket, reply.then)
    session.flush()
    _send(session, ticket, message)
    note_event(session, ticket, by, "answered", message=message.id, state=ticket.state)
    return message


def _send(session: Session, ticket: Ticket, message: Message) -> None:
    if ticket.asker_email:
        want(session, ticket.asker_email, f"Re: {ticket.subject}", message.body, message.language, message=message)


def write_note(
    session: Session,
    ticket: Ticket,
    by: Actor,
    body: str,
    language: str,
    expected: int | None,
    files: Sequence[StoredFile] = (),
) -> Message:
    """Write an internal note: the asker never sees it."""
    ticket = begin_change(session, ticket, expected)
    message = new_message(ticket, Direction.NOTE, by, body, language)
    attach(message, files)
    session.flush()
    note_event(session, ticket, by, "noted", message=message.id)
    return message


def wait(session: Session, ticket: Ticket, by: Actor, expected: int | None) -> None:
    """Wait for the asker."""
    _move(session, ticket, by, TicketAction.WAIT, "waiting", expected)


def resolve(session: Session, ticket: Ticket, by: Actor, expected: int | None) -> None:
    """Say that the question is answered."""
    _move(session, ticket, by, TicketAction.RESOLVE, "resolved", expected)


def reopen(session: Session, ticket: Ticket, by: Actor, expected: int | None) -> None:
    """Take a resolved or closed ticket up again."""
    _move(session, ticket, by, TicketAction.REOPEN, "reopened", expected)


def close(session: Session, ticket: Ticket, by: Actor, expected: int | None, reason: str = "") -> None:
    """Close a ticket by hand, such as one that asks nothing.

    `reason`: why a question stays unanswered, sent to its asker as a message is; it counts as no answer. One never
    answered is not closed without it: `ReasonNeededError`.
    """
    ticket = begin_change(session, ticket, expected)
    before, detail = ticket.state, dict[str, int]()
    make_move(ticket, TicketAction.CLOSE)
    if ticket.first_answered_at is None:
        if not reason.strip():
            raise ReasonNeededError("This question was never answered. Write why it is closed: its asker is told.")
        message = new_message(ticket, Direction.OUTGOING, by, reason, ticket.language)
        session.flush()
        _send(session, ticket, message)
        detail["message"] = message.id
    note_event(session, ticket, by, "closed", before=before, **detail)
    session.flush()


def _move(session: Session, ticket: Ticket, by: Actor, action: TicketAction, what: str, expected: int | None) -> None:
    ticket = begin_change(session, ticket, expected)
    before = ticket.state
    make_move(ticket, action)
    note_event(session, ticket, by, what, before=before)
    session.flush()


def note_shown(session: Session, slugs: Sequence[str]) -> None:
    """Count the articles that were shown to somebody who asks, without who."""
    shown = update(Article).where(Article.slug.in_(slugs)).values(shown_as_suggestion=Article.shown_as_suggestion + 1)
    session.execute(shown.execution_options(synchronize_session=False))


def note_helped(session: Session, reference: str) -> int:
    """Count a suggestion that somebody said helped, without who; return the number of the count."""
    use = SuggestionUse(reference=reference[:120], question_was_sent=False, used_at=clock.now())
    session.add(use)
    session.flush()
    return use.id


def note_sent_all_the_same(session: Session, use_ids: Sequence[int]) -> None:
    """Note that the question was sent although these suggestions helped."""
    session.execute(update(SuggestionUse).where(SuggestionUse.id.in_(use_ids)).values(question_was_sent=True))
