"""Pages of a log: beginning, noting, two windows, taking back, the site visit, files, deletion, guessed links."""

import datetime
import html
import io
import re
import subprocess
from pathlib import Path

import libreoffice
import openpyxl
import pytest
from contract import Contract, words
from docx import Document
from flask import Flask
from page_walk import CLEANING, Flow

from mpdi import clock
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.follow_up import labels
from mpdi.follow_up.queries import open_log
from mpdi.follow_up.vocabulary import EntryKind
from mpdi.services import EXTENSION
from mpdi.specifications.skeleton import read_document_data

VISITED = {"day": "1/3/2027", "place": "Quai Fictif 1", "by": "gestionnaire"}


def key_of(frozen: dict, **wanted: object) -> str:
    return next(each["key"] for each in frozen["checks"] if all(each[name] == value for name, value in wanted.items()))


def on_site(frozen: dict) -> list[str]:
    return [each["key"] for each in frozen["checks"] if each["is_on_site"]]


def started(answer) -> str:
    assert answer.status_code == 303
    found = re.fullmatch(r"/follow-up/([A-Za-z0-9_-]{32})/", answer.location)
    assert found
    return found.group(1)


def test_a_log_is_begun_from_a_draft_and_stays_when_the_draft_changes(app: Flask, today: datetime.date) -> None:
    flow = Flow(app).begin().describe(CLEANING)
    assert f"/follow-up/from-draft/{flow.token}" in flow.get("download")
    page = flow.client.get(f"/follow-up/from-draft/{flow.token}?language=fr").get_data(as_text=True)
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)
    assert csrf
    typed = {"csrf_token": csrf.group(1), "contractor": "Fictive SRL", "start": "31/2/2027"}
    refused = flow.client.post(f"/follow-up/from-draft/{flow.token}", data=typed)
    assert refused.status_code == 422
    assert "Ce jour n'existe pas" in words(refused)
    assert 'value="31/2/2027"' in words(refused)
    answer = flow.client.post(f"/follow-up/from-draft/{flow.token}", data=typed | {"start": "1/1/2027"})
    log = Contract(app, started(answer))
    before = log.get()
    assert "Fictive SRL" in before
    assert "tel que l'acheteur l'a écrit" in before
    assert "ENV-CLEAN-001" in before
    flow.post("clauses", {"clause": "ENV-CLEAN-001", "decision": "out", "reason": "Stock"})
    assert "ENV-CLEAN-001" in log.get()


def test_a_log_is_begun_from_the_buyers_own_file_and_other_files_say_what_to_do(
    app: Flask, today: datetime.date
) -> None:
    flow = Flow(app).begin().describe(CLEANING)
    page = flow.get("download")
    files = {name: flow.post(name, {"language": "fr"}, page).get_data() for name in ("dossier", "specification")}
    client = app.test_client()
    csrf = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', client.get("/follow-up/new?language=fr").text)
    assert csrf

    def send(content: bytes):
        data = {"csrf_token": csrf.group(1), "start": "1/1/2027", "file": (io.BytesIO(content), "a.docx")}
        return client.post("/follow-up/new", data=data, content_type="multipart/form-data")

    assert "EX-2026-014" in Contract(app, started(send(files["dossier"]))).get()
    for content, said in (
        (files["specification"], "ne contient pas les réponses"),
        (b"PK", "ne se lit pas"),
        (b"", ""),
    ):
        refused = send(content)
        assert refused.status_code == 422
        assert said in words(refused)


