"""From an empty draft to the files, without scripts, on each database."""

import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from page_walk import CLEANING, Flow, served
from sqlalchemy import event, select
from state import withdraw

from mpdi import clock
from mpdi.app import create_app
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.operations import load_edition
from mpdi.config import Settings
from mpdi.database import Base, Database
from mpdi.documents.docx_reader import read_specification
from mpdi.jobs.models import OutboxEvent
from mpdi.resources import folder
from mpdi.services import EXTENSION
from mpdi.specifications.models import SpecificationDraft
from mpdi.specifications.questionnaire import QUESTIONS

STEPS = ("", "clauses", "award", "numbers", "check", "download", "delete")


@pytest.fixture(scope="module")
def app(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from served(published_home, tmp_path_factory.mktemp("pages") / "home")


@pytest.fixture
def flow(app: Flask) -> Flow:
    return Flow(app).begin()


@pytest.fixture
def app_on_each(database_url: str, published_home: Path, tmp_path: Path) -> Flask:
    home = tmp_path / "state"
    shutil.copytree(published_home, home)
    if not database_url.startswith("sqlite"):
        database = Database(database_url)
        Base.metadata.create_all(database.engine)
        with database.writing() as session:
            load_edition(session, folder("clauses"))
        with database.writing() as session:
            for row in session.scalars(select(ClauseVersionRecord)):
                row.status, row.register = "published", {**row.register, "status": "published"}
        database.engine.dispose()
    else:
        database_url = f"sqlite:///{home / 'mpdi.sqlite3'}"
    made = create_app(Settings(home, database_url, "a secret of the tests"))
    made.testing = True
    return made


def test_a_walk_from_the_first_question_to_the_files(app_on_each: Flask) -> None:
    flow = Flow(app_on_each).begin().describe(CLEANING)
    for step in STEPS:
        assert "<h1>" in flow.get(step)
    answer = flow.post("specification", {"language": "fr"}, flow.get("download"))
    assert answer.status_code == 200
    assert unquote(answer.headers["Content-Disposition"]).endswith(
        "EX-2026-014_Nettoyage-des-bureaux_cahier-des-charges_fr_2026-12-01.docx"
    )
    read = read_specification(answer.data)
    assert read.manifest is not None
    assert {entry["id"] for entry in read.manifest["clauses"]} >= {"ENV-CLEAN-001", "SOC-GEN-004"}
    database: Database = app_on_each.extensions[EXTENSION].database
    with database.reading() as session:
        assert [row.name for row in session.scalars(select(OutboxEvent))].count("specification_written") == 1
        draft = session.scalars(select(SpecificationDraft)).one()
        assert flow.token not in str(vars(draft))
    database.engine.dispose()


def test_the_questionnaire_asks_twelve_questions_at_most_each_with_help(flow: Flow) -> None:
    assert len(QUESTIONS) <= 12
    for number, question in enumerate(QUESTIONS, 1):
        page = flow.get(f"questions/{question.key}")
        assert f"Question {number} sur {len(QUESTIONS)}" in page
        assert "question-help" in page


def test_every_question_can_be_skipped_and_the_document_still_be_written(flow: Flow) -> None:
    for question in QUESTIONS:
        assert flow.answer(question.key, action="skip").status_code == 303
    for language in ("fr", "nl"):
        answer = flow.post("specification", {"language": language}, flow.get("download"))
        assert answer.status_code == 200
        assert read_specification(answer.data).manifest


def test_the_buyers_file_is_written_in_dutch(flow: Flow) -> None:
    flow.describe(CLEANING)
    answer = flow.post("dossier", {"language": "nl"}, flow.get("download"))
    assert unquote(answer.headers["Content-Disposition"]).endswith("_dossier_nl_2026-12-01.docx")
    assert answer.data[:2] == b"PK"


def test_the_answers_come_back_as_a_file_that_can_be_taken_up_again(flow: Flow, app: Flask) -> None:
    flow.describe(CLEANING)
    text = flow.stored()
    purchase = read_answers(strict_yaml.parse(text, "answers"), clock.today())
    assert purchase.cpv == ("90919200", "90911300")
    assert [lot.reserved for lot in purchase.lots_detail] == [False, True]
    other = Flow(app)
    page = other.client.get("/specifications/new").get_data(as_text=True)
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    sent = {"csrf_token": token, "answers": (BytesIO(text.encode()), "answers.yaml")}
    answer = other.client.post("/specifications/upload", data=sent, content_type="multipart/form-data")
    assert answer.status_code == 303
    other.base = answer.location.rstrip("/")
    assert other.stored() == text


def test_every_clause_considered_stands_on_the_page_with_reason_and_rule(flow: Flow, app: Flask) -> None:
    flow.describe(CLEANING)
    page = flow.get("clauses")
    services = app.extensions[EXTENSION]
    with services.database.reading() as session:
        library = services.library.library(session)
    considered = library.all_in_force(clock.datetime.date(2026, 12, 1))
    assert considered
    assert all(f'id="{clause.id}"' in page for clause in considered)
    assert page.count("Règle:") == len(considered)


def test_a_clause_is_taken_out_with_a_reason_and_put_back(flow: Flow) -> None:
    flow.describe(CLEANING)
    refused = flow.post("clauses", {"clause": "ENV-CLEAN-001", "decision": "out", "reason": "  "})
    assert refused.status_code == 422
    assert "Notez la raison" in refused.get_data(as_text=True)
    assert flow.post("clauses", {"clause": "ENV-CLEAN-001", "decision": "out", "reason": "Stock"}).status_code == 303
    assert "ENV-CLEAN-001:\n    decision: out\n    reason: Stock" in flow.stored()
    assert "Suivre de nouveau la règle" in flow.get("clauses")
    assert flow.post("clauses", {"clause": "ENV-CLEAN-001", "decision": "rule"}).status_code == 303
    assert "overrides" not in flow.stored()


def test_a_missing_companion_and_a_conflict_come_with_one_click_remedies(flow: Flow, app: Flask) -> None:
    flow.describe(CLEANING)
    services = app.extensions[EXTENSION]
    with services.database.reading() as session:
        library = services.library.library(session)
    needy = next(clause for clause in library if clause.requires and clause.id in flow.get("clauses"))
    flow.post("clauses", {"clause": needy.id, "decision": "in", "reason": "Essai"})
    flow.post("clauses", {"clause": needy.requires[0].id, "decision": "out", "reason": "Essai"})
    page = flow.get("clauses")
    assert "Il manque une clause compagne" in page
    assert f"Ajouter {needy.requires[0].id}" in page
    checked = flow.get("check")
    assert "Le document renvoie à une clause absente" in checked
    assert "à corriger avant la publication" in checked


def test_award_weights_must_total_100_and_nothing_typed_is_lost(flow: Flow) -> None:
    flow.describe(CLEANING)
    data = {"weight_price": "60", "weight_ENV-CLEAN-002": "30", "weight_own_1": "5", "words_own_1": "Accueil <b>"}
    refused = flow.post("award", data)
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "totalisent 95, pas 100" in page
    assert "Accueil &lt;b&gt;" in page
    added = flow.post("award", data | {"action": "add"})
    assert "weight_own_2" in added.get_data(as_text=True)
    own = {"scale_own_1": "5 points: réponse <b> en 2 heures", "proof_own_1": "Note de deux pages"}
    assert "Raccourcissez" in flow.post("award", data | {"scale_own_1": "x" * 1001}).get_data(as_text=True)
    assert flow.post("award", data | own | {"weight_price": "65"}).status_code == 303
    assert "criterion: Accueil <b>" in flow.stored()
    assert "proof: Note de deux pages" in flow.stored()
    assert "5 points: réponse &lt;b&gt; en 2 heures</textarea>" in flow.get("award")
    assert flow.post("award", {"action": "clear"}).status_code == 303
    assert "award" not in flow.stored()


def test_numbers_are_stored_only_where_they_differ_and_errors_stand_beside_them(flow: Flow) -> None:
    flow.describe(CLEANING)
    refused = flow.post("numbers", {"ENV-CLEAN-001.ecolabel_share": "99"})
    assert refused.status_code == 422
    assert "99 n&#39;est pas entre 50 et 95" in refused.get_data(as_text=True)
    assert flow.post("numbers", {"ENV-CLEAN-001.ecolabel_share": "75"}).status_code == 303
    assert "parameters" not in flow.stored()
    assert flow.post("numbers", {"ENV-CLEAN-001.ecolabel_share": "80 %"}).status_code == 303
    assert "ecolabel_share: 80" in flow.stored()


def test_the_check_says_what_blocks_and_links_to_its_question(flow: Flow) -> None:
    flow.describe(CLEANING | {"money": {"payment_days": "60", "turnover_factor": "3"}})
    page = flow.get("check")
    assert f"{flow.base}/questions/money" in page
    assert "L08" in page
    assert "L09" in page
    assert "À corriger" in flow.get("download") or "mark-block" in flow.get("download")


def test_a_draft_in_both_languages_asks_for_texts_in_both(flow: Flow) -> None:
    flow.describe({"publication": {"publication_date": "1/12/2026", "language": "fr+nl"}})
    assert flow.answer("object", object_fr="", object_nl="Schoonmaak").status_code == 422
    both = {"object_fr": "Nettoyage <b>", "object_nl": "Schoonmaak <b>", "reference": "EX-1"}
    assert flow.answer("object", **both).status_code == 303
    assert flow.answer("authority", authority_name_fr="Commune d'Exemple", authority_type="local").status_code == 303
    lots = {"divided": "yes", "rows": "2", "lot_1_title_fr": "Un", "lot_1_title_nl": "Een", "lot_2_title_fr": "Deux"}
    assert flow.answer("lots", **lots).status_code == 303
    flow.describe({key: CLEANING[key] for key in ("cpv", "nature", "value", "procedure")})
    stored = strict_yaml.parse(flow.stored(), "answers")
    assert stored["object"] == {"fr": "Nettoyage <b>", "nl": "Schoonmaak <b>"}
    assert stored["authority"]["name"] == "Commune d'Exemple"
    assert [lot["title"] for lot in stored["lots_detail"]] == [{"fr": "Un", "nl": "Een"}, "Deux"]
    assert "Schoonmaak &lt;b&gt;</textarea>" in flow.get("questions/object")
    assert 'name="lot_1_title_nl" value="Een"' in flow.get("questions/lots")
    assert "Nettoyage &lt;b&gt; / Schoonmaak &lt;b&gt;" in flow.get("")
    check = flow.get("check")
    assert "En une seule langue: Pouvoir adjudicateur" in check
    assert "En une seule langue: Objet" not in check


def test_own_criteria_and_words_of_clauses_are_asked_in_both_languages(flow: Flow) -> None:
    flow.describe(CLEANING | {"publication": {"publication_date": "1/12/2026", "language": "fr+nl"}})
    own = {"weight_price": "60", "weight_own_1": "40", "words_own_1": "Qualité", "words_nl_own_1": "Kwaliteit"}
    texts = {"scale_own_1": "40 points", "scale_nl_own_1": "40 punten", "proof_nl_own_1": "Nota"}
    assert flow.post("award", own | texts).status_code == 422
    assert flow.post("award", own | texts | {"proof_own_1": "Note"}).status_code == 303
    award = strict_yaml.parse(flow.stored(), "answers")["award"][1]
    assert award["criterion"] == {"fr": "Qualité", "nl": "Kwaliteit"}
    assert award["proof"] == {"fr": "Note", "nl": "Nota"}
    assert 'name="words_nl_own_1" value="Kwaliteit"' in flow.get("award")
    page = flow.get("numbers")
    name = re.search(r'name="([^"]+)\.nl"', page)
    assert name
    assert flow.post("numbers", {f"{name[1]}.nl": "Enkel Nederlands", name[1]: ""}).status_code == 422
    assert (
        flow.post("numbers", {name[1]: "Texte en français", f"{name[1]}.nl": "Tekst in het Nederlands"}).status_code
        == 303
    )
    clause, key = name[1].split(".")
    stored = strict_yaml.parse(flow.stored(), "answers")["parameters"]
    assert stored == {clause: {key: {"fr": "Texte en français", "nl": "Tekst in het Nederlands"}}}
    assert "Tekst in het Nederlands" in flow.get("numbers")


def test_french_and_dutch_at_once_are_one_file_and_the_own_file_in_one_language(flow: Flow) -> None:
    flow.describe(CLEANING | {"publication": {"publication_date": "1/12/2026", "language": "fr+nl"}})
    page = flow.get("download")
    assert 'value="fr+nl" checked' in page
    assert "une seule langue" in flow.get("check")
    answer = flow.post("specification", {"language": "fr+nl"}, page)
    assert "_cahier-des-charges-bestek_fr-nl_2026-12-01.docx" in answer.headers["Content-Disposition"]
    read = read_specification(answer.data)
    assert read.manifest is not None
    assert read.manifest["language"] == "fr+nl"
    assert {clause.language for clause in read.clauses} == {"fr", "nl"}
    own = flow.post("dossier", {"language": "fr+nl"}, page)
    assert "_dossier_fr_" in own.headers["Content-Disposition"]
    manifest = read_specification(own.data).manifest
    assert manifest is not None
    assert (manifest["language"], manifest["answers"]["language"]) == ("fr", "fr+nl")
    alone = read_specification(flow.post("specification", {"language": "nl"}, page).data)
    assert {clause.language for clause in alone.clauses} == {"nl"}


@pytest.mark.parametrize("step", ["", "clauses", "award", "numbers", "check", "download", "questions/lots"])
def test_no_page_asks_the_database_more_than_three_times(flow: Flow, app: Flask, step: str) -> None:
    flow.describe(CLEANING)
    flow.get(step)
    engine = app.extensions[EXTENSION].database.engine
    said: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_rest: said.append(statement))
    flow.get(step)
    asked = [statement for statement in said if not statement.startswith("BEGIN")]
    assert len(asked) <= 3, asked


