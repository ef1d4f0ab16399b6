"""The list of clauses: searched, filtered, counted, and cheap."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import Engine, event

from mpdi import clock
from mpdi.app import create_app
from mpdi.clause_library.catalogue import PAGE_SIZE
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.operations import load_edition
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services


def listed(client: FlaskClient, address: str) -> list[str]:
    """The identifiers on a page of the list, in order."""
    response = client.get(address)
    assert response.status_code == 200
    document = html.document_fromstring(response.get_data(as_text=True))
    return [
        link.rsplit("/", 1)[-1] for link in document.xpath("//article[contains(@class, 'clause-item')]//h3/a/@href")
    ]


def counts(client: FlaskClient, address: str) -> dict[str, int]:
    """What each value of each facet says it holds."""
    document = html.document_fromstring(client.get(address).get_data(as_text=True))
    return {
        f"{box.get('name')}:{box.get('value')}": int(box.xpath("string(following-sibling::label/*[@class='count'])"))
        for box in document.xpath("//input[@type='checkbox']")
    }


def test_without_words_every_clause_is_listed(client: FlaskClient) -> None:
    found = listed(client, "/clauses")
    assert len(found) >= 40
    assert found == sorted(found)


def test_words_rank_and_mark_what_matched(client: FlaskClient) -> None:
    assert listed(client, "/clauses?words=produits+de+nettoyage+ecolabel")[0].startswith("ENV-CLEAN-")
    text = client.get("/clauses?words=ecolabel").get_data(as_text=True)
    assert "<mark>" in text


def test_a_french_question_finds_what_is_then_read_in_dutch(client: FlaskClient) -> None:
    french = set(listed(client, "/clauses?words=r%C3%A9vision+des+prix&content=fr")[:5])
    dutch = set(listed(client, "/clauses?words=r%C3%A9vision+des+prix&content=nl")[:5])
    assert french & dutch


def test_the_way_a_clause_was_found_is_said(client: FlaskClient) -> None:
    text = client.get("/clauses?words=ecolabel&language=en").get_data(as_text=True)
    assert "Found by words" in text


def test_facets_filter_and_their_counts_are_true(client: FlaskClient) -> None:
    for name, count in counts(client, "/clauses").items():
        facet, value = name.split(":")
        pages = range(1, -(-count // PAGE_SIZE) + 1)
        shown = [each for page in pages for each in listed(client, f"/clauses?{facet}={value}&page={page}")]
        assert len(set(shown)) == len(shown) == count, name


def every_page(client: FlaskClient, query: str) -> set[str]:
    """The identifiers on all pages of a filtered list."""
    found: set[str] = set()
    for page in range(1, 1000):
        shown = listed(client, f"/clauses?{query}&page={page}")
        found.update(shown)
        if len(shown) < PAGE_SIZE:
            break
    return found


def test_two_values_of_a_facet_widen_two_facets_narrow(client: FlaskClient) -> None:
    social, ethical = every_page(client, "theme=social"), every_page(client, "theme=ethical")
    assert every_page(client, "theme=social&theme=ethical") == social | ethical
    assert every_page(client, "theme=social&kind=award") < social


def test_nothing_found_says_why_and_what_next(client: FlaskClient) -> None:
    text = client.get("/clauses?words=ENV-FOOD-999&theme=innovation&kind=sanction&language=en").get_data(as_text=True)
    assert "No clause fits these words and all of these filters." in text
    assert "Search again without filters" in text


def test_without_an_index_the_list_still_works_and_says_so(settings: Settings) -> None:
    for path in settings.index_folder.iterdir():
        path.unlink()
    app = create_app(settings)
    client = app.test_client()
    assert len(listed(client, "/clauses?words=prix")) >= 40
    assert "Search is not available" in client.get("/clauses?words=prix&language=en").get_data(as_text=True)
    app.extensions[EXTENSION].database.engine.dispose()


@contextmanager
def statements(engine: Engine) -> Iterator[list[str]]:
    """Collect the SQL statements that a block sends."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield sent
    event.remove(engine, "before_cursor_execute", note)


def test_a_page_takes_at_most_three_statements(settings: Settings, database: Database, database_url: str) -> None:
    with database.writing() as session:
        load_edition(session, folder("clauses"))
    app = create_app(replace(settings, database_url=database_url))
    made: Services = app.extensions[EXTENSION]
    client = app.test_client()
    client.get("/clauses")
    for address in ("/clauses", "/clauses?words=prix&theme=social", "/clauses/ENV-CLEAN-001", "/", "/api/clauses"):
        with statements(made.database.engine) as sent:
            assert client.get(address).status_code == 200
        selects = [statement for statement in sent if not statement.startswith("BEGIN")]
        assert len(selects) <= 3, (address, selects)
    made.search.words.close()
    made.database.engine.dispose()


def test_a_change_in_the_database_shows_at_once(
    app: object, client: FlaskClient, clause_library: ClauseLibrary
) -> None:
    one = next(each for each in clause_library.identifiers if len(clause_library.versions(each)) == 1)
    database = app.extensions[EXTENSION].database  # type: ignore[attr-defined]
    with database.writing() as session:
        row = session.query(ClauseVersionRecord).filter_by(clause_id=one).one()
        row.register = {**row.register, "status": "withdrawn"}
        row.changed_at = clock.now()
    assert "Retirée" in client.get(f"/clauses/{one}").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/clauses?page=2", "/clauses?page=500"])
def test_a_page_beyond_the_end_says_so(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200