def test_what_was_found_is_noted_and_stands_in_the_log(contract: Contract, frozen: dict) -> None:
    key = key_of(frozen, moment="start")
    assert 'id="late"' in contract.get()
    assert contract.note(key, by="gestionnaire", evidence="<i>Attestation</i>").status_code == 303
    page = contract.client.get(f"/follow-up/{contract.token}/checks/{key}?language=fr").get_data(as_text=True)
    assert "&lt;i&gt;Attestation" in page
    assert "<i>Attestation" not in page
    assert "Contrôlé, en ordre, 1er mars 2027" in contract.get()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"result": ""}, "Choisissez ce qui a été constaté."),
        ({"result": "undo"}, "Choisissez un des résultats."),
        ({"result": "resolved"}, "Choisissez un des résultats."),
        ({"result": "shortcoming"}, "Dites en une phrase ce qui manque."),
        ({"day": "2/3/2027"}, "Ce jour est encore à venir."),
        ({"day": "32/1/2027"}, "Ce jour n'existe pas"),
        ({"day": ""}, "Écrivez le jour."),
        ({"evidence": "x" * 1001}, "1001 caractères"),
        ({"measure_due": "bientôt"}, "jour/mois/année"),
    ],
)
def test_what_is_wrong_is_said_at_the_top_and_nothing_typed_is_lost(
    contract: Contract, frozen: dict, typed: dict[str, str], said: str
) -> None:
    refused = contract.note(frozen["checks"][0]["key"], remark="À garder", **typed)
    page = words(refused)
    assert refused.status_code == 422
    assert said in page
    assert "error-summary" in page
    assert "À garder" in page
    assert "Rien n'est encore noté." in page


def test_two_windows_on_one_check(contract: Contract, frozen: dict) -> None:
    key = frozen["checks"][0]["key"]
    stale = contract.get(f"checks/{key}")
    assert contract.note(key, remark="La première").status_code == 303
    refused = contract.note(key, stale, remark="La seconde")
    assert refused.status_code == 409
    page = words(refused)
    assert "La première" in page
    assert "La seconde" in page
    assert contract.note(key, page, remark="La seconde").status_code == 303


def test_the_last_note_is_taken_back_and_both_stay_in_the_history(contract: Contract, frozen: dict) -> None:
    key = frozen["checks"][0]["key"]
    contract.note(key, remark="Une erreur")
    undone = contract.post(f"checks/{key}/undo", form=f"checks/{key}")
    assert undone.status_code == 303
    page = contract.get(f"checks/{key}")
    assert "Une erreur" in page
    assert "repris" in page
    assert "Reprendre la dernière note" not in page


def test_a_shortcoming_with_its_measure_leads_the_log(contract: Contract, frozen: dict) -> None:
    key = key_of(frozen, moment="each_invoice")
    contract.note(key, result="shortcoming", shortcoming="Taux absent", measure="Refaire", measure_due="15/3/2027")
    page = contract.get()
    assert page.index('id="shortcoming"') < page.index('id="late"')
    assert "mesure pour le 15 mars 2027" in page
    assert contract.note(key, result="resolved", evidence="Facture refaite").status_code == 303
    assert 'id="shortcoming"' not in contract.get()


def test_the_start_moves_the_days_and_the_history_holds_no_name(contract: Contract, frozen: dict) -> None:
    assert contract.post("facts", {"contractor": "Autre SRL", "start": ""}).status_code == 303
    page = contract.get()
    assert "Autre SRL" in page
    assert 'id="late"' not in page
    assert contract.post("facts", {"contractor": "Autre SRL", "start": "1/1/1999"}).status_code == 422
    book = openpyxl.load_workbook(io.BytesIO(contract.client.get(f"/follow-up/{contract.token}/log.xlsx").data))
    assert "Autre" not in str([cell.value for row in book.worksheets[2] for cell in row])


# The site visit


def lines_of(keys: list[str], **typed: str) -> dict[str, str]:
    return {f"{name}-{key.replace(':', '-')}": value for key in keys for name, value in typed.items()}


def test_a_visit_is_saved_in_one_post_and_stands_at_each_check(contract: Contract, frozen: dict) -> None:
    keys = on_site(frozen)
    assert len(keys) > 4
    data = lines_of(keys[:2], seen="done") | lines_of(keys[2:3], seen="shortcoming", remark="Bidon sans étiquette")
    data |= lines_of(keys[3:4], seen="not_seen")
    assert contract.post("visit", VISITED | data).status_code == 303
    page = contract.get()
    assert "1er mars 2027, Quai Fictif 1 (gestionnaire): 2 en ordre, 1 pas en ordre, 1 pas vu" in re.sub(
        "<[^>]+>", "", page
    )
    assert "Bidon sans étiquette" in contract.get(f"checks/{keys[2]}")
    assert "Quai Fictif 1" in contract.get(f"checks/{keys[0]}")
    assert "Rien n'est encore noté." in contract.get(f"checks/{keys[4]}")


