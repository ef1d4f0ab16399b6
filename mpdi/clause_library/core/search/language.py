"""Words of French and Dutch as the index keeps them: accents folded, then stemmed.

Folding comes first: stemming first makes “electricite” miss “électricité”.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh.lang.snowball.dutch import DutchStemmer
from whoosh.lang.snowball.english import EnglishStemmer
from whoosh.lang.snowball.french import FrenchStemmer

WORD = re.compile(r"[^\W_]+")
"""One word: letters and digits. An apostrophe ends it, so that French elision needs no rule of its own."""
MAX_WORD = 60
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff]")
"""Control characters, halves of characters, private and impossible ones."""

_STEMMERS: dict[str, Any] = {"fr": FrenchStemmer(), "nl": DutchStemmer(), "en": EnglishStemmer()}
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij"})

_FRENCH = """
a ai au aucun aussi aux avec c ce ces cet cette ceux comme comment d dans de des doit doivent donc du elle elles en
est et etre eux faire faut il ils j je l la le les leur leurs lors m ma mais me mes mon n ne nos notre nous on ont
ou par pas peut plus pour pourquoi qu quand que quel quelle quelles quels qui quoi s sa sans se ses si son sont sous
sur t ta te tes ton tous tout toute toutes trop tres tu un une veut vos votre vous y
"""
_DUTCH = """
aan al als bij ben dan dat den der deze die dit doen door een en er ge geen haar had heb hebben heeft het hij hoe
hun ik in is je kan krijgt kunnen maar me meer men met mijn moet moeten na naar niet nog nu of om onder ons onze ook
op over te tegen ten ter toch toe tot u uit uw van veel voor waar wat we wel werd wie wij wil worden wordt zal ze
zich zij zijn zo zonder zou
"""
_ENGLISH = """
an and are as at be by for from has have how i it of or our that the their this to was we what which with you
"""
STOP_WORDS = frozenset(f"{_FRENCH} {_DUTCH} {_ENGLISH}".split())
"""Dropped from a query while other words remain; never from the index, where phrases need them."""


def clean(text: str) -> str:
    """Return the text composed (NFC), with control characters as spaces."""
    return _UNPRINTABLE.sub(" ", unicodedata.normalize("NFC", text))


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """Return the word in small letters, without accents or ligatures."""
    lower = word.lower().translate(_LIGATURES)
    if lower.isascii():
        return lower
    return "".join(letter for letter in unicodedata.normalize("NFKD", lower) if not unicodedata.combining(letter))


@lru_cache(maxsize=100_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a word in that language, folded first."""
    folded = fold(word)[:MAX_WORD]
    result = str(_STEMMERS[language].stem(folded))
    if language == "fr" and result.endswith("yag"):
        return result.removesuffix("yag") + "i"  # nettoyage, nettoyer; balayage, balayer
    return result


def words(text: str) -> list[str]:
    """Return the folded words of a text."""
    return [fold(match.group()) for match in WORD.finditer(clean(text))]


def word_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and the word as written, of a cleaned text."""
    for match in WORD.finditer(text):
        yield match.start(), match.end(), match.group()


def content_words(found: list[str]) -> list[str]:
    """Return the words that carry meaning; all of them when none does."""
    return [word for word in found if word not in STOP_WORDS] or found


def stems(text: str, language: str) -> list[str]:
    """Return the stems of the words that carry meaning."""
    return [stem(word, language) for word in content_words(words(text))]
