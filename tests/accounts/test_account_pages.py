"""One's own account, and drafts that belong to it."""

import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from people import PASSWORD, PASSWORD_HASH, add_user, csrf, services_of, sign_in, signed_in
from sqlalchemy import select

from mpdi.accounts import audit
from mpdi.accounts.models import AuditEntry, User
from mpdi.accounts.roles import Grant, Role
from mpdi.specifications.models import SpecificationDraft

EMAIL = "ann@example.brussels"


@pytest.fixture
def ann(app: Flask, client: FlaskClient) -> int:
    """An account, signed in in `client`."""
    with services_of(app).database.writing() as session:
        user_id = add_user(
            session, Grant(Role.BUYER, "commune-uccle"), email=EMAIL, name="Ann Peeters", password_hash=PASSWORD_HASH
        ).id
    sign_in(client, user_id)
    return user_id


def send(client: FlaskClient, address: str, **fields: str):
    return client.post(address, data={"csrf_token": csrf(client, "/account"), **fields})


def test_the_page_says_who_one_is_and_what_one_may(client: FlaskClient, ann: int) -> None:
    page = client.get("/account?language=fr").text
    assert "Ann Peeters" in page
    assert "Acheteur public, Commune d&#39;Uccle" in page
    assert "/people" not in page
    assert "/audit-log" not in page
    assert "Gemeente Ukkel" in client.get("/account?language=nl").text


def test_the_page_leads_to_all_that_is_kept_for_the_account(client: FlaskClient, ann: int) -> None:
    page = client.get("/account").text
    for address in ("/my/follow-up", "/my/drafts"):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_name_and_language_are_changed(client: FlaskClient, ann: int) -> None:
    assert send(client, "/account/profile", name="<script>Ann", language="nl").status_code == 303
    page = client.get("/account").text
    assert "&lt;script&gt;Ann" in page
    assert 'lang="nl"' in page
    assert send(client, "/account/profile", name="", language="xx").status_code == 422


def test_the_password_is_changed_by_who_knows_it(app: Flask, client: FlaskClient, ann: int) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, ann)
    new = "andere oude fiets in Jette"
    wrong = send(client, "/account/password", current_password="not the password", new_password=new)
    assert wrong.status_code == 422
    weak = send(client, "/account/password", current_password=PASSWORD, new_password="annpeeters1")
    assert weak.status_code == 422
    assert elsewhere.get("/account").status_code == 200
    assert send(client, "/account/password", current_password=PASSWORD, new_password=new).status_code == 303
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303


def test_guessing_the_current_password_is_slowed_down(app: Flask, client: FlaskClient, ann: int) -> None:
    fields = {"csrf_token": csrf(client, "/account"), "new_password": "andere oude fiets in Jette"}
    for _ in range(10):
        client.post("/account/password", data=fields | {"current_password": "not the password"})
    last = client.post("/account/password", data=fields | {"current_password": PASSWORD})
    assert last.status_code == 422
    assert client.get("/account").status_code == 200


def test_sessions_are_listed_and_ended(app: Flask, client: FlaskClient, ann: int) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, ann)
    (address,) = re.findall(r"/account/sessions/\d+/end", client.get("/account").text)
    assert send(client, address).status_code == 303
    assert elsewhere.get("/account").status_code == 303
    sign_in(elsewhere, ann)
    send(client, "/account/sessions/end-others")
    assert elsewhere.get("/account").status_code == 303
    assert client.get("/account").status_code == 200


def test_another_persons_session_cannot_be_ended(app: Flask, client: FlaskClient, ann: int) -> None:
    other, _user_id = signed_in(app)
    for number in range(1, 4):
        send(client, f"/account/sessions/{number}/end")
    assert other.get("/account").status_code == 200


def test_ones_data_comes_as_a_file(client: FlaskClient, ann: int) -> None:
    send(client, "/specifications/new")
    answer = client.get("/account/data")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    data = json.loads(answer.text)
    assert data["account"]["email"] == EMAIL
    assert data["account"]["roles"][0]["authority"] == "commune-uccle"
    assert len(data["drafts"]) == 1
    assert "argon2" not in answer.text
    assert "token" not in answer.text


