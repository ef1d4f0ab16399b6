"""Error pages: ours, in the reader's language, without a stack trace."""

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.error_pages import PAGES
from mpdi.exceptions import MpdiError


class Refused(MpdiError):
    """A reason of the test."""


@pytest.fixture
def failing(settings: Settings) -> FlaskClient:
    """A portal with addresses that fail, outside of test mode as in production."""
    app: Flask = create_app(settings)

    @app.get("/fail/<int:status>")
    def fail(status: int) -> str:
        abort(status)

    @app.get("/crash")
    def crash() -> str:
        raise RuntimeError("a secret of the inside")

    @app.get("/refuse")
    def refuse() -> str:
        raise Refused("<b>This</b> is wrong: mend it so.")

    @app.get("/unreachable")
    def unreachable() -> str:
        raise OperationalError("SELECT secret", {}, Exception("no route to host"))

    return app.test_client()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("status", sorted(PAGES))
def test_each_status_has_a_page(failing: FlaskClient, status: int, language: str) -> None:
    response = failing.get(f"/fail/{status}?language={language}")
    text = response.get_data(as_text=True)
    assert response.status_code == status
    assert f'lang="{language}"' in text
    assert "Traceback" not in text
    if language == "en":
        assert str(PAGES[status].title) in text


def test_a_crash_tells_nothing_of_the_inside(failing: FlaskClient) -> None:
    response = failing.get("/crash")
    assert response.status_code == 500
    assert "secret" not in response.get_data(as_text=True)


def test_an_error_of_ours_is_a_page_with_its_message_escaped(failing: FlaskClient) -> None:
    response = failing.get("/refuse")
    assert response.status_code == 400
    assert "&lt;b&gt;This&lt;/b&gt; is wrong: mend it so." in response.get_data(as_text=True)


def test_an_unreachable_database_is_a_503(failing: FlaskClient) -> None:
    response = failing.get("/unreachable")
    assert response.status_code == 503
    assert "secret" not in response.get_data(as_text=True)


def test_method_not_allowed_names_what_is(client: FlaskClient) -> None:
    response = client.delete("/clauses", headers={"X-CSRFToken": "none"})
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_a_post_of_more_than_two_megabytes_is_refused(settings: Settings) -> None:
    app = create_app(settings)

    @app.post("/probe")
    def probe() -> str:
        return "done"

    response = app.test_client().post("/probe", data={"text": "x" * 3_000_000})
    assert response.status_code == 413


@pytest.mark.parametrize(
    "address",
    [
        "/clauses/NOPE",
        "/clauses/ENV-CLEAN-001/9.9.9",
        "/clauses/ENV-CLEAN-001/latest",
        "/clauses/%00/%FF",
        "/clauses/../../etc/passwd",
        "//evil.example/x",
        "/clauses/ENV-CLEAN-001/compare?from=1.0.0&to=7.0.0",
        "/clauses/<script>alert(1)</script>",
    ],
)
def test_what_does_not_exist_is_a_page(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    text = response.get_data(as_text=True)
    assert response.status_code == 404, address
    assert "<script>alert" not in text
    assert 'href="//evil' not in text


def test_data_addresses_answer_errors_as_json(client: FlaskClient) -> None:
    for address in ("/api/clauses/NOPE", "/api/nothing", "/clauses/ENV-CLEAN-001/9.9.9.json"):
        response = client.get(address)
        assert response.status_code == 404, address
        assert response.get_json()["error"]


def test_comparison_without_versions_is_a_bad_request(client: FlaskClient) -> None:
    assert client.get("/clauses/ENV-CLEAN-001/compare").status_code == 400


def test_without_tables_the_portal_says_so(tmp_path_factory: pytest.TempPathFactory) -> None:
    home = tmp_path_factory.mktemp("empty")
    app = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "secret"))
    for address in ("/healthz", "/", "/clauses"):
        assert app.test_client().get(address).status_code == 503
