"""The subject of a ticket: what a facilitator reads of it in a list. The words that say nothing are data: `data/empty_subjects.yaml`."""

import re
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.search.language import words

_FILE = Path(__file__).with_name("data") / "empty_subjects.yaml"
SUBJECT_LENGTH = 100
_SHORTEST_ASKING = 15
_LOOKED_AT = 5_000
"""Characters of a question in which its subject is sought: looking for sentences in a megabyte without one takes minutes."""
_SENTENCE = re.compile(r"[^.!?;:]+[.!?;:]+")
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
    """Return what a question asks as its subject, cut between words: the first sentence that asks, without greeting."""
    text = _GREETING.sub("", body.strip()[:_LOOKED_AT])
    line = next((" ".join(each.split()) for each in text.splitlines() if len(each.split()) > 2), " ".join(text.split()))
    asking = next((each for each in _SENTENCE.findall(" ".join(text.split())) if each.endswith("?")), "").strip()
    if _SHORTEST_ASKING <= len(asking) <= SUBJECT_LENGTH:
        return asking
    if len(line) <= SUBJECT_LENGTH:
        return line
    return (line[:SUBJECT_LENGTH].rpartition(" ")[0] or line[:SUBJECT_LENGTH]) + "…"


def _says_nothing(subject: str) -> bool:
    said = {word for word in words(subject) if not word.isdigit()}
    return said <= _empty_words()


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(strict_yaml.read(_FILE)["words"])