def test_a_visit_counts_for_the_month_in_which_it_was(contract: Contract, frozen: dict) -> None:
    monthly = next(
        each["key"] for each in frozen["checks"] if each["key"] in on_site(frozen) and each["moment"] == "monthly"
    )
    contract.post("facts", {"start": "1/1/2027"})
    assert contract.post("visit", VISITED | lines_of([monthly], seen="done")).status_code == 303
    history = contract.get(f"checks/{monthly}").split('class="history"')[1]
    assert "31 mars 2027" in history
    assert "31 janvier 2027" not in history


def names_in(page: str) -> set[str]:
    return {found.split('"')[0] for found in page.split('name="seen-')[1:]}


def test_at_most_eight_lines_of_what_can_be_seen_on_site_are_proposed(contract: Contract, frozen: dict) -> None:
    proposed = names_in(contract.get("visit"))
    assert len(proposed) == 8
    assert proposed < {key.replace(":", "-") for key in on_site(frozen)}
    chosen = contract.get("visit/choose")
    assert set(re.findall(r'name="line"[^>]*value="([^"]+)"', chosen)) == set(on_site(frozen))
    assert chosen.count(" checked>") == 8


def test_what_falls_short_and_what_is_due_first_is_proposed(contract: Contract, frozen: dict) -> None:
    monthly = [each["key"] for each in frozen["checks"] if each["is_on_site"] and each["moment"] == "monthly"]
    left_out = next(key for key in on_site(frozen) if key.replace(":", "-") not in names_in(contract.get("visit")))
    assert {key.replace(":", "-") for key in monthly} <= names_in(contract.get("visit"))
    contract.note(left_out, result="shortcoming", shortcoming="Rien")
    assert left_out.replace(":", "-") in names_in(contract.get("visit"))


def test_the_visitor_chooses_the_lines_and_too_many_are_refused(contract: Contract, frozen: dict) -> None:
    keys = on_site(frozen)
    asked = "&".join(f"line={key}" for key in keys[-5:])
    page = words(contract.client.get(f"/follow-up/{contract.token}/visit?{asked}&language=fr&content=fr"))
    assert names_in(page) == {key.replace(":", "-") for key in keys[-5:]}
    many = "&".join(f"line={key}" for key in keys[:9])
    refused = contract.client.get(f"/follow-up/{contract.token}/visit?{many}&language=fr")
    assert refused.status_code == 422
    assert "9 lignes sont cochées; une page en contient 8" in words(refused)
    assert words(refused).count(" checked>") == 9


def line_of(contract: Contract, key: str) -> str:
    """What one line of the visit says, in Dutch."""
    answer = contract.client.get(f"/follow-up/{contract.token}/visit?line={key}&language=nl&content=nl")
    return re.sub(r"<[^>]+>", "", words(answer).split('class="visit-line"')[1].split("</fieldset>")[0])


def test_a_line_says_the_words_that_bind_the_figures_the_proof_and_the_version(contract: Contract) -> None:
    line = line_of(contract, "DMP-GEN-016:execution:2")
    assert "“De keten telt hoogstens 2" in line
    assert re.search(r"Cijfers van deze opdracht: [^:]*niveaus[^:]*: 2\sniveaus", line)
    assert "Bewijs te vragen of te noteren: vaststelling ter plaatse" in line
    assert re.search(r"DMP-GEN-016 · \d+\.\d+\.\d+", line)


