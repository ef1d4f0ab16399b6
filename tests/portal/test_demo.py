"""The demonstration: fictitious, put in once, and every page has something to show."""

import os

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from mpdi import cli
from mpdi.accounts.models import User
from mpdi.accounts.passwords import is_right
from mpdi.demo import fill
from mpdi.helpdesk.models import OutgoingMail, Ticket
from mpdi.jobs.models import OutboxEvent
from mpdi.services import EXTENSION, Services


def filled(app):
    found: Services = app.extensions[EXTENSION]
    with found.database.writing() as session:
        session.query(OutboxEvent).delete()
        people = fill(session, found.library.library(session))
    found.jobs.run_pending()
    return people


def test_pages_have_something_to_show_and_passwords_open_the_door(app, client):
    people = filled(app)
    assert all(person.email.endswith("@demo.example") for person in people)
    assert len({person.password for person in people}) == len(people) > 4
    assert len(client.get("/answers.json").json) == 2
    assert client.get("/answers.json").json[1]["languages"] == ["fr", "nl"]
    agenda = client.get("/agenda?content=fr").get_data(as_text=True)
    assert agenda.count("(démonstration)") >= 3
    assert "(démonstration)" in client.get("/?content=fr").get_data(as_text=True)
    found: Services = app.extensions[EXTENSION]
    with found.database.reading() as session:
        user = session.scalars(select(User).where(User.email == people[0].email)).one()
        assert is_right(user.password_hash, people[0].password)
        assert session.scalar(select(func.count(Ticket.id))) == 6


def test_it_is_put_in_once(app):
    assert filled(app)
    assert filled(app) == ()
    found: Services = app.extensions[EXTENSION]
    with found.database.reading() as session:
        assert session.scalar(select(func.count(Ticket.id))) == 6


def test_notices_written_while_people_are_put_in_lead_to_the_port_that_was_chosen(app, monkeypatch: pytest.MonkeyPatch):
    """A reader of the demonstration's first mails clicks into the portal, not into port 8000."""
    found: Services = app.extensions[EXTENSION]
    with found.database.writing() as session:
        session.query(OutboxEvent).delete()
    monkeypatch.setattr(cli, "init", click.Command("init", callback=lambda: None))
    monkeypatch.setattr(cli, "serve", click.Command("serve", callback=lambda **_chosen: None))
    monkeypatch.setattr(cli, "_require_free_port", lambda _host, _port: None)
    before = os.environ.get("MPDI_PUBLIC_ADDRESS")
    environ = {"MPDI_HOME": str(found.settings.home), "MPDI_DATABASE_URL": "", "MPDI_PUBLIC_ADDRESS": None}
    done = CliRunner().invoke(cli.main, ["demo", "--port", "8701"], env=environ, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    with found.database.reading() as session:
        bodies = session.scalars(select(OutgoingMail.body)).all()
    assert any("http://127.0.0.1:8701/helpdesk/tickets/" in body for body in bodies)
    assert not any(":8000" in body for body in bodies)
    assert os.environ.get("MPDI_PUBLIC_ADDRESS") == before
