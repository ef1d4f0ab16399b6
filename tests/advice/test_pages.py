"""The pages: a form, an answer that is an address, errors at their field, three languages, nothing stored."""

import html
import re

import pytest

from mpdi.advice.core.reading import HELPERS

ANSWERED = {
    "turnover": ("value=200+000&asked=400.000,01", "is above the maximum of EUR"),
    "lots": ("value=140000", "Divide, or write down the main reasons"),
    "advance": ("estimate=100000&amount=121000&size=small&months=12", "12,100"),
    "deposit": ("award=50000", "A deposit of 5"),
    "compensation": ("amount=500&tenderers=4", "Compensation is mandatory"),
    "payment": ("days=31", "a condition is missing"),
}
WRONG = (
    ("turnover", "value=much", "“much” is not a number"),
    ("turnover", "value=-5", "“-5” is below zero"),
    ("turnover", "value=0", "is not above zero"),
    ("turnover", "structure=lots&lots=5%0Afive", "“five” is not a number"),
    ("lots", "value=", "This answer is needed."),
    ("lots", "value=1&day=32/12/2026", "is not a date"),
    ("lots", "value=1&day=1/1/1999", "The year lies outside"),
    ("lots", "value=1&day=1/1/2030", "The numbers of law are not known on this date"),
    ("advance", "estimate=1&size=huge", "“huge” is not one of the choices"),
    ("advance", "estimate=100000&size=figures", "Give the turnover or the balance-sheet total"),
    ("deposit", "award=50000&percent=101", "is not between 0 and 100"),
    ("payment", "days=1,5", "is not a whole number"),
    ("advance", "estimate=100000&months=0", "Give a number above zero"),
    ("turnover", "value=" + "9" * 18, "is not between"),
    ("turnover", "value=" + "9" * 5000, "This answer is too long"),
)


@pytest.fixture
def read(client):
    """Open a page and return its status and its words."""
    def reading(address, language="en"):
        answer = client.get(address + ("&" if "?" in address else "?") + f"language={language}")
        return answer.status_code, " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).replace("\u00a0", " ").split())
    return reading


def test_the_list_names_each_helper(client, read):
    status, page = read("/advice")
    assert status == 200
    assert "How much turnover may be required?" in page
    for name in (*HELPERS, "scoring"):
        assert f'href="/advice/{name}"' in client.get("/advice").get_data(as_text=True)


def test_a_form_without_answers_holds_no_error(read):
    for name in HELPERS:
        for language in ("fr", "nl", "en"):
            status, page = read(f"/advice/{name}", language)
            assert status == 200
            assert "{" not in page


def test_the_address_holds_the_answer(read):
    for name, (query, words) in ANSWERED.items():
        status, page = read(f"/advice/{name}?{query}")
        assert status == 200
        for each in (words, "Legal review: pending", "What to write in the documents", "Numbers of law used"):
            assert each in page, (name, each)
        for language in ("fr", "nl"):
            assert read(f"/advice/{name}?{query}", language)[0] == 200


def test_the_answer_names_clauses_of_the_library_and_keeps_what_was_typed(client):
    page = client.get("/advice/advance?estimate=100+000&amount=121000&size=small&language=fr").get_data(as_text=True)
    assert 'href="/clauses/SME-GEN-007"' in page
    assert 'value="100 000"' in page
    assert re.search(r'<option selected value="small">', page)


def test_what_is_wrong_stands_at_the_top_and_at_its_field(read):
    for name, query, words in WRONG:
        status, page = read(f"/advice/{name}?{query}")
        assert status == 422, (name, query)
        assert page.count(words) >= 2, (name, query)
        assert "Please check these answers" in page


def test_words_typed_are_escaped(client):
    page = client.get("/advice/turnover?value=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in page


def test_what_the_address_holds_besides_is_ignored(read):
    assert read("/advice/lots?utm=1")[0] == 200
    assert read("/advice/nothing")[0] == 404


def test_the_scoring_page_with_its_sample(client, read):
    blank = client.get("/advice/scoring?language=fr").get_data(as_text=True)
    sample = html.unescape(re.search(r'href="(/advice/scoring\?[^"]+)"', blank).group(1))
    page = client.get(sample).get_data(as_text=True)
    assert "En tête: Fictive Deux" in html.unescape(page)
    assert 'src="data:image/svg+xml;base64,' in page
    for language in ("nl", "en"):
        assert read(sample, language)[0] == 200


def test_a_scoring_that_cannot_be_tried_says_why(read):
    status, page = read("/advice/scoring?price_weight=60&criteria=Q;40&offers=A;-5;1&formula=proportional")
    assert status == 422
    assert "Line 1: “-5” is below zero" in page
    status, page = read("/advice/scoring?price_weight=60&criteria=Q;30&offers=A;5;1")
    assert status == 422
    assert "The weights come to 90 with the price: together they are 100." in page


def test_names_of_offers_are_escaped_in_page_and_picture(client):
    page = client.get("/advice/scoring?price_weight=100&offers=%3Cb%3EX%3C/b%3E%00;5&formula=proportional").get_data(as_text=True)
    assert "<b>X" not in page


def test_price_alone_can_be_tried(read):
    status, page = read("/advice/scoring?price_weight=100&offers=A;5%0AB;6&formula=range")
    assert status == 200
    assert "In front: A" in page
