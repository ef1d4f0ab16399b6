"""Drafts: two windows, undo, copies, deletion, guessed links."""

import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from page_walk import CLEANING, Flow, hidden, served


@pytest.fixture(scope="module")
def app(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from served(published_home, tmp_path_factory.mktemp("pages") / "home")


@pytest.fixture
def flow(app: Flask) -> Flow:
    return Flow(app).begin()


def test_two_windows_on_one_draft_keep_both_answers(flow: Flow, app: Flask) -> None:
    other = Flow(app, base=flow.base)
    mine, theirs = flow.get("questions/object"), other.get("questions/object")
    assert other.answer("object", page=theirs, object="Gardiennage").status_code == 303
    refused = flow.answer("object", page=mine, object="Nettoyage")
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert "Nettoyage" in page
    assert "Gardiennage" in page
    assert "object: Gardiennage" in flow.stored()
    data = {"object": hidden(page, "object"), "action": hidden(page, "action")}
    assert flow.post("questions/object", data, page).status_code == 303
    assert "object: Nettoyage" in flow.stored()


def test_an_amount_that_was_not_stored_is_not_announced_as_understood(flow: Flow) -> None:
    stale = flow.get("questions/value")
    flow.answer("object", object="Autre")
    refused = flow.answer("value", page=stale, estimated_value="120.000")
    assert refused.status_code == 409
    assert "Compris" not in refused.get_data(as_text=True)


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("clauses", {"clause": "ENV-CLEAN-001", "decision": "out", "reason": "Stock"}),
        ("award", {"weight_price": "100"}),
        ("numbers", {"ENV-CLEAN-001.ecolabel_share": "80"}),
    ],
)
def test_every_step_notices_another_window(flow: Flow, step: str, data: dict[str, str]) -> None:
    flow.describe(CLEANING)
    stale = flow.get(step)
    flow.answer("object", object="Autre")
    refused = flow.post(step, data, stale)
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert "Garder l'autre" in html.unescape(page)
    assert flow.post(step, data, page).status_code == 303


def test_a_change_is_undone_and_made_again(flow: Flow) -> None:
    flow.describe({"object": CLEANING["object"], "nature": CLEANING["nature"]})
    assert "Annuler: Nature" in flow.get()
    assert flow.post("undo", {"step": "summary"}, flow.get()).status_code == 303
    assert "nature" not in flow.stored()
    page = flow.get()
    assert "Annulé: Nature" in page
    assert "Rétablir: Nature" in page
    assert flow.post("redo", {"step": "summary"}, page).status_code == 303
    assert "nature: services" in flow.stored()


def test_undo_from_a_stale_page_changes_nothing(flow: Flow) -> None:
    flow.describe({"object": CLEANING["object"]})
    stale = flow.get()
    flow.describe({"nature": CLEANING["nature"]})
    flow.post("undo", {}, stale)
    assert "nature: services" in flow.stored()


def test_a_copy_has_its_own_link_and_no_reference(flow: Flow, app: Flask) -> None:
    flow.describe(CLEANING)
    answer = flow.post("copy", {}, flow.get())
    other = Flow(app, base=answer.location.rstrip("/"))
    assert other.token != flow.token
    assert "object: Nettoyage des bureaux" in other.stored()
    assert "reference" not in other.stored()


def test_a_deleted_draft_is_gone(flow: Flow) -> None:
    assert flow.post("delete", {"confirm": "yes"}, flow.get()).status_code == 303
    flow.get(status=404)


@pytest.mark.parametrize("step", ["", "questions/object", "clauses", "numbers", "download", "answers.yaml"])
def test_a_guessed_link_says_nothing(app: Flask, step: str) -> None:
    answer = app.test_client().get(f"/specifications/{'a' * 32}/{step}?language=fr")
    assert answer.status_code == 404
    page = answer.get_data(as_text=True)
    assert "projet" not in page
    assert "draft" not in page


def test_the_browser_alone_keeps_the_answer_to_a_form_so_that_back_shows_it(flow: Flow) -> None:
    refused = flow.answer("duration", duration_months="abc")
    assert refused.status_code == 422
    assert refused.headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("file", ["specification", "dossier"])
def test_no_cache_may_hold_the_files_of_a_draft(flow: Flow, file: str) -> None:
    answer = flow.post(file, {"language": "fr"}, flow.get("download"))
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store", "the dossier holds the estimate and the reasons"


def test_what_a_search_sends_along_makes_no_endless_address(flow: Flow) -> None:
    asked = flow.answer("cpv", action="search", words="nettoyage", main="9" * 100_000, then="x" * 100_000)
    assert asked.status_code == 303
    assert len(asked.location) < 2_000


def test_pages_of_a_draft_are_private(flow: Flow) -> None:
    answer = flow.client.get(f"{flow.base}/clauses")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_next_question_and_the_way_back_to_the_answers(flow: Flow) -> None:
    assert flow.answer("object", object="Nettoyage").location == f"{flow.base}/questions/cpv"
    assert flow.answer("object", object="Nettoyage", then="summary").location == f"{flow.base}/"
