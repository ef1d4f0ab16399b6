"""The demonstration: fictitious, put in once, and every page has something to show."""

from sqlalchemy import func, select

from mpdi.accounts.models import User
from mpdi.accounts.passwords import is_right
from mpdi.demo import fill
from mpdi.helpdesk.models import Ticket
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
