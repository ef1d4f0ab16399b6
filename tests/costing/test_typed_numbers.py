"""Numbers typed on the pages: the decimal mark of the language, one rule for every field, nothing guessed by a thousand."""

import html
import json
import re
from decimal import Decimal
from urllib.parse import urlencode

import pytest

from mpdi.costing.links import example
from mpdi.costing.typed_numbers import AmbiguousNumberError, in_language, read_typed
from mpdi.specifications.typed_values import NotANumberError

NBSP = "\u202f"


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234", "1.234"), ("1,125", "1.125"), ("12,125", "12.125"), ("1,12", "1.12"), ("0,125", "0.125"),
        ("1234", "1234"), ("1 234", "1234"), (f"1{NBSP}234,5", "1234.5"), ("1 234 567,25", "1234567.25"),
        ("1.234,50", "1234.50"), ("1.234.567", "1234567"), ("12.5", "12.5"), ("0.125", "0.125"), ("-1,5", "-1.5"),
        ("12,50 €", "12.50"), ("3 %", "3"),
    ],
)  # fmt: skip
def test_a_comma_is_the_decimal_mark_in_french_and_dutch(language, text, value):
    assert read_typed(text, language) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.234", "1.234"), ("1.125", "1.125"), ("1 234.5", "1234.5"), ("1,234.50", "1234.50"), ("1,234,567", "1234567"), ("12,5", "12.5"), ("0,125", "0.125")],
)  # fmt: skip
def test_a_point_is_the_decimal_mark_in_english(text, value):
    assert read_typed(text, "en") == Decimal(value)


@pytest.mark.parametrize(
    ("text", "language", "whole", "decimal"),
    [("1.234", "fr", "1234", "1,234"), ("12.125", "nl", "12125", "12,125"), ("1,234", "en", "1234", "1.234"), ("1 234.567", "fr", "1234567", "1234,567")],
)  # fmt: skip
def test_what_can_be_read_two_ways_is_refused_with_both(text, language, whole, decimal):
    with pytest.raises(AmbiguousNumberError) as refused:
        read_typed(text, language)
    assert (refused.value.whole, refused.value.decimal) == (whole, decimal)
    assert read_typed(whole, language) == 1000 * read_typed(decimal, language)


@pytest.mark.parametrize("text", ["1,234.50", "1,2,3", "12 34", "1_234", ",5", "5,", "1234 W", "=1+1", "--1", "9" * 25, ""])
def test_what_is_no_number_in_french_is_refused(text):
    with pytest.raises(NotANumberError):
        read_typed(text, "fr")


MAINTENANCE = re.compile(r'name="o2_maintenance_year"[^>]*value="([^"]*)"')


def page(client, language, **typed):
    return client.get("/life-cycle-cost/generic?" + urlencode({**example("generic", language), **typed, "language": language}))


@pytest.mark.parametrize(
    ("language", "text", "read"),
    [("fr", "1,234", 1.234), ("nl", "1,125", 1.125), ("fr", "12,125", 12.125), ("en", "1.234", 1.234), ("nl", "1 234", 1234), ("en", "1 234", 1234)],
)  # fmt: skip
def test_a_price_of_the_page_is_never_a_thousand_times_what_was_typed(client, language, text, read):
    typed = example("generic", language) | {"o2_maintenance_year": text, "language": language}
    case = json.loads(client.get("/life-cycle-cost/generic/case.json?" + urlencode(typed)).data)
    assert case["offers"][1]["values"]["maintenance_year"] == read


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("fr", "1.234", "« 1.234 » peut se lire de deux façons : écrivez 1234 ou 1,234."),
        ("nl", "1.234", "“1.234” kan op twee manieren worden gelezen: schrijf 1234 of 1,234."),
        ("en", "1,234", "“1,234” can be read in two ways: write 1234 or 1.234."),
    ],
)
@pytest.mark.parametrize("field", ["o2_maintenance_year", "o2_price", "b_discount_rate"])
def test_a_field_refuses_what_can_be_read_two_ways_and_says_what_to_write(client, language, text, said, field):
    answer = page(client, language, **{field: text})
    at_field = re.search(rf'id="{field}-error">(.*?)</p>', html.unescape(answer.get_data(as_text=True)), re.S)
    assert answer.status_code == 422
    assert said in at_field[1].replace("\u00a0", " ").replace("\u202f", " ")


def test_a_link_made_in_french_holds_the_same_numbers_in_english(client):
    typed = example("generic", "fr") | {"o2_maintenance_year": "1,125"}
    answer = client.get("/life-cycle-cost/generic?" + urlencode({**typed, "language": "en"}))
    assert answer.status_code == 200
    shown = answer.get_data(as_text=True)
    assert MAINTENANCE.search(shown)[1] == "1.125"
    assert 'name="typed_in" value="en"' in shown


def test_an_ambiguous_number_is_not_made_clear_by_changing_the_language(client):
    typed = example("generic", "fr") | {"o2_maintenance_year": "1.234"}
    answer = client.get("/life-cycle-cost/generic?" + urlencode({**typed, "language": "en"}))
    assert answer.status_code == 422
    assert MAINTENANCE.search(answer.get_data(as_text=True))[1] == "1.234"
    assert 'name="typed_in" value="fr"' in answer.get_data(as_text=True)


def test_values_without_a_language_are_those_of_the_page():
    assert in_language({"a": "1,5"}, ["a"], "nl") == {"a": "1,5", "typed_in": "nl"}
    assert in_language({"a": "1.5", "typed_in": "en"}, ["a"], "nl") == {"a": "1,5", "typed_in": "nl"}
