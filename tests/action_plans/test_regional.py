"""The regional view: who has a plan, what they aim at, what was measured; few statements; its files."""

import datetime
import sys
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import update

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.regional import (
    AdoptedPlan,
    Aim,
    Body,
    Chosen,
    RegionalView,
    Standing,
    StoredPlans,
)
from mpdi.action_plans.core.regional_counting import regional_view, together
from mpdi.action_plans.files.regional_document import write_regional
from mpdi.action_plans.files.regional_workbook import write_regional_workbook
from mpdi.action_plans.models import ActionPlan, PlanVersion
from mpdi.action_plans.regional_reporting import region_on
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category
from mpdi.database import Database
from mpdi.monitoring.dashboard.kept_facts import FactsStore

DAY = datetime.date(2026, 12, 2)
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)
KEY = "environmental_clauses"


@pytest.fixture
def bench(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[2]))
    from benchmarks import plans

    yield plans
    for name in [name for name in sys.modules if name.partition(".")[0] == "benchmarks"]:
        del sys.modules[name]


def body(number: int, level: str = "local") -> Body:
    return Body(f"a{number}", Bilingual(f"Autorité {number}", f"Overheid {number}"), level)


def counted(numerator: int, denominator: int, population: int | None = None) -> Measured:
    all_ = Decimal(population or denominator)
    return Measured(
        Decimal(numerator),
        Decimal(denominator),
        all_,
        Decimal(numerator) / all_,
        (Decimal(numerator) + all_ - denominator) / all_,
    )


def adopted(target: str | None, measured: Measured | None = None, last: datetime.date = LAST) -> AdoptedPlan:
    aim = Aim(Category.CLEANING, KEY, None if target is None else Decimal(target), LAST, measured)
    return AdoptedPlan(FIRST, last, FIRST, (aim,), actions=4, done=1, late=2)


@pytest.fixture
def view(canevas) -> Callable[..., RegionalView]:
    def of(stored: StoredPlans, bodies: list[Body] | None = None, **chosen: str) -> RegionalView:
        return regional_view(
            bodies or [body(1), body(2), body(3, "regional")], stored, canevas.indicators, DAY, Chosen(**chosen)
        )

    return of


def test_each_authority_stands_as_what_is_known_of_it(view):
    stored = StoredPlans({"a1": adopted("0.5"), "a2": adopted("0.5", last=FIRST)}, frozenset({"a3"}))
    shown = view(stored)
    assert [each.standing for each in shown.listed] == [Standing.ADOPTED, Standing.OVER, Standing.MAKING]
    assert [view(StoredPlans()).count(each) for each in Standing] == [0, 0, 0, 3]
    assert (shown.actions, shown.done, shown.late) == (4, 1, 2), "actions of a plan that is over are not late any more"


def test_quartiles_are_told_from_five_targets_on_and_never_below(view):
    bodies = [body(number) for number in range(5)]
    four = {f"a{number}": adopted(f"0.{number + 1}") for number in range(4)}
    [row] = view(StoredPlans(four), bodies).aims
    assert (row.median, row.quartiles) == (Decimal("0.25"), None)
    [row] = view(StoredPlans(four | {"a4": adopted("0.9")}), bodies).aims
    assert row.median == Decimal("0.3")
    assert row.quartiles == (Decimal("0.2"), Decimal("0.4"))


def test_an_open_target_has_no_part_in_the_median_and_is_not_judged(view):
    stored = StoredPlans({"a1": adopted("0.5", counted(4, 6)), "a2": adopted(None, counted(0, 9))})
    shown = view(stored)
    [row] = shown.aims
    assert (row.authorities, row.targets, row.of) == (2, (Decimal("0.5"),), 2)
    assert (row.judged, row.reached) == (1, 1)
    [result] = shown.results
    assert (result.objectives, result.with_target, result.measured, result.judged) == (2, 1, 2, 1)


def test_fewer_than_five_counts_judge_nobody(view):
    [row] = view(StoredPlans({"a1": adopted("0.5", counted(0, 4))})).aims
    assert (row.of, row.judged) == (1, 0)


