"""Signing in through the pages: nothing is disclosed, nothing is lost, nothing is fixed beforehand."""

import datetime
import re
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from people import PASSWORD, PASSWORD_HASH, add_user, csrf, services_of, sign_in, signed_in
from sqlalchemy import select
from werkzeug.test import TestResponse

from mpdi import clock
from mpdi.accounts import operations
from mpdi.accounts.current import safe_next
from mpdi.accounts.models import SignInAttempt, SignInSession, User
from mpdi.accounts.roles import Grant, Role
from mpdi.accounts.throttle_operations import sign_in_origin
from mpdi.app import create_app
from mpdi.database import Database
from mpdi.jobs.models import OutboxEvent
from mpdi.services import EXTENSION

Wait = Callable[..., None]
EMAIL = "ann@example.brussels"


@pytest.fixture
def ann(app: Flask) -> int:
    """An account with a password."""
    with services_of(app).database.writing() as session:
        return add_user(session, Grant(Role.BUYER), email=EMAIL, password_hash=PASSWORD_HASH).id


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data={"csrf_token": csrf(client), **fields})


def try_in(client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, **more: str) -> TestResponse:
    return send(client, "/sign-in", email=email, password=password, **more)


def cookie_of(response: TestResponse) -> str | None:
    found = [text for text in response.headers.getlist("Set-Cookie") if text.startswith("mpdi_sign_in=")]
    return found[0] if found else None


def without_changing(text: str) -> str:
    """A page without what differs each time: tokens of forms and the address typed."""
    return (
        re.sub(r'value="[^"]{60,}"', "", text)
        .replace("nobody@example.brussels", EMAIL)
        .replace("invited@example.brussels", EMAIL)
    )


def test_right_password_signs_in_and_goes_on(client: FlaskClient, ann: int) -> None:
    response = try_in(client, " ANN@example.brussels ")
    assert response.status_code == 303
    assert response.location == "/account"
    page = client.get("/account")
    assert EMAIL in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("is_https", [False, True])
def test_the_cookie_is_kept_from_scripts_and_other_sites(settings, warm_library, is_https: bool) -> None:
    app = create_app(replace(settings, is_https=is_https))
    with services_of(app).database.writing() as session:
        add_user(session, email=EMAIL, password_hash=PASSWORD_HASH)
    client = app.test_client()
    base = "https://localhost" if is_https else "http://localhost"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in", base_url=base).text)
    assert token
    data = {"csrf_token": token[1], "email": EMAIL, "password": PASSWORD}
    cookie = cookie_of(client.post("/sign-in", data=data, base_url=base))
    assert cookie
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie.split("; ")) is is_https
    services_of(app).database.engine.dispose()


def test_who_has_an_account_is_told_to_nobody(app: Flask, client: FlaskClient, ann: int) -> None:
    with services_of(app).database.writing() as session:
        add_user(session, email="invited@example.brussels")
        operations.deactivate(
            session, "tests", add_user(session, email="out@example.brussels", password_hash=PASSWORD_HASH)
        )
    answers = [
        try_in(client, EMAIL, "not the password"),
        try_in(client, "nobody@example.brussels", "not the password"),
        try_in(client, "invited@example.brussels", "not the password"),
    ]
    assert {answer.status_code for answer in answers} == {422}
    assert len({without_changing(answer.text) for answer in answers}) == 1
    assert try_in(client, "out@example.brussels").status_code == 422


def test_refusing_takes_about_as_long_without_account(app: Flask, client: FlaskClient, ann: int) -> None:
    """The hash takes most of the time; it is made in both cases."""
    token, times = csrf(client), {EMAIL: [], "nobody@example.brussels": []}
    for _ in range(4):
        for email, taken in times.items():
            start = time.perf_counter()
            client.post("/sign-in", data={"csrf_token": token, "email": email, "password": "not the password"})
            taken.append(time.perf_counter() - start)
    known, unknown = (statistics.median(taken) for taken in times.values())
    assert 0.5 < known / unknown < 2


def test_asking_for_a_new_password_says_the_same_to_all(app: Flask, client: FlaskClient, ann: int) -> None:
    answers = [send(client, "/forgotten-password", email=email) for email in (EMAIL, "nobody@example.brussels")]
    assert {answer.status_code for answer in answers} == {200}
    assert len({without_changing(answer.text) for answer in answers}) == 1
    with services_of(app).database.reading() as session:
        (mail,) = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "mail_wanted"))
    assert mail["recipient"] == EMAIL


