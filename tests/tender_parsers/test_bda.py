"""Search output of the Belgian publication platform."""

from pathlib import Path

import pairs
import pytest

from tender_parsers import parse_notice
from tender_parsers.bda import READER
from tender_parsers.bda.codes import form_type_of, procedure_of
from tender_parsers.exceptions import NotANotice
from tender_parsers.notice import Notice, in_language
from tender_parsers.reading import Source

FIXTURES = Path(__file__).parent / "fixtures" / "bda"
ALL = sorted(path for path in FIXTURES.iterdir() if not path.name.endswith(".expected.json"))


def notices_of(name: str) -> list[Notice]:
    return pairs.notices_of(FIXTURES / f"{name}.json")


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_a_search_result_gives_the_whole_notices_expected_of_it(path):
    expected, got = pairs.expected_and_got(path)
    assert got == expected


def test_both_languages_are_kept_and_the_first_official_one_is_the_notices():
    notice = notices_of("search")[0]
    assert notice.title == "Nettoyage durable fictif"
    assert in_language(notice.whole.title, "nl") == "Fictieve duurzame schoonmaak"
    assert in_language(notice.buyers[0].name, "NLD") == "Gemeente Voorbeeld"


def test_what_the_search_does_not_tell_is_not_stated():
    notice = notices_of("search")[0]
    assert [lot.is_green for lot in notice.lots] == [None, None]
    assert notice.whole.estimated_value is None
    assert READER.summary([notice])["lots_green"] is None


def test_a_cancelled_publication_says_so():
    assert notices_of("search")[1].remarks[0].element == "cancelledAt"


@pytest.mark.parametrize(
    ("subtype", "form"),
    [
        ("1", "planning"),
        ("16", "competition"),
        ("25", "dir-awa-pre"),
        ("29", "result"),
        ("38", "cont-modif"),
        ("E3", "competition"),
        ("E4", "result"),
        ("E5", "completion"),
        ("99", None),
        ("N4", None),
        (None, None),
    ],
)
def test_the_form_follows_from_the_subtype_and_an_unknown_one_is_none(subtype, form):
    assert form_type_of(subtype) == form


def test_procedures_are_put_into_the_codes_of_eforms():
    assert procedure_of("NEG_WO_CALL_24") == "neg-wo-call"
    assert procedure_of("SOMETHING_ELSE") is None


def test_an_empty_search_and_an_object_that_is_no_publication_are_refused():
    for text in ('{"totalCount": 0, "publications": []}', '{"publications": [{"x": 1}]}'):
        with pytest.raises(NotANotice):
            list(READER.read(Source("x.json", [text.encode()])))
    with pytest.raises(NotANotice):
        parse_notice(b'{"totalCount": 0, "publications": []}')
