"""Pages of a plan: begun from nothing, its overview, files, workbook, history, decision, merger, two people, deletion."""

import datetime
import html
import io
import re
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from docx import Document
from flask import Flask
from lxml import html as lxml_html

from mpdi import clock
from mpdi.action_plans import canevas_moves
from mpdi.action_plans.core.profile import Spending
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption
from mpdi.action_plans.operations import begin_plan, change_plan
from mpdi.action_plans.queries import open_plan, plan_by_token, versions_of
from mpdi.clause_library.core.vocabulary import Category
from mpdi.services import EXTENSION

DAY = datetime.date(2026, 12, 2)


@pytest.fixture(autouse=True)
def _a_fixed_day(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


class Holder:
    """Somebody who holds the link of a plan, with a browser without scripts."""

    def __init__(self, app: Flask, profile=None, token: str = "") -> None:
        self.client = app.test_client()
        self.database = app.extensions[EXTENSION].database
        self.token = token
        if profile is not None:
            with self.database.writing() as session:
                self.token = begin_plan(session, profile)[1]
        self.client.get("/plans?language=fr")

    @property
    def stored(self):
        with self.database.reading() as session:
            return open_plan(session, self.token)

    @property
    def versions(self):
        with self.database.reading() as session:
            return versions_of(session, plan_by_token(session, self.token).id)

    def get(self, path: str = "", status: int = 200):
        answer = self.client.get(f"/plans/{self.token}{path}", buffered=True)
        assert answer.status_code == status, words(answer)
        return answer

    def post(self, path: str, data=None, *, page: str = "", **kwargs):
        """Send a form of a page, with what the page hides in it."""
        root = lxml_html.fromstring(self.get(page).text)
        forms = [each for each in root.forms if each.action == f"/plans/{self.token}{path}"]
        assert forms, f"no form that leads to {path}"
        kept = dict(forms[0].form_values())
        return self.client.post(f"/plans/{self.token}{path}", data={**kept, **(data or {})}, buffered=True, **kwargs)

    def change(self, profile) -> None:
        with self.database.writing() as session:
            plan = plan_by_token(session, self.token)
            change_plan(session, plan, plan.revision, profile, "options")


def words(answer) -> str:
    body = answer.text.partition("<main")[2].partition("</main>")[0] or answer.text
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def csrf(client, address: str) -> str:
    return re.search(r'name="csrf_token" value="([^"]*)"', client.get(address).text)[1]


def begin(app: Flask, **typed: str):
    client = app.test_client()
    data = {"csrf_token": csrf(client, "/plans/new?language=fr"), "first": "1/1/2027", "last": "31/12/2029"}
    return client.post("/plans/new", data=data | {"language": "fr"} | typed)


@pytest.fixture
def holder(app, commune) -> Holder:
    return Holder(app, commune)


def test_a_plan_begins_with_a_name_of_the_register_and_shows_what_comes_next(app):
    answer = begin(app, name="Commune d'Uccle")
    assert answer.status_code == 303
    holder = Holder(app, token=answer.location.rpartition("/")[2])
    authority = holder.stored.profile.authority
    assert (authority.id, authority.name.nl, authority.type) == ("commune-uccle", "Gemeente Ukkel", "local")
    page = holder.get()
    assert "Rien ne dit ce que vous achetez" in words(page)
    assert f'href="/plans/{holder.token}/buying"' in page.text
    assert "no-store" in page.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        pytest.param({"name": ""}, "name", "nom de votre pouvoir adjudicateur", id="no name"),
        pytest.param({"name": "Uccl"}, "register", "Gemeente Ukkel|Commune d'Uccle", id="alike"),
        pytest.param({"name": "Régie fictive de Nulle-Part"}, "type", "Choisissez", id="no type"),
        pytest.param({"name": "Uccle", "last": "31/12/2025"}, "last", "avant de commencer", id="ends first"),
        pytest.param({"name": "Uccle", "first": "32/1/2027"}, "first", "32/1/2027", id="no day"),
        pytest.param({"name": "=Uccle"}, "name", "formule", id="formula"),
    ],
)
def test_what_is_wrong_at_the_beginning_is_said_beside_the_field_and_nothing_is_lost(app, typed, field, said):
    answer = begin(app, **typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert re.search(said, words(answer))
    assert html.escape(typed["name"], quote=False).replace("'", "&#39;") in answer.text


def test_none_of_the_register_takes_the_name_as_it_is(app):
    answer = begin(app, name="Uccle fictive", register="none", type="regional")
    assert answer.status_code == 303
    holder = Holder(app, token=answer.location.rpartition("/")[2])
    assert (holder.stored.profile.authority.name.fr, holder.stored.profile.authority.id) == ("Uccle fictive", "")


def test_the_overview_draws_what_is_bought_and_says_it_in_a_table(holder, commune):
    page = holder.get()
    assert page.text.count('<img class="chart" src="data:image/svg+xml;base64,') == 2
    largest = max(commune.spending, key=lambda each: each.amount)
    assert f"{largest.amount:,.0f}".replace(",", "\u202f") in page.text.replace("\u00a0", "\u202f")
    assert "chart" not in Holder.get(holder, "/history").text


@pytest.mark.parametrize(("language", "word"), [("fr", "Plan d’action"), ("nl", "Actieplan"), ("fr-nl", "Actieplan")])
def test_word_files_come_in_every_language_under_a_name_that_says_what_they_are(holder, language, word):
    answer = holder.get(f"/files/{language}.docx")
    name = re.search(r"filename=([^;]+)", answer.headers["Content-Disposition"])[1]
    assert re.fullmatch(r"(plan-d-action|actieplan|plan-d-action-actieplan)_[\w-]+_\d{4}-\d{4}_[\w-]+\.docx", name)
    document = Document(io.BytesIO(answer.data))
    text = "\n".join(p.text for p in document.paragraphs) + "\n".join(
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    )
    assert word.casefold() in text.casefold().replace("'", "’")


def test_calendar_profile_and_unknown_files(holder, commune):
    assert holder.get("/files/nl.ics").data.startswith(b"BEGIN:VCALENDAR")
    assert b"authority:" in holder.get("/files/profile.yaml").data
    for path in ("/files/en.docx", "/files/fr.pdf", "/versions/1/fr.docx"):
        holder.get(path, 404)


def edited(holder: Holder, language: str = "fr", **cells: object) -> bytes:
    """The workbook of the plan with other values in cells: `actions_E2`."""
    book = openpyxl.load_workbook(io.BytesIO(holder.get(f"/files/{language}.xlsx").data))
    tables = [book[name] for name in book.sheetnames if book[name].sheet_state == "visible"]
    for place, value in cells.items():
        table, _, cell = place.partition("_")
        sheet = next(each for each in tables if _is_table(each, table))
        sheet[cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _is_table(sheet, table: str) -> bool:
    keys = {"actions": "governance.", "objectives": "general.", "purchases": "purchase."}
    return any(str(row[0].value).startswith(keys[table]) for row in sheet.iter_rows(min_row=2, max_row=3))


def send_workbook(holder: Holder, content: bytes, name: str = "plan.xlsx"):
    data = {"workbook": (io.BytesIO(content), name)}
    return holder.post("/workbook", data, page="/workbook", content_type="multipart/form-data")


def accept(holder: Holder, shown, **data: object):
    root = lxml_html.fromstring(shown.text)
    [form] = [each for each in root.forms if each.action.endswith("/workbook/accept")]
    values = list(form.form_values()) if not data.get("nothing") else [
        (name, value) for name, value in form.form_values() if name != "take"
    ]  # fmt: skip
    values += [(name, value) for name, value in data.items() if name != "nothing"]
    sent: dict[str, list[str]] = {}
    for name, value in values:
        sent.setdefault(name, []).append(str(value))
    return holder.client.post(form.action, data=sent)


def test_a_workbook_comes_back_as_differences_and_only_what_is_ticked_is_taken(holder):
    shown = send_workbook(holder, edited(holder, actions_D2="Directrice", actions_K2="vu en réunion"))
    assert shown.status_code == 200
    assert "2 différences" in words(shown)
    assert {"Directrice", "vu en réunion"} <= set(re.findall(r"<bdi>([^<]*)</bdi>", shown.text))
    root = lxml_html.fromstring(shown.text)
    [first, _second] = [each.get("value") for each in root.xpath("//input[@name='take']")]
    answer = accept(holder, shown, nothing=True, take=first, action="ticked")
    assert answer.status_code == 303
    (change,) = (e for k, e in holder.stored.profile.actions.items() if e.owner == "Directrice")
    assert change.comment != "vu en réunion"
    assert holder.post("/undo").status_code == 303
    assert all(each.owner != "Directrice" for each in holder.stored.profile.actions.values())


def test_what_somebody_changed_here_meanwhile_is_said_and_not_ticked(holder, commune):
    place, key = next(_cells_of(holder, "objectives", {each.key for each in commune.objectives}))
    content = edited(holder, **{f"objectives_{place}": 0.2})
    [found] = [each for each in commune.objectives if each.key == key]
    others = [each for each in commune.objectives if each.key != key]
    holder.change(replace(commune, objectives=(replace(found, baseline=Decimal("0.9")), *others)))
    shown = send_workbook(holder, content)
    assert "Modifié ici depuis" in words(shown)
    assert "90 %" in words(shown)
    assert accept(holder, shown, action="ticked").status_code == 303
    assert next(each for each in holder.stored.profile.objectives if each.key == key).baseline == Decimal("0.9")
    assert accept(holder, send_workbook(holder, content), action="all").status_code == 303
    assert next(each for each in holder.stored.profile.objectives if each.key == key).baseline == Decimal("0.2")


def _cells_of(holder: Holder, table: str, keys: set[str]):
    """Where the baseline of each of these objectives stands, and its key."""
    book = openpyxl.load_workbook(io.BytesIO(holder.get("/files/fr.xlsx").data))
    sheet = next(each for each in book.worksheets if each.sheet_state == "visible" and _is_table(each, table))
    return ((f"D{row[0].row}", row[0].value) for row in sheet.iter_rows(min_row=2) if row[0].value in keys)


def test_a_dutch_workbook_changes_a_french_plan_without_changing_its_language(holder, canevas):
    shown = send_workbook(holder, edited(holder, "nl", actions_J2=canevas.states["started"].nl))
    assert shown.status_code == 200, words(shown)
    accept(holder, shown, action="all")
    profile = holder.stored.profile
    assert profile.language == "fr"
    assert any(each.state == "started" for each in profile.actions.values())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(b"not a workbook", "plan.xlsx", id="no workbook"),
        pytest.param(b"", "plan.xlsx", id="empty"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(holder, content, said):
    answer = send_workbook(holder, content)
    assert answer.status_code == 422
    assert said in words(answer)
    assert holder.stored.revision == 1


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        pytest.param({"actions_E2": "bientôt"}, "n'est pas une date", id="day in words"),
        pytest.param({"actions_D2": "=1+1"}, "est une formule", id="formula"),
        pytest.param({"objectives_D2": "beaucoup"}, "n'est pas un nombre", id="number in words"),
    ],
)
def test_every_wrong_cell_is_named_in_the_language_of_the_page(holder, cells, said):
    answer = send_workbook(holder, edited(holder, **cells))
    assert answer.status_code == 422
    assert next(iter(cells)).partition("_")[2] in words(answer)
    assert said in words(answer)


def test_a_list_of_differences_that_no_page_made_is_refused(holder):
    token = csrf(holder.client, f"/plans/{holder.token}/workbook")
    data = {"csrf_token": token, "revision": "1", "language": "fr", "action": "all"}
    for text in ("[[1]]", "nothing", '[["actions","x","changed","left_out",null,"t1",{}]]'):
        answer = holder.client.post(f"/plans/{holder.token}/workbook/accept", data=data | {"edits": text})
        assert answer.status_code == 422
    assert holder.stored.revision == 1


def _first_page(document) -> str:
    """The words of the first paragraphs of a Word file, which say what it is."""
    return " ".join(each.text for each in document.paragraphs[:30]).replace("\u00a0", " ")


def test_an_organ_adopts_and_later_versions_say_what_differs_in_words(holder, commune):
    assert "Jour de la décision" in words(holder.get("/adopt"))
    refused = holder.post("/adopt", {"decided_on": "31/12/2030", "organ": ""}, page="/adopt")
    assert refused.status_code == 422
    summed = refused.text.partition('class="error-summary"')[2].partition("</ul>")[0]
    assert re.findall(r'href="#(\w+)"', summed) == ["decided_on", "organ"]
    answer = holder.post("/adopt", {"decided_on": "1/12/2026", "organ": "Collège", "note": "point 12"}, page="/adopt")
    assert answer.status_code == 303
    assert "1er décembre 2026" in words(holder.get())
    holder.change(replace(holder.stored.profile, self_assessment={AssessedTheme.POLICY: 4}, options=()))
    page = words(holder.get("/history?from=1&to=draft"))
    assert "4/4" in page
    assert "Rien ne diffère" in words(holder.get("/history?from=1&to=1"))
    holder.get("/history?from=7", 404)
    decided, draft = (Document(io.BytesIO(holder.get(path).data)) for path in ("/versions/1/fr.docx", "/files/fr.docx"))
    assert "adopté le 1er décembre 2026 (Collège)" in _first_page(decided)
    assert "projet de modification de la version 1" in _first_page(draft)
    amended = {"kind": "amendment", "decided_on": "2/12/2026", "organ": "Collège"}
    assert holder.post("/adopt", amended, page="/adopt").status_code == 303
    assert [str(each.kind) for each in holder.versions] == ["adoption", "amendment"]


def test_nothing_is_adopted_while_something_compulsory_is_open_and_each_reason_leads_to_its_step(app, commune):
    bare = replace(commune, spending=(), purchases=(), self_assessment={}, objectives=())
    holder = Holder(app, bare)
    page = holder.get("/adopt")
    for step in ("buying", "assessment"):
        assert f'href="/plans/{holder.token}/{step}"' in page.text.partition("notice-problem")[2]
    assert '<form method="post" action="/plans/' + holder.token + '/adopt"' not in page.text
    token = csrf(holder.client, f"/plans/{holder.token}/merge")
    data = {"csrf_token": token, "revision": "1", "decided_on": "1/12/2026", "organ": "Collège"}
    assert holder.client.post(f"/plans/{holder.token}/adopt", data=data).status_code == 409
    assert holder.versions == []


def test_open_targets_are_a_warning_and_no_obstacle(app, commune):
    holder = Holder(app, replace(commune, objectives=()))
    assert "L'organe peut adopter" in words(holder.get("/adopt"))
    assert holder.post("/adopt", {"decided_on": "1/12/2026", "organ": "Conseil"}, page="/adopt").status_code == 303


def test_a_decision_on_a_plan_that_changed_since_is_asked_again(holder, commune):
    stale = holder.get("/adopt").text
    holder.change(replace(commune, options=()))
    data = {"csrf_token": re.search(r'name="csrf_token" value="([^"]*)"', stale)[1], "revision": "1"}
    answer = holder.client.post(
        f"/plans/{holder.token}/adopt", data=data | {"decided_on": "1/12/2026", "organ": "Collège fictif"}
    )
    assert answer.status_code == 409
    assert 'value="Collège fictif"' in answer.text
    assert holder.versions == []


def test_two_plans_become_one_with_what_was_taken_from_which(app, holder, commune, hospital):
    other = Holder(app, hospital)
    assert holder.post("/merge", {"other": "https://example.org"}, page="/merge").status_code == 422
    assert holder.post("/merge", {"other": holder.token}, page="/merge").status_code == 422
    link = f"http://localhost/plans/{other.token}/history?language=nl"
    shown = holder.post("/merge", {"other": link}, page="/merge")
    assert shown.status_code == 200
    assert "additionné" in words(shown)
    assert hospital.authority.name.fr in words(shown) or hospital.authority.name.nl in words(shown)
    root = lxml_html.fromstring(shown.text)
    [form] = [each for each in root.forms if each.action == f"/plans/{holder.token}/merge"]
    typed = dict(form.form_values()) | {"action": "merge", "name_fr": "Commune et hôpital fictifs", "name_nl": ""}
    answer = holder.client.post(form.action, data=typed)
    assert answer.status_code == 303, words(answer)
    made = holder.stored.profile
    one, two = ({each.category: each.amount for each in plan.spending} for plan in (commune, hospital))
    assert {each.category: each.amount for each in made.spending} == {
        key: one.get(key, 0) + two.get(key, 0) for key in {*one, *two}
    }
    assert made.authority.name.nl == "Commune et hôpital fictifs"
    assert len(made.purchases) == len({*commune.purchases, *hospital.purchases})
    assert "repris par un autre" in words(other.get())
    assert other.get("/adopt", 303).location == f"/plans/{other.token}"
    assert holder.post("/undo").status_code == 303
    assert other.get("/adopt").status_code == 200


def test_two_people_keep_both_changes_and_are_told(holder, app, commune):
    second = Holder(app, token=holder.token)
    shown = send_workbook(second, edited(second, actions_D2="Directrice"))
    holder.change(replace(commune, options=(PlanOption.PILOTS,)))
    assert accept(second, shown, action="all").status_code == 303
    assert "les deux modifications sont gardées" in words(second.get())
    profile = holder.stored.profile
    assert profile.options == (PlanOption.PILOTS,)
    assert any(each.owner == "Directrice" for each in profile.actions.values())


def test_undo_of_a_page_that_is_old_undoes_nothing(holder, commune):
    holder.change(replace(commune, options=(PlanOption.PILOTS,)))
    page = holder.get().text
    holder.change(replace(commune, options=()))
    token = re.search(r'name="csrf_token" value="([^"]*)"', page)[1]
    answer = holder.client.post(f"/plans/{holder.token}/undo", data={"csrf_token": token, "revision": "2"})
    assert answer.status_code == 303
    assert holder.stored.revision == 3
    assert "rien n'a été annulé" in words(holder.get())


def test_a_plan_moves_to_a_newer_canevas_once_its_changes_are_read(holder, canevas, commune, monkeypatch):
    newer = replace(canevas, version="9.0.0", elements=canevas.elements[1:], risks=())
    known = canevas_moves.edition_canevas

    def either(version: str = ""):
        return newer if version in ("", "9.0.0") else known(version)

    for module in ("canevas_moves", "plan_pages"):
        monkeypatch.setattr(f"mpdi.action_plans.{module}.edition_canevas", either)
    assert "9.0.0" in words(holder.get())
    gone = {key for key in commune.actions if key.startswith(f"{canevas.elements[0].key}.")}
    page = words(holder.get("/canevas"))
    assert canevas.elements[0].title.fr in page
    assert holder.post("/canevas", page="/canevas").status_code == 303
    assert holder.stored.profile.canevas == "9.0.0"
    assert not gone & set(holder.stored.profile.actions)


def test_a_plan_is_deleted_by_who_holds_it_and_its_link_leads_nowhere(holder):
    assert holder.post("/delete", {"confirm": "yes"}, page="/delete").location == "/plans"
    holder.get(status=404)


def test_of_an_account_only_the_owner_deletes(app, holder):
    from people import add_user

    with holder.database.writing() as session:
        user = add_user(session)
        plan_by_token(session, holder.token).owner_id = user.id
    assert "Supprimer ce plan" not in words(holder.get())
    token = csrf(holder.client, f"/plans/{holder.token}/workbook")
    data = {"csrf_token": token, "confirm": "yes"}
    assert holder.client.post(f"/plans/{holder.token}/delete", data=data).status_code == 403
    holder.get()


@pytest.mark.parametrize("path", ["", "/history", "/workbook", "/adopt", "/merge", "/delete", "/files/fr.docx"])
def test_a_guessed_link_leads_nowhere(app, path):
    assert app.test_client().get(f"/plans/{'a' * 32}{path}").status_code == 404


def test_spending_of_both_is_added_up_with_contracts_only_where_both_say(commune):
    from mpdi.action_plans.core.merging import Taken, merged

    one = replace(
        commune, spending=(Spending(Category.FOOD, Decimal(10), 2),), self_assessment={AssessedTheme.POLICY: 3}
    )
    two = replace(commune, spending=(Spending(Category.FOOD, Decimal(5)),), self_assessment={AssessedTheme.POLICY: 1})
    made = merged(one, two, commune.authority)
    assert made.profile.spending == (Spending(Category.FOOD, Decimal(15), None),)
    assert made.profile.self_assessment == {AssessedTheme.POLICY: 1}
    assert [each.key for each in made.choices] == ["self_assessment.policy"]
    other = merged(one, two, commune.authority, {"self_assessment.policy": "first"})
    assert other.profile.self_assessment == {AssessedTheme.POLICY: 3}
    assert {each.taken for each in made.parts} >= {Taken.ADDED, Taken.SECOND}
