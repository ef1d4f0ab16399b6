"""The table of moves: whole, without dead ends, and as the documentation draws it."""

import re
from pathlib import Path

import pytest

from mpdi.helpdesk.states import MOVES, Move, MoveNotAllowedError, Mover, TicketAction, allows, move
from mpdi.helpdesk.vocabulary import TicketState

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "helpdesk.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| `(\w+)` \| ([\w, ]+) \|$", re.MULTILINE)
ARROW = re.compile(r"^    (\w+) --> (\w+): ([\w, ]+)$", re.MULTILINE)


def test_the_documented_table_is_the_table():
    documented = {
        Move(TicketState(origin), TicketAction(action), TicketState(target), tuple(map(Mover, who.split(", "))))
        for origin, action, target, who in ROW.findall(PAGE)
    }
    assert documented == set(MOVES)


def test_the_drawing_shows_every_move_that_changes_the_state():
    drawn = {(a, action, b) for a, b, actions in ARROW.findall(PAGE) for action in actions.split(", ")}
    assert drawn == {(m.origin, m.action, m.target) for m in MOVES if m.origin is not m.target}


def test_no_move_stands_twice():
    assert len({(item.origin, item.action) for item in MOVES}) == len(MOVES)


def test_every_state_can_be_reached_and_all_but_merged_can_be_left():
    assert {item.target for item in MOVES} == set(TicketState)
    assert {item.origin for item in MOVES} == set(TicketState) - {TicketState.MERGED}


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("action", TicketAction)
def test_each_cell_moves_or_refuses_with_its_own_error(state: TicketState, action: TicketAction):
    listed = [item for item in MOVES if (item.origin, item.action) == (state, action)]
    if listed:
        assert move(state, action) is listed[0].target
        assert [who for who in Mover if allows(state, action, who)] == [who for who in Mover if who in listed[0].who]
    else:
        with pytest.raises(MoveNotAllowedError, match=state.value):
            move(state, action)
        assert not any(allows(state, action, who) for who in Mover)


def test_what_the_asker_writes_is_never_refused_but_in_a_merged_ticket():
    assert all(
        allows(state, TicketAction.ASKER_WRITES, Mover.ASKER) for state in set(TicketState) - {TicketState.MERGED}
    )
