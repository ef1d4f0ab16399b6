"""What the rules know of a text: words found, near situations, what all situations teach. Made once in a process."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np

from mpdi.clause_library.core.search.encoder import Encoder, Vectors, load_encoder
from mpdi.clause_library.core.search.language import words
from mpdi.clause_library.core.search.products import products
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.helpdesk.core.decisions import LABELS, PRIOR, Decider, Decisions, answers_elsewhere, counts_of, labels_of
from mpdi.helpdesk.core.grams import Grams
from mpdi.helpdesk.core.learned import Learned
from mpdi.helpdesk.core.patterns import PatternIndex, Scores
from mpdi.helpdesk.core.question_text import QuestionText
from mpdi.helpdesk.core.rules import Rules, Situation, shipped_rules
from mpdi.helpdesk.core.situation_index import Array, SituationWords, text_vectors
from mpdi.helpdesk.core.spelling import Spelling
from mpdi.helpdesk.vocabulary import AskerKind

WORDS_SHARE, WHOLE_SHARE = 0.8, 0.5
"""What nearness by words adds to that by meaning; what the whole text counts beside its nearest sentence."""
WHOLE_TAUGHT = 0.3
"""What the whole text counts for what the situations taught, beside its sentences, each by what it says."""
WHOLE_ELSEWHERE = 0.5
"""The same for whether it is about something else, beside the sentence that is most about the helpdesk's matters."""
NEXT_TAUGHT = 0.7
"""What a clause counts, where situations teach clauses, beside the one named before it."""


class Knowledge:
    """The rules made ready; by meaning where an encoder is given. One may serve several threads."""

    def __init__(self, rules: Rules, encoder: Encoder | None, cache_folder: Path) -> None:
        self.rules = rules
        self.encoder = encoder
        self._cache_folder = cache_folder
        self._decider = Decider(rules)
        self._lock = threading.RLock()

    def encoded(self, question: QuestionText) -> Vectors | None:
        """Return a vector a piece of the question; None by words alone."""
        return self.encoder.encode(question.pieces) if self.encoder else None

    def near(self, question: QuestionText, vectors: Vectors | None) -> Array:
        """Return how near the question is to each situation."""
        table = WORDS_SHARE * self._situation_words.near(question.pieces, question.language)
        if vectors is not None and self._situations is not None:
            by_language = products(self._situations, vectors).reshape(len(vectors), len(LANGUAGES), -1)
            table = table + by_language.max(axis=1)
        sentences = table[1:].max(axis=0) if len(table) > 1 else table[0]
        result: Array = WHOLE_SHARE * table[0] + (1 - WHOLE_SHARE) * sentences
        return np.nan_to_num(result)

    def decide(
        self, question: QuestionText, vectors: Vectors | None, near: Array, asker: AskerKind | None,
    ) -> Decisions:
        """Decide on route, nature, asker, obstacles and market."""
        number = LANGUAGES.index("nl" if question.language == "nl" else "fr")
        letters = self._grams[number].known(question.pieces)
        scores = self._learned.scores(number, letters, vectors)
        shares = _shares(question) if len(letters) > 1 else np.ones(1)
        clauses = self._learned.clauses.scores(number, letters, vectors, shares).tolist()
        decisions = self._decider.decide(self._evidence(question), near, _taught(scores, shares), asker)
        return replace(decisions, clauses=dict(zip(self._clauses, clauses, strict=True)))

    def _evidence(self, question: QuestionText) -> Scores:
        index, spelling = self._word_rules[question.language]
        return index.scores(question.words, spelling)

    def _texts(self, language: Language) -> list[str]:
        """Return the texts that teach in a language, those about something else last."""
        own = [situation.text.get(language, "") for situation in self.rules.situations]
        return own + [text[language] for text in self.rules.elsewhere]

    def _known(self, language: Language) -> set[str]:
        patterns = (atom.strip("*") for pattern in self.rules.patterns[language] for atom in pattern.atoms)
        return {*words(" ".join(self._texts(language))), *patterns}

    @cached_property
    def _word_rules(self) -> dict[str, tuple[PatternIndex, Spelling]]:
        return {each: (PatternIndex(self.rules.patterns[each], each), Spelling(self._known(each))) for each in LANGUAGES}

    @cached_property
    def _situation_words(self) -> SituationWords:
        return SituationWords(self.rules.situations)

    @cached_property
    def _grams(self) -> list[Grams]:
        return [Grams(self._texts(each)) for each in LANGUAGES]

    @cached_property
    def _taught_by(self) -> Vectors | None:
        """Vectors of the texts that teach: in French, then in Dutch, those about something else last in each."""
        texts = [
            text for language in LANGUAGES
            for text in (
                *(situation.any_text(language) for situation in self.rules.situations),
                *(other[language] for other in self.rules.elsewhere))
        ]
        with self._lock:
            return text_vectors(texts, self._cache_folder, self.encoder) if self.encoder else None

    @cached_property
    def _situations(self) -> Vectors | None:
        """Vectors of the situations alone."""
        if self._taught_by is None:
            return None
        by_language = self._taught_by.reshape(len(LANGUAGES), -1, self._taught_by.shape[1])
        own = by_language[:, :len(self.rules.situations)]
        return np.ascontiguousarray(own.reshape(-1, own.shape[2]))

    @cached_property
    def _learned(self) -> Learned:
        with self._lock:
            own = (labels_of(self.rules.situations), answers_elsewhere(len(self.rules.elsewhere)))
            answers = np.tile(np.concatenate(own), (len(LANGUAGES), 1))
            letters = [grams.vectors(self._texts(each)) for grams, each in zip(self._grams, LANGUAGES, strict=True)]
            clauses = np.tile(clauses_of(self.rules.situations, self._clauses, len(self.rules.elsewhere)), (len(LANGUAGES), 1))
            return Learned(letters, self._taught_by, answers, PRIOR, counts_of(answers), clauses)

    @cached_property
    def _clauses(self) -> list[str]:
        """The clauses that some situation names."""
        return sorted({clause for situation in self.rules.situations for clause in situation.clauses})


