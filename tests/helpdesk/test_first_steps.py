"""What newcomers meet: a port in use, where a facilitator lands, the words for firms, the language of a refused form."""

import re
import socket

import pytest
from article_samples import csrf, services_of, signed_in
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from ticket_samples import ask, user

from mpdi.accounts.passwords import hash_password
from mpdi.accounts.roles import Role
from mpdi.cli import main


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_in_use_is_said_in_a_sentence(command: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ran = CliRunner().invoke(main, [command, "--port", str(other.getsockname()[1])])
    assert ran.exit_code == 2
    assert "choose another with --port" in ran.stderr


@pytest.mark.parametrize(("role", "page"), [(Role.FACILITATOR, "/helpdesk"), (Role.BUYER, "/account")])
def test_who_answers_lands_on_the_queue_and_who_asks_on_the_account(
    app: Flask, client: FlaskClient, role: Role, page: str
) -> None:
    with services_of(app).database.writing() as session:
        person = user(session, "Nieuw", role)
        person.password_hash, email = hash_password("oude fiets in Schaarbeek"), person.email
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/sign-in").text)
    assert token
    fields = {"csrf_token": token[1], "email": email, "password": "oude fiets in Schaarbeek"}
    answer = client.post("/sign-in", data=fields)
    assert answer.status_code == 303
    assert answer.location.startswith(page)


def test_a_firm_is_not_asked_what_it_buys(client: FlaskClient) -> None:
    assert "Say what you buy" in client.get("/questions/new?door=buyer&language=en").text
    firm = client.get("/questions/new?door=firm&language=en").text
    assert "Say what you buy" not in firm
    assert "Say what you offer" in firm


def test_the_language_of_a_refused_form_leads_to_a_page(app: Flask) -> None:
    with services_of(app).database.writing() as session:
        number = ask(session, "Faut-il des lots ?").number
    browser = signed_in(app, Role.COORDINATOR)
    address = f"/helpdesk/tickets/{number}"
    page = browser.get(address).text
    revision = re.search(r'name="revision" value="(\d+)"', page)
    assert revision
    fields = {"csrf_token": csrf(browser, address), "revision": revision[1], "cpv": "no code"}
    refused = browser.post(f"{address}/facts", data=fields)
    assert refused.status_code == 422
    links = re.findall(r'(?:href|formaction)="([^"]*language=nl[^"]*)"', refused.text)
    assert links
    assert links[0].startswith(f"{address}")
    assert "/facts" not in links[0]
