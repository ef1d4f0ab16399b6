"""The sentences of a clause that a check on site is made against, short enough for one line of a checklist.

A clause does not say which of its sentences a check is about. Where the check is tied to parameters of the clause, the
sentences that hold their values are taken; else those without any figure: a number of the clause that is about something else
is never shown. Among them those that share most words with what is checked, for their length, and the first sentence before
one that shares little. The page says so, and that the whole clause prevails.
"""

import re
from collections.abc import Sequence
from math import sqrt

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.specifications.verification import Giver, PlannedCheck
from mpdi.specifications.verification_clause import SENTENCE_END, Sentence

LONGEST = 300
"""Characters of one language: eight lines of them fit one page."""
_GAP = " […] "
_WORD = re.compile(r"[^\W\d_]{4,}")
_REPORT = re.compile(r"procès-verba|proces-verba", re.IGNORECASE)
_STEM = 6
"""Letters by which two forms of a word are taken for the same."""
_OF_THE_FIRST = 0.4
"""What standing first counts for, beside the words shared."""

_NEAR = 0.6
"""The share of the best score from which another sentence stands beside it."""


def binding_words(check: PlannedCheck) -> Bilingual:
    """Return the words that bind for one check, in both languages; empty where no sentence of the clause can be tied to it.

    Where both languages have as many sentences, the same ones are taken in both.
    """
    sentences = check.binding
    scores = {each: _scores(sentences[each], check, each) for each in LANGUAGES}
    tied = {each: _tied(sentences[each], check) for each in LANGUAGES}
    near = {each: _near(sentences[each], check, each) for each in LANGUAGES}
    if len(sentences["fr"]) == len(sentences["nl"]):
        both = [one + other for one, other in zip(scores["fr"], scores["nl"], strict=True)]
        longest = [max((pair[0].text, pair[1].text), key=len) for pair in zip(*sentences.values(), strict=True)]
        places = _best(longest, both, tied["fr"] | tied["nl"] or near["fr"] | near["nl"])
        return Bilingual(*(_shortened(_joined(_texts(sentences[each]), places)) for each in LANGUAGES))
    return Bilingual(
        *(
            _shortened(_joined(texts, _best(texts, scores[each], tied[each] or near[each])))
            for each, texts in ((each, _texts(sentences[each])) for each in LANGUAGES)
        )
    )


def _texts(sentences: Sequence[Sentence]) -> list[str]:
    return [each.text for each in sentences]


def _tied(sentences: Sequence[Sentence], check: PlannedCheck) -> set[int]:
    """The places of the sentences with a figure that the check is tied to."""
    return {place for place, each in enumerate(sentences) if each.parameters & check.seen}


def _near(sentences: Sequence[Sentence], check: PlannedCheck, language: Language) -> set[int]:
    """The places of the sentences without figures that share a word with what is checked."""
    wanted = _stems(check.check[language])
    return {place for place, each in enumerate(sentences) if not each.has_figures and _stems(each.text) & wanted}


def about_report(words: Bilingual, language: Language) -> str:
    """Return the sentences of a consequence that speak of the report of the shortcoming; empty where none does."""
    sentences = SENTENCE_END.split(words[language])
    return _joined(sentences, [place for place, each in enumerate(sentences) if _REPORT.search(each)])


def _scores(sentences: Sequence[Sentence], check: PlannedCheck, language: Language) -> list[float]:
    received = check.receive[language] if check.giver is Giver.CONTRACTOR else ""
    wanted = _stems(f"{check.check[language]} {check.title[language]} {received}")
    return [
        len(stems & wanted) / sqrt(max(len(stems), 1)) + (_OF_THE_FIRST if place == 0 else 0)
        for place, stems in enumerate(_stems(each.text) for each in sentences)
    ]


def _best(sentences: Sequence[str], scores: Sequence[float], offered: set[int]) -> list[int]:
    order = sorted(offered, key=lambda place: (-scores[place], place))
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
