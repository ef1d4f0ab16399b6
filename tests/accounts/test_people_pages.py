"""People and the audit log through the pages."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from people import PASSWORD_HASH, add_user, csrf, services_of, sign_in, signed_in
from sqlalchemy import update
from werkzeug.test import TestResponse

from mpdi.accounts.models import AuditEntry, User
from mpdi.accounts.roles import Grant, Role
from mpdi.services import EXTENSION


@pytest.fixture
def administrator(app: Flask) -> FlaskClient:
    """A browser in which an administrator is signed in."""
    return signed_in(app, Role.ADMINISTRATOR)[0]


@pytest.fixture
def coordinator(app: Flask) -> FlaskClient:
    """A browser in which a coordinator is signed in."""
    return signed_in(app, Role.COORDINATOR)[0]


def send(client: FlaskClient, address: str, **fields: str) -> TestResponse:
    return client.post(address, data={"csrf_token": csrf(client, "/account"), **fields})


def invitation(email: str, role: str, **more: str) -> dict[str, str]:
    return {"email": email, "role": role, "authority": "", "route": "", "language": "fr", **more}


def grants_of(app: Flask, user_id: int) -> tuple[Grant, ...]:
    with services_of(app).database.reading() as session:
        return session.get_one(User, user_id).as_person().grants


def test_people_are_listed_and_found(app: Flask, administrator: FlaskClient) -> None:
    with services_of(app).database.writing() as session:
        add_user(session, Grant(Role.EXPERT), email="zoe@example.brussels", name="Zoé <b>", password_hash=PASSWORD_HASH)
        add_user(session, Grant(Role.BUYER, "stib"), email="bob@example.brussels", name="Bob")
    page = administrator.get("/people").text
    assert "Zoé &lt;b&gt;" in page
    assert "bob@example.brussels" in page
    only = administrator.get("/people?words=ZOE@ex&role=expert").text
    assert "zoe@example.brussels" in only
    assert "bob@example.brussels" not in only
    assert "zoe@" not in administrator.get("/people?role=buyer").text
    assert administrator.get("/people?words=%25&page=9999999&role=emperor").status_code == 200
    assert "zoe@" not in administrator.get("/people?words=%25").text, "a sign of SQL is a sign"


def test_long_lists_come_in_pages(app: Flask, administrator: FlaskClient) -> None:
    with services_of(app).database.writing() as session:
        for number in range(60):
            add_user(session, name=f"Person {number:02}")
    first, second = administrator.get("/people").text, administrator.get("/people?page=2").text
    assert "page=2" in first
    assert len(re.findall(r"/people/\d+\"", first)) == 50
    assert len(re.findall(r"/people/\d+\"", second)) == 11


def test_without_mail_server_the_link_is_shown_once_to_who_invites(app: Flask, administrator: FlaskClient) -> None:
    page = send(administrator, "/people/invite", **invitation("jan@example.brussels", "facilitator", route="food"))
    link = re.search(r"/invitation/[\w-]+", page.text)
    assert link
    assert page.headers["Cache-Control"] == "no-store"
    assert app.test_client().get(link[0]).status_code == 200
    user_id = int(re.search(r"/people/(\d+)", page.text)[1])  # type: ignore[index]
    assert grants_of(app, user_id) == (Grant(Role.FACILITATOR, route="food"),)


def test_with_mail_server_no_link_is_shown(app: Flask, administrator: FlaskClient) -> None:
    found = services_of(app)
    app.extensions[EXTENSION] = replace(found, settings=replace(found.settings, sends_mail=True))
    answer = send(administrator, "/people/invite", **invitation("jan@example.brussels", "buyer", authority="stib"))
    assert answer.status_code == 303
    assert "/invitation/" not in administrator.get(answer.location).text


@pytest.mark.parametrize(
    "wrong",
    [{"email": "no address"}, {"role": ""}, {"role": "visitor"}, {"role": "emperor"}, {"authority": "no-such-body"},
     {"route": "mpd"}, {"route": "elsewhere"}, {"language": "xx"}],
)  # fmt: skip
def test_a_wrong_invitation_is_refused_and_keeps_what_was_typed(
    administrator: FlaskClient, wrong: dict[str, str]
) -> None:
    answer = send(administrator, "/people/invite", **(invitation("jan@example.brussels", "buyer") | wrong))
    assert answer.status_code == 422
    assert (wrong.get("email") or "jan@example.brussels") in answer.text


def test_a_coordinator_invites_who_asks_and_who_answers_and_gives_no_role(app: Flask, coordinator: FlaskClient) -> None:
    page = coordinator.get("/people/invite").text
    assert re.findall(r'<option value="(\w+)">', page.partition('name="authority"')[0]) == [
        "firm",
        "buyer",
        "facilitator",
        "expert",
        "legal_reviewer",
    ]
    invited = send(coordinator, "/people/invite", **invitation("f@example.brussels", "facilitator", route="food"))
    found = re.search(r"/people/(\d+)", invited.text)
    assert found is not None
    assert grants_of(app, int(found[1])) == (Grant(Role.FACILITATOR, route="food"),)
    assert send(coordinator, "/people/invite", **invitation("a@example.brussels", "administrator")).status_code == 422
    assert send(coordinator, "/people/invite", **invitation("b@example.brussels", "buyer")).status_code == 200
    with services_of(app).database.writing() as session:
        waiting = add_user(session, Grant(Role.ADMINISTRATOR), email="c@example.brussels").id
    answer = send(coordinator, f"/people/{waiting}/invite-again")
    assert answer.status_code == 303, "no link of an administrator for a coordinator"
    assert send(coordinator, "/people/invite", **invitation("c@example.brussels", "buyer")).status_code == 422
    for verb in ("grant", "revoke", "deactivate", "activate"):
        assert send(coordinator, f"/people/{waiting}/{verb}", role="expert").status_code == 403


def test_roles_are_given_and_taken_away(app: Flask, administrator: FlaskClient) -> None:
    client, user_id = signed_in(app)
    assert client.get("/people").status_code == 403
    answer = send(administrator, f"/people/{user_id}/grant", role="coordinator", authority="", route="")
    assert answer.status_code == 303
    assert client.get("/people").status_code == 200, "at once, without signing in again"
    value = re.search(r'name="grant" value="(\d+)"', administrator.get(f"/people/{user_id}").text)
    assert value
    send(administrator, f"/people/{user_id}/revoke", grant=value[1])
    assert client.get("/people").status_code == 403
    assert grants_of(app, user_id) == ()


def test_a_role_of_another_is_not_taken_away_through_this_page(app: Flask, administrator: FlaskClient) -> None:
    _one, first = signed_in(app, Role.EXPERT)
    _two, second = signed_in(app, Role.EXPERT)
    value = re.search(r'name="grant" value="(\d+)"', administrator.get(f"/people/{first}").text)
    assert value
    send(administrator, f"/people/{second}/revoke", grant=value[1])
    assert grants_of(app, first) == (Grant(Role.EXPERT),)


def test_deactivating_throws_out_at_once(app: Flask, administrator: FlaskClient) -> None:
    client, user_id = signed_in(app, Role.BUYER)
    send(administrator, f"/people/{user_id}/deactivate")
    assert client.get("/account").status_code == 303
    send(administrator, f"/people/{user_id}/activate")
    sign_in(client, user_id)
    assert client.get("/account").status_code == 200


def test_the_last_administrator_is_kept(app: Flask) -> None:
    client, user_id = signed_in(app, Role.ADMINISTRATOR)
    send(client, f"/people/{user_id}/deactivate")
    assert client.get("/people").status_code == 200


def test_nobody_there_is_a_page_not_found(administrator: FlaskClient) -> None:
    assert administrator.get("/people/999").status_code == 404
    assert send(administrator, "/people/999/deactivate").status_code == 404


def test_the_log_shows_what_was_done_and_whether_it_is_whole(app: Flask, administrator: FlaskClient) -> None:
    _client, user_id = signed_in(app, Role.EXPERT)
    send(administrator, f"/people/{user_id}/deactivate")
    page = administrator.get(f"/audit-log?reference=user:{user_id}").text
    assert page.index("user_deactivated") < page.index("role_granted"), "the newest first"
    assert "notice-done" in administrator.get("/audit-log?check=1").text
    with services_of(app).database.writing() as session:
        session.execute(update(AuditEntry).where(AuditEntry.action == "user_deactivated").values(actor="user:999"))
    assert "notice-problem" in administrator.get("/audit-log?check=1").text
    assert administrator.get("/audit-log?reference=<b>&page=0").status_code == 200


def test_a_coordinator_is_told_what_an_administrator_does(
    app: Flask, coordinator: FlaskClient, administrator: FlaskClient
) -> None:
    with services_of(app).database.writing() as session:
        held = add_user(session, Grant(Role.BUYER, "stib"), email="held@example.brussels", password_hash=PASSWORD_HASH)
        identifier = held.id
    words = "given and taken away by an administrator"
    page = coordinator.get(f"/people/{identifier}?language=en").text
    assert words in page
    assert "/people?role=administrator" in page
    assert words not in administrator.get(f"/people/{identifier}?language=en").text
    again = send(coordinator, "/people/invite", **invitation("held@example.brussels", "facilitator", route="food"))
    assert again.status_code == 422
    assert f'href="/people/{identifier}"' in again.text
    assert words in again.text


def test_a_facilitator_is_invited_for_a_theme_or_for_every_one_said_in_words(
    app: Flask, coordinator: FlaskClient
) -> None:
    fields = invitation("nadia@example.brussels", "facilitator")
    refused = send(coordinator, "/people/invite?language=en", **fields)
    assert refused.status_code == 422, "a theme left open opened the questions of every body"
    assert "Choose the theme of this facilitator, or every theme." in refused.text
    made = send(coordinator, "/people/invite", **(fields | {"route": "all"}))
    user_id = int(re.search(r"/people/(\d+)", made.text)[1])  # type: ignore[index]
    assert grants_of(app, user_id) == (Grant(Role.FACILITATOR),)
    assert "Facilitator, every theme" in coordinator.get(f"/people/{user_id}?language=en").text
    assert (
        send(coordinator, "/people/invite", **invitation("b@example.brussels", "buyer", route="all")).status_code == 422
    )


def test_an_administrator_chooses_the_theme_too(app: Flask, administrator: FlaskClient) -> None:
    _client, user_id = signed_in(app)
    fields = {"role": "facilitator", "authority": ""}
    assert send(administrator, f"/people/{user_id}/grant", **fields, route="").status_code == 422
    assert grants_of(app, user_id) == ()
    assert send(administrator, f"/people/{user_id}/grant", **fields, route="all").status_code == 303
    assert grants_of(app, user_id) == (Grant(Role.FACILITATOR),)


def test_an_invitation_that_waits_is_withdrawn_by_who_may_invite(app: Flask, coordinator: FlaskClient) -> None:
    made = send(coordinator, "/people/invite", **invitation("wrong@example.brussels", "facilitator", route="all")).text
    link = re.search(r"/invitation/[\w-]+", made)[0]  # type: ignore[index]
    user_id = int(re.search(r"/people/(\d+)", made)[1])  # type: ignore[index]
    assert "Withdraw the invitation" in coordinator.get(f"/people/{user_id}?language=en").text
    done = send(coordinator, f"/people/{user_id}/withdraw-invitation")
    assert done.status_code == 303
    assert "wrong@example.brussels" not in coordinator.get(done.location).text
    assert app.test_client().get(link).status_code == 404
    assert grants_of(app, user_id) == ()
    again = send(coordinator, "/people/invite", **invitation("wrong@example.brussels", "buyer"))
    assert again.status_code == 200, "the address is free again"


def test_an_invitation_that_waits_is_changed_and_its_link_stays_good(app: Flask, coordinator: FlaskClient) -> None:
    made = send(coordinator, "/people/invite", **invitation("sami@example.brussels", "facilitator", route="all")).text
    link = re.search(r"/invitation/[\w-]+", made)[0]  # type: ignore[index]
    user_id = int(re.search(r"/people/(\d+)", made)[1])  # type: ignore[index]
    address = f"/people/{user_id}/change-invitation"
    assert f'action="{address}"' in coordinator.get(f"/people/{user_id}").text
    assert send(coordinator, address, role="facilitator", authority="", route="food").status_code == 303
    assert grants_of(app, user_id) == (Grant(Role.FACILITATOR, route="food"),)
    assert app.test_client().get(link).status_code == 200
    assert send(coordinator, address, role="coordinator", authority="", route="").status_code == 422
    assert send(coordinator, address, role="facilitator", authority="", route="").status_code == 422
    assert grants_of(app, user_id) == (Grant(Role.FACILITATOR, route="food"),)


def test_an_account_in_use_or_an_administrators_invitation_is_no_coordinators_to_change(
    app: Flask, coordinator: FlaskClient
) -> None:
    with services_of(app).database.writing() as session:
        held = add_user(session, Grant(Role.BUYER), email="in-use@example.brussels", password_hash=PASSWORD_HASH).id
        boss = add_user(session, Grant(Role.ADMINISTRATOR), email="boss@example.brussels").id
    for user_id in (held, boss):
        page = coordinator.get(f"/people/{user_id}").text
        before = grants_of(app, user_id)
        for verb in ("withdraw-invitation", "change-invitation"):
            assert verb not in page
            assert (
                send(coordinator, f"/people/{user_id}/{verb}", role="firm", authority="", route="").status_code == 303
            )
        assert grants_of(app, user_id) == before
        assert coordinator.get(f"/people/{user_id}").status_code == 200
