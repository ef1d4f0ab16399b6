"""The table of rights against one written a second time here, cell by cell, in other words: any change shows."""

import pytest

from mpdi.accounts.roles import PERMISSIONS, Action, Grant, Person, Role, Subject, may, may_somewhere

ME = 7
BODY, THEME = "commune-uccle", "food"
SUBJECTS = {
    "o": Subject(owner_ids=frozenset({ME}), authority_id="stib", route="mpi"),
    "l": Subject(is_held_by_link=True, authority_id="stib", route="mpi"),
    "b": Subject(owner_ids=frozenset({8}), authority_id=BODY, route="mpi"),
    "t": Subject(owner_ids=frozenset({8}), authority_id="stib", route=THEME),
    "w": Subject(owner_ids=frozenset({8}), authority_id="stib", route="mpi", worker_ids=frozenset({ME})),
    "x": Subject(owner_ids=frozenset({8}), authority_id="stib", route="mpi", worker_ids=frozenset({8})),
}
"""Whose record it is: one's own, held by its link, of one's body, of one's theme, given to one's hands, another's."""

GRID = """
                       visitor firm   buyer  facili expert legal  coordi admini
read_public            olbtwx  olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx
write_specification    l       olw    olw    olw    olw    olw    olw    olw
write_plan             l       olw    olw    olw    olw    olw    olw    olw
delete_plan            l       olw    olw    olw    olw    olw    olw    olw
claim_draft            -       olw    olw    olw    olw    olw    olw    olw
manage_own_account     -       olw    olw    olw    olw    olw    olw    olw
invite_user            -       -      -      -      -      -      olbtwx olbtwx
grant_role             -       -      -      -      -      -      -      olbtwx
see_users              -       -      -      -      -      -      olbtwx olbtwx
see_audit_log          -       -      -      -      -      -      -      olbtwx
ask_question           olbtwx  olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx
see_ticket             l       olw    olb    oltw   olw    olw    olbtwx -
write_message          l       olw    olw    oltw   -      -      olbtwx -
see_internal_note      -       -      -      oltw   olw    olw    olbtwx -
write_internal_note    -       -      -      oltw   olw    olw    olbtwx -
see_queue              -       -      -      oltw   -      -      olbtwx -
work_on_ticket         -       -      -      oltw   -      -      olbtwx -
reroute_ticket         -       -      -      oltw   -      -      olbtwx -
merge_tickets          -       -      -      oltw   -      -      olbtwx -
answer_as_expert       -       -      -      -      olw    olw    -      -
write_article          -       -      -      olbtwx olbtwx -      olbtwx -
publish_article        -       -      -      olbtwx -      -      olbtwx -
rate_article           olbtwx  olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx olbtwx
manage_ready_answers   -       -      -      olbtwx -      -      olbtwx -
see_reports            -       -      -      olbtwx -      -      olbtwx -
publish_event          -       -      -      -      -      -      olbtwx -
see_mail_state         -       -      -      oltw   -      -      olbtwx olbtwx
resend_mail            -       -      -      oltw   -      -      olbtwx olbtwx
change_law_status      -       -      -      -      -      -      olbtwx olbtwx
read_sample            -       -      -      olbtwx olbtwx olbtwx olbtwx -
draw_sample            -       -      -      -      -      -      olbtwx -
see_watched            -       -      -      -      -      -      olbtwx olbtwx
see_plans              -       -      -      -      -      -      olbtwx -
"""
ROWS = [line.split() for line in GRID.strip().splitlines()[1:]]
CELLS = [
    (action, role, letter, letter in cell)
    for action, *cells in ROWS
    for role, cell in zip(Role, cells, strict=True)
    for letter in SUBJECTS
]


def holder(role: Role) -> Person:
    """Somebody with one role: in a body and for a theme, where roles are limited so."""
    if role is Role.VISITOR:
        return Person()
    return Person(ME, (Grant(role, authority_id=BODY, route=THEME if role is Role.FACILITATOR else None),))


def test_the_grid_names_every_action_and_every_role_in_their_order() -> None:
    assert {action for action, *_ in ROWS} == set(Action)
    assert len(ROWS) == len(Action)
    columns = GRID.split("\n")[1].split()
    assert all(role.value.startswith(name) for role, name in zip(Role, columns, strict=True))
    assert all(set(cells) == set(Role) for cells in PERMISSIONS.values())


@pytest.mark.parametrize(("action", "role", "whose", "allowed"), CELLS)
def test_every_cell(action: str, role: Role, whose: str, allowed: bool) -> None:
    assert may(holder(role), Action(action), SUBJECTS[whose]) is allowed


@pytest.mark.parametrize(("action", "cells"), [(row[0], row[1:]) for row in ROWS], ids=[row[0] for row in ROWS])
def test_menus_offer_what_can_be_done_somewhere(action: str, cells: list[str]) -> None:
    for role, cell in zip(Role, cells, strict=True):
        assert may_somewhere(holder(role), Action(action)) is (cell != "-"), role


def test_a_role_without_limit_reaches_every_theme() -> None:
    anywhere = Person(ME, (Grant(Role.FACILITATOR),))
    assert all(may(anywhere, Action.WORK_ON_TICKET, subject) for subject in SUBJECTS.values())


def test_a_buyer_without_body_reads_no_body() -> None:
    assert not may(Person(ME, (Grant(Role.BUYER),)), Action.SEE_TICKET, SUBJECTS["b"])
    assert not may(Person(ME, (Grant(Role.BUYER),)), Action.SEE_TICKET, Subject(owner_ids=frozenset({8})))


def test_roles_add_up_and_one_in_a_body_is_not_one_in_another() -> None:
    both = Person(ME, (Grant(Role.BUYER, "stib"), Grant(Role.FACILITATOR, route=THEME)))
    assert may(both, Action.SEE_TICKET, SUBJECTS["t"])
    assert may(both, Action.SEE_TICKET, SUBJECTS["x"]), "it is of the body where the role of buyer is held"
    assert not may(both, Action.SEE_TICKET, SUBJECTS["b"])
    assert not may(both, Action.WORK_ON_TICKET, SUBJECTS["x"]), "what a facilitator may is not for a buyer's records"


def test_an_account_without_role_is_a_visitor_with_records_of_its_own() -> None:
    assert may(Person(ME), Action.SEE_TICKET, SUBJECTS["o"])
    assert not may(Person(ME), Action.SEE_TICKET, SUBJECTS["x"])
    assert not may(Person(ME), Action.CLAIM_DRAFT, SUBJECTS["l"])
