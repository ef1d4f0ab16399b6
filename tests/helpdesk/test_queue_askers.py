"""Whoever asked is found by name and address, is forgotten with the ticket, and has her other questions beside it."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.orm import Session
from ticket_browsers import in_database, signed_in
from ticket_samples import ask, user
from werkzeug.datastructures import MultiDict

from mpdi.accounts.roles import Grant, Person, Role
from mpdi.helpdesk import queue_queries, upkeep_operations, word_queries
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.queue_filter import read_filter
from mpdi.helpdesk.vocabulary import Route

COORDINATOR = Person(1, (Grant(Role.COORDINATOR),))


def found(session: Session, words: str, person: Person = COORDINATOR) -> set[int]:
    return {row.id for row in queue_queries.queue(session, person, read_filter(MultiDict({"words": words}))).rows}


@pytest.mark.parametrize("few", [word_queries.FEW, 0])
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("zoe.martin@commune.example", True),
        ("ZOE.MARTIN@commune.example", True),
        ("martin", True),
        ("Zoé Martín", True),
        ("zoe lampes", True),
        ("commune.exam", True),
        ("zoe.martin@ville.example", False),
        ("oe.martin@commune.example", False),
    ],
)
def test_a_question_is_found_by_who_asked(
    session: Session, monkeypatch: pytest.MonkeyPatch, few: int, words: str, is_found: bool
):
    monkeypatch.setattr(word_queries, "FEW", few)
    wanted = ask(session, "Des lampes ?", email="zoe.martin@commune.example", name="Zoé Martin")
    ask(session, "Du papier ?")
    assert found(session, words) == ({wanted.id} if is_found else set())


def test_a_person_forgotten_is_found_no_more_and_no_trace_is_left_in_the_index(session: Session, tmp_path: Path):
    ticket = ask(session, "Des lampes ?", email="zoe.martin@commune.example", name="Zoé Martin")
    upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "zoe.martin@commune.example", None)
    assert found(session, "zoe") == found(session, "martin") == set()
    kept = session.execute(text("SELECT CAST(words AS text) FROM ticket_words")).scalar_one()
    assert "martin" not in kept
    assert ticket.anonymised_at is not None


def test_a_facilitator_finds_people_in_the_tickets_of_her_theme_only(session: Session):
    fatima = user(session, "Fatima", Role.FACILITATOR, Route.MPD)
    hers = ask(session, "Des lampes ?", name="Zoé Martin")
    ask(session, "Du pain ?", name="Zoé Martin", route=Route.FOOD)
    assert found(session, "martin", fatima.as_person()) == {hers.id}


def test_the_page_of_a_ticket_links_to_the_other_questions_of_its_asker_that_one_may_see(app: Flask):
    fatima, cora = signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD), signed_in(app, "Cora", Role.COORDINATOR)
    with in_database(app) as session:
        numbers = [
            ask(session, "Des lampes ?", email="zoe@commune.example").number,
            ask(session, "Du papier ?", email="ZOE@commune.example").number,
            ask(session, "Du pain ?", email="zoe@commune.example", route=Route.FOOD).number,
            ask(session, "D'une autre ?", email="ann@commune.example").number,
        ]
    address = f"/helpdesk/tickets/{numbers[0]}"
    links = [f'href="/helpdesk/tickets/{number}"' for number in numbers]
    page = fatima.get(address)
    assert "1 other question of this person" in page
    assert [link in page.split('id="who-answers"')[0] for link in links[1:]] == [True, False, False]
    assert [number in page for number in numbers[1:]] == [True, False, False], "nor as a ticket to merge it into"
    page = cora.get(address)
    assert "2 other questions of this person" in page
    assert [link in page.split('id="who-answers"')[0] for link in links[1:]] == [True, True, False]
    assert "of this person" not in cora.get(f"/helpdesk/tickets/{numbers[3]}")
