"""Why an objective was set so stays with it: in the file, in what is stored, through the workbook, in the document."""

import io
from dataclasses import replace

import pytest
from docx import Document

from mpdi.action_plans.commands import PLAN_FILES
from mpdi.action_plans.core.profile_json import profile_from_json, profile_json
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.reading_back import read_back

WHY = "Trois marchés sur quatre ont reçu trois offres de PME."


@pytest.fixture
def reasoned(commune):
    first, *others = commune.objectives
    return replace(commune, objectives=(replace(first, reason=WHY), *others))


def test_a_reason_comes_back_from_the_file_and_from_what_is_stored(reasoned, canevas):
    assert read_profile(profile_data(reasoned), canevas, reasoned.day) == reasoned
    assert profile_from_json(profile_json(reasoned)) == reasoned


def test_a_workbook_that_does_not_show_reasons_does_not_lose_them(reasoned, draft, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(PLAN_FILES["xlsx"](draft(reasoned)))
    assert read_back(path).accepted.objectives[0].reason == WHY


def test_the_document_prints_the_reason_beside_its_objective(reasoned, draft):
    document = Document(io.BytesIO(PLAN_FILES["docx"](draft(reasoned))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells[:1]]
    assert sum(WHY in each for each in cells) == 1
