"""How well the selection rules do on purchase scenarios whose clauses somebody else named beforehand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import CLAUSE_ID, read_answers
from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Decided, Selection, select
from mpdi.clause_library.core.vocabulary import Decision
from mpdi.exceptions import DataFileError

EXPECTATIONS = ("must", "must_not", "may")


class ScenarioFileError(DataFileError):
    """A scenario cannot be used; the message names file, key and remedy."""


@dataclass(frozen=True)
class Scenario:
    """A purchase, and the clauses that an adviser says it must have, must not have, and may have."""

    name: str
    purchase: Purchase
    must: frozenset[str]
    must_not: frozenset[str]
    may: frozenset[str]


@dataclass(frozen=True)
class Miss:
    """One clause decided otherwise than expected, by which rule and for which reason."""

    scenario: str
    clause: str
    expected: str
    decision: Decision
    rule: str
    reason: str


@dataclass(frozen=True)
class Outcome:
    """What the rules decided on one scenario. Counts are of clauses published on the day of the scenario."""

    scenario: str
    category: str
    must: int
    must_in: int
    must_found: int
    """`must` clauses that are in or suggested."""
    must_not: int
    must_not_taken: int
    """`must_not` clauses that are in or suggested."""
    taken: int
    """Clauses that are in."""
    taken_expected: int
    """Clauses that are in and named under `must` or `may`."""
    suggested: int
    misses: tuple[Miss, ...]
    absent: tuple[str, ...]
    """Clauses the scenario names that the library does not have in force: counted nowhere."""


@dataclass(frozen=True)
class Share:
    """A rate that always shows what it is made of."""

    numerator: int
    denominator: int

    @property
    def rate(self) -> float | None:
        """Between 0 and 1; `None` where there is nothing to divide by."""
        return float(Fraction(self.numerator, self.denominator)) if self.denominator else None


@dataclass(frozen=True)
class Evaluation:
    """The shares over some scenarios."""

    scenarios: int
    recall_in: Share
    recall: Share
    must_not_taken: Share
    precision: Share
    median_in: float
    median_suggested: float

    @classmethod
    def of(cls, outcomes: Sequence[Outcome]) -> "Evaluation":
        """Add up outcomes: clauses are counted, not scenarios."""
        must, must_not, taken = (
            sum(getattr(each, name) for each in outcomes) for name in ("must", "must_not", "taken")
        )
        return cls(
            scenarios=len(outcomes),
            recall_in=Share(sum(each.must_in for each in outcomes), must),
            recall=Share(sum(each.must_found for each in outcomes), must),
            must_not_taken=Share(sum(each.must_not_taken for each in outcomes), must_not),
            precision=Share(sum(each.taken_expected for each in outcomes), taken),
            median_in=median(each.taken for each in outcomes) if outcomes else 0,
            median_suggested=median(each.suggested for each in outcomes) if outcomes else 0,
        )


def read_scenarios(folder: Path, today: date) -> list[Scenario]:
    """Read every scenario under a folder, by path; `ScenarioFileError` where one is not usable or there is none."""
    files = sorted(folder.rglob("*.yaml")) if folder.is_dir() else []
    if not files:
        raise ScenarioFileError(
            f"{folder}: no scenario (*.yaml) there. Name a folder that holds some: --scenarios DIR."
        )
    return [_read(path, str(path.relative_to(folder).with_suffix("")), today) for path in files]


def _read(path: Path, name: str, today: date) -> Scenario:
    data = strict_yaml.read(path)
    if not isinstance(data, Mapping) or not isinstance(data.get("expect"), Mapping):
        raise ScenarioFileError(f"{path}: expect: missing. Add must, must_not and may: lists of clause identifiers.")
    expected = {key: _identifiers(path, key, data["expect"].get(key, [])) for key in EXPECTATIONS}
    if unknown := set(data["expect"]) - set(EXPECTATIONS):
        raise ScenarioFileError(f"{path}: expect.{min(unknown)}: unknown key. Use must, must_not, may.")
    if twice := expected["must_not"] & (expected["must"] | expected["may"]):
        raise ScenarioFileError(f"{path}: expect: {min(twice)} both wanted and not. Name it once.")
    try:
        purchase = read_answers(data, today)
    except DataFileError as error:
        raise ScenarioFileError(f"{path}: {error}") from error
    return Scenario(name, purchase, expected["must"], expected["must_not"], expected["may"])


def _identifiers(path: Path, key: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(each, str) and CLAUSE_ID.fullmatch(each) for each in value):
        raise ScenarioFileError(f"{path}: expect.{key}: not a list of clause identifiers. Write [ENV-CLEAN-001, …].")
    return frozenset(value)


def evaluate(library: ClauseLibrary, scenarios: Iterable[Scenario]) -> list[Outcome]:
    """Select for each scenario, and compare with what it expects."""
    return [_outcome(scenario, select(library, scenario.purchase)) for scenario in scenarios]


def _outcome(scenario: Scenario, selection: Selection) -> Outcome:
    decided = {item.clause.id: item for item in selection.decided}
    taken = {identifier for identifier, item in decided.items() if item.decision is Decision.IN}
    found = {identifier for identifier, item in decided.items() if item.decision is not Decision.OUT}
    must, must_not = scenario.must & decided.keys(), scenario.must_not & decided.keys()
    named = scenario.must | scenario.must_not | scenario.may
    return Outcome(
        scenario=scenario.name,
        category=str(find_category(scenario.purchase).used),
        must=len(must),
        must_in=len(must & taken),
        must_found=len(must & found),
        must_not=len(must_not),
        must_not_taken=len(must_not & found),
        taken=len(taken),
        taken_expected=len(taken & (scenario.must | scenario.may)),
        suggested=len(found - taken),
        misses=(
            *(_miss(scenario, decided[each], "must") for each in sorted(must - taken)),
            *(_miss(scenario, decided[each], "must_not") for each in sorted(must_not & found)),
            *(_miss(scenario, decided[each], "not named") for each in sorted(taken - named)),
        ),
        absent=tuple(sorted(named - decided.keys())),
    )


def _miss(scenario: Scenario, item: Decided, expected: str) -> Miss:
    return Miss(scenario.name, item.clause.id, expected, item.decision, item.rule, item.reason["fr"])
