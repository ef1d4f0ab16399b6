"""Similar tickets: found by words and by meaning, shown to nobody who may not see them, forgotten with their people."""

import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import ask

from mpdi.accounts.roles import Grant, Person, Role
from mpdi.database import Database
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import find_ticket
from mpdi.helpdesk.meaning_models import TicketMeaning
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.similar_queries import similar
from mpdi.helpdesk.upkeep_operations import anonymise
from mpdi.helpdesk.vocabulary import Route

ECOLABEL = "Puis-je demander un écolabel pour le nettoyage de l'école ?"
DUTCH = "Mag ik een ecolabel vragen voor de schoonmaak van het schoolgebouw?"
"""The same asked in Dutch: not one word is shared."""
PAYMENT = "Notre facture attend depuis cent jours : que faire du retard de paiement ?"


@pytest.fixture
def numbers(app: Flask) -> dict[str, str]:
    """Three questions: one, the same in Dutch, and another."""
    with in_database(app) as session:
        return {
            "ecolabel": ask(session, ECOLABEL).number,
            "dutch": ask(session, DUTCH, language="nl", email="jan@example.org").number,
            "payment": ask(session, PAYMENT, route=Route.FOOD, email="kim@example.org").number,
        }


def similar_on(page: str) -> str:
    return page.partition("Similar tickets")[2].partition("</details>")[0]


def meanings(app: Flask) -> int:
    with services_of(app).database.reading() as session:
        return len(session.scalars(select(TicketMeaning.ticket_id)).all())


def test_the_same_question_in_the_other_language_is_found_and_another_is_not(app: Flask, numbers: dict[str, str]):
    desk = signed_in(app, "Chris", Role.COORDINATOR)
    for number in numbers.values():
        desk.get(f"/helpdesk/tickets/{number}")
    assert meanings(app) == 3
    found = similar_on(desk.get(f"/helpdesk/tickets/{numbers['ecolabel']}"))
    assert numbers["dutch"] in found
    assert numbers["payment"] not in found


def test_a_facilitator_is_shown_no_ticket_of_another_theme(app: Flask, numbers: dict[str, str]):
    with in_database(app) as session:
        other = ask(session, DUTCH, language="nl", route=Route.FOOD).number
    desk = signed_in(app, "Chris", Role.COORDINATOR)
    for number in (*numbers.values(), other):
        desk.get(f"/helpdesk/tickets/{number}")
    fatima = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)
    found = similar_on(fatima.get(f"/helpdesk/tickets/{numbers['ecolabel']}"))
    assert numbers["dutch"] in found
    assert other not in found


def test_what_a_ticket_means_is_forgotten_with_its_people(app: Flask, numbers: dict[str, str]):
    desk = signed_in(app, "Chris", Role.COORDINATOR)
    for number in numbers.values():
        desk.get(f"/helpdesk/tickets/{number}")
    with in_database(app) as session:
        anonymise(session, find_ticket(session, numbers["dutch"]), AttachmentStore(services_of(app).settings.home))
    assert meanings(app) == 2
    assert numbers["dutch"] not in similar_on(desk.get(f"/helpdesk/tickets/{numbers['ecolabel']}"))
    desk.get(f"/helpdesk/tickets/{numbers['dutch']}")
    assert meanings(app) == 2, "opened again, nothing of it is kept again"


def test_who_asks_is_shown_earlier_questions_of_hers_and_of_nobody_else(app: Flask, numbers: dict[str, str]):
    bea = signed_in(app, "Bea", Role.BUYER)
    assert bea.user is not None
    from mpdi.helpdesk.change_operations import Actor

    with in_database(app) as session:
        question = NewQuestion(body=ECOLABEL, language="fr", route=Route.MPD, email="bea@example.org")
        mine = open_ticket(session, question, Actor(bea.user.id, "Bea"))[0].number
    desk = signed_in(app, "Chris", Role.COORDINATOR)
    for number in (*numbers.values(), mine):
        desk.get(f"/helpdesk/tickets/{number}")

    def tickets_of(browser: Browser) -> list[str]:
        browser.get("/questions/new")
        found = browser.post("/questions/suggestions", {"question": DUTCH}, 200).json
        return [item["reference"] for item in found if item["reference"].startswith("ticket:")]

    assert tickets_of(bea) == [f"ticket:{mine}"]
    assert tickets_of(signed_in(app, "Kim", Role.BUYER)) == []
    assert tickets_of(Browser(app)) == []
    page = bea.get(f"/questions/{mine}")
    assert ECOLABEL.partition("'")[0] in page


@pytest.mark.parametrize(
    ("subject", "other", "is_alike"),
    [
        ("Écolabel pour l'Énergie", "ÉCOLABEL et énergie", True),
        ("Ecolabel, energie", "l'écolabel (énergie)", True),
        ("Écolabel pour l'Énergie", "Écolabel et papier", False),
        ("Label pour œuvres", "OEUVRES : label", True),
        ("Nettoyage", "NETTOYAGES", True),
    ],
)
def test_subjects_are_compared_without_capitals_and_accents_on_both_databases(
    database: Database, subject: str, other: str, is_alike: bool
):
    with database.writing() as session:
        one = ask(session, "Bonjour", subject=subject)
        ask(session, "Une écolabel, une énergie, un label, une œuvre, un nettoyage ?", subject="Autre chose")
        two = ask(session, "Bonjour", subject=other)
        found = similar(session, Person(1, (Grant(Role.COORDINATOR),)), one, None)
        assert [row.id for row in found] == ([two.id] if is_alike else [])
