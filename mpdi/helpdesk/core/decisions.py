"""From words and near situations to a route, a nature, an asker, obstacles and a category; each with its reasons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.core.patterns import Evidence, Scores
from mpdi.helpdesk.core.rules import ObstacleInfo, Rules, Situation
from mpdi.helpdesk.core.situation_index import Array
from mpdi.helpdesk.vocabulary import BODIES, AskerKind, Obstacle, QuestionNature, Route

OWN_WORDS, WAY_GIVEN = 3.0, 0.5
"""Weight of words before which another route gives way, and what is left of its own."""
SHARPNESS = 10.0
COUNTED = 6
"""Situations a label that count."""
CERTAINTY = 8.0
SECOND_OBSTACLE = 0.12

ELSEWHERE = "elsewhere"
"""That a text is about something else than what the helpdesk answers."""
LABELS: tuple[str, ...] = (*BODIES, *QuestionNature, *AskerKind, *Obstacle, ELSEWHERE)


PRIOR = np.array([*(1 / len(kind) for kind in (BODIES, QuestionNature, AskerKind, Obstacle) for _ in kind), 0], np.float32)
"""What a label has before anything is read: each of its kind the same; nothing is about something else."""


@dataclass(frozen=True)
class Weights:
    """What words of the rules and near situations count beside 1 for what all situations taught.

    `enough`: weight of words that counts half; so one word of many settles less than many of many.
    """

    words: float = 1.0
    near: float = 0.8
    enough: float = 6.0


ROUTES = Weights(words=1.25, near=1.2, enough=9.0)
NATURES = Weights(words=0.5)
"""The nature lies more in the whole than in single words."""


def labels_of(situations: Sequence[Situation]) -> Array:
    """Return a row a situation, a column a label of `LABELS`: 1 where it has it."""
    rows = [{each.route, each.nature, each.asker, *each.obstacles} for each in situations]
    return np.array([[float(label in row) for label in LABELS] for row in rows], np.float32)


def counts_of(answers: Array) -> Array:
    """Return how much each row of answers counts, so that every route counts the same; a text elsewhere counts 1."""
    routes = np.where(answers[:, -1:] > 0, 0, answers[:, :len(BODIES)])
    share: Array = routes @ (routes.sum() / len(BODIES) / np.maximum(routes.sum(axis=0), 1))
    return np.where(answers[:, -1] > 0, np.float32(1), share)


def answers_elsewhere(number: int) -> Array:
    """Return the rows of so many texts about something else: they say nothing of the other labels."""
    return np.tile(np.append(PRIOR[:-1], np.float32(1)), (number, 1))


@dataclass(frozen=True)
class Reason:
    """What spoke for a decision: words as written, and the nearest situation (its number) where one is near."""

    words: tuple[str, ...] = ()
    situation: int | None = None


@dataclass(frozen=True)
class Ranked:
    """Labels with their scores, best first, and the reason for each."""

    scores: Mapping[str, float]
    reasons: Mapping[str, Reason]

    @property
    def best(self) -> str:
        """The label with the highest score; the first among equals."""
        return max(self.scores, key=lambda label: self.scores[label])

    @property
    def chances(self) -> dict[str, float]:
        """Scores as shares of 1."""
        top = max(self.scores.values())
        raw = {label: float(np.exp(CERTAINTY * (score - top))) for label, score in self.scores.items()}
        total = sum(raw.values())
        return {label: value / total for label, value in raw.items()}


@dataclass(frozen=True)
class Decisions:
    """What was found out about a question."""

    route: Route
    nature: QuestionNature
    asker: AskerKind
    obstacles: tuple[Obstacle, ...]
    categories: tuple[Category, ...]
    """Market categories that the words name, the surest first."""
    route_chances: Mapping[str, float]
    reasons: Mapping[str, Reason]
    """By value decided: `sme`, `legal`, `O-E2`…"""
    subject_words: float = 0.0
    """Weight of the words that name a subject of the helpdesk: a theme, an obstacle, a market."""
    route_words: float = 0.0
    """Weight of the words that speak for the route."""
    rival_words: float = 0.0
    """Weight of the words that speak for the route that has most of them beside it."""
    elsewhere: float = 0.0
    """How far what the situations taught says that the text is about something else: about 0 to 1."""
    clauses: Mapping[str, float] = field(default_factory=dict)
    """How far what the situations taught speaks for each clause that one of them names: about 0 to 1."""

    @property
    def second_route(self) -> Route:
        """The route with most chances beside the one decided."""
        others = [label for label in self.route_chances if label != self.route]
        return Route(max(others, key=lambda label: self.route_chances[label]))


class Decider:
    """Decides by the rules."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        answers = labels_of(rules.situations)
        self._quotable = np.array([situation.is_bilingual for situation in rules.situations], bool)
        self._with = {label: np.flatnonzero(answers[:, number]) for number, label in enumerate(LABELS)}

    def decide(self, words: Scores, near: Array, learned: Mapping[str, float], asker: AskerKind | None) -> Decisions:
        """Decide from words found, the nearness (0 to 1) of each situation, and what the situations taught of each label."""
        route_words = self._with_way_given(words.get("routes", {}))
        routes = self._rank(BODIES, route_words, near, learned, ROUTES)
        natures = self._rank(list(QuestionNature), words.get("natures", {}), near, learned, NATURES)
        askers = self._rank(list(AskerKind), words.get("askers", {}), near, learned)
        nature, who = QuestionNature(natures.best), asker or AskerKind(askers.best)
        obstacles, why = self._obstacles(words.get("obstacles", {}), near, learned, nature, who)
        reasons = {routes.best: routes.reasons[routes.best], nature: natures.reasons[nature], **why}
        return Decisions(
            Route(routes.best), nature, who, obstacles, _categories(words.get("categories", {})), routes.chances, reasons,
            _weight_of_subjects(words), *_own_and_rival(route_words, routes.best), learned[ELSEWHERE])

    def _with_way_given(self, words: Mapping[str, Evidence]) -> Mapping[str, Evidence]:
        """Return the evidence for the routes, less for one that gives way to another with words of its own."""
        given = dict(words)
        for route, body in self._rules.bodies.items():
            others = [words[each].score for each in body.gives_way_to if each in words]
            if route in words and others and max(others) >= OWN_WORDS:
                given[route] = replace(words[route], score=words[route].score * WAY_GIVEN)
        return given

    def _rank(
        self, labels: Sequence[str], words: Mapping[str, Evidence], near: Array, learned: Mapping[str, float],
        weights: Weights = Weights(),
    ) -> Ranked:
        total = sum(max(words[label].score, 0) for label in labels if label in words) + weights.enough
        scores, reasons = {}, {}
        for label in labels:
            own = near[self._with[label]]
            evidence = words.get(label, Evidence())
            share = max(evidence.score, 0) / total
            scores[label] = weights.words * share + weights.near * _nearness(own) + learned[label]
            reasons[label] = Reason(tuple(dict.fromkeys(evidence.words))[:4], self._nearest(label, near))
        return Ranked(scores, reasons)

    def _nearest(self, label: str, near: Array) -> int | None:
        """Return the nearest situation with this label that can be quoted; None where none is near."""
        own = self._with[label]
        quotable = own[self._quotable[own]]
        best = int(quotable[int(np.argmax(near[quotable]))]) if len(quotable) else None
        return best if best is not None and near[best] > 0 else None

    def _obstacles(
        self, words: Mapping[str, Evidence], near: Array, learned: Mapping[str, float],
        nature: QuestionNature, asker: AskerKind,
    ) -> tuple[tuple[Obstacle, ...], dict[str, Reason]]:
        known: Mapping[Obstacle, ObstacleInfo] = self._rules.obstacles
        own = [each for each, info in known.items() if info.asker is asker]
        ranked = self._rank(own, words, near, learned)
        boost = {each: NATURE_SHOWS if known[each].nature is nature else 0.0 for each in own}
        scores = {each: ranked.scores[each] + boost[each] for each in own}
        best = sorted(own, key=lambda each: -scores[each])
        chosen = tuple(each for each in best[:2] if scores[each] >= scores[best[0]] - SECOND_OBSTACLE)
        return chosen, {each: ranked.reasons[each] for each in chosen}


