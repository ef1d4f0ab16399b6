"""Keeping what is typed into a ticket and not sent: pressing another button never loses it."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.helpdesk.draft_models import ReplyDraft
from mpdi.helpdesk.models import Message, Ticket

TEXTS = ("body", "note", "hand_over_note", "reroute_note", "expert_question", "expert_answer", "close_reason")
"""The fields of a ticket's page in which one writes."""
SHORT = ("reference",)
"""Fields of one line that are kept too, but are no text that one sends."""
LANGUAGES = ("language", "note_language", "expert_language")
FIELDS = (*TEXTS, *SHORT, *LANGUAGES)
"""Every field that is kept."""
_LONGEST = 200_000


def kept_texts(session: Session, ticket_id: int, user_id: int) -> dict[str, str]:
    """Return what somebody typed into a ticket and has not sent, by field."""
    found = session.scalar(select(ReplyDraft.texts).where(*_of(ticket_id, user_id)))
    return dict(found or {})


def keep_texts(
    session: Session, ticket_id: int, user_id: int, typed: Mapping[str, str], sent: Collection[str] = ()
) -> None:
    """Keep what a page sent along, without the fields that were `sent`; a field the page has not stays as it was kept."""
    before = kept_texts(session, ticket_id, user_id)
    now = {name: typed[name][:_LONGEST] for name in FIELDS if name in typed}
    texts = {name: text for name, text in (before | now).items() if text.strip() and name not in sent}
    if not any(name in texts for name in (*TEXTS, *SHORT)):
        texts = {}
    if texts != before:
        _store(session, ticket_id, user_id, texts)


def keep_left(session: Session, ticket_id: int, user_id: int, typed: Mapping[str, str]) -> None:
    """Keep what was typed on a page that is being left; what became a message meanwhile is no longer unsent.

    The page sends it beside everything else, so that it may come after the button that sent the same words.
    """
    session.execute(select(Ticket.id).where(Ticket.id == ticket_id).with_for_update())
    written = session.scalars(select(Message.body).where(Message.ticket_id == ticket_id, Message.author_id == user_id))
    bodies = {_plain(body) for body in written}
    sent = [name for name in TEXTS if _plain(typed.get(name, "")) in bodies]
    keep_texts(session, ticket_id, user_id, typed, sent)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _store(session: Session, ticket_id: int, user_id: int, texts: dict[str, str]) -> None:
    if not texts:
        session.execute(delete(ReplyDraft).where(*_of(ticket_id, user_id)))
        return
    values = {"texts": texts, "kept_at": clock.now()}
    changed = session.execute(update(ReplyDraft).where(*_of(ticket_id, user_id)).values(**values))
    if changed.rowcount:  # type: ignore[attr-defined]
        return
    try:
        with session.begin_nested():
            session.add(ReplyDraft(ticket_id=ticket_id, user_id=user_id, **values))
    except IntegrityError:  # the same person pressed twice at the same moment: the other wrote it
        return


def forget_drafts(session: Session, ticket_id: int) -> None:
    """Delete what anybody typed into a ticket."""
    session.execute(delete(ReplyDraft).where(ReplyDraft.ticket_id == ticket_id))


def forget_drafts_of(session: Session, user_id: int) -> int:
    """Delete what somebody typed into any ticket; return how many."""
    gone = session.execute(delete(ReplyDraft).where(ReplyDraft.user_id == user_id))
    return gone.rowcount  # type: ignore[attr-defined,no-any-return]


def _of(ticket_id: int, user_id: int) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (ReplyDraft.ticket_id == ticket_id, ReplyDraft.user_id == user_id)
