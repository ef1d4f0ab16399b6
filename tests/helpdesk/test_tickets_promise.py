"""When a first answer is due: Belgian working days, priority, the warning."""

import datetime

import pytest

from mpdi.clock import BRUSSELS
from mpdi.helpdesk import working_days
from mpdi.helpdesk.vocabulary import Route

ROUTES = [route for route in Route if route is not Route.MPI]


def at(text: str) -> datetime.datetime:
    return datetime.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("asked", "priority", "due"),
    [
        ("2026-11-24 10:00", 0, "2026-11-25 10:00"),
        ("2026-11-24 10:00", 1, "2026-11-26 10:00"),
        ("2026-11-24 10:00", 2, "2026-11-27 10:00"),
        ("2026-07-20 15:00", 0, "2026-07-22 15:00"),  # 21 July
        ("2026-07-20 15:00", 2, "2026-07-24 15:00"),
        ("2026-07-21 11:00", 0, "2026-07-22 17:00"),  # asked on the holiday itself
        ("2024-10-31 16:00", 0, "2024-11-04 16:00"),  # 1 November, a Friday, and the weekend
        ("2026-04-03 16:00", 0, "2026-04-07 16:00"),  # Good Friday is a working day, Easter Monday is not
        ("2026-12-24 12:00", 0, "2026-12-28 12:00"),
        ("2026-11-24 06:00", 0, "2026-11-24 17:00"),  # before the doors open
        ("2026-11-24 22:00", 0, "2026-11-25 17:00"),  # after they close
        ("2026-11-28 12:00", 0, "2026-11-30 17:00"),  # a Saturday
        ("2026-10-23 16:00", 0, "2026-10-26 16:00"),  # the night the clocks go back
    ],
)
def test_the_due_moment(asked: str, priority: int, due: str):
    assert working_days.answer_due(at(asked), priority) == at(due)


@pytest.mark.parametrize(
    ("day", "is_open"),
    [
        ("2026-01-01", False),
        ("2026-04-06", False),
        ("2026-05-01", False),
        ("2026-05-14", False),
        ("2026-05-25", False),
        ("2026-07-21", False),
        ("2025-08-15", False),
        ("2027-11-01", False),
        ("2026-11-11", False),
        ("2026-12-25", False),
        ("2026-05-15", True),
        ("2026-12-26", False),
        ("2025-12-26", True),
        ("2026-07-20", True),
    ],
)
def test_belgian_working_days(day: str, is_open: bool):
    assert working_days.is_working_day(datetime.date.fromisoformat(day)) is is_open


def test_working_days_are_added_and_counted_alike():
    start = datetime.date(2026, 7, 17)
    for count in range(1, 40):
        assert working_days.working_days_until(start, working_days.add_working_days(start, count)) == count


def test_working_hours_between_leave_nights_and_holidays_out():
    assert working_days.working_hours_between(at("2026-07-20 15:00"), at("2026-07-22 11:00")) == 4
    assert working_days.working_hours_between(at("2026-07-21 09:00"), at("2026-07-21 17:00")) == 0
    assert working_days.working_hours_between(at("2026-07-22 11:00"), at("2026-07-20 15:00")) == 0


def test_the_warning_comes_at_four_fifths_of_the_time():
    asked = at("2026-07-20 09:00")
    due = working_days.answer_due(asked, 1)
    assert due == at("2026-07-22 17:00")
    assert working_days.warn_from(asked, due) == at("2026-07-22 13:48")


TODAY = datetime.date(2026, 11, 24)


@pytest.mark.parametrize(("days", "priority"), [(0, 1), (1, 1), (14, 1), (15, 2), (60, 2), (-1, 2)])
@pytest.mark.parametrize("route", ROUTES)
def test_a_near_deadline_presses_a_past_one_does_not(days: int, priority: int, route: Route):
    deadline = TODAY + datetime.timedelta(days=days)
    assert working_days.priority_of(route, False, deadline, TODAY) == priority


@pytest.mark.parametrize("deadline", [None, TODAY, TODAY + datetime.timedelta(days=90)])
def test_pilot_and_innovation_come_first(deadline: datetime.date | None):
    assert working_days.priority_of(Route.MPI, False, deadline, TODAY) == 0
    assert working_days.priority_of(Route.FOOD, True, deadline, TODAY) == 0


def test_every_priority_has_its_level():
    levels = working_days.service_levels()
    assert [item.priority for item in levels.levels] == [0, 1, 2]
    assert [item.first_answer_working_days for item in levels.levels] == [1, 2, 3]