def test_cpv_codes_are_searched_without_scripts_and_as_json(flow: Flow) -> None:
    asked = flow.answer("cpv", action="search", words="nettoyage de bureaux", cpv=["90911300"], main="90911300")
    assert asked.status_code == 303, "Back from the next page shows the search again"
    page = flow.client.get(asked.location).get_data(as_text=True)
    assert 'value="nettoyage de bureaux"' in page
    assert 'value="90919200"' in page
    assert 'id="cpv-90911300" checked' in page
    assert flow.answer("cpv", words="90919200-4").status_code == 303
    assert "'90919200'" in flow.stored()
    found = flow.client.get("/api/cpv?words=schoonmaken+van+kantoren&language=nl").json
    assert found is not None
    assert found[0]["code"] == "90919200"
    assert found[0]["prefix"] == "9091"


def test_an_amount_says_what_was_understood_and_what_it_means(flow: Flow) -> None:
    flow.describe({key: CLEANING[key] for key in ("authority", "cpv", "nature", "value")})
    page = flow.get("questions/procedure")
    assert "Compris: 120\xa0000 EUR hors TVA" in page
    assert "216\xa0000" in page
    assert "la valeur le permet" in page


def test_back_keeps_what_was_typed_and_names_what_was_not_understood(flow: Flow) -> None:
    flow.describe({"object": {"object": "Nettoyage"}})
    page = flow.get("questions/duration")
    assert 'value="back"' in page
    answer = flow.answer("duration", action="back", duration_months="abc", framework="yes")
    assert answer.status_code == 303
    assert answer.location.endswith("/questions/procedure")
    assert "framework: true" in flow.stored()
    assert "Durée" in flow.get("questions/procedure")
    flow.answer("object", action="back", object="Nettoyage des écoles")
    assert "Nettoyage des écoles" in flow.stored()
    flow.answer("cpv", action="back", words="nettoyage de bureaux")
    assert "cpv" not in flow.stored()


