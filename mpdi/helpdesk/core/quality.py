"""How good suggestions are on questions with known answers: shares with their 95 % interval, by language."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.helpdesk.core.service import Suggestion, SuggestionService

Question = Mapping[str, Any]
Judge = Callable[[Question, Suggestion], bool | None]
"""Whether a suggestion is right; None where the question does not count."""
Z = 1.959964


@dataclass(frozen=True)
class Share:
    """A share of right answers, with the Wilson interval at 95 %."""

    right: int
    asked: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 where nothing was asked."""
        return self.right / self.asked if self.asked else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper bound (Wilson 1927)."""
        if not self.asked:
            return 0.0, 1.0
        square = Z * Z / self.asked
        middle = (self.value + square / 2) / (1 + square)
        half = Z / (1 + square) * sqrt(self.value * (1 - self.value) / self.asked + square / (4 * self.asked))
        return max(middle - half, 0.0), min(middle + half, 1.0)

    def __str__(self) -> str:
        """Write `0.87 (93 of 107; 0.79-0.92)`."""
        lower, upper = self.interval
        return f"{self.value:.2f} ({self.right} of {self.asked}; {lower:.2f}-{upper:.2f})"


def _route(question: Question, suggestion: Suggestion) -> bool:
    return bool(suggestion.route == question["route"])


def _nature(question: Question, suggestion: Suggestion) -> bool:
    return bool(suggestion.question_nature == question["question_nature"])


def _clauses(question: Question, suggestion: Suggestion) -> bool | None:
    wanted = set(question["clauses"])
    return bool(wanted & {key for key, _ in suggestion.clauses}) if wanted else None


def _adviser_clauses(question: Question, suggestion: Suggestion) -> bool | None:
    wanted = set(question["adviser_clauses"])
    return bool(wanted & {key for key, _ in suggestion.clauses}) if wanted else None


def _first_clause(question: Question, suggestion: Suggestion) -> bool | None:
    return bool(set(question["clauses"]) & {key for key, _ in suggestion.clauses[:1]}) if question["clauses"] else None


def _obstacles(question: Question, suggestion: Suggestion) -> bool:
    return set(question["obstacles"]) == set(suggestion.obstacles)


def _an_obstacle(question: Question, suggestion: Suggestion) -> bool | None:
    return bool(set(question["obstacles"]) & set(suggestion.obstacles)) if question["obstacles"] else None


JUDGES: Mapping[str, Judge] = {
    "route": _route, "clause in the first five": _clauses, "clause first": _first_clause,
    "adviser's, written or not": _adviser_clauses, "nature": _nature,
    "obstacles, all": _obstacles, "obstacles, one": _an_obstacle,
}


def questions(path: Path, wanted_set: str) -> list[Question]:
    """Read the questions of one set."""
    read: Iterable[Question] = strict_yaml.read(path)["questions"]
    return [each for each in read if each["set"] == wanted_set]


def measure(service: SuggestionService, asked: Iterable[Question]) -> dict[tuple[str, str], Share]:
    """Return the shares by (figure, language or `all`)."""
    answered = [(each, service.suggest(each["text"], each["language"])) for each in asked]
    return {
        (name, language): _share(judge, [pair for pair in answered if language in ("all", pair[0]["language"])])
        for name, judge in JUDGES.items() for language in ("all", *LANGUAGES)
    }


def _share(judge: Judge, answered: Iterable[tuple[Question, Suggestion]]) -> Share:
    judged = [result for result in (judge(*pair) for pair in answered) if result is not None]
    return Share(sum(judged), len(judged))


def table(figures: Mapping[tuple[str, str], Share]) -> Iterator[str]:
    """Yield a line a figure: its share over all and by language."""
    for name in JUDGES:
        yield "   ".join([f"{name:<26}", *(f"{language}: {figures[name, language]}" for language in ("all", *LANGUAGES))])
