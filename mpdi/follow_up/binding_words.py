"""The sentences of a clause that a check on site is made against, short enough for one line of a checklist.

A clause does not say which of its sentences a check is about. Those are taken that share most words with what is checked,
for their length, and the first sentence of the obligation before one that shares little. The page says so, and that the
whole clause prevails.
"""

import re
from collections.abc import Sequence
from math import sqrt

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.specifications.verification import Giver, PlannedCheck

LONGEST = 300
"""Characters of one language: eight lines of them fit one page."""
_GAP = " […] "
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZÀ-Ý«“(])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_STEM = 6
"""Letters by which two forms of a word are taken for the same."""
_OF_THE_FIRST = 0.4
"""What standing first counts for, beside the words shared."""

_NEAR = 0.6
"""The share of the best score from which another sentence stands beside it."""


def binding_words(check: PlannedCheck) -> Bilingual:
    """Return the words that bind for one check, in both languages; empty where the clause obliges to nothing.

    Where both languages have as many sentences, the same ones are taken in both.
    """
    texts = {each: [part for part in _SENTENCE.split(check.binding[each]) if part] for each in LANGUAGES}
    scores = {each: _scores(texts[each], check, each) for each in LANGUAGES}
    if len(texts["fr"]) == len(texts["nl"]):
        both = [one + other for one, other in zip(scores["fr"], scores["nl"], strict=True)]
        longest = [max(pair, key=len) for pair in zip(texts["fr"], texts["nl"], strict=True)]
        places = _best(longest, both)
        return Bilingual(*(_shortened(_joined(texts[each], places)) for each in LANGUAGES))
    return Bilingual(*(_shortened(_joined(texts[each], _best(texts[each], scores[each]))) for each in LANGUAGES))


def _scores(sentences: Sequence[str], check: PlannedCheck, language: Language) -> list[float]:
    received = check.receive[language] if check.giver is Giver.CONTRACTOR else ""
    wanted = _stems(f"{check.check[language]} {check.title[language]} {received}")
    return [
        len(stems & wanted) / sqrt(max(len(stems), 1)) + (_OF_THE_FIRST if place == 0 else 0)
        for place, stems in enumerate(map(_stems, sentences))
    ]


def _best(sentences: Sequence[str], scores: Sequence[float]) -> list[int]:
    order = sorted(range(len(sentences)), key=lambda place: (-scores[place], place))
    kept: list[int] = []
    for place in order[:3]:
        is_near = scores[place] >= _NEAR * scores[order[0]] > 0
        if not kept or (is_near and len(_joined(sentences, [*kept, place])) <= LONGEST):
            kept.append(place)
    return sorted(kept)


def _joined(sentences: Sequence[str], places: Sequence[int]) -> str:
    words, before = "", None
    for place in sorted(places):
        gap = "" if before is None else " " if place == before + 1 else _GAP
        words, before = words + gap + sentences[place], place
    return words


def _shortened(words: str) -> str:
    if len(words) <= LONGEST:
        return words
    return words[: LONGEST - 4].rsplit(" ", 1)[0].rstrip(",;:") + _GAP.rstrip()


def _stems(words: str) -> set[str]:
    return {each[:_STEM].lower() for each in _WORD.findall(words)}
