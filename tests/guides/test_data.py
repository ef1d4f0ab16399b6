"""The released guides: complete, linked to what exists, and never surer of the law than the law file."""

import datetime
import re

import pytest

from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.guides.checking import faults
from mpdi.guides.numbers import filled
from mpdi.guides.reading import DATA, edition_guides, read_guides

GUIDES = edition_guides()
DAY = datetime.date(2026, 12, 1)
BARE_AMOUNT = re.compile(r"\d[\d .]*\s?(?:EUR|euros?|%)", re.IGNORECASE)


def shown(guide, language, numbers):
    return " ".join(filled(text, language, numbers, DAY) for _place, text in guide.texts())


def test_every_clause_article_number_and_term_exists_and_no_article_is_surer_than_read(clause_library):
    assert faults(GUIDES, clause_library.identifiers, clause_library.reference) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("guide", GUIDES.all, ids=lambda guide: guide.slug)
class TestEachGuide:
    def test_it_is_read_in_a_few_minutes(self, guide, language, clause_library):
        words = len(shown(guide, language, clause_library.reference.numbers).split())
        assert 600 <= words <= 1_000

    def test_every_number_of_law_is_filled_and_none_is_typed(self, guide, language, clause_library):
        assert "{{" not in shown(guide, language, clause_library.reference.numbers)
        typed = [(place, text[language]) for place, text in guide.texts() if BARE_AMOUNT.search(text[language])]
        assert [(place, text) for place, text in typed if place != "example"] == []

    def test_the_words_are_those_of_the_law(self, guide, language, clause_library):
        text = shown(guide, language, clause_library.reference.numbers)
        for term in clause_library.reference.terms:
            for word in term.avoid[language]:
                assert not re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE), (
                    word,
                    term.word[language],
                )

    def test_no_sentence_is_the_other_language(self, guide, language, clause_library):
        assert [place for place, text in guide.texts() if text.fr == text.nl] == []


def test_each_file_is_a_guide_or_the_glossary():
    assert {path.stem for path in DATA.glob("*.yaml")} == {guide.slug for guide in GUIDES.all} | {"glossary"}


def test_reading_twice_gives_the_same():
    assert read_guides(DATA) == GUIDES


def test_a_clause_knows_the_guides_that_name_it():
    assert [guide.slug for guide in GUIDES.naming("SME-GEN-012")][:1] == ["market-engagement"]
    assert GUIDES.naming("ENV-VEH-001") == ()


def test_the_glossary_says_at_least_thirty_words_with_the_word_of_the_law_where_there_is_one(clause_library):
    terms, legal = GUIDES.glossary.terms, {term.concept: term.word for term in clause_library.reference.terms}
    assert len(terms) >= 30
    for language in LANGUAGES:
        words = [term.word[language] for term in terms]
        assert len(set(words)) == len(words)
        for term in terms:
            if term.concept is not None:
                assert term.word[language].casefold() == legal[term.concept][language].casefold()


def test_the_subjects_that_buyers_ask_for_are_there():
    subjects = {
        "need-before-buying",
        "market-engagement",
        "lots-and-groups",
        "innovation",
        "light-regime",
        "site-checks",
    }
    assert subjects <= {guide.slug for guide in GUIDES.all}
