"""The queue's search by words: the same on both databases, in step with every change, whatever is typed."""

from collections.abc import Iterator

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.orm import Session
from ticket_samples import actor, ask, user
from werkzeug.datastructures import MultiDict

from mpdi.accounts.roles import Grant, Person, Role
from mpdi.database import Database
from mpdi.helpdesk import fact_operations, operations, queue_queries, team_operations, upkeep_operations, word_queries
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.queue_filter import read_filter
from mpdi.helpdesk.vocabulary import Route
from mpdi.migrations import alembic_config, upgrade

COORDINATOR = Person(1, (Grant(Role.COORDINATOR),))


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened


def page_of(session: Session, words: str, **more: str) -> queue_queries.QueuePage:
    return queue_queries.queue(session, COORDINATOR, read_filter(MultiDict({"words": words, "done": "1"} | more)))


def found(session: Session, words: str, **more: str) -> set[int]:
    return {row.id for row in page_of(session, words, **more).rows}


@pytest.fixture(params=["few", "many"])
def held(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to look: by the index, and in the order of the list as where very many hold the words."""
    if request.param == "many":
        monkeypatch.setattr(word_queries, "FEW", 0)


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("ampoules", True),
        ("AMPOULES", True),
        ("amp", True),
        ("poules", False),
        ("ecolabel", True),
        ("Écolabel", True),
        ("écolabel européen", True),
        ("européen papier", False),
        ("d'ampoules", True),
        ("l'ampoules", False),
        ("œuvre", True),
        ("oeuvre", True),
        ("100", True),
        ("led", True),
        ("LED/écolabel", True),
        ("schoonmaak", True),
        ("Ixelles", True),
        ("x" * 60, True),
        ("x" * 39, True),
        ("x" * 39 + "y", False),
        ("%", False),
        ("_", False),
        ("' OR 1=1 --", False),
        ('"', False),
        ("*", False),
        ("amp*", True),
        ("amp:*", True),
        ("amp & led", False),
        ("NOT ampoules", False),
        ("\\ampoules", True),
        ("ﷺ", True),
        ("λάμπα", True),
        ("лампа", True),
    ],
)
def test_what_finds_a_question(session: Session, words: str, is_found: bool):
    said = (
        "Achat d'ampoules LED, écolabel européen, œuvre d'art, 100 %. Schoonmaakmiddelen. Λάμπα, лампа, 5 m², ﷺ "
        + "x" * 60
    )
    wanted = ask(session, said, authority_name="Commune d’Ixelles")
    ask(session, "Une tout autre question de papier")
    assert found(session, words) == ({wanted.id} if is_found else set())


@pytest.mark.usefixtures("held")
def test_a_number_finds_its_ticket(session: Session):
    one, two = ask(session, "un"), ask(session, "deux")
    assert found(session, one.number) == found(session, one.number.lower()) == {one.id}
    assert found(session, one.number.rpartition("-")[2]) == {one.id}
    assert found(session, "MPDI-2026") == {one.id, two.id}
    assert found(session, f"{one.number} un") == {one.id}
    assert found(session, f"{one.number} deux") == found(session, f"{one.number} {two.number}") == set()


@pytest.mark.usefixtures("held")
def test_every_change_is_found_at_once_and_what_is_gone_is_not(session: Session, tmp_path):
    fatima = user(session, "Fatima", Role.FACILITATOR)
    by = actor(fatima)
    ticket = ask(session, "Première question", email="ann@example.org")
    operations.write_note(session, ticket, by, "Notre avis interne", "fr", None)
    operations.answer(session, ticket, by, operations.Reply("La réponse définitive", "fr"), None)
    facts = fact_operations.Facts(authority_name="Institut des Fourrages")
    fact_operations.set_facts(session, ticket, by, facts, None)
    for words in ("premiere", "interne", "definitive", "fourrages", "premiere fourrages interne"):
        assert found(session, words) == {ticket.id}
    fact_operations.set_facts(session, ticket, by, fact_operations.Facts(), None)
    assert found(session, "fourrages") == set()
    upkeep_operations.anonymise(session, ticket, AttachmentStore(tmp_path))
    assert found(session, "premiere") == found(session, "interne") == found(session, "definitive") == set()
    assert found(session, ticket.number) == {ticket.id}


@pytest.mark.usefixtures("held")
def test_messages_of_a_merged_ticket_are_found_in_the_one_they_went_to(session: Session):
    fatima = user(session, "Fatima", Role.FACILITATOR)
    one = ask(session, "En hêtre massif", subject="Chaises")
    other = ask(session, "En bouleau", subject="Bureaux")
    team_operations.merge(session, one, actor(fatima), other, None)
    assert found(session, "hetre") == found(session, "hetre bouleau") == {other.id}
    assert found(session, "chaises") == {one.id}  # by its subject, which it keeps


def test_a_deleted_ticket_is_found_no_more(session: Session):
    ticket = ask(session, "Disparue bientôt")
    session.execute(text("DELETE FROM ticket_event"))
    session.expire_all()
    session.delete(session.get_one(Ticket, ticket.id))
    session.flush()
    assert found(session, "disparue") == set()
    assert session.execute(text("SELECT count(*) FROM ticket_words")).scalar_one() == 0


def test_very_many_are_paged_and_counted_up_to_a_limit(session: Session, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(word_queries, "FEW", 50)
    monkeypatch.setattr(queue_queries, "MOST_COUNTED", 70)
    for number in range(130):
        ask(session, f"nettoyage {number}", route=Route.FOOD if number < 60 else Route.MPD)
    first, second = page_of(session, "nettoyage", sort="oldest"), page_of(session, "nettoyage", sort="oldest", page="2")
    assert (first.total, first.are_more, first.pages) == (70, True, 2)
    assert len({row.id for row in (*first.rows, *second.rows)}) == 100
    narrowed = page_of(session, "nettoyage", route="food")
    assert (narrowed.total, narrowed.are_more, len(narrowed.rows)) == (60, False, 50)


def test_a_text_of_very_many_words_is_kept(session: Session):
    body = " ".join(f"mot{number}" for number in range(70_000))
    ticket = ask(session, "Longue lettre\n\n" + body)
    assert found(session, "mot1000 longue") == {ticket.id}


def test_tickets_from_before_the_index_are_found_after_the_upgrade(database_url: str):
    made = Database(database_url)
    upgrade(made.engine)
    with made.writing() as session:
        number = ask(session, "Écolabel\n\nd'ampoules ﷺ 100 %", authority_name="Ixelles").number
        before = session.execute(text("SELECT ticket_id, words FROM ticket_words")).all()
    command.downgrade(alembic_config(made.engine), "0002")
    upgrade(made.engine)
    with made.reading() as session:
        assert session.execute(text("SELECT ticket_id, words FROM ticket_words")).all() == before
        for words in ("ecolabel ampoules", "ixelles", number):
            assert len(found(session, words)) == 1
    made.engine.dispose()
