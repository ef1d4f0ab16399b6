"""The states of a ticket and the moves between them: one table, drawn in `docs/helpdesk.md`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mpdi.exceptions import MpdiError
from mpdi.helpdesk.vocabulary import TicketState


class TicketAction(StrEnum):
    """What can be done that may change the state of a ticket."""

    ASSIGN = "assign"
    ANSWER = "answer"
    WAIT = "wait"
    ASK_EXPERT = "ask_expert"
    EXPERT_ANSWERS = "expert_answers"
    ASKER_WRITES = "asker_writes"
    RESOLVE = "resolve"
    REOPEN = "reopen"
    CLOSE = "close"
    CLOSE_SILENT = "close_silent"
    MERGE = "merge"


class Mover(StrEnum):
    """Who makes a move; a coordinator moves as a facilitator, a legal reviewer as an expert."""

    ASKER = "asker"
    FACILITATOR = "facilitator"
    EXPERT = "expert"
    JOB = "job"


@dataclass(frozen=True)
class Move:
    """One line of the table: in state `origin` the `action` of one of `who` leads to `target`."""

    origin: TicketState
    action: TicketAction
    target: TicketState
    who: tuple[Mover, ...]


class MoveNotAllowedError(MpdiError):
    """In the state a ticket is in, this cannot be done."""

    def __init__(self, state: TicketState, action: TicketAction) -> None:
        self.state, self.action = state, action
        super().__init__(f"A ticket that is {state} does not allow: {action}. Reload the page to see what it allows.")


_S, _A = TicketState, TicketAction
_ASKER, _FACILITATOR, _EXPERT, _JOB = (Mover.ASKER,), (Mover.FACILITATOR,), (Mover.EXPERT,), (Mover.JOB,)
_BOTH = (Mover.ASKER, Mover.FACILITATOR)

MOVES: tuple[Move, ...] = (
    Move(_S.NEW, _A.ASSIGN, _S.OPEN, _FACILITATOR),
    Move(_S.NEW, _A.ANSWER, _S.OPEN, _FACILITATOR),
    Move(_S.NEW, _A.WAIT, _S.WAITING_FOR_ASKER, _FACILITATOR),
    Move(_S.NEW, _A.ASK_EXPERT, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.NEW, _A.ASKER_WRITES, _S.NEW, _ASKER),
    Move(_S.NEW, _A.RESOLVE, _S.RESOLVED, _BOTH),
    Move(_S.NEW, _A.CLOSE, _S.CLOSED, _FACILITATOR),
    Move(_S.NEW, _A.MERGE, _S.MERGED, _FACILITATOR),
    Move(_S.OPEN, _A.ASSIGN, _S.OPEN, _FACILITATOR),
    Move(_S.OPEN, _A.ANSWER, _S.OPEN, _FACILITATOR),
    Move(_S.OPEN, _A.WAIT, _S.WAITING_FOR_ASKER, _FACILITATOR),
    Move(_S.OPEN, _A.ASK_EXPERT, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.OPEN, _A.EXPERT_ANSWERS, _S.OPEN, _EXPERT),
    Move(_S.OPEN, _A.ASKER_WRITES, _S.OPEN, _ASKER),
    Move(_S.OPEN, _A.RESOLVE, _S.RESOLVED, _BOTH),
    Move(_S.OPEN, _A.CLOSE, _S.CLOSED, _FACILITATOR),
    Move(_S.OPEN, _A.MERGE, _S.MERGED, _FACILITATOR),
    Move(_S.WAITING_FOR_ASKER, _A.ASSIGN, _S.WAITING_FOR_ASKER, _FACILITATOR),
    Move(_S.WAITING_FOR_ASKER, _A.ANSWER, _S.WAITING_FOR_ASKER, _FACILITATOR),
    Move(_S.WAITING_FOR_ASKER, _A.ASK_EXPERT, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.WAITING_FOR_ASKER, _A.EXPERT_ANSWERS, _S.OPEN, _EXPERT),
    Move(_S.WAITING_FOR_ASKER, _A.ASKER_WRITES, _S.OPEN, _ASKER),
    Move(_S.WAITING_FOR_ASKER, _A.RESOLVE, _S.RESOLVED, _BOTH),
    Move(_S.WAITING_FOR_ASKER, _A.CLOSE, _S.CLOSED, _FACILITATOR),
    Move(_S.WAITING_FOR_ASKER, _A.CLOSE_SILENT, _S.CLOSED, _JOB),
    Move(_S.WAITING_FOR_ASKER, _A.MERGE, _S.MERGED, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.ASSIGN, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.ANSWER, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.WAIT, _S.WAITING_FOR_ASKER, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.ASK_EXPERT, _S.WAITING_FOR_EXPERT, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.EXPERT_ANSWERS, _S.OPEN, _EXPERT),
    Move(_S.WAITING_FOR_EXPERT, _A.ASKER_WRITES, _S.WAITING_FOR_EXPERT, _ASKER),
    Move(_S.WAITING_FOR_EXPERT, _A.RESOLVE, _S.RESOLVED, _BOTH),
    Move(_S.WAITING_FOR_EXPERT, _A.CLOSE, _S.CLOSED, _FACILITATOR),
    Move(_S.WAITING_FOR_EXPERT, _A.MERGE, _S.MERGED, _FACILITATOR),
    Move(_S.RESOLVED, _A.ASSIGN, _S.RESOLVED, _FACILITATOR),
    Move(_S.RESOLVED, _A.EXPERT_ANSWERS, _S.RESOLVED, _EXPERT),
    Move(_S.RESOLVED, _A.ASKER_WRITES, _S.OPEN, _ASKER),
    Move(_S.RESOLVED, _A.REOPEN, _S.OPEN, _BOTH),
    Move(_S.RESOLVED, _A.CLOSE, _S.CLOSED, _FACILITATOR),
    Move(_S.RESOLVED, _A.CLOSE_SILENT, _S.CLOSED, _JOB),
    Move(_S.RESOLVED, _A.MERGE, _S.MERGED, _FACILITATOR),
    Move(_S.CLOSED, _A.EXPERT_ANSWERS, _S.CLOSED, _EXPERT),
    Move(_S.CLOSED, _A.ASKER_WRITES, _S.OPEN, _ASKER),
    Move(_S.CLOSED, _A.REOPEN, _S.OPEN, _BOTH),
)
"""Every move there is. What is not listed is refused; a merged ticket never moves again."""

_BY_STATE: Mapping[tuple[TicketState, TicketAction], Move] = {(item.origin, item.action): item for item in MOVES}
ANSWERABLE = frozenset(item.origin for item in MOVES if item.action is TicketAction.ANSWER)
"""States in which the first answer is still awaited or may be added to: the queue's “not done”."""


def move(state: TicketState, action: TicketAction) -> TicketState:
    """Return the state an action leads to; `MoveNotAllowedError` where the table has no such move."""
    found = _BY_STATE.get((state, action))
    if found is None:
        raise MoveNotAllowedError(state, action)
    return found.target


def allows(state: TicketState, action: TicketAction, who: Mover) -> bool:
    """Whether somebody may do an action in a state."""
    found = _BY_STATE.get((state, action))
    return found is not None and who in found.who
