"""Domain events: plain facts, written in the transaction that makes them true, handled after it."""

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar

from mpdi.references import Reference, ReferenceKind


@dataclass(frozen=True)
class DomainEvent:
    """Something that happened. A subclass adds what happened to what."""

    name: ClassVar[str]

    @property
    def reference(self) -> Reference:
        """The record it happened to."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """Return the event as JSON data."""
        return asdict(self)


@dataclass(frozen=True)
class ClausePublished(DomainEvent):
    """A clause version came into the library, or its register entry changed."""

    name: ClassVar[str] = "clause_published"
    clause_id: str
    version: str

    @property
    def reference(self) -> Reference:
        """The clause."""
        return Reference(ReferenceKind.CLAUSE, self.clause_id)


@dataclass(frozen=True)
class SpecificationWritten(DomainEvent):
    """A specification was written as a Word file."""

    name: ClassVar[str] = "specification_written"
    specification_id: str
    clauses: tuple[str, ...]

    @property
    def reference(self) -> Reference:
        """The specification."""
        return Reference(ReferenceKind.SPECIFICATION, self.specification_id)


@dataclass(frozen=True)
class MailWanted(DomainEvent):
    """A feature below the helpdesk wants a mail sent. `about` is the user or ticket it concerns: `user:12`."""

    name: ClassVar[str] = "mail_wanted"
    recipient: str
    subject: str
    body: str
    language: str
    about: str
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    """What makes this wish one and the same when its handler is repeated; leave it to the default."""

    @property
    def reference(self) -> Reference:
        """The user or ticket."""
        return Reference.parse(self.about)


@dataclass(frozen=True)
class ArticlePublished(DomainEvent):
    """An article of the helpdesk was published, published anew, or withdrawn."""

    name: ClassVar[str] = "article_published"
    article_id: int

    @property
    def reference(self) -> Reference:
        """The article."""
        return Reference(ReferenceKind.ARTICLE, str(self.article_id))


@dataclass(frozen=True)
class TicketChanged(DomainEvent):
    """Something happened to a ticket that those who work on it are to know. `what`: the word of its history."""

    name: ClassVar[str] = "ticket_changed"
    ticket_id: int
    what: str
    actor_id: int | None = None
    """The user who did it; None: an asker, or a mail."""
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    """What makes this the same news when its handler is repeated; leave it to the default."""

    @property
    def reference(self) -> Reference:
        """The ticket, by its row."""
        return Reference(ReferenceKind.TICKET, str(self.ticket_id))


@dataclass(frozen=True)
class InstrumentStatusChanged(DomainEvent):
    """Somebody recorded that a legal instrument has another status: what rests on it is to be read again."""

    name: ClassVar[str] = "instrument_status_changed"
    instrument: str
    status: str
    since: str
    """The day from which, as an ISO date."""
    is_open: bool
    """Whether what rests on it must be read again; False: the status is set back to that of the register."""
    actor_id: int | None = None
    """The user who did it; None: a command."""
    key: str = field(default_factory=lambda: secrets.token_hex(12))
    """What makes this the same news when its handler is repeated; leave it to the default."""

    @property
    def reference(self) -> Reference:
        """The instrument."""
        return Reference(ReferenceKind.INSTRUMENT, self.instrument)


EVENTS: dict[str, type[DomainEvent]] = {kind.name: kind for kind in (ClausePublished, SpecificationWritten, MailWanted, ArticlePublished, TicketChanged, InstrumentStatusChanged)}


def event_from(name: str, payload: dict[str, Any]) -> DomainEvent:
    """Rebuild an event from its stored name and payload."""
    return EVENTS[name](**{key: tuple(value) if isinstance(value, list) else value for key, value in payload.items()})
