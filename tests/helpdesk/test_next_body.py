"""Where the words of a question speak for two bodies, the desk sees beside the ticket which one comes next."""

import re

import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, signed_in

from mpdi.accounts.roles import Role
from mpdi.helpdesk.models import Ticket

TWO_BODIES = "Des lots réservés aux entreprises d'insertion ou des lots plus petits pour les PME ?"
ONE_BODY = "Ma facture de mars n'est toujours pas payée par la commune, que puis-je faire ?"
_NEXT = re.compile(r'<p[^>]* id="next-body">([^<]*)</p>')


@pytest.mark.parametrize(("question", "named"), [(TWO_BODIES, ["Actiris"]), (ONE_BODY, [])])
def test_the_next_likely_body_stands_beside_the_ticket(app: Flask, question: str, named: list[str]):
    Browser(app).post("/questions/new", {"question": question, "email": "ann@example.org", "language": "fr"})
    with in_database(app) as session:
        ticket = session.scalars(select(Ticket)).one()
        number, route = ticket.number, ticket.route
    assert route == "sme"
    page = signed_in(app, "Cora", Role.COORDINATOR).get(f"/helpdesk/tickets/{number}")
    found = _NEXT.findall(page)
    assert len(found) == len(named)
    assert all(name in text for name, text in zip(named, found, strict=True))