def test_erasing_asks_for_the_password_and_leaves_nothing(app: Flask, client: FlaskClient, ann: int) -> None:
    send(client, "/specifications/new")
    assert EMAIL in client.get("/account/erase").text
    assert send(client, "/account/erase", password="not the password").status_code == 422
    assert client.get("/account").status_code == 200
    assert send(client, "/account/erase", password=PASSWORD).status_code == 303
    home = services_of(app).settings.home
    assert [path.name for path in home.glob("mpdi.sqlite3*") if EMAIL.encode() in path.read_bytes()] == []
    assert client.get("/account").status_code == 303
    with services_of(app).database.reading() as session:
        user = session.get_one(User, ann)
        assert (user.email, user.name, user.password_hash) == ("", "", None)
        assert session.scalars(select(SpecificationDraft)).one().owner_id is None
        assert audit.verify(session).is_whole
        everything = "".join(str(row) for row in session.execute(select(*AuditEntry.__table__.columns)))
    assert EMAIL not in everything
    assert "Peeters" not in everything


def test_the_only_administrator_cannot_erase_himself(app: Flask, client: FlaskClient) -> None:
    with services_of(app).database.writing() as session:
        user_id = add_user(session, Grant(Role.ADMINISTRATOR), email=EMAIL, password_hash=PASSWORD_HASH).id
    sign_in(client, user_id)
    assert send(client, "/account/erase", password=PASSWORD).status_code == 422
    assert client.get("/account").status_code == 200


# Drafts


def test_a_draft_begun_before_signing_in_is_claimed_and_found_again(app: Flask, client: FlaskClient) -> None:
    begun = client.post("/specifications/new", data={"csrf_token": csrf(client)})
    token = begun.location.split("/")[2]
    assert "/claim" not in client.get(f"/specifications/{token}/").text
    client.post(
        f"/specifications/{token}/questions/object",
        data={"csrf_token": csrf(client), "revision": "1", "object": "Nettoyage"},
    )
    with services_of(app).database.writing() as session:
        user_id = add_user(session, Grant(Role.FIRM)).id
    sign_in(client, user_id)
    page = client.get(f"/specifications/{token}/").text
    assert f"/specifications/{token}/claim" in page
    assert send(client, f"/specifications/{token}/claim").location == f"/specifications/{token}/"
    page = client.get(f"/specifications/{token}/").text
    assert "/claim" not in page
    assert "/my/drafts" in page
    (opening,) = re.findall(r"/my/drafts/\d+/open", client.get("/my/drafts").text)
    first, second = send(client, opening).location, send(client, opening).location
    assert first == second, "a window opened earlier goes on working"
    assert first != f"/specifications/{token}/"
    assert client.get(first).status_code == 200
    assert client.get(f"/specifications/{token}/").status_code == 200, "the first link too"


def test_a_draft_begun_signed_in_is_ones_own_at_once(client: FlaskClient, ann: int) -> None:
    token = send(client, "/specifications/new").location.split("/")[2]
    assert "/claim" not in client.get(f"/specifications/{token}/").text
    assert len(re.findall(r"/my/drafts/\d+/open", client.get("/my/drafts").text)) == 1


def test_what_somebody_owns_nobody_else_claims_or_opens(app: Flask, client: FlaskClient, ann: int) -> None:
    token = send(client, "/specifications/new").location.split("/")[2]
    (opening,) = re.findall(r"/my/drafts/\d+/open", client.get("/my/drafts").text)
    other, _user_id = signed_in(app, Role.ADMINISTRATOR)
    assert "/claim" not in other.get(f"/specifications/{token}/").text
    send(other, f"/specifications/{token}/claim")
    assert opening not in other.get("/my/drafts").text
    assert send(other, opening).status_code == 404
    assert send(other, "/my/drafts/999/open").status_code == 404
    assert opening in client.get("/my/drafts").text


def test_a_visitor_is_asked_to_sign_in_before_claiming(client: FlaskClient) -> None:
    token = client.post("/specifications/new", data={"csrf_token": csrf(client)}).location.split("/")[2]
    assert client.post(f"/specifications/{token}/claim", data={"csrf_token": csrf(client)}).status_code == 403
    assert client.get("/my/drafts").location == "/sign-in?next=/my/drafts"


def test_an_account_without_role_keeps_its_drafts_by_their_links(app: Flask) -> None:
    client, _user_id = signed_in(app)
    token = send(client, "/specifications/new").location.split("/")[2]
    assert "/claim" not in client.get(f"/specifications/{token}/").text
    assert send(client, f"/specifications/{token}/claim").status_code == 403
    assert "/open" not in client.get("/my/drafts").text
