"""The flow from a purchase to its files in a real Chromium: with and without scripts, by keyboard, seen by axe."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, Route, expect
from serving import served
from sqlalchemy import select

from mpdi.app import create_app
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.config import Settings
from mpdi.services import EXTENSION, Services
from mpdi.specifications.manifest import answers_json
from mpdi.specifications.operations import begin_draft

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]
CLEANING = """
reference: EX-2026-014
publication_date: 2026-12-01
authority: {name: Commune d'Exemple, type: local}
object: Nettoyage des bureaux
nature: services
cpv: ["90919200", "90911300"]
estimated_value: 120000
procedure: open
duration_months: 48
lots: 2
lots_detail: [{title: Bureaux, estimated_value: 70000, reserved: false}, {title: Écoles, reserved: true}]
payment_days: 60
dnsh: [{objective: clim-mitig, relevant: true, reason: Chauffage, measure: ENV-CLEAN-001}]
options: [social_clause, reserved_lot]
award: [{criterion: price, weight: 60}, {criterion: ENV-CLEAN-002, weight: 30}, {criterion: Accueil, weight: 10}]
overrides: {ENV-CLEAN-001: {decision: out, reason: Stock existant}}
"""


@pytest.fixture(scope="module")
def app(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A portal with every clause published."""
    home = tmp_path_factory.mktemp("flow") / "home"
    shutil.copytree(library_home, home)
    made = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests"))
    services: Services = made.extensions[EXTENSION]
    with services.database.writing() as session:
        for row in session.scalars(select(ClauseVersionRecord)):
            row.status, row.register = "published", {**row.register, "status": "published"}
    yield made
    services.database.engine.dispose()


@pytest.fixture(scope="module")
def portal(app: Flask) -> Iterator[str]:
    """The address of that portal."""
    with served(app) as address:
        yield address


@pytest.fixture
def full_draft(app: Flask) -> str:
    """The address of a draft with every kind of answer."""
    data = strict_yaml.parse(CLEANING, "answers")
    answers = answers_json(read_answers(data, data["publication_date"]))
    services: Services = app.extensions[EXTENSION]
    with services.database.writing() as session:
        _draft, token = begin_draft(session, answers)
    return f"/specifications/{token}"


STEPS = (
    "questions/authority",
    "questions/object",
    "questions/cpv",
    "questions/nature",
    "questions/value",
    "questions/procedure",
    "questions/duration",
    "questions/lots",
    "questions/money",
    "questions/ambition",
    "questions/dnsh",
    "questions/publication",
    "",
    "clauses",
    "award",
    "numbers",
    "check",
    "download",
    "delete",
)
BEGIN = re.compile("^(Commencer|Beginnen|Begin)$")
SAVE = re.compile("^(Enregistrer et continuer|Opslaan en verdergaan|Save and go on)$")


@pytest.fixture
def stumble(chromium: Browser, portal: str) -> Iterator[Visit]:
    """Open a page where an answer will be refused: Chromium reports that status as an error."""
    contexts = []

    def opened(address: str, width: int = 1280) -> Page:
        contexts.append(chromium.new_context(base_url=portal, viewport={"width": width, "height": 900}, locale="fr"))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()


def begun(visit: Visit, **kind: Any) -> tuple[Page, str]:
    """A page on a fresh draft, and the address of the draft."""
    page = visit("/specifications/new", **kind)
    page.get_by_role("button", name=BEGIN).click()
    return page, page.url.partition("/questions")[0]


def on(page: Page) -> None:
    """Save and go on."""
    page.get_by_role("button", name=SAVE).click()


def describe(page: Page, *, scripts: bool) -> None:
    """Answer every question of a cleaning contract, in French."""
    page.get_by_label("Nom du pouvoir adjudicateur").fill("Commune d'Exemple")
    page.get_by_label("Local", exact=False).first.check()
    on(page)
    page.get_by_label("Objet du marché, en une phrase").fill("Nettoyage des bureaux")
    on(page)
    choose_cpv(page, scripts=scripts)
    on(page)
    page.get_by_label("Services", exact=False).first.check()
    on(page)
    page.get_by_label("Valeur estimée").fill("120.000")
    on(page)
    page.get_by_label("Procédure ouverte", exact=False).first.check()
    on(page)
    page.get_by_label("Durée").fill("48")
    on(page)
    page.get_by_label("Oui").check()
    page.locator("#lot_1_title").fill("Bureaux")
    page.locator("#lot_2_title").fill("Écoles")
    page.get_by_role("button", name="Ajouter un lot").click()
    page.locator("#lot_3_title").fill("Vitres")
    on(page)
    for _question in ("money", "ambition", "dnsh"):
        page.get_by_role("button", name="Passer").click()
    page.get_by_label("Date de publication").fill("1/12/2026")
    on(page)


def choose_cpv(page: Page, *, scripts: bool) -> None:
    """Choose the code of office cleaning."""
    page.locator("#words").fill("nettoyage de bureaux")
    if scripts:
        page.locator("[role=option]", has_text="90919200").click()
    else:
        page.get_by_role("button", name="Chercher").click()
        page.locator("#hit-90919200").check()


@pytest.mark.parametrize("scripts", [False, True])
def test_a_walk_to_the_download(visit: Visit, scripts: bool) -> None:
    page, base = begun(visit, scripts=scripts)
    describe(page, scripts=scripts)
    expect(page.get_by_role("heading", level=1)).to_have_text("Vérifiez vos réponses")
    expect(page.locator(".answers")).to_contain_text("90919200-4")
    expect(page.locator(".answers")).to_contain_text("Vitres")
    page.goto(f"{base}/download")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger le cahier des charges").click()
    assert waiting.value.suggested_filename == "Nettoyage-des-bureaux_cahier-des-charges_fr_2026-12-01.docx"


def test_the_cpv_combobox_by_keyboard_only(visit: Visit) -> None:
    page, base = begun(visit)
    page.goto(f"{base}/questions/cpv")
    field = page.get_by_role("combobox", name="Vos mots, ou un code")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.focus()
    page.keyboard.type("nettoyage de bureaux")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    active = field.get_attribute("aria-activedescendant")
    assert active
    expect(page.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_have_value("nettoyage de bureaux")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#cpv-90919200")).to_be_checked()
    expect(page.locator("#main-90919200")).to_be_checked()
    expect(field).to_be_focused()
    page.keyboard.type("vitres")
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".cpv-chosen li")).to_have_count(2)
    on(page)
    page.goto(f"{base}/questions/cpv")
    expect(page.locator(".cpv-chosen li")).to_have_count(2)
    expect(page.locator("main")).to_contain_text("9091")


