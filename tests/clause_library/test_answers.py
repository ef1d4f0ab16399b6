"""The answers file: every wrong answer is a message with key and remedy, and harmless text stays harmless."""

import datetime
import json

import pytest
from clause_samples import clause_data, percent, version_of
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import ANSWER_KEYS, AnswersError, read_answers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.parameter_values import check_against_library, values_for
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import Ambition, Decision, Procedure
from mpdi.resources import folder
from mpdi.specifications.manifest import answers_data, answers_json

TODAY = datetime.date(2026, 11, 24)


def read(text: str):
    return read_answers(strict_yaml.parse(text, "answers.yaml"), TODAY)


def problem_of(text: str):
    with pytest.raises(AnswersError) as caught:
        read(text)
    assert len(caught.value.problems) == 1, caught.value.problems
    return caught.value.problems[0]


WRONG = [
    ("colour: red", "colour", "not a key", "estimated_value"),
    ("estimated_values: 1", "estimated_values", "not a key", "estimated_value"),
    ("estimated_value: 120,5", "estimated_value", "“120,5” is not a number", "point"),
    ("estimated_value: 120 000", "estimated_value", "is not a number", "no spaces"),
    ("estimated_value: 1e400", "estimated_value", "not between", "figure"),
    ("estimated_value: -1", "estimated_value", "not between", ""),
    ("estimated_value: 100000000001", "estimated_value", "not between 0 and 100 000 000 000 EUR", ""),
    ("estimated_value: '120000'", "estimated_value", "not a number", "digits"),
    ("estimated_value: true", "estimated_value", "not a number", ""),
    ("estimated_value: .nan", "estimated_value", "not a number", ""),
    ("estimated_value: [1]", "estimated_value", "not a number", ""),
    ("cpv: ['90919201']", "cpv", "“90919201” does not exist", ""),
    ("cpv: ['90919200-9']", "cpv", "wrong check digit", ""),
    ("cpv: 90919200", "cpv", "not a list", "square brackets"),
    ("cpv: [{a: b}]", "cpv", "does not exist", ""),
    ("publication_date: '2026-12-01'", "publication_date", "not a date", "year-month-day"),
    ("publication_date: 01/12/2026", "publication_date", "not a date", "2026-12-01"),
    ("publication_date: 2026", "publication_date", "not a date", ""),
    ("nature: service", "nature", "“service”", "services"),
    ("procedure: ouverte", "procedure", "“ouverte”", "open"),
    ("category: nettoyage", "category", "“nettoyage”", "cleaning"),
    ("ambition: [core]", "ambition", "not a value", "advanced"),
    ("language: en", "language", "“en”", "fr+nl"),
    ("language: [fr]", "language", "not a language", ""),
    ("authority: Commune", "authority", "not a set of keys", "name"),
    ("authority: {naam: X}", "authority", "“naam” is not a key", "name"),
    ("authority: {name: 12}", "authority", "not a text", "quotes"),
    ("authority: {type: commune}", "authority", "“commune”", "local"),
    ("object: 12", "object", "not a text", "quotes"),
    (f"object: {'x' * 301}", "object", "at most 300", "Shorten"),
    ("duration_months: 0", "duration_months", "not between 0.1 and 600 months", ""),
    ("duration_months: 601", "duration_months", "not between", ""),
    ("lots: 1.5", "lots", "whole number", ""),
    ("lots: 201", "lots", "not between", ""),
    ("lots: -1", "lots", "not between", ""),
    ("lots_detail: [{estimated_value: 3}]", "lots_detail", "without a title", ""),
    ("lots_detail: [A, B]", "lots_detail", "not a set of keys", "title"),
    ("lots_detail: [{title: A, reserved: oui}]", "lots_detail", "neither true nor false", ""),
    ("{lots: 2, lots_detail: [{title: A}]}", "lots_detail", "1 lots are described and “lots” says 2", "agree"),
    ("{lots: 0, lots_detail: [{title: A}]}", "lots_detail", "“lots” says 0", "agree"),
    ("framework: yes", "framework", "neither true nor false", "leave the key out"),
    ("payment_days: 0", "payment_days", "not between", ""),
    ("payment_days: 30.5", "payment_days", "whole number", ""),
    ("advance: 15", "advance", "not a set of keys", "percent"),
    ("advance: {}", "advance", "without “percent”", "15"),
    ("advance: {percent: 101}", "advance", "not between", ""),
    ("deposit_percent: 101", "deposit_percent", "not between", ""),
    ("turnover_factor: one", "turnover_factor", "not a number", ""),
    ("dnsh: [{objective: climate, relevant: true}]", "dnsh", "“climate”", "clim-mitig"),
    ("dnsh: [{objective: clim-mitig}]", "dnsh", "without", "reason"),
    (
        "dnsh: [{objective: clim-mitig, relevant: true}, {objective: clim-mitig, relevant: false}]",
        "dnsh",
        "stands twice",
        "once",
    ),
    ("options: variants", "options", "not a list", ""),
    ("options: [variante]", "options", "“variante”", "variants"),
    ("award: {price: 100}", "award", "not a list", ""),
    ("award: [{criterion: price}]", "award", "without", "both"),
    ("award: [{criterion: A, weight: 1, proofs: x}]", "award", "“proofs” is not a key", "proof"),
    ("award: [{criterion: A, weight: 1, scale: {fr: x}}]", "award", "not a text", "both languages"),
    ("object: {fr: Un}", "object", "not a text", "both languages"),
    ("object: {fr: Un, nl: ' '}", "object", "not a text", "both languages"),
    ("object: {fr: Un, nl: Een, en: One}", "object", "not a text", "both languages"),
    ("object: {fr: Un, nl: 12}", "object", "not a text", "both languages"),
    ('object: {fr: Un, nl: "\\u200b"}', "object", "says nothing", "both languages"),
    ("reference: {fr: Un, nl: Een}", "reference", "not a text", ""),
    (f"object: {{fr: Un, nl: {'x' * 301}}}", "object", "at most 300", "Shorten"),
    ("parameters: {ENV-CLEAN-001: {a: {fr: x}}}", "parameters", "not a value", "both languages"),
    ("parameters: {A.B: {a: {fr: x, nl: y}}}", "parameters", "not a value", "both languages"),
    ("award: [{criterion: {fr: price, nl: prijs}, weight: 1}]", "award.0.criterion", "names the library", "plainly"),
    (
        "award: [{criterion: {fr: A, nl: X}, weight: 1}, {criterion: {fr: B, nl: X}, weight: 1}]",
        "award",
        "stands twice",
        "",
    ),
    (f"award: [{{criterion: A, weight: 1, proof: {'x' * 1001}}}]", "award", "at most 1000", "Shorten"),
    ("award: [{criterion: price, weight: 1, scale: x}]", "award", "price with “scale”", "your own words"),
    ("award: [{criterion: ENV-CLEAN-002, weight: 1, proof: x}]", "award", "with “proof”", "your own words"),
    ("award: [{criterion: price, weight: 101}]", "award", "not between", ""),
    ("award: [{criterion: price, weight: 50}, {criterion: price, weight: 50}]", "award", "stands twice", "one weight"),
    ("parameters: [A]", "parameters", "not a set of clauses", ""),
    ("parameters: {ENV-CLEAN-001: 80}", "parameters", "ENV-CLEAN-001", "{key: value}"),
    ("parameters: {ENV-CLEAN-001: {a: [1]}}", "parameters", "not a value for a parameter", ""),
    ("parameters: {ENV-CLEAN-001: {a: true}}", "parameters", "not a value for a parameter", ""),
    ("overrides: {ENV-CLEAN-001: out}", "overrides", "not a set of keys", ""),
    ("overrides: {ENV-CLEAN-001: {decision: out}}", "overrides", "no reason", "kept"),
    ("overrides: {ENV-CLEAN-001: {decision: suggested, reason: x}}", "overrides", "“suggested”", "in or out"),
    ("overrides: {ENV-CLEAN-001: {decision: out, reason: '  '}}", "overrides", "no reason", ""),
    (f"options: [{', '.join(['variants'] * 201)}]", "options", "at most 200", "Shorten"),
]


