"""From an answer to a published article that tells nobody who asked, found again, and flagged when its clause changes."""

import html
import re
from dataclasses import replace

import pytest
from article_samples import answered, csrf, forget_loading, run_jobs, services_of, signed_in
from flask import Flask
from flask.testing import FlaskClient
from ticket_samples import ask

from mpdi.accounts.roles import Role
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.queries import LibraryCache
from mpdi.helpdesk.article_search import article_search
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.helpdesk.models import Article
from mpdi.helpdesk.routing import articles_of
from mpdi.helpdesk.vocabulary import Route
from mpdi.jobs.events import ClausePublished
from mpdi.jobs.operations import record
from mpdi.services import EXTENSION


@pytest.fixture
def facilitator(app: Flask) -> FlaskClient:
    forget_loading(app)
    return signed_in(app, Role.FACILITATOR)


def ticket_number(app: Flask, **facts: object) -> str:
    with services_of(app).database.writing() as session:
        return answered(session, **facts).number  # type: ignore[arg-type]


def made(app: Flask, browser: FlaskClient, **facts: object) -> str:
    """The address of a draft made of an answer: the first click."""
    token = csrf(browser, "/specifications/new")
    answer = browser.post(f"/helpdesk/articles/of-ticket/{ticket_number(app, **facts)}", data={"csrf_token": token})
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def fields(page: str) -> dict[str, object]:
    """What the form of a draft would send as it stands."""
    found: dict[str, object] = {
        name: text.removeprefix("\n") for name, text in
        re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    }
    for name in ("csrf_token", "revision"):
        match = re.search(rf'name="{name}" value="([^"]*)"', page)
        assert match
        found[name] = match.group(1)
    return found


def doubts(page: str) -> list[str]:
    return re.findall(r'type="checkbox" name="confirmed" value="([^"]*)"', page)


def published(app: Flask, browser: FlaskClient, **facts: object) -> str:
    address = made(app, browser, **facts)
    page = browser.get(address).get_data(as_text=True)
    answer = browser.post(address, data=fields(page) | {"do": "publish", "confirmed": doubts(page)})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    run_jobs(app)
    assert "/answers/" in answer.headers["Location"]
    return str(answer.headers["Location"])


def test_two_clicks_lead_from_an_answer_to_an_article_that_tells_nobody_who_asked(
    app, client, facilitator, clause_library
):
    page = client.get(published(app, facilitator)).get_data(as_text=True)
    for secret in ("Sophie", "Vandenbroucke", "Auderghem", "02 555", "EX-2026-014", "Luc", "Facilitateur"):
        assert secret not in page
    assert "120.000 euros" in page, "amounts stay"
    assert "un label écologique ou une preuve équivalente" in page
    assert 'href="/clauses/ENV-CLEAN-001"' in page
    newest = clause_library.versions("ENV-CLEAN-001")[-1].version
    assert f'href="/clauses/ENV-CLEAN-001/{newest}"' in page, "the clause version it rests on"


def test_a_doubt_must_be_confirmed_before_readers_see_the_article(app, client, facilitator):
    address = made(app, facilitator, reply="Demandez à notre voisin Ahmed Benali comment il a fait.\n\nVoir ENV-CLEAN-001.")
    page = facilitator.get(address).get_data(as_text=True)
    assert "ahmed benali" in doubts(page)
    assert "<mark>Ahmed Benali</mark>" in page
    refused = facilitator.post(address, data=fields(page) | {"do": "publish"}, follow_redirects=True)
    assert "identifier quelqu'un : 1" in html.unescape(refused.get_data(as_text=True))
    assert client.get("/answers.json").json == []
    page = facilitator.get(address).get_data(as_text=True)
    done = facilitator.post(address, data=fields(page) | {"do": "publish", "confirmed": "ahmed benali"})
    assert client.get(done.headers["Location"]).status_code == 200


