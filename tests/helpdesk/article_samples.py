"""Somebody signed in, and a question with its answer, for the tests of articles and reports."""

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from ticket_samples import actor, ask, user

from mpdi.accounts import session_operations
from mpdi.accounts.current import COOKIE
from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import Reply, answer
from mpdi.helpdesk.vocabulary import Route
from mpdi.jobs.models import OutboxEvent
from mpdi.services import EXTENSION, Services

QUESTION = """Bonjour,

Je suis Sophie Vandenbroucke de la Commune d'Auderghem. Peut-on demander un écolabel pour les produits de nettoyage ?
Notre dossier réf. : EX-2026-014, 120.000 euros.

Bien à vous,
Sophie Vandenbroucke
02 555 44 33"""
ANSWER = """Bonjour Sophie,

Oui : la clause ENV-CLEAN-001 demande un label écologique ou une preuve équivalente. Voyez le poids au cas par cas.

Cordialement,
Luc Facilitateur"""


def services_of(app: Flask) -> Services:
    found: Services = app.extensions[EXTENSION]
    return found


def signed_in(app: Flask, role: Role, route: Route | None = None, name: str = "") -> FlaskClient:
    """A browser in which somebody with one role is signed in."""
    with services_of(app).database.writing() as session:
        person = user(session, name or f"{role.value}-{route or 'all'}", role, route)
        token = session_operations.start_session(session, person, "tests")
    browser = app.test_client()
    browser.set_cookie(COOKIE, token)
    return browser


def answered(session: Session, question: str = QUESTION, reply: str = ANSWER, **facts: object) -> Ticket:
    """A ticket that a facilitator has answered."""
    by = session.query(User).filter_by(name="Luc Facilitateur").one_or_none() or user(session, "Luc Facilitateur", Role.FACILITATOR)
    ticket = ask(session, question, **({"name": "Sophie Vandenbroucke", "email": "s.vdb@auderghem.be",
                                        "authority_id": "commune-auderghem", "subject": "Ecolabel pour le nettoyage"} | facts))
    answer(session, ticket, actor(by), Reply(reply, ticket.language), None)
    return ticket


def csrf(browser: FlaskClient, address: str) -> str:
    """The token of the forms of a page."""
    page = browser.get(address).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found, page[:2000]
    return found.group(1)


def forget_loading(app: Flask) -> None:
    """Take the events of loading the library off the outbox: a test that runs jobs does not index it all again."""
    with services_of(app).database.writing() as session:
        session.query(OutboxEvent).delete()


def run_jobs(app: Flask) -> None:
    services_of(app).jobs.run_pending()