@pytest.mark.parametrize(("text", "key", "words", "remedy"), WRONG, ids=[text[:50] for text, *_ in WRONG])
def test_a_wrong_answer_is_told_with_key_and_remedy(text, key, words, remedy):
    problem = problem_of(text)
    assert problem.key == key
    assert words in problem.message
    assert remedy in problem.remedy
    assert str(problem).startswith(f"{key}: ")
    assert len(str(problem)) < 800


def test_texts_in_both_languages_are_read_in_each():
    purchase = read(
        """
language: fr+nl
object: {fr: Nettoyage, nl: Schoonmaak}
authority: {name: {fr: Commune, nl: Gemeente}, type: local}
lots_detail: [{title: {fr: Un, nl: Een}}, {title: Deux}]
award: [{criterion: price, weight: 60}, {criterion: {fr: Q, nl: K}, weight: 40, scale: {fr: s, nl: t}, proof: p}]
parameters: {SOC-GEN-004: {place: {fr: Ici, nl: Hier}, share: 3}}
"""
    )
    assert (purchase.object, purchase.language) == ("Nettoyage", "fr+nl")
    dutch = in_language(purchase, "nl")
    assert (dutch.object, dutch.language, dutch.authority.name) == ("Schoonmaak", "nl", "Gemeente")
    assert [lot.title for lot in dutch.lots_detail] == ["Een", "Deux"]
    assert [(item.criterion, item.scale, item.proof) for item in dutch.award[1:]] == [("K", "t", "p")]
    assert dutch.parameters == {"SOC-GEN-004": {"place": "Hier", "share": 3}}
    assert in_language(dutch, "fr") == in_language(purchase, "fr")
    again = read_answers(answers_data(json.loads(json.dumps(answers_json(purchase)))), TODAY)
    assert again == purchase