def test_counts_of_authorities_add_up_with_their_bounds():
    both = together([counted(2, 4, 8), counted(1, 2, 2)])
    assert both is not None
    assert (both.numerator, both.denominator, both.population) == (3, 6, 10)
    assert (both.lower, both.upper) == (Decimal("0.3"), Decimal("0.7"))


def test_filters_narrow_what_is_counted(view):
    stored = StoredPlans({"a1": adopted("0.5"), "a3": adopted("0.7")})
    assert [each.body.id for each in view(stored, level="regional").listed] == ["a3"]
    assert [each.body.id for each in view(stored, standing="none").listed] == ["a2"]
    assert view(stored, category="food").aims == ()


@pytest.fixture
def owner(database: Database) -> int:
    with database.writing() as session:
        user = User(email="c@example.org", email_key="c@example.org", name="C", language="fr", created_at=clock.now())
        session.add(user)
        session.flush()
        return user.id


def test_three_hundred_plans_of_forty_objectives_take_at_most_six_statements(bench, database: Database, owner: int):
    register = bench.made_register(300)
    with database.writing() as session:
        bench.make_plans(session, owner, [each.id for each in register], objectives=40, actions=12)
    store = FactsStore()
    found: list[RegionalView] = []
    cold = bench.counted_statements(
        database, lambda session: found.append(region_on(session, store.kept(session), DAY, register=register))
    )
    assert cold <= 6
    [shown] = found
    assert (shown.count(Standing.ADOPTED), shown.objectives, shown.actions) == (300, 12_000, 3_600)
    # Twelve deadlines a month apart, all past; the first action was done since the adoption.
    assert (shown.done, shown.late) == (300, 300 * 11)


def test_plans_that_nobody_answers_for_or_of_nobody_known_are_counted_apart(bench, database: Database, owner: int):
    names = ["a1", "a1", "a2", "elsewhere", "a3"]
    with database.writing() as session:
        bench.make_plans(session, owner, names, objectives=2, actions=1)
        session.execute(update(ActionPlan).where(ActionPlan.authority_id == "a2").values(owner_id=None))
        later = datetime.date(2026, 6, 1)
        session.execute(update(PlanVersion).where(PlanVersion.plan_id == 2).values(decided_on=later))
        session.execute(update(ActionPlan).where(ActionPlan.id == 5).values(merged_into_id=1))
    with database.reading() as session:
        kept = FactsStore().kept(session)
        shown = region_on(session, kept, DAY, register=[body(1), body(2), body(3)])
    assert [each.standing for each in shown.listed] == [Standing.ADOPTED, Standing.NONE, Standing.NONE]
    assert shown.listed[0].plan is not None
    assert shown.listed[0].plan.decided_on == later
    assert (shown.stored.unclaimed, shown.stored.outside) == (1, 1)


@pytest.mark.parametrize(("language", "words"), [("fr", "Plan adopté, en cours"), ("nl", "Goedgekeurd plan, lopend")])
def test_report_and_workbook_tell_the_same_and_are_the_same_twice(view, language, words):
    shown = view(StoredPlans({"a1": adopted("0.5", counted(3, 6, 9))}, frozenset({"a3"})))
    first, book = write_regional(shown, language), write_regional_workbook(shown, language)
    assert first == write_regional(shown, language)
    assert book == write_regional_workbook(shown, language)
    document = Document(BytesIO(first))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert words in cells
    assert any("3/6 = 50" in each for each in cells)
    sheets = load_workbook(BytesIO(book)).worksheets
    assert [words in [cell.value for row in sheet.iter_rows() for cell in row] for sheet in sheets[:2]] == [True, True]
    assert [cell.value for cell in sheets[2][2]][3:6] == [1, 1, 0.5]


def test_a_region_without_any_plan_has_a_report_that_says_so(view):
    words = "\n".join(each.text for each in Document(BytesIO(write_regional(view(StoredPlans()), "fr"))).paragraphs)
    assert "Aucun plan en cours n'a d'objectif" in words.replace("’", "'")