def clauses_of(situations: Sequence[Situation], clauses: Sequence[str], elsewhere: int) -> Array:
    """Return a row a text, those about something else last and empty; a column a clause: 1 where it is the first named."""
    numbers = {clause: number for number, clause in enumerate(clauses)}
    table = np.zeros((len(situations) + elsewhere, len(clauses)), np.float32)
    for row, situation in enumerate(situations):
        for place, clause in enumerate(situation.clauses):
            table[row, numbers[clause]] = NEXT_TAUGHT ** place
    return table


def _shares(question: QuestionText) -> Array:
    """Return what the whole and each sentence count for what the situations taught."""
    return np.array([WHOLE_TAUGHT, *((1 - WHOLE_TAUGHT) * weight for weight in question.weights)])


def _taught(table: Array, shares: Array) -> Mapping[str, float]:
    """Return what the situations taught of each label, from the whole text and its sentences."""
    scores = shares @ table
    if len(table) > 1:
        scores[-1] = WHOLE_ELSEWHERE * table[0, -1] + (1 - WHOLE_ELSEWHERE) * table[1:, -1].min()
    return dict(zip(LABELS, np.nan_to_num(scores).tolist(), strict=True))


_shipped: dict[bool, Knowledge] = {}
_shipped_lock = threading.Lock()


def shipped_knowledge(cache_folder: Path, is_by_words_only: bool = False) -> Knowledge:
    """Return the knowledge of the rules that ship with MPDI, one in a process."""
    with _shipped_lock:
        encoder = None if is_by_words_only else load_encoder()
        is_by_meaning = encoder is not None
        if is_by_meaning not in _shipped:
            _shipped[is_by_meaning] = Knowledge(shipped_rules(), encoder, cache_folder)
        return _shipped[is_by_meaning]