def test_links_in_mails_do_not_believe_the_request(app: Flask, client: FlaskClient, ann: int) -> None:
    data = {"csrf_token": csrf(client), "email": EMAIL}
    client.post("/forgotten-password", data=data, headers={"Host": "localhost", "X-Forwarded-Host": "evil.example"})
    with services_of(app).database.reading() as session:
        (mail,) = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "mail_wanted"))
    assert "evil.example" not in str(mail)
    assert services_of(app).settings.public_address in mail["body"]


def test_the_eleventh_guess_is_stopped_with_or_without_account(app: Flask, client: FlaskClient, ann: int) -> None:
    for email in (EMAIL, "nobody@example.brussels"):
        with services_of(app).database.writing() as session:
            made = [_origin(app, email, f"192.0.2.{number}") for number in range(10)]
            for origin in made:
                session.add(SignInAttempt(email_hash=origin[0], address_hash=origin[1], attempted_at=_now()))
    answers = [try_in(client), try_in(client, "nobody@example.brussels")]
    assert {answer.status_code for answer in answers} == {429}, "even the right password has to wait"
    assert len({without_changing(answer.text) for answer in answers}) == 1


def _origin(app: Flask, email: str, address: str) -> tuple[str, str]:
    made = sign_in_origin(services_of(app).settings.secret_key, email, address)
    return made.email_hash, made.address_hash


def _now() -> datetime.datetime:
    return clock.now()


def test_no_password_and_no_address_stay_in_clear(app: Flask, client: FlaskClient, ann: int) -> None:
    try_in(client, EMAIL, "not the password")
    with services_of(app).database.reading() as session:
        kept = session.scalars(select(SignInAttempt)).one()
        assert EMAIL not in str(vars(kept))
        assert "127.0.0.1" not in str(vars(kept))
    page = try_in(client, EMAIL, "not the password").text
    assert "not the password" not in page
    assert EMAIL in page, "the address typed is not lost"


# Sessions


def test_signing_in_changes_the_token_and_ends_the_session_before(app: Flask, client: FlaskClient, ann: int) -> None:
    sign_in(client, ann)
    before = client.get_cookie("mpdi_sign_in").value
    client.post("/sign-in", data={"csrf_token": csrf(client, "/account"), "email": EMAIL, "password": PASSWORD})
    after = client.get_cookie("mpdi_sign_in").value
    assert after != before
    other = app.test_client()
    other.set_cookie("mpdi_sign_in", before, domain="localhost")
    assert other.get("/account").status_code == 303


def test_a_token_planted_beforehand_signs_nobody_in(app: Flask, client: FlaskClient, ann: int) -> None:
    client.set_cookie("mpdi_sign_in", "chosen-by-somebody-else", domain="localhost")
    try_in(client)
    assert client.get_cookie("mpdi_sign_in").value != "chosen-by-somebody-else"
    planted = app.test_client()
    planted.set_cookie("mpdi_sign_in", "chosen-by-somebody-else", domain="localhost")
    assert planted.get("/account").status_code == 303


def test_the_token_of_forms_from_before_does_not_serve_after(client: FlaskClient, ann: int) -> None:
    before = csrf(client)
    try_in(client)
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400
    assert client.get("/account").status_code == 200


def test_signing_out_ends_the_session_in_the_database_too(app: Flask, client: FlaskClient, ann: int) -> None:
    sign_in(client, ann)
    token = client.get_cookie("mpdi_sign_in").value
    assert send(client, "/sign-out").status_code == 303
    client.set_cookie("mpdi_sign_in", token, domain="localhost")
    assert client.get("/account").status_code == 303
    with services_of(app).database.reading() as session:
        assert session.scalars(select(SignInSession)).all() == []


def test_after_twelve_idle_hours_one_signs_in_again(client: FlaskClient, ann: int, wait: Wait) -> None:
    sign_in(client, ann)
    wait(hours=11)
    assert client.get("/account").status_code == 200
    wait(hours=11)
    assert client.get("/account").status_code == 200, "the visit before was noted"
    wait(hours=12)
    assert client.get("/account").location == "/sign-in?next=/account"


