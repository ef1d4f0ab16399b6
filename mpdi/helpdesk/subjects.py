"""The subject of a ticket: what a facilitator reads of it in a list. The words that say nothing are data: `data/empty_subjects.yaml`."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.search.language import STOP_WORDS, words

_FILE = Path(__file__).with_name("data") / "empty_subjects.yaml"
SUBJECT_LENGTH = 100
_SHORTEST_ASKING = 15
_LONG_ENOUGH = 30
"""Characters of a sentence that asks and may stand alone."""
_LOOKED_AT = 5_000
"""Characters of a question in which its subject is sought: looking for sentences in a megabyte without one takes minutes."""
_BETWEEN = re.compile(r"(?<=[!?;])(?=\s|[A-ZÀ-Ý])\s*|(?<=\.)\s+")
"""Where a sentence ends. A colon ends none: “Ma question : par où commencer ?” is one."""
_GREETING = re.compile(
    r"^(?:bonjour|bonsoir|madame|monsieur|cher|chère|mesdames|messieurs|dag|goeie?dag|goede(?:n|)?dag|hallo|beste|geachte|hello|et)"
    r"\b[^\n,!.]{0,25}[\n,!.]+\s*",
    re.IGNORECASE,
)


def telling_subject(stated: str, body: str) -> str:
    """Return the subject a person stated; where it is empty what the question asks, where it says nothing both."""
    stated = " ".join(stated.split())
    if not stated:
        return subject_of(body)
    if not _says_nothing(stated):
        return stated
    asked = subject_of(body)
    start = stated.strip(" .:?!")
    if not asked or asked == stated:
        return stated
    return f"{start}: {asked}" if start else asked


def subject_of(body: str) -> str:
    """Return what a question asks as its subject, cut between words, without greeting.

    The first sentence that asks and tells what about. One that tells nothing, “Par où commencer ?”, comes after the first
    that does. Where nothing is asked, the first line.
    """
    text = _GREETING.sub("", body.strip()[:_LOOKED_AT])
    line = next((" ".join(each.split()) for each in text.splitlines() if len(each.split()) > 2), " ".join(text.split()))
    sentences = [each.strip() for each in _BETWEEN.split(" ".join(text.split())) if each.strip()]
    asking = [each for each in sentences if each.endswith("?") and _SHORTEST_ASKING <= len(each) <= SUBJECT_LENGTH]
    if asking:
        full = (each for each in asking if len(each) >= _LONG_ENOUGH and _tells(each))
        return next(full, None) or _after_what_tells(asking[0], sentences)
    return _shortened(line, SUBJECT_LENGTH)


def _after_what_tells(asking: str, sentences: Sequence[str]) -> str:
    """Put the first sentence that tells before one that only asks: from before it, else from behind; none: it stands alone."""
    place = sentences.index(asking)
    others = (*sentences[:place], *sentences[place + 1 :])
    told = next((each for each in others if not each.endswith("?") and len(each.split()) > 2 and _tells(each)), "")
    room = SUBJECT_LENGTH - len(asking) - 2
    return f"{_shortened(told[:1].upper() + told[1:], room)} {asking}" if told and room >= _SHORTEST_ASKING else asking


def _shortened(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    return (text[:length].rpartition(" ")[0] or text[:length]) + "…"


def _tells(sentence: str) -> bool:
    """Whether a word of a sentence says what it is about."""
    return any(not word.isdigit() and word not in STOP_WORDS | _empty_words() | _vague_words() for word in words(sentence))


def _says_nothing(subject: str) -> bool:
    said = {word for word in words(subject) if not word.isdigit()}
    return said <= _empty_words()


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(strict_yaml.read(_FILE)["words"])


@cache
def _vague_words() -> frozenset[str]:
    return frozenset(strict_yaml.read(_FILE)["vague"])
