"""What people, and others, type that is not an answer: a clear message or harmless text, nothing lost."""

import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from page_walk import CLEANING, Flow, errors_of, hidden, served
from werkzeug.test import TestResponse

from mpdi.documents.docx_reader import read_specification


@pytest.fixture(scope="module")
def app(published_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    yield from served(published_home, tmp_path_factory.mktemp("pages") / "home")


@pytest.fixture
def flow(app: Flask) -> Flow:
    return Flow(app).begin()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("120 000", "120000"),
        ("120.000", "120000"),
        ("120.000,50", "120000.5"),
        ("1,200.50", "1200.5"),
        ("120000,5", "120000.5"),
        ("€ 1 234 567", "1234567"),
        ("0,5", "0.5"),
        ("120\u202f000 EUR", "120000"),
    ],
)
def test_amounts_are_understood(flow: Flow, typed: str, stored: str) -> None:
    assert flow.answer("value", estimated_value=typed).status_code == 303
    assert f"estimated_value: {stored}\n" in flow.stored()


@pytest.mark.parametrize(
    "typed",
    ["1e400", "NaN", "inf", "-5", "12.34.567", "1,2,3", "dix mille", "9" * 40, "0x10", "٣٤", "120 000 000 000 000"],
)
def test_what_is_no_amount_is_refused_and_kept(flow: Flow, typed: str) -> None:
    answer = flow.answer("value", estimated_value=typed)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert len(errors_of(page)) == 1
    assert 'href="#estimated_value"' in page
    assert hidden(page, "estimated_value") == typed
    assert "estimated_value" not in flow.stored()


@pytest.mark.parametrize(
    ("key", "data", "words"),
    [
        ("publication", {"publication_date": "31/02/2026"}, "jour du calendrier"),
        ("publication", {"publication_date": "demain"}, "jour/mois/année"),
        ("publication", {"publication_date": "1/1/1999"}, "chiffres légaux"),
        ("publication", {"publication_date": "1/1/9999"}, "chiffres légaux"),
        ("cpv", {"words": "99999999"}, "n'existe pas"),
        ("cpv", {"words": "90919200-1"}, "90919200-4"),
        ("cpv", {"cpv": ["12345678"]}, "n'existe pas"),
        ("nature", {"nature": "magie"}, "un des choix"),
        ("duration", {"duration_months": "0"}, "entre 0,1 et 600"),
        ("money", {"payment_days": "30,5"}, "nombre entier"),
        ("lots", {"divided": "no", "rows": "1", "lot_1_title": "A"}, "qu'il n'y en a pas"),
        ("lots", {"divided": "yes", "rows": "1", "lot_1_value": "5"}, "pas de titre"),
        ("lots", {"divided": "yes", "lots": "3", "rows": "1", "lot_1_title": "A"}, "Accordez les deux"),
        ("lots", {"divided": "yes"}, "nombre de lots"),
        ("dnsh", {"clim-mitig_reason": "sans réponse"}, "oui ou non"),
        ("object", {"object": "x" * 301}, "300 au plus"),
        ("ambition", {"options": ["tout"]}, "un des choix"),
    ],
)
def test_a_wrong_answer_is_said_beside_the_field(flow: Flow, key: str, data: dict[str, str], words: str) -> None:
    answer = flow.answer(key, **data)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert words in " ".join(errors_of(page))
    assert "error-summary" in page


HOSTILE = "<script>alert(1)</script> <w:p/> & \u202eסתר\u202c 😀 \x0b\u0000fin"


def test_markup_direction_and_emoji_are_harmless_on_pages_and_in_word(flow: Flow) -> None:
    flow.describe(CLEANING)
    assert flow.answer("object", object=HOSTILE, reference="<b>1</b>").status_code == 303
    assert flow.answer("authority", authority_name=f"عربى {HOSTILE}", authority_type="local").status_code == 303
    for step in ("", "questions/object", "clauses", "award", "numbers", "check", "download"):
        page = flow.get(step)
        assert "<script>alert" not in page
        assert "\u202e" not in page
    answer = flow.post("specification", {"language": "nl"}, flow.get("download"))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].isascii()
    assert read_specification(answer.data).manifest


