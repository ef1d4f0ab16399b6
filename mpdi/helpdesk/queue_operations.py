"""What one can do with the queue: keep a view of it, do one thing to many tickets, keep answers ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.change_operations import TicketChangedElsewhereError
from mpdi.helpdesk.models import ReadyAnswer, SavedView, Ticket
from mpdi.helpdesk.operations import ReasonNeededError
from mpdi.helpdesk.queue_filter import QueueFilter
from mpdi.helpdesk.states import MoveNotAllowedError
from mpdi.helpdesk.team_operations import TicketMergedError
from mpdi.helpdesk.vocabulary import Route

MOST_VIEWS = 30


class TooManyViewsError(MpdiError):
    """Somebody keeps as many views of the queue as there may be."""


class UnknownReadyAnswerError(MpdiError):
    """There is no such ready answer: somebody may have deleted it."""


@dataclass(frozen=True)
class Chosen:
    """A ticket chosen in the queue, at the revision that was seen there."""

    number: str
    revision: int


@dataclass(frozen=True)
class BulkResult:
    """What became of the chosen tickets: done, changed by somebody meanwhile, not allowed in their state."""

    done: tuple[str, ...]
    changed: tuple[str, ...]
    refused: tuple[str, ...]
    unanswered: tuple[str, ...] = ()
    """Left alone because they were never answered: their askers would not be told why they are closed."""


def do_to_many(
    session: Session, tickets: Sequence[tuple[Ticket, Chosen]], verb: Callable[[Ticket, int], None]
) -> BulkResult:
    """Do one thing to many tickets, each on its own: one that moved on meanwhile is left alone and named."""
    done, changed, refused, unanswered = [], [], [], []
    for ticket, chosen in tickets:
        try:
            with session.begin_nested():
                verb(ticket, chosen.revision)
            done.append(chosen.number)
        except TicketChangedElsewhereError:
            changed.append(chosen.number)
        except (MoveNotAllowedError, TicketMergedError):
            refused.append(chosen.number)
        except ReasonNeededError:
            unanswered.append(chosen.number)
    return BulkResult(tuple(done), tuple(changed), tuple(refused), tuple(unanswered))


def save_view(session: Session, user_id: int, name: str, asked: QueueFilter) -> SavedView:
    """Keep a view of the queue; one of the same name is replaced. `TooManyViewsError` beyond thirty."""
    known = {view.name: view for view in session.scalars(select(SavedView).where(SavedView.user_id == user_id))}
    view = known.get(name) or SavedView(user_id=user_id, name=name)
    if view.id is None and len(known) >= MOST_VIEWS:
        raise TooManyViewsError("Thirty views are kept at most. Delete one you no longer use.")
    view.filters = asked.stored()
    session.add(view)
    session.flush()
    return view


def delete_view(session: Session, user_id: int, view_id: int) -> None:
    """Delete a view of one's own; another's stays."""
    session.execute(delete(SavedView).where(SavedView.id == view_id, SavedView.user_id == user_id))


@dataclass(frozen=True)
class ReadyText:
    """A ready answer as it is written: in both languages, for one route or for all."""

    title_fr: str
    title_nl: str
    text_fr: str
    text_nl: str
    route: Route | None = None


def save_ready_answer(session: Session, written: ReadyText, identifier: int | None = None) -> ReadyAnswer:
    """Keep a ready answer, a new one where no identifier is given; `UnknownReadyAnswerError` where it is gone."""
    kept = ReadyAnswer() if identifier is None else session.get(ReadyAnswer, identifier)
    if kept is None:
        raise UnknownReadyAnswerError(
            "This ready answer was deleted meanwhile. Your text is below: save it as a new one."
        )
    kept.title_fr, kept.title_nl = written.title_fr, written.title_nl
    kept.text_fr, kept.text_nl = written.text_fr, written.text_nl
    kept.route, kept.changed_at = written.route.value if written.route else None, clock.now()
    session.add(kept)
    session.flush()
    return kept


def delete_ready_answer(session: Session, identifier: int) -> None:
    """Delete a ready answer."""
    session.execute(delete(ReadyAnswer).where(ReadyAnswer.id == identifier))
