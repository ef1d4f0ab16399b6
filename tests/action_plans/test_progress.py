"""`mpdi plans progress`: every figure comes from notices that were taken in, or tickets that were asked."""

import datetime
from pathlib import Path

import pytest
from docx import Document

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.progress import ProgressReport, Verdict, progress_report
from mpdi.action_plans.core.progress_drafting import dashboard_basis, with_progress_words
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.files.progress_document import write_progress
from mpdi.action_plans.progress_figures import progress_facts
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.database import Database
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.resources import folder

DAY = datetime.date(2026, 12, 2)
NAME = "Commune fictive de Valexemple"


@pytest.fixture(scope="module")
def words(canevas: Canevas) -> Canevas:
    return with_progress_words(canevas)


@pytest.fixture
def plan(read, words: Canevas, clause_library: ClauseLibrary) -> ActionPlanDocument:
    text = (folder("examples") / "plan-avancement-fr.yaml").read_text(encoding="utf-8")
    return draft_plan(read(text), words, clause_library)


def told(database: Database, plan: ActionPlanDocument, library: ClauseLibrary) -> ProgressReport:
    with database.reading() as session:
        facts = progress_facts(session, plan, DAY)
    return progress_report(plan, facts, DAY, dashboard_basis(plan.canevas, library))


def text_of(data: bytes, path: Path) -> str:
    path.write_bytes(data)
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells])


def test_notices_of_the_authority_fill_at_least_fifteen_indicators(database, plan, clause_library, tmp_path):
    ingest(
        database,
        [str(each) for each in sorted((folder("examples") / "notices").glob("*commune*.xml"))],
        ReadingPlan(tmp_path, True),
        1,
    )
    report = told(database, plan, clause_library)
    assert report.facts.recognition is Recognition.WRITTEN
    assert report.fed >= 15
    calls = sorted(each.name[:10] for each in (folder("examples") / "notices").glob("*commune*-competition.xml"))
    during = [each for each in calls if "2025-07-01" <= each <= "2026-12-02"]
    assert (report.facts.procedures_before, report.facts.procedures_now) == (len(calls) - len(during), len(during))
    [divided] = [each for each in report.objectives if each.indicator.key == "divided_into_lots"]
    assert divided.series.now is not None
    assert divided.series.now.population == len(during)
    [small] = [each for each in report.objectives if each.indicator.key == "sme_access"]
    assert (small.verdict, small.line) == (Verdict.MISSED, 0)
    assert len(report.facts.found) == sum(each >= "2026" for each in during)
    one, two = write_progress(report), write_progress(told(database, plan, clause_library))
    assert one == two
    said = text_of(one, tmp_path / "progress.docx")
    assert "Décision du collège, point 12" in said
    assert "Ordonnance environnementale 8.5.2014, art. 12" in said


def test_a_ticket_of_the_authority_is_counted_and_one_of_another_is_not(database, plan, clause_library, monkeypatch):
    monkeypatch.setattr("mpdi.clock.now", lambda: datetime.datetime(2026, 11, 24, 9, 30, tzinfo=datetime.UTC))
    with database.writing() as session:
        for name in (NAME, "Commune fictive d'ailleurs"):
            question = NewQuestion("Puis-je demander un écolabel?", "fr", Route.MPD, authority_name=name)
            open_ticket(session, question, Actor(name="Ann"))
    counts = {each.key: each.count for each in told(database, plan, clause_library).facts.asked}
    assert (counts["tickets"], counts["tickets_answered"]) == (1, 0)


def test_an_empty_database_gives_a_report_that_says_what_to_do(database, plan, clause_library, tmp_path):
    report = told(database, plan, clause_library)
    assert report.fed == 0
    assert {each.verdict for each in report.objectives} == {Verdict.NOTHING}
    said = text_of(write_progress(report), tmp_path / "progress.docx")
    assert "mpdi notices ingest" in said


def test_a_figure_by_hand_without_evidence_is_refused(read):
    with pytest.raises(ProfileError, match=r"progress\.by_hand\[0\]\.evidence: is missing"):
        read(
            "authority: {name: C, type: local}\nperiod: {from: 2027-01-01, to: 2028-12-31}\n"
            "progress: {by_hand: [{action: governance.coordinator, value: 1, day: 2027-02-01}]}\n"
        )