def test_what_is_typed_later_is_doubted_too(app, client, facilitator):
    address = made(app, facilitator)
    page = facilitator.get(address).get_data(as_text=True)
    typed = fields(page) | {"answer_fr": "Appelez le 02 123 45 67.", "do": "publish"}
    assert facilitator.post(address, data=typed).headers["Location"].endswith("#doubts")
    assert "02 123 45 67" in doubts(facilitator.get(address).get_data(as_text=True))


def test_an_article_in_one_language_says_to_readers_of_the_other_that_it_is_missing(app, client, facilitator):
    address = published(app, facilitator)
    page = client.get(f"{address}?language=nl&content=nl").get_data(as_text=True)
    assert 'lang="fr"' in page
    assert "nog niet in het Nederlands" in page
    assert client.get(f"{address}.json").json["languages"] == ["fr"]


def test_an_article_without_a_whole_language_is_not_published(app, client, facilitator):
    address = made(app, facilitator)
    page = facilitator.get(address).get_data(as_text=True)
    facilitator.post(address, data=fields(page) | {"title_fr": "", "do": "publish", "confirmed": doubts(page)})
    assert client.get("/answers.json").json == []


def newer_clause(app: Flask, number: str = "1.1.0") -> None:
    """ENV-CLEAN-001 in a newer version, in force today, as an expert would publish it."""
    with services_of(app).database.writing() as session:
        rows = session.query(ClauseVersionRecord).filter_by(clause_id="ENV-CLEAN-001", status="published")
        old = rows.one()
        session.add(ClauseVersionRecord(
            clause_id=old.clause_id, version=number, digest="0" * 64, text=old.text.replace(old.version, number, 1),
            register=old.register, status=old.status, valid_from=old.valid_from, valid_to=None, changed_at=old.changed_at))
        record(session, ClausePublished("ENV-CLEAN-001", number))


@pytest.fixture
def own_library(app: Flask) -> Flask:
    """The portal with a cache of its own, for a test that changes the library."""
    found = services_of(app)
    library = LibraryCache()
    for handlers in found.jobs._handlers.values():
        for handler in handlers:
            if hasattr(handler, "_library"):
                handler._library = library
    app.extensions[EXTENSION] = replace(found, library=library)
    return app


def test_a_new_version_of_its_clause_flags_the_article_and_tells_its_readers(own_library, client, facilitator):
    address = published(own_library, facilitator)
    other = published(own_library, facilitator, reply="Voyez la clause SME-GEN-009.", subject="Paiement")
    newer_clause(own_library)
    run_jobs(own_library)
    page = client.get(f"{address}?language=fr").get_data(as_text=True)
    assert "ENV-CLEAN-001" in page
    assert "notice-warn" in page
    assert "notice-warn" not in client.get(other).get_data(as_text=True)
    desk = facilitator.get("/helpdesk/articles").get_data(as_text=True)
    assert desk.index('id="to_review"') < desk.index('id="published"')
    assert client.get(f"{address}.json").json["clauses_changed"] == ["ENV-CLEAN-001"]
    # A facilitator reads both and says that it holds: it rests on the new version from then on.
    edit = address_at_desk(own_library, address)
    form = fields(facilitator.get(edit).get_data(as_text=True))
    facilitator.post(f"{edit}/still-right", data={key: form[key] for key in ("csrf_token", "revision")})
    assert "notice-warn" not in client.get(address).get_data(as_text=True)
    assert client.get(f"{address}.json").json["clauses"] == ["ENV-CLEAN-001@1.1.0"]
    assert client.get(f"{address}/versions").status_code == 200


def address_at_desk(app: Flask, address: str) -> str:
    with services_of(app).database.reading() as session:
        found = session.query(Article).filter_by(slug=address.rpartition("/")[2]).one()
        return f"/helpdesk/articles/{found.id}"


