"""How checks stand on a day: both sides of each span, what covers a day, what is taken back."""

import datetime

import pytest

from mpdi.follow_up.frozen import thaw
from mpdi.follow_up.state import Entry, mark_undone, states
from mpdi.follow_up.vocabulary import EntryKind, Standing
from mpdi.specifications.verification import Phase

START = datetime.date(2027, 1, 1)
WRITTEN = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)


def entry(number, key, kind, /, **data):
    return Entry(number, key, EntryKind(kind), datetime.date(2027, 3, 1), data, WRITTEN)


def standing_of(plan, key, today, *entries, start=START):
    found = states(plan, start, mark_undone(entries), today)
    return next(each for each in found if each.check.key == key)


@pytest.fixture(scope="module")
def plan(frozen):
    return thaw(frozen)


def key_of(plan, *moments):
    return next(each.key for each in plan.checks if each.moment in moments)


def test_a_log_keeps_the_checks_of_the_execution_and_none_of_the_tenders(verification, plan):
    expected = [each.key for each in verification.checks if each.phase is Phase.EXECUTION and each.moment != "award"]
    assert [each.key for each in plan.checks] == expected
    assert expected


def test_what_is_seen_on_site_is_known_by_its_source_or_its_document(verification, plan):
    sources = {each.key: each.source for each in verification.checks}
    on_site = {each.key for each in plan.checks if each.is_on_site}
    assert {key for key in on_site if sources[key] in ("site", "limosa", "check_in_at_work")}
    assert not {each.key for each in plan.checks if each.source in ("contractor", "invoice")} & on_site


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Standing.LATE),
        (0, Standing.NOW),
        (14, Standing.NOW),
        (15, Standing.SOON),
        (60, Standing.SOON),
        (61, Standing.LATER),
    ],
)
def test_a_check_is_late_now_soon_or_later_by_its_day(plan, days, expected):
    key = key_of(plan, "start")
    assert standing_of(plan, key, START - datetime.timedelta(days=days)).standing is expected


def test_a_check_that_returns_is_due_on_its_next_day_once_one_is_done(plan):
    key = key_of(plan, "yearly", "yearly_unannounced")
    before = standing_of(plan, key, datetime.date(2027, 3, 1))
    assert before.due == datetime.date(2027, 12, 31)
    after = standing_of(plan, key, datetime.date(2027, 3, 1), entry(1, key, "done", due="2027-12-31"))
    assert after.due == datetime.date(2028, 12, 31)
    both = (entry(1, key, "done", due="2027-12-31"), entry(2, key, "done", due="2028-12-31"))
    assert standing_of(plan, key, datetime.date(2027, 3, 1), *both).standing is Standing.DONE


def test_a_shortcoming_stays_open_until_it_is_made_good_or_taken_back(plan):
    key, today = key_of(plan, "start"), datetime.date(2027, 3, 1)
    found = entry(1, key, "shortcoming", shortcoming="Rien", due="2027-01-01")
    assert standing_of(plan, key, today, found).standing is Standing.SHORTCOMING
    assert standing_of(plan, key, today, found, entry(2, key, "resolved")).standing is Standing.DONE
    assert standing_of(plan, key, today, found, entry(2, key, "done")).standing is Standing.SHORTCOMING
    taken_back = standing_of(plan, key, today, found, entry(2, key, "undo", number=1))
    assert taken_back.standing is Standing.LATE
    assert len(taken_back.entries) == 2
    assert taken_back.effective == ()


def test_without_a_start_nothing_is_dated(plan):
    found = states(plan, None, [], datetime.date(2027, 3, 1))
    assert {each.due for each in found} == {None}
    assert {each.standing for each in found} <= {Standing.UNDATED, Standing.EACH_TIME, Standing.ONLY_IF}


def test_a_check_at_each_delivery_is_never_done_for_good_unless_it_does_not_apply(plan):
    key, today = key_of(plan, "each_delivery", "each_invoice"), datetime.date(2027, 3, 1)
    assert standing_of(plan, key, today, entry(1, key, "done")).standing is Standing.EACH_TIME
    assert standing_of(plan, key, today, entry(1, key, "not_applicable")).standing is Standing.DONE


def test_a_look_counts_for_the_period_of_its_day(plan):
    key = key_of(plan, "monthly")
    state = standing_of(plan, key, START)
    first, second, third = state.dates[:3]
    assert state.due_on(START) == first
    assert state.due_on(first) == first
    assert state.due_on(first + datetime.timedelta(days=1)) == second
    assert state.due_on(state.dates[-1] + datetime.timedelta(days=90)) == state.dates[-1]
    assert state.open_until(second) == (first, second)
    looked = standing_of(plan, key, second, entry(1, key, "done", due=second.isoformat()))
    assert looked.due_on(second) is None, "this period was looked at"
    assert looked.due == first, "the one before is still open"
    assert looked.open_until(third) == (first, third)
