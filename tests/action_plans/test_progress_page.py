"""The progress page of a plan: the figures of the command, states in place, figures by hand, the report of a day."""

import datetime
import html
import re
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from flask.testing import FlaskClient
from people import add_user, services_of, sign_in

from mpdi import clock
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans import queries
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.action_plans.files.progress_document import write_progress
from mpdi.action_plans.files.progress_sections import brief_figures
from mpdi.action_plans.files.progress_words import count, name_of
from mpdi.action_plans.files.voice import Voice
from mpdi.action_plans.operations import begin_plan, claim_plan
from mpdi.action_plans.progress_reporting import report_on
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.resources import folder

DAY = datetime.date(2026, 12, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def portal(app: Flask) -> Flask:
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def profile(read):
    return read((folder("examples") / "plan-avancement-fr.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def token(portal: Flask, profile) -> str:
    with services_of(portal).database.writing() as session:
        return begin_plan(session, profile)[1]


@pytest.fixture
def browser(portal: Flask) -> FlaskClient:
    return portal.test_client()


def words(page) -> str:
    """What a page says, white space collapsed."""
    text = re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))
    return " ".join(html.unescape(text).split())


def stored(portal: Flask, token: str):
    with services_of(portal).database.reading() as session:
        return queries.open_plan(session, token)


def revision(portal: Flask, token: str) -> str:
    return str(stored(portal, token).revision)


def test_the_page_and_its_word_file_tell_the_figures_of_the_command(
    portal, browser, token, profile, mpdi, library_home, tmp_path, clause_library
):
    held = services_of(portal)
    notices = [str(each) for each in sorted((folder("examples") / "notices").glob("*commune*.xml"))]
    ingest(held.database, notices, ReadingPlan(held.settings.home, True), 1)
    with held.database.reading() as session:
        report = report_on(session, profile, clause_library, DAY)
    voice = Voice(report.plan, "fr")
    shown = words(browser.get(f"/plans/{token}/progress?language=fr"))
    for _, figure in brief_figures(voice, report):
        assert " ".join(figure.split()) in shown
    for each in report.objectives:
        assert " ".join(name_of(voice, each).split()) in shown
        assert " ".join(count(voice, each, each.series.now).split()) in shown
    answer = browser.get(f"/plans/{token}/progress/report-fr.docx")
    assert answer.data == write_progress(report)
    for language in ("nl", "fr-nl"):
        other = browser.get(f"/plans/{token}/progress/report-{language}.docx?day=2026-06-30")
        assert "30/06/2026" in "".join(
            cell.text for table in Document(BytesIO(other.data)).tables for row in table.rows for cell in row.cells
        )


def test_a_plan_without_any_notice_says_what_to_do(browser, token):
    page = browser.get(f"/plans/{token}/progress?language=en&content=fr")
    assert page.status_code == 200
    assert "mpdi notices ingest" in words(page)


def test_a_day_to_come_is_not_shown(browser, token):
    page = words(browser.get(f"/plans/{token}/progress?day=2031-01-01&language=en"))
    assert "today is shown" in page


def test_states_and_comments_of_many_actions_are_one_revision_that_undo_takes_back(portal, browser, token):
    before = stored(portal, token)
    sent = {
        "revision": str(before.revision),
        "state:governance.coordinator": "done",
        "comment:governance.coordinator": "Désignée le 3 mars",
        "state:training.base": "started",
    }
    browser.post(f"/plans/{token}/progress/actions", data=sent)
    after = stored(portal, token)
    assert after.revision == before.revision + 1
    assert after.profile.actions["governance.coordinator"].state is ActionState.DONE
    assert after.profile.actions["governance.coordinator"].comment == "Désignée le 3 mars"
    assert "Désignée le 3 mars" in words(browser.get(f"/plans/{token}/progress"))
    browser.post(f"/plans/{token}/progress/undo", data={"revision": str(after.revision)})
    assert stored(portal, token).profile.actions == before.profile.actions


def test_a_comment_that_is_a_formula_is_refused_and_kept(portal, browser, token):
    sent = {
        "revision": revision(portal, token),
        "comment:governance.coordinator": "=1+1",
        "state:governance.coordinator": "done",
    }
    answer = browser.post(f"/plans/{token}/progress/actions?language=en", data=sent)
    assert answer.status_code == 422
    assert ">=1+1</textarea>" in html.unescape(answer.get_data(as_text=True))
    assert revision(portal, token) == sent["revision"]


def test_two_people_at_one_action_lose_nothing_that_was_typed(portal, browser, token):
    first = revision(portal, token)
    key = "governance.coordinator"
    for comment in ("Ann", "Bea"):
        sent = {"revision": first, f"state:{key}": "started", f"comment:{key}": comment}
        answer = browser.post(f"/plans/{token}/progress/actions?language=en", data=sent)
    assert answer.status_code == 409
    assert "Bea</textarea>" in answer.get_data(as_text=True)
    assert "Stored now: Ann" in words(answer)
    assert stored(portal, token).profile.actions[key].comment == "Ann"


def figure(portal: Flask, token: str, **changed: str) -> dict[str, str]:
    plain = {
        "action": "governance.coordinator",
        "value": "12 acheteurs",
        "day": "01/11/2026",
        "evidence": "Liste du 1/11",
    }
    return {"revision": revision(portal, token), **plain, **changed}


def test_a_figure_by_hand_is_added_corrected_removed_and_brought_back(portal, browser, token):
    place = f"/plans/{token}/progress"
    keys = {each.action for each in stored(portal, token).profile.noted}
    number = str(len(stored(portal, token).profile.noted))
    page = browser.get(place).get_data(as_text=True)
    offered = re.findall(r'<option value="([a-z_]+\.[a-z_]+)"', page)
    action = next(each for each in offered if each not in keys)
    browser.post(f"{place}/figures", data=figure(portal, token, action=action))
    browser.post(f"{place}/figures", data=figure(portal, token, action=action, index=number, value="14 acheteurs"))
    assert [each.value for each in stored(portal, token).profile.noted if each.action == action] == ["14 acheteurs"]
    browser.post(f"{place}/figures/remove", data={"revision": revision(portal, token), "index": number})
    assert [each for each in stored(portal, token).profile.noted if each.action == action] == []
    browser.post(f"{place}/undo", data={"revision": revision(portal, token)})
    assert [each.value for each in stored(portal, token).profile.noted if each.action == action] == ["14 acheteurs"]


@pytest.mark.parametrize(
    "wrong", [{"evidence": ""}, {"day": "31/02/2026"}, {"day": "01/01/2031"}, {"action": "none"}, {"value": "=2"}]
)
def test_a_figure_that_cannot_be_is_refused_and_what_was_typed_stays(portal, browser, token, wrong):
    sent = figure(portal, token, **wrong)
    answer = browser.post(f"/plans/{token}/progress/figures", data=sent)
    assert answer.status_code == 422
    assert "Liste du 1/11" in answer.get_data(as_text=True) or "evidence" in wrong
    assert revision(portal, token) == sent["revision"]


def test_only_the_owner_chooses_reminders_and_what_the_region_is_told(portal, browser, token):
    held = services_of(portal)
    with held.database.writing() as session:
        owner, other = add_user(session, Grant(Role.BUYER, "commune-uccle")).id, add_user(session, Grant(Role.FIRM)).id
        claim_plan(session, queries.plan_by_token(session, token), owner)
    sign_in(browser, other)
    assert browser.post(f"/plans/{token}/progress/wishes", data={"is_shown": "1"}).status_code == 403
    sign_in(browser, owner)
    browser.post(f"/plans/{token}/progress/wishes", data={"is_reminded": "1"})
    page = browser.get(f"/plans/{token}/progress").get_data(as_text=True)
    assert re.search(r'id="is_reminded"[^>]* checked', page)
    assert not re.search(r'id="is_shown"[^>]* checked', page)