NATURE_SHOWS = 0.15
"""How much the nature of a question speaks for the obstacle that goes with it."""


def _own_and_rival(words: Mapping[str, Evidence], route: str) -> tuple[float, float]:
    weights = {label: max(evidence.score, 0.0) for label, evidence in words.items()}
    return weights.pop(route, 0.0), max(weights.values(), default=0.0)


def _weight_of_subjects(words: Scores) -> float:
    kinds = (words.get(kind, {}) for kind in ("routes", "obstacles", "categories"))
    return sum(max(evidence.score, 0.0) for labels in kinds for evidence in labels.values())


def _nearness(near: Array) -> float:
    """Return one figure for a label: its few nearest situations, the nearest counting most."""
    if not len(near):
        return 0.0
    best = np.partition(near, -COUNTED)[-COUNTED:] if len(near) > COUNTED else near
    return float(np.log(np.exp(SHARPNESS * best).sum()) / SHARPNESS)


def _categories(words: Mapping[str, Evidence]) -> tuple[Category, ...]:
    """Return the market categories that the words name at least half as much as the first; none where none is named."""
    named = sorted((label for label in words if words[label].score > 0), key=lambda label: (-words[label].score, label))
    return tuple(Category(label) for label in named if words[label].score >= words[named[0]].score / 2)
