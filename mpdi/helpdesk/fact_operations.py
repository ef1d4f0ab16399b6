"""What a ticket is about: nature, stage, category, authority, obstacles, deadline, and the records it points at."""

import datetime
from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.change_operations import Actor, begin_change, note_event
from mpdi.helpdesk.models import Ticket, TicketReference
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route, Stage
from mpdi.helpdesk.working_days import answer_due, priority_of
from mpdi.references import Reference


@dataclass(frozen=True)
class Facts:
    """Everything a facilitator states about a ticket, at once."""

    question_nature: QuestionNature | None = None
    stage: Stage | None = None
    category: Category | None = None
    cpv: tuple[str, ...] = ()
    authority_id: str | None = None
    authority_name: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    other_obstacle: str = ""
    is_pilot: bool = False
    tender_deadline: datetime.date | None = None
    references: tuple[str, ...] = field(default_factory=tuple)
    asker_kind: AskerKind | None = None
    """Who asks; None leaves it as it stands."""


def facts_of(ticket: Ticket) -> Facts:
    """Return the facts as they stand."""
    return Facts(
        QuestionNature(ticket.question_nature) if ticket.question_nature else None,
        Stage(ticket.stage) if ticket.stage else None,
        Category(ticket.category) if ticket.category else None,
        tuple(ticket.cpv),
        ticket.authority_id,
        ticket.authority_name,
        tuple(Obstacle(item) for item in ticket.obstacles),
        ticket.other_obstacle,
        ticket.is_pilot,
        ticket.tender_deadline,
        tuple(item.reference for item in ticket.references),
        AskerKind(ticket.asker_kind),
    )


def differ(ticket: Ticket, facts: Facts) -> bool:
    """Whether facts typed are others than those that stand; what a page does not show, the references, is left out."""
    standing = facts_of(ticket)
    return _comparable(replace(facts, asker_kind=facts.asker_kind or standing.asker_kind)) != _comparable(standing)


def _comparable(facts: Facts) -> Facts:
    return replace(
        facts,
        obstacles=tuple(sorted(facts.obstacles)),
        authority_name=" ".join(facts.authority_name.split()),
        other_obstacle=facts.other_obstacle.strip(),
        references=(),
    )


def set_facts(session: Session, ticket: Ticket, by: Actor, facts: Facts, expected: int | None) -> None:
    """Replace the facts of a ticket, its references left alone; priority and due moment follow."""
    ticket = begin_change(session, ticket, expected)
    ticket.question_nature = facts.question_nature.value if facts.question_nature else None
    ticket.stage = facts.stage.value if facts.stage else None
    ticket.category = facts.category.value if facts.category else None
    ticket.cpv = list(facts.cpv)
    ticket.authority_id, ticket.authority_name = facts.authority_id, facts.authority_name.strip()[:200]
    ticket.obstacles = [item.value for item in facts.obstacles]
    ticket.other_obstacle = facts.other_obstacle.strip()[:300]
    ticket.asker_kind = (facts.asker_kind or AskerKind(ticket.asker_kind)).value
    ticket.guesses = _still_guessed(ticket)
    ticket.is_pilot, ticket.tender_deadline = facts.is_pilot, facts.tender_deadline
    recompute_promise(ticket)
    note_event(
        session,
        ticket,
        by,
        "facts_set",
        nature=ticket.question_nature,
        category=ticket.category,
        obstacles=ticket.obstacles,
        priority=ticket.priority,
    )
    session.flush()


def _still_guessed(ticket: Ticket) -> dict[str, list[str]]:
    """Whoever stores the facts has seen nature and category; an obstacle stays a guess until it is ticked."""
    left = [code for code in ticket.guesses.get("obstacles", []) if code not in ticket.obstacles]
    return {"obstacles": left} if left else {}


def recompute_promise(ticket: Ticket) -> None:
    """Set priority and, while the first answer is awaited, the moment it is due."""
    ticket.priority = priority_of(Route(ticket.route), ticket.is_pilot, ticket.tender_deadline, clock.today())
    if ticket.first_answered_at is None:
        ticket.answer_due = answer_due(clock.aware(ticket.created_at), ticket.priority)


def add_reference(session: Session, ticket: Ticket, by: Actor, reference: Reference, expected: int | None) -> None:
    """Point a ticket at a record; once is enough."""
    if any(item.reference == str(reference) for item in ticket.references):
        return
    ticket = begin_change(session, ticket, expected)
    ticket.references.append(TicketReference(reference=str(reference)))
    note_event(session, ticket, by, "reference_added", reference=str(reference))
    session.flush()


def remove_reference(session: Session, ticket: Ticket, by: Actor, reference: Reference, expected: int | None) -> None:
    """Take a reference out; one that is not there is out already."""
    found = [item for item in ticket.references if item.reference == str(reference)]
    if not found:
        return
    ticket = begin_change(session, ticket, expected)
    ticket.references = [item for item in ticket.references if item.reference != str(reference)]
    note_event(session, ticket, by, "reference_removed", reference=str(reference))
    session.flush()
