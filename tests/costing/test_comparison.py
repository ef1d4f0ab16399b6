"""Two cases beside each other: what differs in the inputs and what that makes of the results; the address holds both."""

import html
import re
from urllib.parse import urlencode

import pytest

from mpdi.costing.links import example


def case(**changes):
    return "/life-cycle-cost/vending?" + urlencode({**example("vending", "fr"), "language": "fr", **changes})


def page(client, **links):
    answer = client.get("/life-cycle-cost/compare?" + urlencode({**links, "language": "fr"}))
    text = answer.get_data(as_text=True)
    return (
        answer.status_code,
        text,
        " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()).replace("\u202f", " ").replace("\xa0", " "),
    )


def test_what_differs_stands_side_by_side_and_what_does_not_stays_away(client):
    status, _, words = page(
        client, a=case(), b="http://mpdi.example" + case(b_electricity_price="0,60", o1_price="2900")
    )
    assert status == 200
    inputs = words.partition("Ce qui diffère dans les données")[2].partition("Ce qui diffère dans les résultats")[0]
    assert "0,6 EUR/kWh" in inputs
    assert "2 900 EUR/" in inputs
    assert "kWh/jour" not in inputs


def test_the_same_case_twice_differs_in_nothing(client):
    _, _, words = page(client, a=case(), b=case())
    assert "Aucune donnée ne diffère." in words


def test_figures_are_those_of_the_pages_of_the_cases(client):
    figures = re.findall(r"\d{2,3} \d{3},\d\d", page(client, a=case(), b=case(b_years="5"))[2])
    for link in (case(), case(b_years="5")):
        own = (
            html.unescape(re.sub(r"<[^>]+>", " ", client.get(link).get_data(as_text=True)))
            .replace("\u202f", " ")
            .replace("\xa0", " ")
        )
        costs = re.findall(r"(\d{2,3} \d{3},\d\d) pourquoi", " ".join(own.split()))
        assert costs
        assert set(costs[:4]) <= set(figures)


@pytest.mark.parametrize(
    "link", ["nonsense", "/life-cycle-cost/spaceship?x=1", "/life-cycle-cost/vending?b_quantity=many"]
)
def test_an_address_that_holds_no_whole_case_is_said_at_its_field(client, link):
    status, text, _ = page(client, a=case(), b=link)
    assert status == 422
    assert 'id="b-error"' in text
    assert 'id="a-error"' not in text


def test_the_page_of_a_case_leads_there_with_itself(client):
    text = client.get(case()).get_data(as_text=True)
    found = html.unescape(re.search(r'href="(/life-cycle-cost/compare\?a=[^"]+)"', text)[1])
    assert 'id="a-error"' not in client.get(found).get_data(as_text=True)


def test_two_sheets_are_compared_in_their_results_alone(client):
    other = "/life-cycle-cost/generic?" + urlencode({**example("generic", "fr"), "language": "fr"})
    _, _, words = page(client, a=case(), b=other)
    assert "fiches différentes" in words
