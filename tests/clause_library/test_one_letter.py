"""One letter off: the same terms as an automaton over the index finds, found by trying."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.automata.lev import levenshtein_automaton

from mpdi.clause_library.core.search.one_letter import OneLetterOff
from mpdi.clause_library.core.search.postings import as_text
from mpdi.clause_library.core.search.words import ClauseIndex
from mpdi.config import Settings

TERMS = ("achat", "achats", "chat", "acht", "echat", "achet", "a", "ab", "ba", "écolabel", "ecolabel", "14001", "")


def test_letters_are_added_dropped_and_changed_but_never_the_first():
    off = OneLetterOff(TERMS)
    assert off.within("achat") == ("achat", "achats", "achet", "acht")
    assert off.within("a") == ("a", "ab")
    assert off.within("14081") == ("14001",)
    assert off.within("") == ()
    assert off.within("tout autre chose") == ()


@given(st.lists(st.text("abcé1", max_size=6), max_size=30), st.text("abcé1", min_size=1, max_size=6))
def test_it_finds_what_the_automaton_accepts(terms: list[str], word: str):
    automaton = levenshtein_automaton(word, 1, 1).to_dfa()
    assert OneLetterOff(terms).within(word) == tuple(sorted({each for each in terms if automaton.accept(each)}))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_finds_what_the_index_finds(library_home: Path, language: str):
    index, chance = ClauseIndex(Settings(library_home, "", "").index_folder), random.Random(7)
    with index._reading() as opened:
        reader = opened.postings.reader
        for word in chance.sample([as_text(each) for each in reader.lexicon(language)], 60):
            place = chance.randrange(len(word))
            typed = word[:place] + chance.choice(("", "x", "é", word[place:])) + word[place + 1 :]
            by_index = reader.terms_within(language, typed, 1, prefix=1) if typed else ()
            assert list(opened.postings.within(language, typed, 1)) == sorted(map(as_text, by_index)), typed
    index.close()