def test_a_change_makes_a_new_version_and_the_difference_can_be_read(app, client, facilitator):
    address = published(app, facilitator)
    edit = address_at_desk(app, address)
    typed = fields(facilitator.get(edit).get_data(as_text=True))
    typed["answer_fr"] = str(typed["answer_fr"]).replace("au cas par cas", "par lot")
    facilitator.post(edit, data=typed | {"do": "keep"})
    assert "au cas par cas" in client.get(address).get_data(as_text=True), "readers still see the published version"
    typed = fields(facilitator.get(edit).get_data(as_text=True))
    facilitator.post(edit, data=typed | {"do": "publish"})
    assert "par lot" in client.get(address).get_data(as_text=True)
    difference = client.get(f"{address}/versions").get_data(as_text=True)
    assert "<del>au cas</del>" in difference
    assert "<ins>lot.</ins>" in difference


def test_two_who_change_the_same_article_do_not_overwrite_each_other(app, facilitator):
    address = made(app, facilitator)
    page = facilitator.get(address).get_data(as_text=True)
    facilitator.post(address, data=fields(page) | {"title_fr": "Premier titre", "do": "keep"})
    late = facilitator.post(address, data=fields(page) | {"title_fr": "Second titre", "do": "publish"})
    assert late.status_code == 409
    text = late.get_data(as_text=True)
    assert "Premier titre" in text
    assert "Second titre" in text, "what was typed is not lost"


def test_a_withdrawn_article_is_gone_for_readers_lists_and_search(app, client, facilitator):
    address = published(app, facilitator)
    edit = address_at_desk(app, address)
    form = fields(facilitator.get(edit).get_data(as_text=True))
    facilitator.post(f"{edit}/withdraw", data={key: form[key] for key in ("csrf_token", "revision")})
    run_jobs(app)
    assert client.get(address).status_code == 410
    assert client.get(f"{address}.json").status_code == 404
    assert client.get("/answers.json").json == []
    assert services_of(app).articles.search("écolabel nettoyage", "fr") == []


def test_a_browser_is_counted_once_and_only_a_cookie_of_its_own_knows(app, client, facilitator):
    address = published(app, facilitator)
    token = csrf(client, address)
    for verdict in ("yes", "no", "yes"):
        assert client.post(f"{address}/rate", data={"csrf_token": token, "helped": verdict}).status_code == 303
    stranger = app.test_client()
    stranger.post(f"{address}/rate", data={"csrf_token": csrf(stranger, address), "helped": "no"})
    with services_of(app).database.reading() as session:
        article = session.query(Article).one()
        assert (article.helped, article.did_not_help) == (1, 1)
    assert 'name="helped"' not in client.get(address).get_data(as_text=True)


def test_search_finds_an_article_by_its_words_and_by_its_meaning(app, client, facilitator):
    published(app, facilitator)
    published(app, facilitator, question="On nous paie après 90 jours, est-ce normal ?", subject="Délai de paiement",
              reply="Non : le délai est de trente jours, voir SME-GEN-009.")
    by_words = article_search(services_of(app).articles, "produits de nettoyage écolabel", "fr")
    assert by_words[0][1] == "Ecolabel pour le nettoyage"
    by_meaning = article_search(services_of(app).articles, "de factuur wordt veel te laat betaald", "nl")
    assert by_meaning[0][1] == "Délai de paiement"
    assert by_meaning[0][2]
    page = client.get("/answers?words=nettoyage").get_data(as_text=True)
    assert "Ecolabel pour le nettoyage" in page
    assert "Délai de paiement" not in client.get("/answers?route=food").get_data(as_text=True)