def test_a_document_in_dutch_takes_the_dutch_of_a_text_in_both():
    assert read("language: nl\nobject: {fr: Nettoyage, nl: Schoonmaak}").object == "Schoonmaak"


@pytest.mark.parametrize("text", ["", "[]", "a", "12", "null"])
def test_a_file_of_no_keys_is_told(text):
    assert problem_of(text).key == "file"


def test_all_wrong_answers_are_told_at_once():
    with pytest.raises(AnswersError) as caught:
        read("nature: x\nlots: y\nestimated_value: z\nobject: Sound\n")
    assert [problem.key for problem in caught.value.problems] == ["nature", "lots", "estimated_value"]
    assert len(str(caught.value).splitlines()) == 3


def test_an_answer_of_ten_megabytes_is_refused_with_a_short_message():
    with pytest.raises(AnswersError) as caught:
        read_answers({"object": "x" * 10_000_000, "no_lots_reason": "é" * 10_000_000, "k" * 10_000_000: 1}, TODAY)
    assert len(caught.value.problems) == 3
    assert len(str(caught.value)) < 1500


NAMES = [
    ("<b>Marché</b> & <w:t>X</w:t>", "<b>Marché</b> & <w:t>X</w:t>"),
    ("Nettoyage 🧹 שלום عربي", "Nettoyage 🧹 שלום عربي"),
    ("abc\u202edef\u2066", "abcdef"),
    ("a\x00b\x07c\x1b", "abc"),
    ("e\u0301te\u0301", "été"),
    ("  a \n\t b  ", "a b"),
    ("\u200b", None),
    ("a\ud800b", "ab"),
    ("{{ place }} %s {0}", "{{ place }} %s {0}"),
    ("=SOMME(A1)", "=SOMME(A1)"),
]


@pytest.mark.parametrize(("written", "kept"), NAMES, ids=[repr(written)[:30] for written, _ in NAMES])
def test_odd_words_become_harmless_and_nothing_else_is_lost(written, kept):
    assert read_answers({"object": written}, TODAY).object == kept


def test_what_is_absent_or_null_is_not_stated():
    stated = read("object: null\nlots: ~\nestimated_value:\n")
    assert (stated.object, stated.lots, stated.estimated_value, stated.framework) == (None, None, None, None)
    assert (stated.publication_date, stated.date_is_stated) == (TODAY, False)
    assert stated.ambition is Ambition.CORE
    assert stated.language == "fr"


def test_zero_and_no_are_stated():
    stated = read(
        "{lots: 0, deposit_percent: 0, framework: false, estimated_value: 0, award: [{criterion: X, weight: 0}]}"
    )
    assert (stated.lots, stated.deposit_percent, stated.framework, stated.estimated_value, stated.price_weight) == (
        0,
        0,
        False,
        0,
        0,
    )


