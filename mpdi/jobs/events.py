"""Domain events: plain facts, written in the transaction that makes them true, handled after it."""

from dataclasses import asdict, dataclass
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


EVENTS: dict[str, type[DomainEvent]] = {kind.name: kind for kind in (ClausePublished, SpecificationWritten)}


def event_from(name: str, payload: dict[str, Any]) -> DomainEvent:
    """Rebuild an event from its stored name and payload."""
    return EVENTS[name](**{key: tuple(value) if isinstance(value, list) else value for key, value in payload.items()})