def test_a_line_shows_no_figure_that_its_check_is_not_about(contract: Contract) -> None:
    """The clause fixes a share of microfibre; who looks at dispenser, instruction and bottles does not look for it."""
    line = line_of(contract, "ENV-CLEAN-003:execution:2")
    assert "Bij elk" in line
    assert "50 %" not in line.replace("\N{NO-BREAK SPACE}", " ")
    assert "Cijfers van deze opdracht" not in line


def test_a_line_says_nothing_of_a_clause_none_of_whose_sentences_is_about_the_check(contract: Contract) -> None:
    line = line_of(contract, "ENV-CLEAN-001:execution:2")
    assert "“" not in line
    assert "Cijfers van deze opdracht" not in line
    assert re.search(r"ENV-CLEAN-001 · \d+\.\d+\.\d+", line)


def test_a_log_that_does_not_know_which_figures_a_check_is_about_shows_none(
    app: Flask, frozen: dict, today: datetime.date
) -> None:
    checks = [{name: value for name, value in each.items() if name != "seen"} for each in frozen["checks"]]
    old = Contract(app).begin(frozen | {"format": 2, "checks": checks}, datetime.date(2027, 1, 1))
    assert "Cijfers van deze opdracht" not in line_of(old, "DMP-GEN-016:execution:2")


def test_the_same_sentences_bind_in_both_languages_and_are_short(frozen: dict) -> None:
    said = {each["key"]: each["binding"] for each in frozen["checks"] if each["is_on_site"]}
    for key, binding in said.items():
        assert all(len(binding[language]) <= 300 for language in ("fr", "nl")), key
        assert bool(binding["fr"]) == bool(binding["nl"]), key
    assert [key for key, binding in said.items() if not binding["fr"]] == ["ENV-CLEAN-001:execution:2"]
    assert "chaque dispositif" in said["ENV-CLEAN-003:execution:2"]["fr"]


def test_every_figure_tied_to_a_check_on_site_is_one_of_its_clause_and_the_check_is_there(
    clause_library: ClauseLibrary,
) -> None:
    for identifier, by_document in read_document_data("verification")["seen_on_site"].items():
        clause = clause_library.version(identifier, str(clause_library.versions(identifier)[-1].version))
        looks = clause.execution_checks
        for document, keys in by_document.items():
            name, _, moment = document.partition(".")
            found = [each for each in looks if each.document == name and moment in ("", each.moment)]
            assert len(found) == 1, f"{identifier} {document}: not one check, but {len(found)}"
            assert set(keys) <= clause.parameters.keys(), f"{identifier} {document}"


# Checks that are made only if something happened


def test_a_conditional_check_is_never_late_nor_on_the_checklist(contract: Contract, frozen: dict) -> None:
    conditional = [each for each in frozen["checks"] if each["is_conditional"]]
    assert "DMP-GEN-008:execution:3" in {each["key"] for each in conditional}
    assert not any(each["is_on_site"] for each in conditional)
    page = contract.get()
    late, only_if = (page.split(f'id="{group}"')[1].split("</section>")[0] for group in ("late", "only_if"))
    assert "checks/DMP-GEN-008:execution:3" in only_if
    assert "checks/DMP-GEN-008:execution:3" not in late
    assert "n'ont pas de date" in only_if
    assert "Échéance" not in only_if


def test_a_log_begun_before_conditions_were_known_is_read(app: Flask, frozen: dict, today: datetime.date) -> None:
    new = ("is_conditional", "binding", "seen")
    checks = [{name: value for name, value in each.items() if name not in new} for each in frozen["checks"]]
    old = {name: value for name, value in frozen.items() if name != "penalties"} | {"format": 1, "checks": checks}
    log = Contract(app).begin(old, datetime.date(2027, 1, 1))
    assert 'id="late"' in log.get()
    assert len(names_in(log.get("visit"))) == 8


# Many at once


def test_a_whole_group_is_noted_with_one_remark(contract: Contract, frozen: dict) -> None:
    late = contract.get().split('id="late"')[1].split("</section>")[0].split("/checks/")[1:]
    assert len(late) > 5
    typed = {"result": "done", "day": "1/3/2027", "group": "late", "remark": "Voir le dossier papier"}
    assert contract.post("several", typed).status_code == 303
    assert 'id="late"' not in contract.get()
    key = late[0].split('"')[0].split("?")[0]
    assert "Voir le dossier papier" in contract.get(f"checks/{key}")


