"""Every page of the portal answers, in three languages, with one title and a way back."""

import pytest
from flask.testing import FlaskClient
from lxml import html

from mpdi.clause_library.core.library import ClauseLibrary

PAGES = ("/", "/tools", "/clauses", "/about/law", "/about/accessibility", "/about/privacy", "/about/licences")


def page(client: FlaskClient, address: str, **kwargs: object) -> html.HtmlElement:
    response = client.get(address, **kwargs)
    assert response.status_code == 200, (address, response.status_code)
    return html.document_fromstring(response.get_data(as_text=True))


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_page_has_one_heading_and_its_language(client: FlaskClient, address: str, language: str) -> None:
    document = page(client, f"{address}?language={language}")
    assert document.get("lang") == language
    assert len(document.xpath("//h1")) == 1
    assert document.xpath("string(//title)").strip().endswith("· MPDI")
    assert document.xpath("//a[@class='skip-link' and @href='#main']")


def test_every_clause_has_a_page_in_each_language(client: FlaskClient, clause_library: ClauseLibrary) -> None:
    for identifier in clause_library.identifiers:
        for language in ("fr", "nl", "en"):
            document = page(client, f"/clauses/{identifier}?language={language}")
            assert document.xpath("//h1"), identifier


def test_no_page_holds_inline_style_or_script(client: FlaskClient) -> None:
    for address in (*PAGES, "/clauses/ENV-CLEAN-001", "/nothing"):
        document = html.document_fromstring(client.get(address).get_data(as_text=True))
        assert not document.xpath("//@style | //style | //script[not(@src)]"), address
        assert not document.xpath("//*[@onclick or @onload or @onchange or @onsubmit]"), address


def test_main_action_of_the_home_page_leads_to_the_questionnaire(client: FlaskClient) -> None:
    document = page(client, "/")
    assert [link.get("href") for link in document.xpath("//a[contains(@class, 'btn-main')]")] == ["/specifications/new"]


def test_healthz_says_ok(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
