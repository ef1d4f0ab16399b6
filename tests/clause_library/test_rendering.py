"""Clause texts rendered: cases, parameters, numbers as each language writes them."""

import datetime
from decimal import Decimal

import pytest
from clause_samples import DAY, both, clause_data, law_parameter, paragraph, percent, version_of
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core.conditions import Evaluator
from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError
from mpdi.clause_library.core.rendering import ClauseRenderer, format_number, format_value, parameter_keys

NBSP = "\u00a0"
LOTS = [
    paragraph("obligation", "En lots.", "In percelen.", when={"has_lots": True}),
    paragraph("obligation", "Sans lots.", "Zonder percelen.", when={"has_lots": False}),
]


@pytest.fixture
def render(clause_library):
    """Texts of a clause's paragraphs for given facts, values and language."""

    def rendered(data, language="fr", day=DAY, values=None, **facts):
        numbers = clause_library.reference.numbers
        renderer = ClauseRenderer(Evaluator(facts, numbers, day), numbers, day)
        return renderer.paragraphs(version_of(data), values or {}, language)

    return rendered


def texts(paragraphs):
    return [each.text for each in paragraphs]


@pytest.mark.parametrize(
    ("facts", "stands"), [({"has_lots": True}, ["En lots."]), ({"has_lots": False}, ["Sans lots."]), ({}, ["En lots."])]
)
def test_of_cases_one_stands_and_the_first_where_the_answer_is_unknown(render, facts, stands):
    assert texts(render(clause_data(text=LOTS), **facts)) == stands


def test_a_case_with_several_paragraphs_keeps_them_all(render):
    more = [
        paragraph("definition", "Avant.", "Voor."),
        LOTS[0],
        LOTS[1],
        paragraph("consequence", "A.", "A.", when={"has_lots": False}),
        paragraph("consequence", "B.", "B.", when={"has_lots": True}),
    ]
    assert texts(render(clause_data(text=more), has_lots=False)) == ["Avant.", "Sans lots.", "A."]
    assert texts(render(clause_data(text=more))) == ["Avant.", "En lots.", "A."]


@pytest.mark.parametrize(
    ("facts", "stands"), [({"light_regime": True}, True), ({"light_regime": False}, False), ({}, True)]
)
def test_a_guarded_paragraph_stands_unless_known_not_to(render, facts, stands):
    text = [paragraph("obligation"), paragraph("definition", "Régime.", "Regime.", only_when={"light_regime": True})]
    assert ("Régime." in texts(render(clause_data(text=text), **facts))) is stands


@pytest.mark.parametrize(
    ("value", "fr", "nl", "en"),
    [
        (0, "0", "0", "0"),
        (7, "7", "7", "7"),
        (999, "999", "999", "999"),
        (1000, f"1{NBSP}000", "1.000", "1,000"),
        (1234567, f"1{NBSP}234{NBSP}567", "1.234.567", "1,234,567"),
        ("0.5", "0,5", "0,5", "0.5"),
        ("1234.50", f"1{NBSP}234,5", "1.234,5", "1,234.5"),
        ("2.00", "2", "2", "2"),
        ("1e3", f"1{NBSP}000", "1.000", "1,000"),
        (-1500, f"-1{NBSP}500", "-1.500", "-1,500"),
        ("0.00", "0", "0", "0"),
    ],
)
def test_numbers_are_written_as_the_language_writes_them(value, fr, nl, en):
    assert [format_number(Decimal(value), language) for language in ("fr", "nl", "en")] == [fr, nl, en]


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3), st.sampled_from(["fr", "nl", "en"]))
def test_a_written_number_reads_back_equal(value, language):
    thousands, point = {"fr": (NBSP, ","), "nl": (".", ","), "en": (",", ".")}[language]
    assert Decimal(format_number(value, language).replace(thousands, "").replace(point, ".")) == value