def test_a_scenario_is_an_answers_file_with_what_is_expected():
    assert read("{expect: {must: [A]}, why: because, procedure: open}").procedure is Procedure.OPEN


def test_the_answers_of_the_documentation_are_read():
    stated = read("""
reference: EX-2026-014
publication_date: 2026-12-01
authority: {name: Commune d'Exemple, type: local}
object: Nettoyage des bureaux administratifs
nature: services
cpv: ["90919200"]
category: cleaning
estimated_value: 120000
procedure: open
duration_months: 48
lots: 3
lots_detail: [{title: Bureaux, estimated_value: 40000, reserved: false}, {title: Écoles, estimated_value: 50000, reserved: true}, {title: Vitres, estimated_value: 30000, reserved: false}]
no_lots_reason: ""
framework: false
subsidised_by_region: false
payment_days: 30
advance: {percent: 15}
deposit_percent: 0
turnover_factor: 1
dnsh: [{objective: clim-mitig, relevant: false, reason: Prestations sans équipement}]
ambition: core
options: [social_clause]
language: fr
award: [{criterion: price, weight: 60}, {criterion: ENV-CLEAN-002, weight: 40}]
parameters: {ENV-CLEAN-001: {ecolabel_share: 80}}
overrides: {SOC-CLEAN-001: {decision: out, reason: Bâtiment ouvert la nuit}}
""")
    assert stated.price_weight == 60
    assert stated.lots_detail[1].reserved is True
    assert stated.overrides["SOC-CLEAN-001"].decision is Decision.OUT
    assert stated.advance_percent == 15
    assert stated.parameters == {"ENV-CLEAN-001": {"ecolabel_share": 80}}


def test_every_example_of_the_checkout_is_read():
    folder_of_examples = folder("clauses").parent / "examples"
    examples = sorted(path for path in folder_of_examples.glob("*.yaml") if not path.name.startswith(("offers-", "lighting-", "plan-")))
    assert examples
    for path in examples:
        assert read_answers(strict_yaml.read(path), TODAY).object, path


_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.decimals()
    | st.dates()
    | st.text()
    | st.binary()
    | st.sampled_from(["price", "clim-mitig", "in", "out", "services", "ENV-CLEAN-001", "title", "percent"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "name",
                    "type",
                    "title",
                    "percent",
                    "criterion",
                    "weight",
                    "decision",
                    "reason",
                    "objective",
                    "relevant",
                    "estimated_value",
                    "reserved",
                    "ENV-CLEAN-001",
                ]
            )
            | st.text(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(ANSWER_KEYS) | st.text(), _VALUES, max_size=6) | _VALUES)
def test_no_data_at_all_raises_anything_but_answers_error(data):
    problems = []
    try:
        read_answers(data, TODAY)
    except AnswersError as error:
        problems = [problem.message for problem in error.problems] or [""]
    assert all(problems)


PARAMETERS = {
    "share": percent(),
    "days": {**percent(), "type": "integer"},
    "colour": {
        "type": "choice",
        "default": "a",
        "provenance": "buyer",
        "decided_by": "buyer",
        "label": {"fr": "C", "nl": "K"},
        "choices": [{"value": each, "label": {"fr": each, "nl": each}} for each in "ab"],
    },
    "word": {
        "type": "text",
        "default": None,
        "minimum": 3,
        "maximum": 10,
        "provenance": "buyer",
        "decided_by": "buyer",
        "label": {"fr": "M", "nl": "W"},
    },
    "start": {
        "type": "date",
        "default": None,
        "provenance": "buyer",
        "decided_by": "buyer",
        "label": {"fr": "D", "nl": "D"},
    },
    "fixed": {
        "type": "money",
        "unit": {"fr": "EUR", "nl": "EUR"},
        "provenance": "law",
        "decided_by": "law",
        "law_number": "low_value",
        "label": {"fr": "F", "nl": "F"},
    },
}


