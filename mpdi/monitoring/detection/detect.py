"""Search the texts of a notice by the rules, and keep what neither an exclusion nor a negation takes away."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mpdi.monitoring.detection.folding import SearchableText, fold, fold_with_offsets, has_word, searchable
from mpdi.monitoring.detection.languages import languages_of
from mpdi.monitoring.detection.model import Label, Observation, Place
from mpdi.monitoring.detection.reading import DetectionRules, Exclusion, Rule
from tender_parsers.notice import Notice

Span = tuple[int, int]

_SENTENCE_END = re.compile(r"(?<!\bart)(?<!\bcf)(?<!\bno)(?<!\bnr)(?<!\bex)(?<!\bbijv)[.;!?](?=\s|$)|\n")
_CLAUSE_END = re.compile(r"[,:()•]|\s[—–-]\s")
"""A negation does not reach beyond: "prix non révisable, clause sociale"."""
_LOOK_BACK, _LOOK_AHEAD = 200, 60
"""Characters before and after within which a negation is looked for: a text without an end costs no more than another."""
_SHORTEST_NAME = 6
"""Letters below which the name of an organisation is too common a word to be masked; an assumption of ours."""


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    language: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


def detect(notice: Notice, rules: DetectionRules) -> tuple[Observation, ...]:
    """Return what the texts of a notice say, in the order of the texts; each proves one label, by one rule.

    A text that several lots repeat gives an observation for each of them. Declared codes play no part.
    """
    names = tuple(_names(notice))
    known: dict[tuple[str, Place, str | None], tuple[tuple[_Hit, Span], ...]] = {}
    found: list[Observation] = []
    for index, text in enumerate(notice.texts):
        place = rules.place_of(text.element)
        if place is Place.LEFT_OUT:
            continue
        key = (text.value, place, text.language)
        if key not in known:
            known[key] = tuple(_search(text.value, place, text.language, names, rules))
        for hit, (start, end) in known[key]:
            words = text.value[start:end]
            label, rule = hit.rule.label, hit.rule.id
            found.append(Observation(label, text.lot, text.element, words, start, end, index, hit.language, rule))
    return tuple(found)


def _names(notice: Notice) -> Iterator[str]:
    """Names of the organisations, folded: an "Agence de l'environnement" that buys asks for nothing by its name."""
    for organisation in notice.organisations:
        for name in organisation.name:
            folded = fold(name.value).strip()
            if len(folded) >= _SHORTEST_NAME:
                yield folded


def _search(
    value: str, place: Place, stated: str | None, names: Iterable[str], rules: DetectionRules
) -> Iterator[tuple[_Hit, Span]]:
    text = searchable(fold(value))
    languages = languages_of(text.words, stated)
    hits = [
        _Hit(rule, language, *span)
        for language in languages
        for rule, span in rules.index(language, place).matches(text)
    ]
    if not hits:
        return
    kept = _Filter(text, languages, rules).keep(hits, names)
    offsets = fold_with_offsets(value)
    for hit in _apart(kept):
        yield hit, offsets.span(hit.start, hit.end)


def _apart(hits: Iterable[_Hit]) -> Iterator[_Hit]:
    """Of hits of one label that overlap, the first and longest."""
    last: dict[Label, int] = {}
    for hit in sorted(hits, key=lambda each: (each.start, -each.end)):
        if hit.start >= last.get(hit.rule.label, 0):
            last[hit.rule.label] = hit.end
            yield hit


class _Spans:
    """Spans of a text, to be asked what they overlap, however many they are."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def overlap(self, span: Span) -> bool:
        """Whether one of them shares a character with this one."""
        first = bisect_right(self._ends, span[0])
        return first < len(self._ends) and self._starts[first] < span[1]


class _Filter:
    """What takes hits of one text away."""

    def __init__(self, text: SearchableText, languages: tuple[str, ...], rules: DetectionRules) -> None:
        self._text, self._languages, self._rules = text, languages, rules
        bounds = [(match.start(), match.end()) for match in _SENTENCE_END.finditer(text.folded)]
        self._begins = [0, *(end for _, end in bounds)]
        self._finishes = [*(start for start, _ in bounds), len(text.folded)]

    def keep(self, hits: list[_Hit], names: Iterable[str]) -> list[_Hit]:
        """Those that no name, exclusion or negation takes away."""
        named = _Spans(span for name in names for span in _occurrences(name, self._text.folded))
        kept = [hit for hit in hits if not named.overlap(hit.span)]
        labels = {hit.rule.label for hit in kept}
        for exclusion in self._rules.exclusions:
            if exclusion.label is None or exclusion.label in labels:
                kept = self._without(exclusion, kept)
        return [hit for hit in kept if not (hit.rule.negation and self._is_denied(hit))]

    def _without(self, exclusion: Exclusion, hits: list[_Hit]) -> list[_Hit]:
        spans = [
            span
            for language in self._languages
            if language in exclusion.phrases
            for span in exclusion.phrases[language].spans(self._text)
        ]
        if not spans:
            return hits
        if exclusion.covers == "text":
            spans = [(0, len(self._text.folded))]
        elif exclusion.covers == "sentence":
            spans = [self._sentence(span) for span in spans]
        covered = _Spans(spans)
        return [hit for hit in hits if not (exclusion.concerns(hit.rule.label) and covered.overlap(hit.span))]

    def _sentence(self, span: Span) -> Span:
        """The sentence that holds these offsets; several where they go over an end."""
        first = bisect_right(self._begins, span[0]) - 1
        last = bisect_left(self._finishes, span[1])
        return self._begins[first], self._finishes[last]

    def _is_denied(self, hit: _Hit) -> bool:
        begin, finish = self._sentence(hit.span)
        negation, language = self._rules.negation, hit.language
        clause = _CLAUSE_END.split(self._text.folded[max(begin, hit.start - _LOOK_BACK) : hit.start])[-1]
        before = searchable(_last_words(clause, negation.words_before))
        after = searchable(self._text.folded[hit.end : min(finish, hit.end + _LOOK_AHEAD)])
        others = _Spans(negation.not_negating[language].spans(before))
        if any(not others.overlap(span) for span in negation.before[language].spans(before)):
            return True
        between = [after.folded[:start] for start, _ in negation.after[language].spans(after)]
        answered = [after.folded[:start] for start, _ in negation.answer[language].spans(after)]
        return any(not has_word(words) for words in between) or any(
            ":" in words and not has_word(words) for words in answered
        )


def _last_words(folded: str, count: int) -> str:
    starts = [match.start() for match in re.finditer(r"\w+", folded)]
    return folded[starts[-count] :] if len(starts) > count else folded


def _occurrences(name: str, folded: str) -> Iterator[Span]:
    start = folded.find(name)
    while start >= 0:
        yield start, start + len(name)
        start = folded.find(name, start + len(name))
