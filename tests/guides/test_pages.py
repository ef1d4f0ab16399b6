"""Pages of the guides: the cards, a guide in either language whatever the interface, links to clauses and back."""

import html
import re

import pytest

from mpdi.guides.reading import edition_guides

GUIDES = edition_guides()


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.get_data(as_text=True))


def test_every_guide_has_a_card_with_its_question(client):
    words = page(client, "/guides?language=fr")
    for guide in GUIDES.all:
        assert f'<a href="/guides/{guide.slug}">' in words
    assert '<a href="/guides/glossary">' in words
    assert "Parler aux entreprises avant de publier" in words


@pytest.mark.parametrize("guide", GUIDES.all, ids=lambda guide: guide.slug)
def test_a_guide_leads_to_its_clauses_and_says_that_no_lawyer_read_it(client, guide):
    words = page(client, f"/guides/{guide.slug}?language=fr&content=fr")
    for clause in guide.clauses:
        assert f'href="/clauses/{clause.id}"' in words
    assert "en attente" in words
    assert "{{" not in words
    link = re.search(r'href="(/questions/new\?door=buyer&amp;about=[^"]+)"', words)
    assert link
    asked = html.unescape(page(client, html.unescape(link.group(1))))
    assert f'value="Guide: {" ".join(guide.title["fr"].split())}"' in asked


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_language_of_the_text_is_chosen_apart_from_the_interface(client, language):
    words = page(client, f"/guides/market-engagement?language={language}&content=nl")
    assert "De markt tijdig raadplegen" in words
    assert ('<h1><span lang="nl">' in words) == (language != "nl")
    assert {"fr": "En bref", "nl": "Kort antwoord", "en": "The short answer"}[language] in words


def test_an_english_page_says_that_its_text_is_in_french_and_dutch_only(client):
    words = "exists in French and Dutch only"
    for address in ("/guides", "/guides/site-checks", "/guides/glossary"):
        assert words in page(client, f"{address}?language=en")
        assert words not in page(client, f"{address}?language=fr")


def test_an_unknown_guide_is_not_found(client):
    assert client.get("/guides/nothing").status_code == 404


def test_the_glossary_is_in_the_order_of_its_language(client):
    for language in ("fr", "nl"):
        words = page(client, f"/guides/glossary?language={language}&content={language}")
        places = [words.index(f'<dt id="{term.key}"') for term in GUIDES.glossary.sorted_for(language)]
        assert places == sorted(places)


def test_a_clause_leads_back_to_the_guides_that_name_it(client):
    assert 'href="/guides/market-engagement"' in page(client, "/clauses/SME-GEN-012")
    assert "/guides/" not in page(client, "/clauses/ENV-VEH-001")
