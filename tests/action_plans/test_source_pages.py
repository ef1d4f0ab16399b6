"""What is bought, filled from a spreadsheet or from notices: real forms, sent as a browser without scripts sends them."""

import datetime
import io
import re
import shutil
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import html

from mpdi import clock
from mpdi.action_plans.operations import begin_plan, change_plan
from mpdi.action_plans.queries import open_plan, plan_by_token, revisions_of
from mpdi.action_plans.upload_shelf import KEPT_SECONDS, UploadGoneError, UploadShelf
from mpdi.app import create_app
from mpdi.clause_library.core.vocabulary import Category
from mpdi.config import Settings
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.services import EXTENSION

sys.path.insert(0, str((Path(__file__).parent / "../monitoring").resolve()))

from short_notices import write_notices

DAY = datetime.date(2026, 12, 2)
PROFILE = (
    "authority: {name: Commune fictive d’Exemple, type: local}\nperiod: {from: 2027-01-01, to: 2028-12-31}\n"
    "date: 2026-12-02\nlanguage: fr\nspending: [{category: paper, amount: 10}]\n"
)
CALLS = [{"day": "2026-05-01", "lots": [{"cpv": 90919200, "aims": ["env-imp"]}]}]
AWARDS = [
    {
        "day": "2025-03-01",
        "lots": [{"cpv": 90919200, "winners": ["small"], "price": 120_000, "sme_tenders": 3, "tenders": 4}],
    },
    {"day": "2026-03-01", "lots": [{"cpv": 90919200, "winners": ["small"], "sme_tenders": 1, "tenders": 4}]},
]
LEDGER = "\r\n".join(
    (
        "Date;Rubrique;Fournisseur;Montant",
        "15/01/2024;Nettoyage;Net;1.200,00",
        "15/12/2025;Cantines scolaires;<b>Chef</b>;600,00",
        "16/12/2025;Cantines scolaires;Chef;-100,00",
        "16/12/2025;Nettoyage;Net;50,00 USD",
    )
).encode()


@pytest.fixture(scope="module")
def app(library_home, tmp_path_factory):
    home = tmp_path_factory.mktemp("sources") / "home"
    shutil.copytree(library_home, home)
    settings = Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")
    made = create_app(settings)
    made.testing = True
    notices = [
        {**each, "buyer": "Commune fictive d’Exemple"}
        for each in (*({**each, "result": True} for each in AWARDS), *CALLS)
    ]
    paths = write_notices(notices, home / "published")
    ingest(made.extensions[EXTENSION].database, [str(paths)], ReadingPlan(home, False), 1)
    yield made
    made.extensions[EXTENSION].database.engine.dispose()


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


class Buyer:
    """Somebody who holds the link of a plan, without scripts."""

    def __init__(self, app, profile):
        self.client, self.database = app.test_client(), app.extensions[EXTENSION].database
        with self.database.writing() as session:
            self.token = begin_plan(session, profile)[1]
        self.page = None

    @property
    def stored(self):
        with self.database.reading() as session:
            return open_plan(session, self.token).profile

    def open(self, path, language="fr", status=200):
        joint = "&" if "?" in path else "?"
        return self._read(
            self.client.get(f"/plans/{self.token}/{path}{joint}language={language}&content={language}"), status
        )

    def _read(self, answer, status=200):
        assert answer.status_code == status, answer.get_data(as_text=True)
        self.page = html.fromstring(answer.get_data(as_text=True))
        return self

    @property
    def words(self):
        return " ".join(self.page.xpath("//main")[0].text_content().split()).replace("\u202f", " ").replace("\xa0", " ")

    @property
    def form(self):
        """The last form with a revision, or with a file, of the page itself."""
        return self.page.xpath("//main//form[.//button[contains(@class,'btn')]][@method='post']")[-1]

    def values(self):
        found = {}
        for each in self.form.xpath(".//input|.//select|.//textarea"):
            value = each.value if each.tag in ("select", "textarea") else each.get("value")
            if each.get("type") != "file":
                found.setdefault(each.get("name"), []).append(value or "")
        return found

    def upload(self, content, name="facturier.csv", status=303):
        self.open("buying/spreadsheet")
        data = {**self.values(), "file": (io.BytesIO(content), name)}
        answer = self.client.post(self.form.get("action"), data=data, content_type="multipart/form-data")
        if status == 303:
            assert answer.status_code == 303, answer.get_data(as_text=True)
            return self._read(self.client.get(answer.headers["Location"]))
        return self._read(answer, status)

    def send(self, action, status=200, to="", **typed):
        """Send the form; a list takes the place of all values of a name."""
        values = {
            **self.values(),
            "action": [action],
            **{name: each if isinstance(each, list) else [each] for name, each in typed.items()},
        }
        answer = self.client.post(to or self.form.get("action"), data=values)
        if status in (200, 422, 409):
            return self._read(answer, status)
        assert answer.status_code == status, answer.get_data(as_text=True)
        return answer


@pytest.fixture
def buyer(app, read):
    return Buyer(app, read(PROFILE))


