"""A forbidden phrase is found wherever its pattern finds it: looking for its letters first loses none."""

import re
import sys

import pytest

from mpdi.clause_library.core.checks.law import read_wording_rules
from mpdi.clause_library.core.checks.phrases import folded, matches, read_phrase

ALPHABET = "abcdefghijklmnopqrstuvwxyzàâäçéèêëîïôöùûüÿœæñ0123456789"


def found(pattern: str, text: str) -> list[str]:
    return list(matches([read_phrase(pattern)], text, folded(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"\bproduits? loca(?:l|ux)\b", "DES PRODUITS LOCAUX.", ["PRODUITS LOCAUX"]),
        (r"\bproduits? loca(?:l|ux)\b", "Des produits locals.", []),
        (r"chat|chien", "Un chien.", ["chien"]),
        (r"a{0}bc", "bc", ["bc"]),
        (r"ab*c+d", "ACCD", ["ACCD"]),
        (r"x[]y]z", "x]z", ["x]z"]),
        (r"x[^a-c]z", "xyz", ["xyz"]),
        (r"d\.e", "d.e", ["d.e"]),
        (r"(?:ne )?peut", "Il peut", ["peut"]),
        (r"siste", "\u017f\u0131\u017ft\u0117, \u017f\u0130\u017fTE", ["\u017f\u0130\u017fTE"]),
    ],
)
def test_a_phrase_is_found_as_its_pattern_says(pattern, text, expected):
    assert found(pattern, text) == expected


def test_letters_that_count_as_one_to_a_pattern_are_folded_to_one():
    unlike = []
    for letter in ALPHABET:
        same = re.compile(letter, re.IGNORECASE).findall("".join(map(chr, range(sys.maxunicode + 1))))
        unlike += [(letter, other) for other in same if folded(other) != letter]
    assert unlike == []


def test_nearly_every_phrase_of_the_library_has_letters_to_look_for_first():
    phrases = [each for rule in read_wording_rules() for some in rule.phrases.values() for each in some]
    without = [each.pattern.pattern for each in phrases if not each.letters]
    assert len(without) < len(phrases) / 10, without