@pytest.mark.parametrize(
    "address", ["/sign-in", "/sign-out", "/forgotten-password", "/account/profile", "/people/invite"]
)
def test_a_form_without_its_token_does_nothing(app: Flask, ann: int, address: str) -> None:
    client, _user_id = signed_in(app, Role.ADMINISTRATOR)
    response = client.post(address, data={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 400
    assert cookie_of(response) is None


# Going on


@pytest.mark.parametrize(
    "text",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "evil", "",
     "/a\nb", "/a b", "/\t/evil.example", "http:evil.example", "/" + "a" * 1_001, None],
)  # fmt: skip
def test_no_address_leads_out_of_the_portal(client: FlaskClient, ann: int, text: str | None) -> None:
    assert safe_next(text) is None
    assert try_in(client, next=text or "").location == "/account"


def test_one_comes_back_to_the_page_asked_for(client: FlaskClient, ann: int) -> None:
    first = client.get("/account?language=nl")
    assert first.location == "/sign-in?next=/account?language%3Dnl"
    page = client.get(first.location).text
    assert 'name="next" type="hidden" value="/account?language=nl"' in page
    assert try_in(client, next="/account?language=nl").location == "/account?language=nl"


def test_who_is_signed_in_is_not_asked_again(client: FlaskClient, ann: int) -> None:
    sign_in(client, ann)
    assert client.get("/sign-in?next=/clauses").location == "/clauses"
    assert client.get("/sign-in?next=//evil.example").location == "/account"


def test_what_was_typed_when_the_session_had_ended_is_sent_after_signing_in(client: FlaskClient, ann: int) -> None:
    typed = {"csrf_token": csrf(client), "name": 'Ann "A" <b>', "language": "nl", "password": "never kept"}
    page = client.post("/account/profile", data=typed)
    assert page.status_code == 403
    assert "never kept" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    hidden = dict(re.findall(r'name="(next|kept|csrf_token)" type="hidden" value="([^"]*)"', page.text))
    data = {name: unescape(value) for name, value in hidden.items()} | {"email": EMAIL, "password": "wrong"}
    again = client.post("/sign-in", data=data)
    assert again.status_code == 422
    assert unescape(again.text).count('"Ann \\"A\\" <b>"') == 1, "a wrong password loses nothing"
    done = client.post("/sign-in", data=data | {"password": PASSWORD})
    assert done.status_code == 200
    form = dict(re.findall(r'name="(csrf_token|name|language)" value="([^"]*)"', done.text))
    action = re.search(r'<form method="post" action="(/account/profile)"', done.text)
    assert action
    sent = client.post(action[1], data={name: unescape(value) for name, value in form.items()})
    assert sent.status_code == 303
    assert "Ann &#34;A&#34; &lt;b&gt;" in client.get("/account").text


@pytest.mark.parametrize("kept", ["", "no json", "[1]", '[["a"]]', '{"a": 1}', "[" * 5_000, '[["a", 1]]', "null"])
def test_what_was_carried_may_be_damaged(client: FlaskClient, ann: int, kept: str) -> None:
    assert try_in(client, next="/clauses", kept=kept).location == "/clauses"


# Links


def link(app: Flask, purpose: str, email: str) -> str:
    """The address in the last mail of a purpose."""
    with services_of(app).database.reading() as session:
        wanted = select(OutboxEvent.payload).where(OutboxEvent.name == "mail_wanted").order_by(OutboxEvent.id)
        bodies = [payload["body"] for payload in session.scalars(wanted) if payload["recipient"] == email]
    found = [re.search(rf"/{purpose}/[\w-]+", body) for body in bodies]
    return [match[0] for match in found if match][-1]


def test_a_new_password_from_the_page_to_being_signed_in(app: Flask, client: FlaskClient, ann: int) -> None:
    elsewhere = app.test_client()
    sign_in(elsewhere, ann)
    send(client, "/forgotten-password", email=EMAIL)
    address = link(app, "new-password", EMAIL)
    page = client.get(address)
    assert EMAIL in page.text
    assert page.headers["Cache-Control"] == "no-store"
    weak = send(client, address, new_password="ann@example")
    assert weak.status_code == 422
    assert "ann@example<" not in weak.text
    done = send(client, address, new_password="andere oude fiets in Jette")
    assert done.location == "/account"
    assert client.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303, "signed out everywhere else"
    fresh = app.test_client()
    assert try_in(fresh).status_code == 422
    assert try_in(fresh, password="andere oude fiets in Jette").status_code == 303
    for method in (client.get, lambda where: send(client, where, new_password="nog een andere fiets 7")):
        assert method(address).status_code == 404, "the link works once"


def test_a_new_password_ends_the_waiting(app: Flask, client: FlaskClient, ann: int) -> None:
    for _ in range(10):
        with services_of(app).database.writing() as session:
            made = _origin(app, EMAIL, "192.0.2.1")
            session.add(SignInAttempt(email_hash=made[0], address_hash=made[1], attempted_at=_now()))
    assert try_in(client).status_code == 429
    send(client, "/forgotten-password", email=EMAIL)
    send(client, link(app, "new-password", EMAIL), new_password="andere oude fiets in Jette")
    assert try_in(app.test_client(), password="andere oude fiets in Jette").status_code == 303


def test_an_invitation_from_the_link_to_the_account(app: Flask, client: FlaskClient) -> None:
    with services_of(app).database.writing() as session:
        operations.invite(session, "tests", "jan@example.brussels", [Grant(Role.FIRM)], "nl", "https://p.example")
    address = link(app, "invitation", "jan@example.brussels")
    page = client.get(address)
    assert "jan@example.brussels" in page.text
    assert re.search(r'<input checked[^>]*value="nl"', page.text), "the language of the invitation is proposed"
    missing = send(client, address, name="", language="nl", new_password=PASSWORD)
    assert missing.status_code == 422
    done = send(client, address, name="Jan", language="nl", new_password=PASSWORD)
    assert done.status_code == 303
    assert "mpdi_language=nl" in "".join(done.headers.getlist("Set-Cookie"))
    assert 'lang="nl"' in client.get("/account").text
    assert client.get(address).status_code == 404


def test_an_invitation_speaks_its_own_language_and_leads_who_answers_to_the_queue(app: Flask) -> None:
    client = app.test_client()
    with services_of(app).database.writing() as session:
        roles = [Grant(Role.FACILITATOR, route="food")]
        operations.invite(session, "tests", "mia@example.brussels", roles, "nl", "https://p.example")
    address = link(app, "invitation", "mia@example.brussels")
    french = {"Accept-Language": "fr"}
    assert '<html lang="nl"' in client.get(address, headers=french).text
    assert '<html lang="fr"' in app.test_client().get(f"{address}?language=fr").text, "a choice made here is followed"
    refused = send(client, address, name="", language="nl", new_password=PASSWORD)
    assert '<html lang="nl"' in refused.text
    done = send(client, address, name="Mia", language="nl", new_password=PASSWORD)
    assert done.location == "/helpdesk"
    assert client.get(done.location).status_code == 200


@pytest.mark.parametrize(
    "address", ["/invitation/nothing", "/new-password/nothing", "/new-password/%00%ff", "/invitation/" + "a" * 3_000]
)
def test_a_dead_link_says_what_to_do(client: FlaskClient, address: str) -> None:
    page = client.get(address)
    assert page.status_code == 404
    assert "/forgotten-password" in page.text


def test_a_hash_from_older_parameters_is_renewed_on_the_way_in(app: Flask, client: FlaskClient) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8_192).hash(PASSWORD)
    with services_of(app).database.writing() as session:
        user_id = add_user(session, email=EMAIL, password_hash=older).id
    assert try_in(client).status_code == 303
    with services_of(app).database.reading() as session:
        kept = session.get_one(User, user_id).password_hash
    assert kept is not None
    assert kept != older
    assert try_in(app.test_client()).status_code == 303


def test_when_the_database_does_not_answer_the_page_says_so_to_who_is_signed_in_too(
    app: Flask, client: FlaskClient, ann: int, tmp_path: Path
) -> None:
    sign_in(client, ann)
    lost = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.sqlite3'}")
    app.extensions[EXTENSION] = replace(services_of(app), database=lost)
    for address in ("/account", "/clauses", "/"):
        page = client.get(address)
        assert page.status_code == 503
        assert "mpdi_sign_in" not in page.headers.get("Set-Cookie", ""), "nobody is signed out by it"