def test_an_answer_of_ten_megabytes_is_refused_with_a_page(flow: Flow) -> None:
    answer = flow.answer("object", object="x" * 10_000_000)
    assert answer.status_code == 413
    assert "<h1>" in answer.get_data(as_text=True)
    assert "object" not in flow.stored()


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "²"])
def test_a_form_without_its_revision_is_refused(flow: Flow, revision: str) -> None:
    assert flow.answer("object", object="x", revision=revision).status_code == 400


def test_a_form_without_its_token_is_refused(flow: Flow) -> None:
    assert flow.client.post(f"{flow.base}/questions/object", data={"object": "x", "revision": "1"}).status_code == 400


@pytest.mark.parametrize(
    ("step", "data"),
    [
        ("clauses", {"clause": "NOPE", "decision": "in", "reason": "x"}),
        ("clauses", {"clause": "ENV-CLEAN-001", "decision": "perhaps", "reason": "x"}),
        ("specification", {"language": "de"}),
        ("dossier", {"language": "fr+nl"}),
        ("delete", {"confirm": "no"}),
    ],
)
def test_a_form_that_was_tampered_with_is_refused(flow: Flow, step: str, data: dict[str, str]) -> None:
    assert flow.post(step, data, flow.get("download")).status_code == 400


def test_an_unknown_question_is_not_found(flow: Flow) -> None:
    flow.get("questions/colour", status=404)


@pytest.mark.parametrize(
    ("name", "words"),
    [("weight_price", "abc"), ("weight_price", "101"), ("weight_own_1", "5"), ("weight_price", "1e2")],
)
def test_a_wrong_weight_is_refused(flow: Flow, name: str, words: str) -> None:
    flow.describe(CLEANING)
    answer = flow.post("award", {"weight_price": "95", name: words})
    assert answer.status_code == 422
    assert errors_of(answer.get_data(as_text=True))


def test_an_own_criterion_may_not_take_a_name_of_the_library(flow: Flow) -> None:
    flow.describe(CLEANING)
    for name in ("price", "ENV-CLEAN-002"):
        data = {"weight_price": "50", "weight_own_1": "50", "words_own_1": name}
        assert flow.post("award", data).status_code == 422


def send_file(app: Flask, content: bytes, name: str = "answers.yaml") -> TestResponse:
    client = app.test_client()
    page = client.get("/specifications/new?language=fr").get_data(as_text=True)
    data = {"csrf_token": hidden(page, "csrf_token"), "answers": (BytesIO(content), name)}
    return client.post("/specifications/upload", data=data, content_type="multipart/form-data")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (b"PK\x03\x04 a zip", "fichier"),
        (b"just words", "un ensemble de clés"),
        (b"object: [unclosed", "fichier"),
        (b"object: a\nobject: b", "figure deux fois"),
        (b"colour: red", "colour"),
        (b"estimated_value: 120,000", "estimated_value"),
        (b"estimated_value: 1e400", "estimated_value"),
        (b"cpv: ['99999999']", "cpv"),
        (b"publication_date: 2026-02-31", "2026-02-31"),
        (b"publication_date: 1999-01-01", "publication_date"),
        (b"overrides: {NOPE-1: {decision: in, reason: x}}", "overrides"),
        (b"parameters: {ENV-CLEAN-001: {nope: 1}}", "parameters"),
        (b"a: &x [1]\nb: *x", "fichier"),
        (b"colour: 1\n<script>: 2", "&lt;script&gt;"),
        (("[" * 5000).encode(), "fichier"),
        (b"", "un ensemble de clés"),
    ],
)
def test_a_file_that_is_not_answers_lists_what_is_wrong(app: Flask, content: bytes, words: str) -> None:
    answer = send_file(app, content)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert words in page
    assert "<script>" not in page
    assert "Traceback" not in page
    summary = unescape(page.partition("error-summary-title")[2].partition("</ul>")[0])
    assert not re.search(r"\b(is not|are|Write|Keys|line|column|file|stands|Check|Use one)\b", summary), (
        "in French alone"
    )
    assert summary.count("fichier</strong>:") <= 1
    assert "fichier: " not in summary.replace("fichier</strong>: ", ""), "one prefix"


def test_no_file_and_a_file_too_large(app: Flask) -> None:
    assert send_file(app, b"", "").status_code == 422
    body = (
        b'--x\r\nContent-Disposition: form-data; name="answers"; filename="a.yaml"\r\n\r\n'
        + b"x" * 10_000_000
        + b"\r\n--x--\r\n"
    )
    answer = app.test_client().post("/specifications/upload", data=body, content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 413
