"""Security headers, cookies and CSRF."""

from dataclasses import replace

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.security import keep_private

ADDRESSES = (
    "/",
    "/clauses/ENV-CLEAN-001",
    "/nothing",
    "/api/clauses",
    "/static/css/mpdi.css",
    "/clauses/ENV-CLEAN-001/1.0.0.txt",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers_are_on_every_answer(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def with_probe(settings: Settings) -> Flask:
    """A portal with a form and a page of a draft of the test's own."""
    app = create_app(settings)

    @app.post("/probe")
    def probe() -> str:
        return "done"

    @app.get("/draft")
    def draft() -> str:
        keep_private()
        session["seen"] = True
        return "<p>draft</p>"

    return app


def test_over_https_cookies_are_secure_and_transport_is_strict(settings: Settings) -> None:
    client = with_probe(replace(settings, is_https=True)).test_client()
    response = client.get("/draft?language=nl", headers={"X-Forwarded-Proto": "https"})
    assert "max-age=31536000" in response.headers["Strict-Transport-Security"]
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "Secure" in cookie, cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_pages_of_drafts_are_never_stored(settings: Settings) -> None:
    assert with_probe(settings).test_client().get("/draft").headers["Cache-Control"] == "no-store"


def test_a_form_without_token_is_refused_with_a_page(settings: Settings) -> None:
    response = with_probe(settings).test_client().post("/probe?language=fr", data={"a": "b"})
    assert response.status_code == 400
    assert "Ce formulaire a expiré" in response.get_data(as_text=True)


def test_a_visitor_who_only_reads_gets_no_cookie(client: FlaskClient) -> None:
    assert "Set-Cookie" not in client.get("/clauses").headers
