"""What a ticket is about: nature, stage, category, authority, obstacles, deadline, and the records it points at."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.change_operations import Actor, TicketChangedElsewhereError, begin_change, note_event
from mpdi.helpdesk.meaning_operations import forget_meaning
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
    subject: str | None = None
    """What the queue calls the ticket; None leaves it as it stands."""


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
        ticket.subject or None,
    )


_LONGEST_SUBJECT = 200
_NAMES = tuple(each.name for each in fields(Facts) if each.name not in ("authority_id", "references"))


def changed_names(before: Facts, after: Facts) -> frozenset[str]:
    """Return which facts differ; what a page does not show, the references, is left out, and a body is its name.

    A subject taken away is no change: a ticket keeps the one it has.
    """
    one, other = _comparable(before), _comparable(after)
    names = (name for name in _NAMES if name != "subject" or after.subject is not None)
    return frozenset(name for name in names if getattr(one, name) != getattr(other, name))


def _comparable(facts: Facts) -> Facts:
    return replace(
        facts,
        obstacles=tuple(sorted(facts.obstacles)),
        authority_name=" ".join(facts.authority_name.split()),
        other_obstacle=" ".join(facts.other_obstacle.split()),
        subject=" ".join((facts.subject or "").split()),
    )


def with_changes(standing: Facts, shown: Facts, typed: Facts) -> Facts:
    """Return the facts as they stand, with what somebody changed on a page that had shown others, perhaps."""
    names = changed_names(shown, typed)
    changes: dict[str, Any] = {name: getattr(typed, name) for name in names}
    if "authority_name" in names:
        changes["authority_id"] = typed.authority_id
    return replace(standing, **changes)


def store_changes(
    session: Session, ticket: Ticket, by: Actor, shown: Facts, typed: Facts, confirms: bool = False
) -> bool:
    """Store what somebody changed in the facts of a page, and nothing else; return whether anything was stored.

    What a colleague changed meanwhile stays; where it is the same fact: `TicketChangedElsewhereError`. `confirms`:
    whoever typed them states them all, so that nature and category are guesses no more.
    """
    names = changed_names(shown, typed)
    if not names and not confirms:
        return False
    locked = session.get_one(Ticket, ticket.id, with_for_update=True, populate_existing=True)
    standing = facts_of(locked)
    if names & changed_names(shown, standing) & changed_names(standing, typed):
        raise TicketChangedElsewhereError("Somebody changed the same facts meanwhile: compare, then store them again.")
    set_facts(session, locked, by, with_changes(standing, shown, typed), None, None if confirms else names)
    return True


def set_facts(
    session: Session,
    ticket: Ticket,
    by: Actor,
    facts: Facts,
    expected: int | None,
    stated: Collection[str] | None = None,
) -> None:
    """Replace the facts of a ticket, its references left alone; priority and due moment follow.

    `stated`: those that somebody typed, where the others only stay as they were; None: all of them.
    """
    ticket = begin_change(session, ticket, expected)
    ticket.question_nature = facts.question_nature.value if facts.question_nature else None
    ticket.stage = facts.stage.value if facts.stage else None
    ticket.category = facts.category.value if facts.category else None
    ticket.cpv = list(facts.cpv)
    ticket.authority_id, ticket.authority_name = facts.authority_id, facts.authority_name.strip()[:200]
    ticket.obstacles = [item.value for item in facts.obstacles]
    ticket.other_obstacle = facts.other_obstacle.strip()[:300]
    ticket.asker_kind = (facts.asker_kind or AskerKind(ticket.asker_kind)).value
    ticket.guesses = _still_guessed(ticket, stated)
    ticket.is_pilot, ticket.tender_deadline = facts.is_pilot, facts.tender_deadline
    recompute_promise(ticket)
    _set_subject(session, ticket, by, facts.subject)
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


def _set_subject(session: Session, ticket: Ticket, by: Actor, subject: str | None) -> None:
    """Call a ticket otherwise; its mails stay together, since their tag and headers do. Of a forgotten asker nothing is written."""
    called = " ".join((subject or "").split())[:_LONGEST_SUBJECT]
    if not called or called == ticket.subject or ticket.anonymised_at is not None:
        return
    ticket.subject = called
    forget_meaning(session, ticket.id)
    note_event(session, ticket, by, "subject_set")


def _still_guessed(ticket: Ticket, stated: Collection[str] | None) -> dict[str, Any]:
    """Whoever stores the facts has seen nature and category; an obstacle stays a guess until it is ticked."""
    unseen = [] if stated is None else [key for key, name in _GUESSED.items() if name not in stated]
    kept = {key: ticket.guesses[key] for key in unseen if key in ticket.guesses}
    left = [code for code in ticket.guesses.get("obstacles", []) if code not in ticket.obstacles]
    return kept | ({"obstacles": left} if left else {})


_GUESSED = {"nature": "question_nature", "category": "category"}


def recompute_promise(ticket: Ticket) -> None:
    """Set priority and, while an answer is awaited, the moment it is due."""
    ticket.priority = priority_of(Route(ticket.route), ticket.is_pilot, ticket.tender_deadline, clock.today())
    if ticket.awaited_since is not None:
        ticket.answer_due = answer_due(clock.aware(ticket.awaited_since), ticket.priority)


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
