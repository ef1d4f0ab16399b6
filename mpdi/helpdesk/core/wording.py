"""Reasons as a sentence in the language of the question."""

from collections.abc import Sequence

from mpdi.helpdesk.core.clause_suggestions import Candidate
from mpdi.helpdesk.core.decisions import Reason
from mpdi.helpdesk.core.rules import Body, Rules

_WORDS = {"fr": "Mots : {}", "nl": "Woorden: {}"}
_SITUATION = {"fr": "Situation proche : « {} »", "nl": "Vergelijkbare situatie: “{}”"}
_SENTENCE = {"fr": "Passage proche : « {} »", "nl": "Verwante passage: “{}”"}
_DEFAULT = {"fr": "Rien ne dit qui répond : à trier par la coordination", "nl": "Niets zegt wie antwoordt: te sorteren door de coördinatie"}
_PROBABLE = {"fr": "Probable, pas sûr ; sinon : {}. {}", "nl": "Waarschijnlijk, niet zeker; anders: {}. {}"}
MAX_WORDS, MAX_QUOTED = 4, 160


def decision_reason(reason: Reason | None, rules: Rules, language: str) -> str:
    """Say which words and which situation led to a decision."""
    if reason is None:
        return _DEFAULT[language]
    return _joined(language, reason.words, reason.situation, "", rules)


def probable_reason(reason: str, second: Body, language: str) -> str:
    """Say that a route is only probable, and which body comes next, before what led to it."""
    return _PROBABLE[language].format(second.name[language], reason)


def clause_reason(candidate: Candidate, rules: Rules, language: str) -> str:
    """Say why a clause is suggested: words that it has, else the nearest situation, else its nearest sentence."""
    words = tuple(dict.fromkeys(word.lower() for word in candidate.words))
    sentence = candidate.nearest.sentence if candidate.nearest and candidate.situation is None else ""
    return _joined(language, words, candidate.situation, sentence, rules)


def _joined(language: str, words: Sequence[str], situation: int | None, sentence: str, rules: Rules) -> str:
    parts = []
    if words:
        parts.append(_WORDS[language].format(", ".join(words[:MAX_WORDS])))
    if situation is not None:
        parts.append(_SITUATION[language].format(_cut(rules.situations[situation].text[language])))
    if sentence:
        parts.append(_SENTENCE[language].format(_cut(sentence)))
    return ". ".join(parts) or _DEFAULT[language]


def _cut(text: str) -> str:
    return text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED].rsplit(' ', 1)[0]} …"