def test_what_was_done_before_the_log_began_counts_for_every_date_up_to_the_day(
    contract: Contract, frozen: dict
) -> None:
    key = key_of(frozen, moment="monthly", is_conditional=False)
    typed = {"result": "done", "day": "1/3/2027", "check": key, "remark": "Registre tenu"}
    assert contract.post("several", typed).status_code == 303
    page = contract.get(f"checks/{key}")
    assert "Échéance: 31 mars 2027" in page or "31 mars 2027" in page.split('class="history"')[0]
    history = page.split('class="history"')[1]
    assert "31 janvier 2027" in history
    assert "28 février 2027" in history


def test_checks_that_do_not_apply_are_put_away_together(contract: Contract, frozen: dict) -> None:
    keys = [each["key"] for each in frozen["checks"]][:3]
    typed = {"result": "not_applicable", "day": "1/3/2027", "check": keys, "remark": "Aucun détachement"}
    assert contract.post("several", typed).status_code == 303
    for key in keys:
        assert "Sans objet" in contract.get(f"checks/{key}") or "Aucun détachement" in contract.get(f"checks/{key}")
    done = contract.get().split('id="done"')[1].split("</section>")[0]
    assert all(f"checks/{key}" in done for key in keys)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"remark": " "}, "Écrivez la remarque"),
        ({"result": ""}, "Choisissez ce qui a été constaté."),
        ({"result": "shortcoming"}, "Choisissez un des résultats."),
        ({"check": "ENV-NONE-001:execution:1"}, "Aucun contrôle n'est coché."),
        ({"day": "2/3/2027"}, "Ce jour est encore à venir."),
    ],
)
def test_many_at_once_say_what_is_wrong_and_keep_the_ticks(
    contract: Contract, frozen: dict, typed: dict[str, str], said: str
) -> None:
    key = frozen["checks"][0]["key"]
    refused = contract.post("several", {"result": "done", "day": "1/3/2027", "check": key, "remark": "Vu", **typed})
    assert refused.status_code == 422
    assert said in words(refused)
    assert (f'value="{key}" checked' in words(refused)) == ("check" not in typed)
    assert "Vu," not in contract.get()


def test_a_check_noted_meanwhile_is_not_noted_over(contract: Contract, frozen: dict) -> None:
    key = frozen["checks"][0]["key"]
    stale = contract.get("several")
    contract.note(key, remark="Vu au bureau")
    typed = {"result": "not_applicable", "day": "1/3/2027", "check": [frozen["checks"][1]["key"], key], "remark": "Non"}
    refused = contract.post("several", typed, stale)
    assert refused.status_code == 409
    assert "une autre fenêtre" in words(refused)


@pytest.mark.parametrize(
    ("typed", "line", "said"),
    [
        ({"place": ""}, {"seen": "done"}, "Dites où la visite a eu lieu."),
        ({}, {"seen": "shortcoming"}, "Dites en quelques mots ce qui n'est pas en ordre."),
        ({}, {"remark": "x" * 301, "seen": "done"}, "301 caractères"),
        ({}, {"seen": "not_seen"}, "Rien n'est coché."),
        ({}, {"seen": "penalty"}, "Rien n'est coché."),
    ],
)
def test_a_visit_that_lacks_something_keeps_every_tick(
    contract: Contract, frozen: dict, typed: dict[str, str], line: dict[str, str], said: str
) -> None:
    keys = on_site(frozen)
    refused = contract.post("visit", VISITED | typed | lines_of(keys[:1], **line) | lines_of(keys[1:2], remark="Gardé"))
    assert refused.status_code == 422
    assert said in words(refused)
    assert "Gardé" in words(refused)
    assert "Visites sur place" not in contract.get()