def test_a_spreadsheet_goes_from_upload_to_the_plan(buyer, app):
    buyer.upload(LEDGER)
    assert "Colonnes du tableur" in buyer.words
    assert (buyer.values()["amount"], buyer.values()["category"], buyer.values()["date"]) == (["3"], ["1"], ["0"])
    buyer.send("count")
    assert "1 200" in buyer.words
    assert "50 USD" in buyer.words
    assert "Cantines scolaires" in buyer.words
    buyer.send("count", label_category=["food"])
    assert "Cantines scolaires" not in [each.text_content() for each in buyer.page.xpath("//label/bdi")]
    answer = buyer.send("take", status=303)
    assert answer.headers["Location"].endswith(f"/plans/{buyer.token}/buying")
    profile = buyer.stored
    assert [(each.category, each.amount) for each in profile.spending] == [
        (Category.CLEANING, Decimal("600.00")),
        (Category.FOOD, Decimal("250.00")),
    ]
    assert profile.spending_labels == {"Cantines scolaires": Category.FOOD}
    assert profile.spending_note.startswith("Fichier facturier.csv: 3 lignes pour 1")
    assert not list((Path(app.extensions[EXTENSION].settings.home) / "spreadsheets").iterdir())
    buyer.open("buying")
    assert "Fichier facturier.csv" in buyer.words
    with buyer.database.reading() as session:
        assert [each.what for each in revisions_of(session, open_plan(session, buyer.token).id)] == ["begin", "import"]


def test_the_next_file_knows_the_labels_of_the_first(buyer):
    for _time in range(2):
        buyer.upload(LEDGER).send("count")
        if not _time:
            buyer.send("count", label_category=[""], beginning="cantines", beginning_category="food").send(
                "take", status=303
            )
    assert "Cantines" not in buyer.words


def test_what_is_missing_is_asked_beside_its_field(buyer):
    buyer.upload(LEDGER).send("count", status=422, amount="", category="", first_year="20", date="2", supplier="2")
    wrong = {each.get("id") for each in buyer.page.xpath("//p[@class='field-error']")}
    assert wrong == {"amount-error", "category-error", "first_year-error", "supplier-error"}
    assert {each.get("href") for each in buyer.page.xpath("//*[@class='error-summary']//a")} == {
        f"#{each.removesuffix('-error')}" for each in wrong
    }


def test_every_line_left_out_can_be_downloaded(buyer):
    buyer.upload(LEDGER).send("count")
    target = buyer.page.xpath("//button[@formaction]")[0].get("formaction")
    answer = buyer.client.post(target, data=buyer.values())
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert answer.mimetype == "text/csv"
    assert [each.split(";")[0] for each in lines[1:]] == ["3", "4", "5"]


def test_a_file_that_is_not_taken_says_why_and_nothing_changes(buyer):
    for content, name in (
        (b"\xd0\xcf\x11\xe0" + b"\0" * 99, "vieux.xls"),
        (b"x", "lettre.docx"),
        (b"", "vide.xlsx"),
        (b"", ""),
    ):
        buyer.upload(content, name, status=422)
        assert buyer.page.xpath("//*[@class='error-summary']//a[@href='#file']")
    assert [each.amount for each in buyer.stored.spending] == [10]


def test_a_file_of_another_plan_or_one_that_is_gone_is_not_shown(buyer, app, read):
    buyer.upload(LEDGER)
    key = buyer.values()["file"][0]
    other = Buyer(app, read(PROFILE))
    for asked in (key, "A" * 16, "../../../../etc/passwd"):
        other.open(f"buying/spreadsheet?file={asked}&name=facturier.csv", status=422)
        assert "1.200,00" not in other.words


def test_two_windows_at_once_lose_nothing(buyer, read):
    buyer.upload(LEDGER).send("count")
    with buyer.database.writing() as session:
        plan = plan_by_token(session, buyer.token)
        newer = read(PROFILE.replace("{category: paper, amount: 10}", "{category: paper, amount: 99}"))
        change_plan(session, plan, plan.revision, newer, "buying")
    buyer.send("take", status=409)
    assert [each.amount for each in buyer.stored.spending] == [99]


def test_files_wait_for_two_hours_and_no_longer(tmp_path):
    now = [1_000_000.0]
    shelf = UploadShelf(tmp_path, lambda: now[0])
    key = shelf.put("plan", "a.csv", io.BytesIO(b"x"))
    [path] = (tmp_path / "spreadsheets").iterdir()
    now[0] = path.stat().st_mtime + KEPT_SECONDS - 1
    assert shelf.path("plan", key, "a.csv").read_bytes() == b"x"
    now[0] += 2
    with pytest.raises(UploadGoneError):
        shelf.path("plan", key, "a.csv")
    assert (shelf.sweep(), shelf.sweep()) == (1, 0)


def test_awards_of_the_notices_fill_what_is_bought_and_say_that_they_are_a_minimum(buyer):
    buyer.open("buying/notices")
    assert "minimum" in buyer.words
    assert re.search(r"120 000", buyer.words)
    assert "1 sur 2" in buyer.words
    answer = buyer.client.post(f"/plans/{buyer.token}/buying/notices", data=buyer.values())
    assert answer.status_code == 303
    assert [(each.category, each.amount) for each in buyer.stored.spending] == [
        (Category.CLEANING, Decimal("65454.55")),
        (Category.PAPER, Decimal(10)),
    ]
    assert "C'est un minimum" in buyer.stored.spending_note


def test_who_has_no_notices_is_told_what_to_do(app, read):
    buyer = Buyer(app, read(PROFILE.replace("d’Exemple", "sans avis")))
    for language in ("fr", "nl", "en"):
        buyer.open("buying/notices", language)
        assert buyer.page.xpath("//main//a[contains(@href,'/buying/spreadsheet')]")
