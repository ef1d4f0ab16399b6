"""A workbook edited outside: what differs is listed, what is accepted becomes a new profile, what cannot be is refused."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook

from mpdi.action_plans.commands import PLAN_FILES
from mpdi.action_plans.core.differences import DifferenceKind
from mpdi.action_plans.core.errors import PlanWorkbookError
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.files.workbook import PROFILE_SHEET
from mpdi.action_plans.reading_back import read_back
from mpdi.costing.workbook_problems import WorkbookRefusedError

Edit = Callable[[Workbook], None]


@pytest.fixture
def edited(draft, commune, tmp_path) -> Callable[[Edit], Path]:
    data = PLAN_FILES["xlsx"](draft(commune))

    def edit(change: Edit) -> Path:
        book = openpyxl.load_workbook(BytesIO(data))
        change(book)
        path = tmp_path / "plan.xlsx"
        book.save(path)
        return path

    return edit


def row_of(sheet, key: str) -> int:
    return next(cell.row for (cell,) in sheet.iter_rows(min_row=2, max_col=1) if cell.value == key)


@pytest.mark.parametrize("name", ["commune", "hospital", "nothing"])
@pytest.mark.parametrize("language", ["fr", "nl", "fr+nl"])
def test_untouched_it_differs_in_nothing(draft, request, tmp_path, name, language):
    profile = replace(request.getfixturevalue(name), language=language)
    path = tmp_path / "plan.xlsx"
    path.write_bytes(PLAN_FILES["xlsx"](draft(profile)))
    found = read_back(path)
    assert found.differences == ()
    assert found.accepted == profile


def test_each_edit_is_a_difference_and_the_new_profile_holds_it(edited, draft, read):
    def change(book):
        actions, objectives = book["Actions"], book["Objectifs"]
        row = row_of(actions, "governance.coordinator")
        actions.cell(row, 4).value = "Secrétaire communale"
        actions.cell(row, 5).value = datetime.datetime(2027, 2, 15)
        actions.cell(row, 10).value = "en cours"
        row = row_of(objectives, "works.social_clauses")
        objectives.cell(row, 4).value = 0
        objectives.cell(row, 5).value = "30 %"
        objectives.cell(row, 6).value = "30/06/2028"

    found = read_back(edited(change))
    assert {(each.key, each.field) for each in found.differences} == {
        ("governance.coordinator", "owner"),
        ("governance.coordinator", "deadline"),
        ("governance.coordinator", "state"),
        ("works.social_clauses", "baseline"),
        ("works.social_clauses", "target"),
        ("works.social_clauses", "by"),
    }
    plan = draft(read(profile_text(found.accepted)))
    action = next(each for each in plan.actions if each.key == "governance.coordinator")
    assert (action.owner.fr, action.deadline.isoformat(), action.state) == (
        "Secrétaire communale",
        "2027-02-15",
        "started",
    )
    objective = next(each for each in plan.objectives if each.key == "works.social_clauses")
    assert (str(objective.baseline), str(objective.target), str(objective.by)) == ("0", "0.3", "2028-06-30")


def test_sorting_and_moving_rows_changes_nothing(edited):
    def change(book):
        sheet = book["Actions"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for number, row in enumerate(sorted(rows, key=lambda each: str(each[2])), start=2):
            for column, value in enumerate(row, start=1):
                sheet.cell(number + 3, column).value = value
                if number < 5:
                    sheet.cell(number, column).value = None

    assert read_back(edited(change)).differences == ()


def test_a_new_row_is_an_action_of_ones_own_and_a_row_removed_is_left_out(edited, draft):
    def change(book):
        sheet = book["Actions"]
        sheet.delete_rows(row_of(sheet, "dnsh.record"))
        sheet.append([None, None, "Inventorier les machines", "Service technique", datetime.datetime(2027, 5, 10)])

    found = read_back(edited(change))
    kinds = {each.key: each.kind for each in found.differences}
    assert kinds == {"dnsh.record": DifferenceKind.REMOVED, "own.1": DifferenceKind.ADDED}
    plan = draft(found.accepted)
    assert "dnsh.record" not in {each.key for each in plan.actions}
    own = plan.actions[-1]
    assert (own.key, own.what.nl, own.owner.fr) == ("own.1", "Inventorier les machines", "Service technique")


def test_an_own_action_survives_a_second_round(edited, draft, tmp_path):
    def change(book):
        book["Actions"].append([None, None, "Inventorier", "Service technique", datetime.datetime(2027, 5, 10)])

    first = read_back(edited(change)).accepted
    path = tmp_path / "again.xlsx"
    path.write_bytes(PLAN_FILES["xlsx"](draft(first)))
    again = read_back(path)
    assert again.differences == ()
    assert again.accepted == first


def test_a_purchase_may_be_added_moved_and_removed(edited):
    def change(book):
        sheet = book["Marchés"]
        sheet.cell(2, 4).value = datetime.datetime(2027, 10, 1)
        sheet.cell(2, 5).value = "1.900.000,50 EUR"
        sheet.delete_rows(3)
        sheet.append([None, "paper", "Papier recyclé", datetime.datetime(2027, 6, 1), 12000])

    accepted = read_back(edited(change)).accepted
    assert [(str(each.category), each.publication.isoformat(), str(each.amount)) for each in accepted.purchases] == [
        ("cleaning", "2027-10-01", "1900000.50"),
        ("works", "2027-05-03", "950000"),
        ("paper", "2027-06-01", "12000"),
    ]


REFUSED = {
    "formula": (lambda book: book["Actions"].__setitem__("D3", "=A1"), "actions, D3: is a formula"),
    "formula of a figure": (lambda book: book["Objectifs"].__setitem__("E3", "=1/2"), "objectives, E3: is a formula"),
    "merged": (lambda book: book["Actions"].merge_cells("A3:A5"), "merged cells"),
    "date in words": (lambda book: book["Actions"].__setitem__("E3", "bientôt"), "actions, E3: “bientôt” is no date"),
    "unknown state": (lambda book: book["Actions"].__setitem__("J3", "peut-être"), "actions, J3"),
    "key twice": (lambda book: book["Actions"].__setitem__("A3", book["Actions"]["A2"].value), "stands twice"),
    "unknown key": (lambda book: book["Actions"].__setitem__("A3", "governance.king"), "Empty the key"),
    "subtotal": (lambda book: book["Marchés"].append([None, None, "Total", None, 5]), "has no category, publication"),
    "target over 100 %": (lambda book: book["Objectifs"].__setitem__("E3", 80), "over 100 %"),
    "dollars": (lambda book: book["Marchés"].__setitem__("E3", "900 USD"), "no number"),
    "deadline past": (lambda book: book["Objectifs"].__setitem__("F3", datetime.datetime(2020, 1, 1)), "past"),
    "no profile": (lambda book: book.remove(book[PROFILE_SHEET]), "was not written by"),
    "sheet gone": (lambda book: book.remove(book["Marchés"]), "Put it back"),
}


@pytest.mark.parametrize("case", sorted(REFUSED))
def test_what_cannot_be_read_is_refused_with_its_place(edited, case):
    change, said = REFUSED[case]
    with pytest.raises(PlanWorkbookError, match=said.replace("(", r"\(")):
        read_back(edited(change))


def test_a_file_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(WorkbookRefusedError):
        read_back(path)
    with pytest.raises(PlanWorkbookError, match="cannot be read"):
        read_back(tmp_path / "nowhere.xlsx")
