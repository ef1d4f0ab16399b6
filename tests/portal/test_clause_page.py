"""The page of a clause, its JSON, its plain text, and two versions compared."""

import json
from dataclasses import replace

from flask.testing import FlaskClient
from lxml import html

from mpdi.clause_library.comparison import compare, compare_words
from mpdi.clause_library.core.digest import version_digest
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import VersionNumber
from mpdi.clause_library.presentation import clause_json, clause_summary
from mpdi.services import EXTENSION, Services

SUMMARY_KEYS = [
    "id",
    "version",
    "status",
    "themes",
    "categories",
    "kind",
    "ambition",
    "title",
    "legal_review",
    "digest",
]
ADDED_TO_TEXT = ("status", "legal_review", "digest", "certainty", "register")


def document(client: FlaskClient, address: str) -> html.HtmlElement:
    return html.document_fromstring(client.get(address).get_data(as_text=True))


def test_both_languages_stand_side_by_side_each_marked(client: FlaskClient, clause_library: ClauseLibrary) -> None:
    page = document(client, "/clauses/ENV-CLEAN-001?language=fr")
    pairs = page.xpath("//section[@aria-labelledby='text-title']//div[@class='pair']")
    clause = clause_library.versions("ENV-CLEAN-001")[-1]
    assert len(pairs) == len(clause.text)
    for pair in pairs:
        assert [part.get("lang") for part in pair] == ["fr", "nl"]


def test_parameters_stand_in_the_sentence_and_in_a_table(client: FlaskClient) -> None:
    page = document(client, "/clauses/ENV-CLEAN-001?language=fr")
    links = page.xpath("//a[@class='parameter'][@href='#parameter-ecolabel_share']")
    assert {link.text for link in links} == {"75\u00a0%"}
    assert page.xpath("//tr[@id='parameter-ecolabel_share']")
    assert all(page.xpath(f"//*[@id='{target[1:]}']") for target in page.xpath("//a[@class='parameter']/@href"))


def test_law_says_its_certainty_and_that_no_lawyer_has_read_it(client: FlaskClient) -> None:
    page = document(client, "/clauses/ENV-CLEAN-001?language=fr")
    law = page.xpath("string(//section[@aria-labelledby='law-title'])")
    assert "Cette base légale n'a pas encore été relue par un juriste." in law
    assert "lu" in law
    assert "Avis juridique\u00a0: en attente" in page.xpath("string(//header//ul[@class='tags'])")


def test_the_permanent_address_shows_the_same_version(client: FlaskClient) -> None:
    assert document(client, "/clauses/ENV-CLEAN-001").xpath("string(//h1)") == document(
        client, "/clauses/ENV-CLEAN-001/1.0.0"
    ).xpath("string(//h1)")


def test_json_is_everything_and_its_text_has_the_digest(client: FlaskClient, clause_library: ClauseLibrary) -> None:
    for version in clause_library:
        data = client.get(f"/clauses/{version.id}/{version.version}.json").get_json()
        assert data == clause_json(version)
        assert data["register"]["readings"] is not None
        text = {key: value for key, value in data.items() if key not in ADDED_TO_TEXT}
        assert version_digest(text) == data["digest"] == version.digest


def test_api_lists_summaries_with_the_promised_keys(client: FlaskClient, clause_library: ClauseLibrary) -> None:
    items = client.get("/api/clauses").get_json()
    assert [list(item) for item in items] == [SUMMARY_KEYS] * len(clause_library.identifiers)
    assert items[0] == clause_summary(clause_library.versions(items[0]["id"])[-1])
    assert json.dumps(items)


def test_api_filters_searches_and_answers_not_modified(client: FlaskClient) -> None:
    assert {item["themes"][0] for item in client.get("/api/clauses?theme=innovation").get_json()} >= {"innovation"}
    hits = client.get("/api/clauses/search?words=%C3%A9colabel&content=fr").get_json()
    assert hits
    assert list(hits[0]) == ["id", "title", "score", "excerpt"]
    assert client.get("/api/clauses/search").get_json() == []
    first = client.get("/api/clauses/ENV-CLEAN-001")
    again = client.get("/api/clauses/ENV-CLEAN-001", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_plain_text_is_ready_to_paste(client: FlaskClient, clause_library: ClauseLibrary) -> None:
    for language, words in (("fr", "À garder seulement si"), ("nl", "Enkel behouden als")):
        response = client.get(f"/clauses/ENV-CLEAN-001/1.0.0.txt?content={language}")
        text = response.get_data(as_text=True)
        assert response.mimetype == "text/plain"
        assert response.headers["Content-Language"] == language
        assert text.startswith(clause_library.versions("ENV-CLEAN-001")[-1].title[language])
        assert "75\u00a0%" in text
        assert "{{" not in text
        assert words in text
        assert "ENV-CLEAN-001 · 1.0.0 · sha256:" in text


def test_words_are_compared_without_losing_any() -> None:
    changes = list(compare_words("au moins 75 % du volume", "au moins 80 % du volume total"))
    assert [(change.kind, change.text) for change in changes] == [
        ("same", "au moins"),
        ("removed", "75"),
        ("added", "80"),
        ("same", "% du volume"),
        ("added", "total"),
    ]


def test_two_versions_are_compared_on_a_page(app: object, client: FlaskClient, clause_library: ClauseLibrary) -> None:
    old = clause_library.versions("ENV-CLEAN-001")[-1]
    paragraph = old.text[0]
    words = replace(paragraph.text, fr=paragraph.text.fr + " <b>Ajout</b> essentiel.")
    new = replace(old, version=VersionNumber(1, 1, 0), text=(replace(paragraph, text=words), *old.text[1:]))
    assert any(section.is_changed for section in compare(old, new, "fr"))
    assert not any(section.is_changed for section in compare(old, new, "nl"))

    services: Services = app.extensions[EXTENSION]  # type: ignore[attr-defined]
    library = ClauseLibrary([old, new], clause_library.reference)
    services_library = type("Fixed", (), {"library": lambda self, session: library})()
    app.extensions[EXTENSION] = replace(services, library=services_library)  # type: ignore[attr-defined]
    text = client.get(f"/clauses/ENV-CLEAN-001/compare?from={old.version}&to=1.1.0&language=fr").get_data(as_text=True)
    assert "&lt;b&gt;Ajout&lt;/b&gt; essentiel." in text
    assert "<ins>" in text
    old_page = client.get(f"/clauses/ENV-CLEAN-001/{old.version}?language=fr").get_data(as_text=True)
    assert "Ce n'est pas la version en usage" in html.fromstring(old_page).text_content()
    page = client.get("/clauses/ENV-CLEAN-001").get_data(as_text=True)
    assert f"/clauses/ENV-CLEAN-001/compare?from={old.version}&amp;to=1.1.0" in page
