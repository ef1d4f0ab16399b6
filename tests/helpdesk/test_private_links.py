"""Private links that nobody was given lead nowhere, whatever stands in them; on each database."""

import dataclasses
import re

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi.accounts.roles import Role
from mpdi.database import Database
from mpdi.helpdesk import queries
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.private_links import second_token
from mpdi.helpdesk.vocabulary import Route
from mpdi.services import EXTENSION

SECRET = "a secret of the tests"
REST = "-" + "a" * 32
INVENTED = [f"{number}{REST}" for number in ("1", "999999999", "2147483648", "9999999999", "9" * 19, "9" * 40)]


@pytest.mark.parametrize("token", INVENTED)
def test_an_invented_link_opens_nothing(session: Session, token: str) -> None:
    ask(session)
    with pytest.raises(UnknownTicketError):
        queries.ticket_behind(session, token, SECRET)


def test_a_second_link_opens_its_ticket(session: Session) -> None:
    ticket = ask(session)
    token = second_token(ticket.id, ticket.token_hash, SECRET)
    assert queries.ticket_behind(session, token, SECRET).id == ticket.id


@pytest.mark.parametrize("token", INVENTED)
def test_the_page_of_an_invented_link_is_not_there(app: Flask, database: Database, token: str) -> None:
    app.extensions[EXTENSION] = dataclasses.replace(services_of(app), database=database)
    Browser(app).get(f"/questions/{token}", 404)


@pytest.mark.parametrize("address", ["/questions/no-such-link", "/questions/MPDI-2026-00001", "/questions/abc/files/1"])
def test_a_link_that_opens_nothing_says_what_it_may_be_and_whom_to_ask(app: Flask, address: str) -> None:
    page = Browser(app).get(address, 404)
    assert "This private link opens no question" in page
    assert "reaches the helpdesk" in page


def test_a_ticket_of_another_body_and_a_number_nobody_had_read_the_same(app: Flask) -> None:
    with in_database(app) as session:
        number = ask(session, "Puis-je demander un écolabel pour le nettoyage ?").number
    browser = signed_in(app, "Gust", Role.FACILITATOR, Route.FOOD)
    there, nowhere = (browser.get(f"/helpdesk/tickets/{each}", 404) for each in (number, "MPDI-2026-09999"))
    assert "belongs to another body" in there
    assert "écolabel" not in there
    assert re.sub(r"MPDI-2026-\d{5}|nonce-\S+|value=\"[^\"]+\"", "", there) == re.sub(
        r"MPDI-2026-\d{5}|nonce-\S+|value=\"[^\"]+\"", "", nowhere
    )