def test_a_check_noted_at_the_office_meanwhile_is_told_to_the_visitor(contract: Contract, frozen: dict) -> None:
    keys = on_site(frozen)
    stale = contract.get("visit")
    contract.note(keys[0], remark="Vu au bureau")
    refused = contract.post("visit", VISITED | lines_of(keys[:1], seen="done"), stale)
    assert refused.status_code == 409
    assert "checked" in words(refused)
    assert contract.post("visit", VISITED | lines_of(keys[1:2], seen="done"), stale).status_code == 303


def test_a_contract_with_nothing_to_see_says_so(app: Flask, frozen: dict, today: datetime.date) -> None:
    plan = {**frozen, "checks": [each for each in frozen["checks"] if not each["is_on_site"]]}
    assert "Rien à voir sur place" in Contract(app).begin(plan, None).get("visit")
    empty = Contract(app).begin({**frozen, "checks": []}, None).get()
    assert "Aucun contrôle à suivre" in empty


# Files


def test_the_workbook_holds_words_and_days_as_a_clock_in_brussels_has_them(contract: Contract, frozen: dict) -> None:
    contract.note(frozen["checks"][0]["key"], remark="=1+1")
    answer = contract.client.get(f"/follow-up/{contract.token}/log.xlsx?language=nl&content=nl")
    assert "filename=EX-2026-090_opvolging_2027-03-01.xlsx" in answer.headers["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "d"}
    assert book["Opdracht"]["B6"].value == datetime.datetime(2027, 1, 1)
    history = book["Geschiedenis"]
    assert history["B2"].value == datetime.datetime(2027, 3, 1)
    assert {history["B2"].number_format, history["H2"].number_format} == {"dd/mm/yyyy", "dd/mm/yyyy hh:mm"}
    with contract.app.extensions[EXTENSION].database.reading() as session:
        written = open_log(session, contract.token).entries[0].written_at
    there = clock.aware(written).astimezone(clock.BRUSSELS)
    assert f"{history['H2'].value:%d/%m/%Y %H:%M}" == f"{there:%d/%m/%Y %H:%M}"
    due = [cell.value for cell in book["Controles"]["I"][1:] if cell.value]
    assert {type(value) for value in due} == {datetime.datetime}
    assert "=Nettoyage <b>des</b> bureaux" in {cell.value for cell in cells}
    assert book.sheetnames == ["Opdracht", "Controles", "Geschiedenis"]
    assert book["Controles"].max_row == len(frozen["checks"]) + 1


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_libreoffice_prints_the_longest_eight_lines_on_one_page(
    app: Flask, longest: dict, today: datetime.date, tmp_path: Path, language: str
) -> None:
    log = Contract(app).begin(longest, datetime.date(2027, 1, 1), contractor="Firme fictive au nom " + "long " * 20)
    content = log.client.get(f"/follow-up/{log.token}/visit.docx?content={language}").data
    source = tmp_path / "in" / "visit.docx"
    source.parent.mkdir()
    source.write_bytes(content)
    table = Document(io.BytesIO(content)).tables[0]
    assert len(table.rows) == 9
    first = table.rows[1].cells[1].text
    assert longest["checks"][0]["binding"][language] in first
    assert longest["checks"][0]["binding"][language]
    assert longest["checks"][0]["version"] in first
    (tmp_path / "out").mkdir()
    libreoffice.convert([source], "pdf", tmp_path / "out")
    told = subprocess.run(["pdfinfo", str(tmp_path / "out" / "visit.pdf")], capture_output=True, text=True, check=True)
    assert re.search(r"Pages:\s+1\b", told.stdout)


def test_the_word_file_holds_the_lines_that_were_chosen_with_their_days(contract: Contract, frozen: dict) -> None:
    key = key_of(frozen, moment="monthly", is_on_site=True)
    content = contract.client.get(f"/follow-up/{contract.token}/visit.docx?line={key}&content=fr").data
    rows = Document(io.BytesIO(content)).tables[0].rows
    assert len(rows) == 2
    assert "31/03/2027" in rows[1].cells[1].text


# Who gets in


def test_a_guessed_link_and_an_unknown_check_lead_nowhere(contract: Contract, frozen: dict) -> None:
    other = Contract(contract.app, contract.token[:-1] + "-")
    for step in (
        "",
        "visit",
        "visit/choose",
        "several",
        "facts",
        "log.xlsx",
        "visit.docx",
        "delete",
        f"checks/{frozen['checks'][0]['key']}",
    ):
        other.get(step, 404)
    contract.get("checks/ENV-NONE-001:execution:1", 404)
    contract.get("checks/ENV-NONE-001:execution:1/procedure", 404)


def test_no_browser_or_proxy_keeps_a_page_of_a_log(contract: Contract) -> None:
    for step in ("", "visit", "log.xlsx"):
        answer = contract.client.get(f"/follow-up/{contract.token}/{step}")
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_deleted_log_is_gone(contract: Contract, frozen: dict) -> None:
    contract.note(frozen["checks"][0]["key"])
    assert "<b>des</b>" not in contract.client.get(f"/follow-up/{contract.token}/delete").get_data(as_text=True)
    assert contract.post("delete", {"confirm": "yes"}).status_code == 303
    contract.get("", 404)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_every_page_speaks_its_language(contract: Contract, frozen: dict, language: str) -> None:
    contract.language = language
    titles = {"fr": "Visite sur place", "nl": "Bezoek ter plaatse", "en": "Site visit"}
    assert f"<h1>{titles[language]}</h1>" in contract.get("visit")
    assert contract.get("visit/choose")
    assert contract.get("several")
    assert set(labels.ENTRY_KINDS) == set(EntryKind)
    assert html.unescape(contract.get("facts"))


# For which day a look counts


@pytest.fixture
def visited(contract: Contract, frozen: dict) -> str:
    """A monthly check on site: nothing was noted in January, and the visit of 1 March is noted."""
    key = key_of(frozen, moment="monthly", is_on_site=True)
    line = {"line": key, f"seen-{key.replace(':', '-')}": "done"}
    assert contract.post("visit", VISITED | line).status_code == 303
    return key


def counted(contract: Contract, key: str) -> list[tuple[str, str]]:
    """The number of each look that the page of a check offers to count otherwise, and what its button says."""
    found = re.findall(r'name="number" value="(\d+)"><button[^>]*>([^<]+)<', contract.get(f"checks/{key}"))
    return [(number, words.strip()) for number, words in found]


def test_a_line_of_the_visit_says_that_an_older_check_is_open(contract: Contract, frozen: dict) -> None:
    key = key_of(frozen, moment="monthly", is_on_site=True)
    page = contract.client.get(f"/follow-up/{contract.token}/visit?line={key}&language=fr").text
    assert "Un contrôle plus ancien, prévu le 31 janvier 2027, reste ouvert" in page
    contract.note(key, due="2027-01-31")
    contract.note(key, due="2027-02-28")
    assert "Un contrôle plus ancien" not in contract.get(f"visit?line={key}")


def test_a_late_day_says_which_visit_was_counted_for_another_and_takes_it_over(
    contract: Contract, visited: str
) -> None:
    said = "La visite du 1er mars 2027 a compté pour la période qui se termine le 31 mars 2027"
    assert said in contract.get()
    assert f"{said}; le contrôle prévu le 31 janvier 2027 reste ouvert." in contract.get(f"checks/{visited}")
    [(number, button)] = counted(contract, visited)
    assert button == "Compter plutôt pour le 31 janvier 2027"
    assert contract.post(f"checks/{visited}/count", {"number": number}, form=f"checks/{visited}").status_code == 303
    page = contract.get(f"checks/{visited}")
    assert "Échéance: 28 février 2027" in page
    assert "Compté auparavant pour le contrôle prévu le" in page
    assert said not in contract.get()


def test_a_visit_counted_for_an_older_day_is_counted_for_its_own_again(contract: Contract, visited: str) -> None:
    for expected in ("Compter plutôt pour le 31 janvier 2027", "Compter à nouveau pour le 31 mars 2027"):
        [(number, button)] = counted(contract, visited)
        assert button == expected
        contract.post(f"checks/{visited}/count", {"number": number}, form=f"checks/{visited}")
    assert "La visite du 1er mars 2027 a compté pour la période qui se termine le 31 mars 2027" in contract.get()


def test_a_look_that_was_not_offered_is_not_counted_otherwise(contract: Contract, visited: str) -> None:
    before = contract.get(f"checks/{visited}")
    contract.post(f"checks/{visited}/count", {"number": "1"}, form=f"checks/{visited}")
    contract.post(f"checks/{visited}/count", {"number": "2", "revision": "1"}, form=f"checks/{visited}")
    after = contract.get(f"checks/{visited}")
    assert "rien n'a été changé" in after
    assert after.count("<li>") == before.count("<li>")


def test_a_shortcoming_stays_with_its_day_even_where_an_older_one_is_late(contract: Contract, frozen: dict) -> None:
    key = key_of(frozen, moment="monthly")
    contract.note(key, result="shortcoming", shortcoming="Rien", due="2027-03-31")
    contract.note(key, result="resolved")
    page = contract.get(f"checks/{key}")
    assert "a compté pour la période qui se termine le 31 mars 2027" in page
    assert counted(contract, key) == []


def test_a_day_on_which_offices_are_closed_is_named_beside_it(contract: Contract, visited: str) -> None:
    assert re.search(r"Échéance: 31 janvier 2027 <span[^>]*>\(dimanche\)", contract.get(f"checks/{visited}"))


def test_a_start_before_the_publication_is_said_on_the_log(app: Flask, frozen: dict, today: datetime.date) -> None:
    words = "précède la publication du 1er décembre 2026"
    assert words in Contract(app).begin(frozen, datetime.date(2026, 11, 30)).get()
    assert words not in Contract(app).begin(frozen, datetime.date(2026, 12, 1)).get()
    older = {key: value for key, value in frozen.items() if key != "publication_date"}
    assert words not in Contract(app).begin(older, datetime.date(2026, 11, 30)).get()


# A long log on a phone


def test_what_no_day_calls_for_now_is_folded_and_every_group_leads_back_to_the_overview(
    contract: Contract, frozen: dict
) -> None:
    key = key_of(frozen, moment="start", is_conditional=False)
    contract.note(key, due="2027-01-01")
    page = contract.get()
    groups = dict(re.findall(r'(?s)<section class="standing" id="(\w+)".*?>(.*?)</section>', page))
    assert {"late", "later", "only_if", "done"} <= groups.keys()
    folded = {name for name, said in groups.items() if "<details" in said}
    assert folded == groups.keys() & {"each_time", "later", "only_if", "done"}
    assert "Afficher 1 contrôle<" in groups["done"]
    for name, said in groups.items():
        assert f'href="#{name}"' in page
        assert 'href="#standings"' in said
    assert f"/checks/{key}" in groups["done"]


@pytest.mark.parametrize(("asked", "sheet"), [("", "Opdracht"), ("?content=fr", "Marché")])
def test_the_workbook_speaks_the_language_of_the_documents_unless_another_is_asked_for(
    app: Flask, frozen: dict, today: datetime.date, asked: str, sheet: str
) -> None:
    log = Contract(app).begin(frozen | {"language": "nl"}, datetime.date(2027, 1, 1))
    content = log.client.get(f"/follow-up/{log.token}/log.xlsx{asked}", headers={"Accept-Language": "fr"}).data
    assert sheet in openpyxl.load_workbook(io.BytesIO(content)).sheetnames


def test_documents_in_both_languages_leave_the_workbook_to_the_reader(
    app: Flask, frozen: dict, today: datetime.date
) -> None:
    log = Contract(app).begin(frozen | {"language": "fr+nl"}, datetime.date(2027, 1, 1))
    content = log.client.get(f"/follow-up/{log.token}/log.xlsx", headers={"Accept-Language": "nl"}).data
    assert "Opdracht" in openpyxl.load_workbook(io.BytesIO(content)).sheetnames
