"""Whole addresses begin with the portal's public address, whatever host a request names."""

import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi.accounts.current import COOKIE
from mpdi.accounts.roles import Role
from mpdi.helpdesk.models import OutgoingMail
from mpdi.helpdesk.vocabulary import Route

PUBLIC, OTHER = "http://127.0.0.1:8000", {"Host": "elsewhere.example", "Accept-Language": "en"}


def test_a_suggestion_put_into_the_answer_leads_to_the_portal(app: Flask):
    with in_database(app) as session:
        number = ask(session, "Puis-je demander un écolabel pour les produits de nettoyage ?").number
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    fatima.client.set_cookie(COOKIE, fatima.client.get_cookie(COOKIE).value, domain=OTHER["Host"])
    page = fatima.client.get(f"/helpdesk/tickets/{number}", headers=OTHER).text
    assert f"– {PUBLIC}/clauses/" in page
    assert "elsewhere.example" not in page


def test_the_private_link_that_is_mailed_and_shown_is_that_of_the_portal(app: Flask):
    visitor = Browser(app)
    visitor.page = visitor.client.get("/questions/new", headers=OTHER).text
    fields = {"csrf_token": visitor.token(), "question": "Quel label pour le papier ?", "language": "fr",
              "email": "ann@example.org", "action": "send"}
    answer = visitor.client.post("/questions/new", data=fields, headers=OTHER)
    assert answer.status_code == 303, answer.text[:2000]
    sent = visitor.client.get(answer.headers["Location"], headers=OTHER).text
    with services_of(app).database.reading() as session:
        body = session.scalars(select(OutgoingMail.body)).one()
    for words in (body, sent):
        assert f"{PUBLIC}/questions/" in words
        assert "elsewhere.example" not in words


@pytest.mark.parametrize("address", ["/answers/feed.xml", "/clauses/changes.xml", "/clauses/ENV-CLEAN-001"])
def test_feeds_and_permanent_addresses_do_not_take_the_host_of_a_request(app: Flask, address: str):
    page = app.test_client().get(address, headers=OTHER).text
    assert f"{PUBLIC}/" in page
    assert "elsewhere.example" not in page