def test_words_typed_before_the_script_came_are_looked_up(visit: Visit) -> None:
    page, base = begun(visit)
    held: list[Route] = []
    page.route("**/cpv-combobox.js*", lambda route: held.append(route))
    page.goto(f"{base}/questions/cpv", wait_until="commit")
    page.locator("#words").fill("nettoyage de bureaux")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    page.locator("[role=option]", has_text="90919200").click()
    expect(page.locator("#cpv-90919200")).to_be_checked()


def test_the_total_of_the_weights_follows_what_is_typed(stumble: Visit) -> None:
    page, base = begun(stumble)
    page.goto(f"{base}/award")
    page.locator("#weight_price").fill("60,5")
    expect(page.locator("#award-total")).to_have_class(re.compile("is-wrong"))
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_axe_finds_nothing(visit: Visit, full_draft: str, language: str, scheme: str, width: int) -> None:
    page = visit("/specifications/new", language=language, scheme=scheme, width=width)
    axe = Axe()
    for step in ("/specifications/new", *(f"{full_draft}/{step}" for step in STEPS)):
        page.goto(step)
        found = axe.run(page)
        assert found.violations_count == 0, f"{step}: {found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{step} is {wide} px too wide at {width}"


def test_axe_finds_nothing_on_errors_and_on_two_windows(stumble: Visit, full_draft: str) -> None:
    page = stumble(f"{full_draft}/questions/value", width=360)
    other = page.context.new_page()
    other.goto(f"{full_draft}/questions/object")
    page.locator("#estimated_value").fill("beaucoup")
    on(page)
    assert Axe().run(page).violations_count == 0
    page.locator("#estimated_value").fill("130000")
    on(page)
    other.locator("#object").fill("Autre objet")
    on(other)
    expect(other.get_by_role("heading", level=1)).to_have_text("Ce projet a été modifié dans une autre fenêtre")
    assert Axe().run(other).violations_count == 0
    other.get_by_role("link", name="Garder l'autre").click()
    expect(other.locator("#object")).to_have_value("Nettoyage des bureaux")