def test_a_category_without_clauses_is_said(published_home: Path, tmp_path: Path) -> None:
    shutil.copytree(published_home, tmp_path / "bare")
    withdraw(tmp_path / "bare", "FOOD")
    flow = Flow(next(served(tmp_path / "bare", tmp_path / "home"))).begin()
    flow.describe({"cpv": {"cpv": ["55524000"], "main": "55524000"}})
    assert "n&#39;a pas encore de clause publiée" in flow.get("clauses")
    flow.describe({"cpv": CLEANING["cpv"]})
    assert "pas encore de clause publiée" not in flow.get("clauses")


def test_rules_of_the_library_are_words_with_their_code_beside(flow: Flow) -> None:
    flow.describe(CLEANING | {"value": {"estimated_value": "20000"}})
    page = flow.get("clauses")
    assert 'title="X-LOWVALUE-ADVANCE">Règle: exclue par vos réponses' in page
    assert ">Règle: X-" not in page


def test_a_search_that_finds_only_codes_already_chosen_says_so(flow: Flow) -> None:
    flow.describe({"cpv": CLEANING["cpv"]})
    data = {"action": "search", "cpv": ["90919200"], "main": "90919200", "words": "90919200"}
    page = flow.client.get(flow.post("questions/cpv", data).location).get_data(as_text=True)
    assert ">Rien trouvé" not in page