def test_search_finds_other_forms_of_a_word_and_nothing_for_what_no_article_is_about(app, client, facilitator):
    published(app, facilitator)
    published(app, facilitator, question="Une offre est bien plus basse que les autres, que demander ?",
              subject="Offre bien plus basse", reply="Invitez d'abord le soumissionnaire à justifier son prix, par écrit.")
    found = article_search(services_of(app).articles, "prix anormalement bas", "fr")
    assert [title for _slug, title, _why in found] == ["Offre bien plus basse"]
    for text in ("<script>alert(1)</script>", "1", "mon chien est malade"):
        assert article_search(services_of(app).articles, text, "fr") == []
    page = client.get("/answers", query_string={"words": "<script>alert(1)</script>"}).get_data(as_text=True)
    assert "Offre bien plus basse" not in page


@pytest.mark.parametrize(("role", "reads", "publishes"), [
    (None, 303, 403), (Role.BUYER, 403, 403), (Role.EXPERT, 200, 403), (Role.COORDINATOR, 200, 303),
    (Role.ADMINISTRATOR, 403, 403), (Role.LEGAL_REVIEWER, 403, 403), (Role.FIRM, 403, 403),
])
def test_only_those_who_may_write_and_publish(app, facilitator, role, reads, publishes):
    address = made(app, facilitator)
    page = facilitator.get(address).get_data(as_text=True)
    browser = signed_in(app, role) if role else app.test_client()
    assert browser.get(address).status_code == reads
    assert browser.get("/helpdesk/articles").status_code == reads
    typed = fields(page) | {"do": "publish", "csrf_token": csrf(browser, "/specifications/new")}
    assert browser.post(address, data=typed).status_code == publishes


def test_an_article_is_made_only_of_a_ticket_that_one_may_see(app, facilitator):
    other = signed_in(app, Role.FACILITATOR, Route.FOOD)
    number = ticket_number(app)
    token = csrf(other, "/specifications/new")
    assert other.post(f"/helpdesk/articles/of-ticket/{number}", data={"csrf_token": token}).status_code == 404
    token = csrf(facilitator, "/specifications/new")
    for _ in range(2):  # clicked twice: one draft
        assert facilitator.post(f"/helpdesk/articles/of-ticket/{number}", data={"csrf_token": token}).status_code == 303
    with services_of(app).database.writing() as session:
        assert session.query(Article).count() == 1
        unanswered = ask(session).number
    answer = facilitator.post(f"/helpdesk/articles/of-ticket/{unanswered}", data={"csrf_token": token})
    assert answer.headers["Location"] == f"/helpdesk/tickets/{unanswered}"


def test_the_list_without_articles_says_what_to_do_next(client):
    page = client.get("/answers?language=fr").get_data(as_text=True)
    assert 'class="empty"' in page
    assert "/clauses" in page


def test_an_answer_shown_is_counted_once_a_question_and_stands_in_the_figures_with_what_it_helped(app, facilitator):
    published(app, facilitator)
    found = services_of(app)
    own = SuggestionService(found.settings.cache_folder, found.search, articles_of(found.articles))
    app.extensions[EXTENSION] = replace(found, suggestions=own)
    asker, other = app.test_client(), app.test_client()
    typed = {"question": "Puis-je demander un écolabel pour les produits de nettoyage ?"}
    token = {"csrf_token": csrf(asker, "/specifications/new")}
    for _keystroke in range(3):
        found = asker.post("/questions/suggestions?language=fr", data=typed | token).json
    (reference,) = [each["reference"] for each in found if each["reference"].startswith("article:")]
    asker.post("/questions/new", data=typed | token | {"action": f"helped:{reference}", "language": "fr"})
    other.post("/questions/suggestions", data=typed | {"csrf_token": csrf(other, "/specifications/new")})
    page = facilitator.get("/helpdesk/reports").get_data(as_text=True)
    assert f'/{reference.partition(":")[2]}">' in page
    lines = facilitator.get("/helpdesk/reports.csv").data.decode("utf-8-sig").splitlines()
    (row,) = [line.split(";") for line in lines if line.startswith("article_shown_and_enough")]
    assert (row[1], row[3:5]) == (reference.partition(":")[2], ["1", "2"])
