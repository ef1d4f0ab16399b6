"""Where a default was read is told in the language of the reader; a year without a price is refused at its field."""

import html
import re
from urllib.parse import urlencode

import pytest

from mpdi.costing.links import example
from mpdi.costing.source_words import source_words
from mpdi.lcc.sheets.catalogue import sheets

SOURCES = {each.source.words: each.source for sheet in sheets().values() for each in sheet.inputs.values() if each.source}


def test_every_source_of_a_default_is_told_in_french_and_dutch_with_its_figures():
    assert SOURCES
    for words, source in SOURCES.items():
        assert source_words(source, "en") == words
        for language in ("fr", "nl"):
            told = source_words(source, language)
            assert told != words, words
            figures = {each.replace(".", ",") for each in re.findall(r"\d+\.\d+", words.partition("http")[0])}
            assert figures <= set(re.findall(r"\d+,\d+", told))


@pytest.mark.parametrize(("language", "said"), [("fr", "de 2030 à 2050"), ("nl", "van 2030 tot 2050")])
def test_emissions_before_2030_have_no_price_of_the_eib_and_the_page_says_what_to_do(client, language, said):
    typed = {**example("indoor_lighting", language), "language": language, "prices": "eib-2020", "starts": "2027", "external": "apart"}
    answer = client.get("/life-cycle-cost/indoor_lighting?" + urlencode(typed))
    assert answer.status_code == 422
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).split())
    assert said in words
    assert 'id="starts-error"' in answer.get_data(as_text=True)
    typed["starts"] = "2030"
    assert client.get("/life-cycle-cost/indoor_lighting?" + urlencode(typed)).status_code == 200
