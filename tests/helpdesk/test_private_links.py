"""Private links that nobody was given lead nowhere, whatever stands in them; on each database."""

import dataclasses

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from ticket_browsers import Browser, services_of
from ticket_samples import ask

from mpdi.database import Database
from mpdi.helpdesk import queries
from mpdi.helpdesk.change_operations import UnknownTicketError
from mpdi.helpdesk.private_links import second_token
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
