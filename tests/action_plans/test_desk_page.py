"""The page of the regional view: who sees it, what its address chooses, its files."""

import datetime
import html
import re
from io import BytesIO

import pytest
from docx import Document
from flask import Flask
from openpyxl import load_workbook
from people import add_user, services_of, sign_in

from mpdi import clock
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans.models import ActionPlan
from mpdi.action_plans.operations import begin_plan, claim_plan
from mpdi.action_plans.wish_operations import choose_wishes

DAY = datetime.date(2026, 12, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


def words(page) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))).split())


def browser_of(app: Flask, *grants: Grant):
    browser = app.test_client()
    with services_of(app).database.writing() as session:
        user = add_user(session, *grants).id
    sign_in(browser, user)
    return browser


@pytest.fixture
def in_the_making(app: Flask, read) -> int:
    """A plan of a commune of the register that its owner lets be told of; the number of the plan."""
    profile = read("authority: {name: C, type: local, id: commune-uccle}\nperiod: {from: 2027-01-01, to: 2028-12-31}\n")
    with services_of(app).database.writing() as session:
        owner = add_user(session, Grant(Role.BUYER, "commune-uccle")).id
        plan, _ = begin_plan(session, profile)
        claim_plan(session, plan, owner)
        choose_wishes(session, plan, owner, is_shown=True, is_reminded=False)
        return plan.id


def test_a_plan_in_the_making_is_told_of_only_when_its_owner_said_so(app, in_the_making):
    browser = browser_of(app, Grant(Role.COORDINATOR))
    address = "/plans/desk?level=local&standing=making&content=fr&language=en"
    assert "Commune d'Uccle" in words(browser.get(address)).replace("’", "'")
    with services_of(app).database.writing() as session:
        plan = session.get_one(ActionPlan, in_the_making)
        choose_wishes(session, plan, plan.owner_id, is_shown=False, is_reminded=False)
    assert "No authority fits these filters" in words(browser.get(address))


def test_the_coordination_sees_the_region_and_takes_it_along_in_both_languages(app, in_the_making):
    browser = browser_of(app, Grant(Role.COORDINATOR))
    for language in ("fr", "nl", "en"):
        page = browser.get(f"/plans/desk?language={language}")
        assert page.status_code == 200
        assert "/plans/desk/report.docx" in page.get_data(as_text=True)
    for language, said in (("fr", "Plan en préparation (annoncé)"), ("nl", "Plan in voorbereiding (aangekondigd)")):
        address = f"/plans/desk/report.{{}}?content={language}&standing=making"
        document = Document(BytesIO(browser.get(address.format("docx")).data))
        assert said in [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        sheets = load_workbook(BytesIO(browser.get(address.format("xlsx")).data)).worksheets
        assert sheets[1].cell(2, 3).value == said
    assert browser.get("/plans/desk?level=nowhere&category==1").status_code == 200


@pytest.mark.parametrize("role", [Role.BUYER, Role.FACILITATOR, Role.ADMINISTRATOR])
def test_nobody_else_sees_it(app, role):
    assert browser_of(app, Grant(role)).get("/plans/desk").status_code == 403
