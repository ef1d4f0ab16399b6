"""Tickets, messages, attachments, articles and mail in the database. Values are those of `vocabulary.py`."""

import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from mpdi.accounts.models import User
from mpdi.database import Base

_MOMENT = DateTime(timezone=True)
HAS_OBSTACLES = text("CAST(ticket.obstacles AS TEXT) <> '[]'")
"""As the index of obstacles has it, to the letter: so databases know that the index has what is asked."""


class Ticket(Base):
    """One question, from first word to closing. `revision` grows with every change: a stale page never overwrites."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_queue", "state", "priority", "answer_due", "id"),
        # The order of the queue: what waits for an answer, by priority, by the moment it is due.
        Index("ix_ticket_pressing", text("(awaited_since IS NULL)"), "priority", "answer_due", "id"),
        Index(
            "ix_ticket_awaited",
            "state",
            "answer_due",
            sqlite_where=text("awaited_since IS NOT NULL"),
            postgresql_where=text("awaited_since IS NOT NULL"),
        ),
        Index("ix_ticket_changed", "changed_at", "id"),
        Index("ix_ticket_created", "created_at", "id"),
        # Counting what somebody sees of what waits, without a look at the tickets.
        Index("ix_ticket_counted", "state", "route", "assignee_id", "id"),
        # The order of the queue for nobody's tickets and for one's own.
        Index(
            "ix_ticket_assigned",
            "assignee_id",
            text("(awaited_since IS NULL)"),
            "priority",
            "answer_due",
            "id",
            "state",
            "route",
        ),
        Index(
            "ix_ticket_obstacles_written",
            text("CAST(obstacles AS TEXT)"),
            sqlite_where=text("CAST(obstacles AS TEXT) <> '[]'"),
        ).ddl_if(dialect="sqlite"),
        Index("ix_ticket_obstacles_held", text("CAST(obstacles AS JSONB)"), postgresql_using="gin").ddl_if(
            dialect="postgresql"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    revision: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(12), default="question")
    state: Mapped[str] = mapped_column(String(20), default="new", index=True)
    subject: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    asker_kind: Mapped[str] = mapped_column(String(8))
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    asker_email: Mapped[str] = mapped_column(String(254), default="", index=True)
    asker_name: Mapped[str] = mapped_column(String(120), default="")
    authority_id: Mapped[str | None] = mapped_column(String(80), index=True)
    authority_name: Mapped[str] = mapped_column(String(200), default="")
    route: Mapped[str] = mapped_column(String(20), index=True)
    suggested_route: Mapped[str] = mapped_column(String(20))
    question_nature: Mapped[str | None] = mapped_column(String(12))
    stage: Mapped[str | None] = mapped_column(String(12))
    category: Mapped[str | None] = mapped_column(String(20))
    cpv: Mapped[list[str]] = mapped_column(JSON, default=list)
    obstacles: Mapped[list[str]] = mapped_column(JSON, default=list)
    other_obstacle: Mapped[str] = mapped_column(String(300), default="")
    guesses: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """What the rules guessed and nobody confirmed: `nature` and `category` as they stand, `obstacles` not in the list."""
    is_pilot: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[int] = mapped_column(default=2)
    """0 pilot or innovation market, 1 a tender's deadline is near, 2 the rest."""
    tender_deadline: Mapped[datetime.date | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"), index=True)
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id"))
    created_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    changed_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    answer_due: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    awaited_since: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    """Since when the asker waits for an answer, the first or another; None where nobody waits for one."""
    first_answered_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    resolved_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    closed_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    anonymised_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    messages: Mapped[list["Message"]] = relationship(
        back_populates="ticket",
        cascade="all, delete-orphan",
        order_by="Message.id",
    )
    references: Mapped[list["TicketReference"]] = relationship(
        cascade="all, delete-orphan",
        order_by="TicketReference.id",
    )
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    asker: Mapped[User | None] = relationship(foreign_keys=[asker_id])


class Message(Base):
    """One message of a ticket: from the asker, to the asker, or an internal note."""

    __tablename__ = "ticket_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    direction: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    author_name: Mapped[str] = mapped_column(String(120), default="")
    language: Mapped[str] = mapped_column(String(2))
    body: Mapped[str] = mapped_column(Text)
    quoted: Mapped[str] = mapped_column(Text, default="")
    """Text quoted from earlier messages, folded away on the page."""
    mail_id: Mapped[str | None] = mapped_column(String(250), index=True)
    """Message-ID of the mail it came by or left by."""
    created_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    ticket: Mapped[Ticket] = relationship(back_populates="messages")
    attachments: Mapped[list["Attachment"]] = relationship(cascade="all, delete-orphan", order_by="Attachment.id")


class Attachment(Base):
    """A file of a message. Its bytes lie in the attachment folder under their digest."""

    __tablename__ = "ticket_attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("ticket_message.id", ondelete="CASCADE"), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)


class TicketReference(Base):
    """What a ticket points at: `clause_version:ENV-CLEAN-001@1.0.0`, `specification:12`, …"""

    __tablename__ = "ticket_reference"
    __table_args__ = (UniqueConstraint("ticket_id", "reference"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(String(120), index=True)


class TicketEvent(Base):
    """What happened to a ticket, for its history and for reports."""

    __tablename__ = "ticket_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    occurred_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    what: Mapped[str] = mapped_column(String(30), index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class ExpertRequest(Base):
    """An expert or legal reviewer asked about a ticket."""

    __tablename__ = "expert_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    expert_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    question: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    answered_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    expert: Mapped[User] = relationship(lazy="joined")


class TicketPresence(Base):
    """Who has a ticket open now, so that two see each other."""

    __tablename__ = "ticket_presence"
    __table_args__ = (UniqueConstraint("ticket_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("ticket.id", ondelete="CASCADE"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"))
    seen_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    user: Mapped[User] = relationship(lazy="joined")


class SavedView(Base):
    """A queue view somebody keeps: a name and the filters."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    filters: Mapped[dict[str, Any]] = mapped_column(JSON)


class ReadyAnswer(Base):
    """A part of an answer kept ready, in both languages."""

    __tablename__ = "ready_answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    route: Mapped[str | None] = mapped_column(String(20), index=True)
    title_fr: Mapped[str] = mapped_column(String(120))
    title_nl: Mapped[str] = mapped_column(String(120))
    text_fr: Mapped[str] = mapped_column(Text)
    text_nl: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)


class Article(Base):
    """An anonymised answer for everybody to read."""

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[str] = mapped_column(String(12), default="draft", index=True)
    """`draft`, `published`, `withdrawn`."""
    route: Mapped[str] = mapped_column(String(20), index=True)
    category: Mapped[str | None] = mapped_column(String(20))
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="SET NULL"))
    written_in: Mapped[str | None] = mapped_column(String(2))
    """The language of the answer it was made of; the other one is a translation. None where nobody knows any more."""
    flagged_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    """Set at once when a clause version it rests on is no longer the one in force; readers are told."""
    flagged_because: Mapped[str] = mapped_column(String(200), default="")
    helped: Mapped[int] = mapped_column(default=0)
    did_not_help: Mapped[int] = mapped_column(default=0)
    shown_as_suggestion: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=1)
    """Grows with every change: a stale page never overwrites."""
    changed_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    versions: Mapped[list["ArticleVersion"]] = relationship(
        back_populates="article",
        cascade="all, delete-orphan",
        order_by="ArticleVersion.number",
    )


class ArticleVersion(Base):
    """The words of an article at one time, and the clause versions they rest on."""

    __tablename__ = "article_version"
    __table_args__ = (UniqueConstraint("article_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    title_fr: Mapped[str] = mapped_column(String(200), default="")
    title_nl: Mapped[str] = mapped_column(String(200), default="")
    question_fr: Mapped[str] = mapped_column(Text, default="")
    question_nl: Mapped[str] = mapped_column(Text, default="")
    answer_fr: Mapped[str] = mapped_column(Text, default="")
    answer_nl: Mapped[str] = mapped_column(Text, default="")
    clauses: Mapped[list[str]] = mapped_column(JSON, default=list)
    """References such as `ENV-CLEAN-001@1.0.0`."""
    confirmed: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Wordings that looked as if they identified somebody, and of which a person said that they do not."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    article: Mapped[Article] = relationship(back_populates="versions")


class ArticleReading(Base):
    """One language of an article to be re-read, by a colleague or by somebody of a body; with `reread_at`, re-read."""

    __tablename__ = "article_reading"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    """Whose words were sent: nobody re-reads her own."""
    asked_of_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    asked_route: Mapped[str | None] = mapped_column(String(20))
    """The body that is asked, where no colleague is named."""
    asked_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    reread_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reread_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    words_digest: Mapped[str] = mapped_column(String(64), default="")
    """Of the words as they were re-read: once they change, nobody has re-read them."""
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
    asked_of: Mapped[User | None] = relationship(foreign_keys=[asked_of_id])
    reread_by: Mapped[User | None] = relationship(foreign_keys=[reread_by_id])


class SuggestionUse(Base):
    """A suggestion that somebody said helped while asking: counted, without who."""

    __tablename__ = "suggestion_use"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(120), index=True)
    question_was_sent: Mapped[bool]
    used_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)


class IncomingMail(Base):
    """One mail fetched: kept raw until it is filed, so that nothing received is lost."""

    __tablename__ = "incoming_mail"

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[str] = mapped_column(String(250), unique=True)
    """Its Message-ID, or the digest of its bytes where it has none."""
    digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    state: Mapped[str] = mapped_column(String(12), default="fetched", index=True)
    """`fetched`, `filed`, `ignored` (auto-reply, bounce, loop), `failed`."""
    reason: Mapped[str] = mapped_column(String(200), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
    is_wanted: Mapped[bool] = mapped_column(default=False)
    """Whether a person said that it is to be filed, whatever it looks like."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("ticket.id", ondelete="SET NULL"), index=True)


class OutgoingMail(Base):
    """One mail to send, written in the transaction that wants it sent, and tried again with growing pauses."""

    __tablename__ = "outgoing_mail"
    __table_args__ = (Index("ix_outgoing_mail_next", "state", "next_try_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[str] = mapped_column(String(250), unique=True)
    recipient: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(250))
    body: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(2))
    headers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    message_id: Mapped[int | None] = mapped_column(ForeignKey("ticket_message.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(12), default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    last_error: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime.datetime] = mapped_column(_MOMENT)
    sent_at: Mapped[datetime.datetime | None] = mapped_column(_MOMENT)