TYPES = [
    ("percent", Decimal("12.5"), f"12,5{NBSP}%", f"12,5{NBSP}%"),
    ("money", 1500, f"1{NBSP}500{NBSP}EUR", f"1.500{NBSP}EUR"),
    ("integer", 30, "30", "30"),
    ("decimal", Decimal("0.25"), "0,25", "0,25"),
    ("text", "les bureaux", "les bureaux", "les bureaux"),
    ("date", datetime.date(2026, 3, 1), "01/03/2026", "01/03/2026"),
    ("choice", "b", "bleu", "blauw"),
]


@pytest.mark.parametrize(("kind", "value", "fr", "nl"), TYPES)
def test_a_value_stands_in_the_sentence_with_its_unit(kind, value, fr, nl):
    changes = {"type": kind}
    if kind == "choice":
        changes["choices"] = [
            {"value": "a", "label": both("rouge", "rood")},
            {"value": "b", "label": both("bleu", "blauw")},
        ]
    definition = {**percent(), **changes}
    if kind in ("text", "choice", "date"):
        definition = {key: item for key, item in definition.items() if key not in ("unit", "minimum", "maximum")} | {
            "default": None
        }
    parameter = version_of(clause_data(parameters={"share": definition})).parameters["share"]
    assert (format_value(parameter, value, "fr"), format_value(parameter, value, "nl")) == (fr, nl)


SHARE = clause_data(
    parameters={"share": percent()}, text=[paragraph("obligation", "Au  moins\n{{ share }}\tici.", "Hier {{share}}.")]
)


def test_the_buyers_value_wins_over_the_default(render):
    assert texts(render(SHARE)) == [f"Au moins 50{NBSP}% ici."]
    assert texts(render(SHARE, "nl", values={"share": 75})) == [f"Hier 75{NBSP}%."]


def test_a_parameter_without_value_stands_as_its_label_and_says_so(render):
    data = {**SHARE, "parameters": {"share": percent(default=None)}}
    (french,), (dutch,) = render(data), render(data, "nl")
    assert (french.text, dutch.text) == ("Au moins [Part] ici.", "Hier [Aandeel].")
    assert [(piece.parameter, piece.is_filled) for piece in french.pieces] == [
        (None, True),
        ("share", False),
        (None, True),
    ]


@pytest.mark.parametrize(("day", "amount"), [(datetime.date(2025, 12, 31), "143"), (datetime.date(2026, 1, 1), "140")])
def test_a_number_of_law_is_that_of_the_day_whatever_the_buyer_says(render, day, amount):
    data = clause_data(
        parameters={"limit": law_parameter("lots_reason")},
        text=[paragraph("obligation", "Dès {{ limit }}.", "Vanaf {{ limit }}.")],
    )
    assert texts(render(data, day=day, values={"limit": 1})) == [f"Dès {amount}{NBSP}000{NBSP}EUR."]


def test_a_day_without_a_value_of_law_is_an_error(render):
    data = clause_data(
        parameters={"limit": law_parameter("lots_reason")}, text=[paragraph("obligation", "{{ limit }}", "{{ limit }}")]
    )
    with pytest.raises(LawNumberNotInForceError):
        render(data, day=datetime.date(2031, 1, 1))


def test_a_value_is_words_and_never_a_place_to_fill(render):
    data = {
        **SHARE,
        "parameters": {
            "share": {"type": "text", "default": None, "provenance": "buyer", "decided_by": "buyer", "label": both("X")}
        },
    }
    assert texts(render(data, values={"share": "{{ other }} <w:t>"})) == ["Au moins {{ other }} <w:t> ici."]


def test_keys_are_found_however_they_are_spaced():
    assert parameter_keys("{{ a }} {{b_1}} {{  c  }} {d} {{ E }} {{ }}") == {"a", "b_1", "c"}


def test_every_clause_of_the_edition_renders_in_both_languages_with_nothing_stated(clause_library, render):
    for version in clause_library:
        for language in ("fr", "nl"):
            for each in render(version.data, language):
                assert "{{" not in each.text, version.reference
                assert "None" not in each.text, version.reference
