"""A guide that is damaged is refused with the file, the key and the reason; each reason has its own error."""

import datetime
from dataclasses import replace

import pytest

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.guides.checking import faults
from mpdi.guides.errors import (
    GuideClauseError,
    GuideFileError,
    GuideLanguageError,
    GuideLawError,
    GuideNumberError,
    GuideTermError,
    UnknownGuideError,
)
from mpdi.guides.numbers import filled
from mpdi.guides.reading import DATA, Guides, edition_guides, read_guides

SOURCE = (DATA / "market-engagement.yaml").read_text(encoding="utf-8")
GLOSSARY = (DATA / "glossary.yaml").read_text(encoding="utf-8")
EDITION = edition_guides()
GUIDE = EDITION.guide("market-engagement")


def read(folder, text, glossary=GLOSSARY):
    (folder / "market-engagement.yaml").write_text(text, encoding="utf-8")
    (folder / "glossary.yaml").write_text(glossary, encoding="utf-8")
    return read_guides(folder)


@pytest.mark.parametrize(
    ("old", "new", "error", "said"),
    [
        ("order: 2", "order: twee", GuideFileError, "order: a whole number"),
        ("order: 2", "order: true", GuideFileError, "order: a whole number"),
        ("order: 2\n", "", GuideFileError, "order: the key is missing"),
        ("order: 2", "order: 2\ncolour: blue", GuideFileError, "colour: no such key"),
        ('nl: "De markt tijdig raadplegen"', 'nl: ""', GuideLanguageError, "title: the text in “nl” is missing"),
        (', nl: "De markt tijdig raadplegen"', "", GuideLanguageError, "title: the text in “nl” is missing"),
        ('nl: "De markt tijdig raadplegen"', 'nl: "x", en: "y"', GuideFileError, "title: only fr and nl"),
        ("id: SME-GEN-012", "id: 12", GuideFileError, "clauses.0.id: a word is expected"),
        ("certainty: verified", "certainty: sure", GuideFileError, "law.0.certainty: not a certainty"),
        ("pitfalls:\n", "pitfalls: []\nelse:\n", GuideFileError, "no such key"),
    ],
)
def test_a_damaged_file_says_where_and_why(tmp_path, old, new, error, said):
    assert old in SOURCE
    with pytest.raises(error, match=r"market-engagement\.yaml") as caught:
        read(tmp_path, SOURCE.replace(old, new, 1))
    assert type(caught.value) is error
    assert said in str(caught.value)


def test_a_file_that_is_a_list_is_refused(tmp_path):
    with pytest.raises(GuideFileError, match="keys and values"):
        read(tmp_path, "- a\n- b\n")


def test_an_empty_list_is_refused(tmp_path):
    start, end = SOURCE.index("asked:"), len(SOURCE)
    with pytest.raises(GuideFileError, match="asked: a list of at least one"):
        read(tmp_path, SOURCE[:start] + "asked: []\n" + SOURCE[end:])


def test_a_word_twice_in_the_glossary_is_refused(tmp_path):
    first, second = GLOSSARY.split("  - key: ")[1:3]
    assert GLOSSARY.count(f"  - key: {second}") == 1
    with pytest.raises(GuideFileError, match="stands twice"):
        read(tmp_path, SOURCE, GLOSSARY.replace(f"  - key: {second}", f"  - key: {first}", 1))


def test_without_the_glossary_nothing_is_read(tmp_path):
    with pytest.raises(GuideFileError, match=r"glossary\.yaml is missing"):
        read_guides(tmp_path)


def test_an_unknown_guide_is_said():
    with pytest.raises(UnknownGuideError, match="no guide “nothing”"):
        EDITION.guide("nothing")


def changed(**values):
    return Guides((replace(GUIDE, **values),), EDITION.glossary)


def only_fault(guides, library):
    (fault,) = faults(guides, library.identifiers, library.reference)
    return fault


def test_a_clause_that_is_not_there_is_found(clause_library):
    fault = only_fault(changed(clauses=(replace(GUIDE.clauses[0], id="SME-GEN-999"),)), clause_library)
    assert isinstance(fault, GuideClauseError)


@pytest.mark.parametrize("values", [{"act": "LAW-1900-01-01"}, {"article": "999"}])
def test_an_article_that_is_not_in_the_law_file_is_found(clause_library, values):
    fault = only_fault(changed(law=(replace(GUIDE.law[0], **values),)), clause_library)
    assert isinstance(fault, GuideLawError)


def test_more_certainty_than_was_read_is_found_and_less_is_allowed(clause_library):
    point = replace(GUIDE.law[0], act="RD-2013-01-14", article="47")  # partly read
    assert isinstance(only_fault(changed(law=(point,)), clause_library), GuideLawError)
    for certainty in (Certainty.PARTLY, Certainty.GENERAL_KNOWLEDGE):
        guides = changed(law=(replace(point, certainty=certainty),))
        assert faults(guides, clause_library.identifiers, clause_library.reference) == []


@pytest.mark.parametrize("text", [Bilingual("{{ low_value }}", "x"), Bilingual("{{ nothing }}", "{{ nothing }}")])
def test_a_number_in_one_language_or_unknown_is_found(clause_library, text):
    assert isinstance(only_fault(changed(example=text), clause_library), GuideNumberError)


def test_terms_of_the_glossary_are_checked(clause_library):
    term = EDITION.glossary.terms[0]
    for values, error in (({"concept": "nothing"}, GuideTermError), ({"clauses": ("X-1",)}, GuideClauseError)):
        glossary = replace(EDITION.glossary, terms=(replace(term, **values),))
        assert isinstance(only_fault(Guides((), glossary), clause_library), error)


def test_a_number_of_law_is_that_of_the_day(clause_library):
    numbers, text = clause_library.reference.numbers, Bilingual("sous {{ lots_reason }}", "onder {{lots_reason}}")
    assert filled(text, "nl", numbers, datetime.date(2025, 12, 31)) == "onder 143.000\u00a0EUR"
    assert filled(text, "nl", numbers, datetime.date(2026, 1, 1)) == "onder 140.000\u00a0EUR"
    assert filled(text, "fr", numbers, datetime.date(2026, 1, 1)) == "sous 140\u00a0000\u00a0EUR"
