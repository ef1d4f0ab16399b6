"""Two choices of language, independent of each other, remembered, and never a way to another site."""

import pytest
from flask.testing import FlaskClient
from lxml import html


def language_of(client: FlaskClient, address: str, accept: str = "") -> str:
    document = html.document_fromstring(client.get(address, headers={"Accept-Language": accept}).get_data(as_text=True))
    language: str = document.get("lang")
    return language


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("nl-BE,nl;q=0.9,en;q=0.5", "nl"),
        ("en-GB", "en"),
        ("fr-BE", "fr"),
        ("de-DE", "fr"),
        ("", "fr"),
        ("*", "fr"),
        (";;q=x,", "fr"),
    ],
)
def test_the_browser_is_followed_until_a_choice_is_made(client: FlaskClient, accept: str, expected: str) -> None:
    assert language_of(client, "/", accept) == expected


def test_a_choice_is_remembered_and_stays_on_the_page(client: FlaskClient) -> None:
    assert language_of(client, "/about/law?language=nl", "fr") == "nl"
    assert language_of(client, "/", "fr") == "nl"


def test_content_and_interface_are_independent(client: FlaskClient) -> None:
    document = html.document_fromstring(
        client.get("/clauses/ENV-CLEAN-001?language=en&content=nl").get_data(as_text=True)
    )
    assert document.get("lang") == "en"
    assert document.xpath("string(//h1)").strip() == "Schoonmaakproducten met ecolabel"
    assert document.xpath("//h1//*/@lang") == ["nl"]
    document = html.document_fromstring(client.get("/clauses/ENV-CLEAN-001?language=fr").get_data(as_text=True))
    assert document.xpath("string(//h1)").strip() == "Schoonmaakproducten met ecolabel", "the content language is kept"


def test_content_follows_the_interface_without_a_choice(client: FlaskClient) -> None:
    assert "Schoonmaakproducten met ecolabel" in client.get("/clauses?language=nl").get_data(as_text=True)


@pytest.mark.parametrize(
    "query",
    [
        "language=de",
        "language=%00",
        "language=fr&language=nl",
        "content=en",
        "content[]=nl",
        "_external=1&_scheme=javascript",
        "_anchor=x&_method=POST",
        "language=../../etc",
        "words=%F0%9F%98%80%E2%80%AEabc",
        "words=" + "a" * 5000,
        "page=-1",
        "page=1e99",
        "page=99999999999999999999",
        "theme=%3Cscript%3E&theme=social",
        "words=%22%22%22((OR AND NOT *:* [",
        "a=%FF%FE",
    ],
)
def test_hostile_query_strings_give_a_page(client: FlaskClient, query: str) -> None:
    for address in ("/", "/clauses"):
        response = client.get(f"{address}?{query}")
        document = html.document_fromstring(response.get_data(as_text=True))
        assert response.status_code == 200
        assert document.get("lang") in ("fr", "nl", "en")
        for link in document.xpath("//nav[contains(@class, 'languages')]//a/@href"):
            assert link.startswith("?"), link
        assert not document.xpath("//script[not(@src)]")


def test_the_switch_keeps_what_was_asked(client: FlaskClient) -> None:
    document = html.document_fromstring(client.get("/clauses?words=prix&theme=social&theme=sme").get_data(as_text=True))
    links = document.xpath("//nav[contains(@class, 'languages')]//a/@href")
    assert "?words=prix&theme=social&theme=sme&language=nl" in links


def test_answers_vary_by_language(client: FlaskClient) -> None:
    response = client.get("/")
    assert {"Accept-Language", "Cookie"} <= set(response.vary)
    assert response.headers["Content-Language"] == "fr"