@pytest.fixture
def small_library(clause_library):
    return ClauseLibrary([version_of(clause_data(parameters=PARAMETERS))], clause_library.reference)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("share", "95", "not between 10 and 90"),
        ("share", "9.99", "9,99 is not between"),
        ("share", "1e400", "not between"),
        ("share", "fifty", "not a number"),
        ("share", "2026-12-01", "not a number"),
        ("days", "10.5", "whole number"),
        ("colour", "c", "not one of the choices"),
        ("word", "ab", "at least 3"),
        ("word", "abcdefghijk", "at most 10"),
        ("word", "12345", "not a text"),
        ("start", "soon", "not a date"),
        ("fixed", "1", "fixed by law"),
        ("other", "1", "not a parameter"),
    ],
)
def test_a_parameter_outside_its_bounds_is_told(small_library, key, value, words):
    with pytest.raises(AnswersError) as caught:
        check_against_library(read(f"parameters: {{ENV-GEN-901: {{{key}: {value}}}}}"), small_library)
    (problem,) = caught.value.problems
    assert problem.key == f"parameters.ENV-GEN-901.{key}"
    assert words in problem.message
    assert problem.remedy
    assert len(str(problem)) < 800


@pytest.mark.parametrize(
    "text", ["parameters: {ENV-GEN-999: {a: 1}}", "overrides: {ENV-GEN-999: {decision: out, reason: x}}"]
)
def test_a_clause_that_does_not_exist_is_told(small_library, text):
    with pytest.raises(AnswersError, match=r"ENV-GEN-999.*no clause"):
        check_against_library(read(text), small_library)


def test_sound_parameters_pass(small_library):
    check_against_library(
        read("parameters: {ENV-GEN-901: {share: 10, days: 90, colour: b, word: 'abc', start: 2026-12-01}}"),
        small_library,
    )


LOTS = "lots_detail: [{title: A, estimated_value: 40999}, {title: B, estimated_value: 120000}]\nduration_months: 48\n"


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        (f"{LOTS}turnover_factor: 1", "lot 1, 10 000 EUR; lot 2, 30 000 EUR"),
        (f"{LOTS}turnover_factor: 1\nlanguage: nl", "perceel 1, 10.000 EUR; perceel 2, 30.000 EUR"),
        ("{estimated_value: 77771, duration_months: 6, turnover_factor: 0.5}", "38 000 EUR"),
        (f"{LOTS}", None),
        (f"{LOTS}turnover_factor: 2", None),
        (f"{LOTS}turnover_factor: 1\nframework: true", None),
        ("{estimated_value: 77771, turnover_factor: 1}", None),
        ("{estimated_value: 900, duration_months: 12, turnover_factor: 1}", None),
        ("{lots: 3, estimated_value: 77771, duration_months: 12, turnover_factor: 1}", None),
        ("lots_detail: [{title: A, estimated_value: 5000}, {title: B}]\nduration_months: 12\nturnover_factor: 1", None),
        (f"{LOTS}turnover_factor: 1\nparameters: {{SME-GEN-004: {{turnover_share: 50}}}}", None),
    ],
)
def test_the_turnover_required_is_computed_lot_by_lot(clause_library, text, amounts):
    purchase = read(text)
    clause = clause_library.latest("SME-GEN-004", TODAY)
    found = values_for(clause, purchase).get("required_turnover")
    assert (found and str(found).replace("\u00a0", " ").replace("\u202f", " ")) == amounts


def test_both_languages_are_checked_against_the_clause(clause_library):
    place = {
        "type": "text",
        "default": None,
        "minimum": 3,
        "maximum": 20,
        "provenance": "buyer",
        "decided_by": "buyer",
        "label": {"fr": "Lieu", "nl": "Plaats"},
    }
    text = [
        {"part": part, "fr": "À {{ place }} {{ share }}.", "nl": "In {{ place }} {{ share }}."}
        for part in ("obligation", "proof_in_execution", "consequence")
    ]
    data = clause_data(kind="performance", parameters={"place": place, "share": percent()}, text=text)
    library = ClauseLibrary([version_of(data)], clause_library.reference)

    def problems(values: str) -> list[str]:
        try:
            check_against_library(read(f"language: fr+nl\nparameters: {{ENV-GEN-901: {values}}}"), library)
        except AnswersError as error:
            return [str(problem) for problem in error.problems]
        return []

    assert problems("{place: {fr: Forest, nl: Vorst}}") == []
    (short,) = problems("{place: {fr: Forest, nl: Vo}}")
    assert short.startswith("parameters.ENV-GEN-901.place: 2 characters")
    assert any("not a number" in problem for problem in problems("{share: {fr: dix, nl: tien}}"))
