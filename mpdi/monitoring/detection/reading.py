"""The rules of detection, read from `mpdi/monitoring/data/rules/`: each file is data, checked before it is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from mpdi.monitoring.detection.errors import DetectionRulesError
from mpdi.monitoring.detection.model import Label, Place
from mpdi.monitoring.detection.phrases import PhraseError, PhraseIndex, PhraseSet, phrase_set

DATA = Path(__file__).resolve().parent.parent / "data" / "rules"
LANGUAGES = ("fr", "nl", "en")
SEARCHED = tuple(place for place in Place if place is not Place.LEFT_OUT)
COVERS = ("words", "sentence", "text")
"""What an exclusion takes away: what it overlaps, the sentence or the whole text that it stands in."""


@dataclass(frozen=True)
class Rule:
    """Words that, in these places, say one thing."""

    id: str
    """With the label: `env_criterion.award`."""
    label: Label
    what: str
    where: frozenset[Place]
    negation: bool
    """Whether a negation takes it away; not where the words themselves hold one ("without pesticides")."""
    phrases: Mapping[str, PhraseSet]


@dataclass(frozen=True)
class Exclusion:
    """Words that look like it and say nothing of it, and why."""

    id: str
    label: Label | None
    """The label that it concerns; `None`: every one."""
    covers: str
    reason: str
    phrases: Mapping[str, PhraseSet]

    def concerns(self, label: Label) -> bool:
        """Whether it may take an observation of this label away."""
        return self.label in (None, label)


@dataclass(frozen=True)
class Negation:
    """Words before or after what was found that deny it."""

    before: Mapping[str, PhraseSet]
    after: Mapping[str, PhraseSet]
    answer: Mapping[str, PhraseSet]
    """Words that deny it after a colon: "clause sociale : non", but not "déchets non dangereux"."""
    not_negating: Mapping[str, PhraseSet]
    words_before: int
    """How many words before may lie between the negation and what is denied."""


@dataclass(frozen=True)
class ElementPlace:
    """Elements whose path holds one of these parts are about this."""

    place: Place
    parts: tuple[str, ...]


@dataclass(frozen=True)
class DetectionRules:
    """Everything detection rests on."""

    rules: tuple[Rule, ...]
    exclusions: tuple[Exclusion, ...]
    negation: Negation
    elements: tuple[ElementPlace, ...]

    def place_of(self, element: str) -> Place:
        """What an element is about: the first line of `elements.yaml` that fits."""
        found = self._places.get(element)
        if found is None:
            fits = (line.place for line in self.elements if any(part in element for part in line.parts))
            found = self._places[element] = next(fits, Place.OTHER)
        return found

    def index(self, language: str, place: Place) -> PhraseIndex[Rule]:
        """The phrases of all rules that hold in a language and a place."""
        key = (language, place)
        if key not in self._indexes:
            self._indexes[key] = PhraseIndex(
                (rule, phrase)
                for rule in self.rules
                if place in rule.where and language in rule.phrases
                for phrase in rule.phrases[language].phrases
            )
        return self._indexes[key]

    @cached_property
    def _indexes(self) -> dict[tuple[str, Place], PhraseIndex[Rule]]:
        return {}

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {}


def read_detection_rules(place: Path = DATA) -> DetectionRules:
    """Read the rules that ship with MPDI, or those of another folder; raise `DetectionRulesError`."""
    rules: list[Rule] = []
    exclusions: list[Exclusion] = []
    for label in Label:
        path = place / f"{label}.yaml"
        data = _mapping(path)
        if data.get("label") != label.value:
            raise DetectionRulesError(f"{path}: `label` must be {label.value}, as the name of the file says.")
        rules += [_rule(each, label, path) for each in _list(data, "rules", path)]
        exclusions += [_exclusion(each, label, path) for each in _list(data, "exclusions", path)]
    shared = place / "boilerplate.yaml"
    exclusions += [_exclusion(each, None, shared) for each in _list(_mapping(shared), "exclusions", shared)]
    _refuse_repeats([rule.id for rule in rules] + [each.id for each in exclusions], place)
    return DetectionRules(
        tuple(rules), tuple(exclusions), _negation(place / "negation.yaml"), _elements(place / "elements.yaml")
    )


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    except OSError as error:
        raise DetectionRulesError(f"{path}: cannot be read ({error.strerror}). Install MPDI again.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DetectionRulesError(f"{path}: is no YAML in UTF-8: {error}") from error
    if not isinstance(data, dict):
        raise DetectionRulesError(f"{path}: must hold keys and values.")
    return data


def _list(data: Mapping[str, Any], key: str, path: Path) -> Sequence[Mapping[str, Any]]:
    value = data.get(key)
    if not isinstance(value, list) or not all(isinstance(each, dict) and each.get("id") for each in value):
        raise DetectionRulesError(f"{path}: `{key}` must be a list of entries with an `id`.")
    return value


def _rule(data: Mapping[str, Any], label: Label, path: Path) -> Rule:
    identifier = f"{label}.{data['id']}"
    _refuse_keys(data, {"id", "what", "where", "negation", "patterns"}, path, identifier)
    where = data.get("where", [place.value for place in SEARCHED])
    if not where or not set(where) <= {place.value for place in SEARCHED}:
        raise DetectionRulesError(f"{path}, {identifier}: `where` takes {', '.join(SEARCHED)}.")
    return Rule(
        identifier,
        label,
        _words(data, "what", path, identifier),
        frozenset(map(Place, where)),
        bool(data.get("negation", True)),
        _phrases(data.get("patterns"), path, identifier),
    )


def _exclusion(data: Mapping[str, Any], label: Label | None, path: Path) -> Exclusion:
    identifier = f"{label or 'boilerplate'}.{data['id']}"
    _refuse_keys(data, {"id", "covers", "reason", "patterns"}, path, identifier)
    if data.get("covers") not in COVERS:
        raise DetectionRulesError(f"{path}, {identifier}: `covers` takes {', '.join(COVERS)}.")
    return Exclusion(
        identifier,
        label,
        str(data["covers"]),
        _words(data, "reason", path, identifier),
        _phrases(data.get("patterns"), path, identifier),
    )


def _refuse_keys(data: Mapping[str, Any], known: set[str], path: Path, identifier: str) -> None:
    strange = sorted(set(map(str, data)) - known)
    if strange:
        raise DetectionRulesError(f"{path}, {identifier}: no such key: {', '.join(strange)}.")


def _words(data: Mapping[str, Any], key: str, path: Path, identifier: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DetectionRulesError(f"{path}, {identifier}: `{key}` must say something.")
    return value


def _phrases(data: object, path: Path, identifier: str) -> Mapping[str, PhraseSet]:
    if not isinstance(data, dict) or not data or not set(data) <= set(LANGUAGES):
        raise DetectionRulesError(f"{path}, {identifier}: patterns by language ({', '.join(LANGUAGES)}) are needed.")
    if not all(isinstance(written, str) for written in data.values()):
        raise DetectionRulesError(f"{path}, {identifier}: patterns are a text (`|`), one phrase a line.")
    try:
        return {language: phrase_set(written.split("\n")[:-1]) for language, written in data.items()}
    except PhraseError as error:
        raise DetectionRulesError(f"{path}, {identifier}: {error}.") from error


def _negation(path: Path) -> Negation:
    data = _mapping(path)
    words = data.get("words_before")
    if not isinstance(words, int):
        raise DetectionRulesError(f"{path}: `words_before` must be a whole number.")
    keys = ("before", "after", "answer", "not_negating")
    before, after, answer, others = (_phrases(data.get(key), path, key) for key in keys)
    return Negation(before, after, answer, others, words)


def _elements(path: Path) -> tuple[ElementPlace, ...]:
    lines = _list(_mapping(path), "elements", path)
    try:
        return tuple(ElementPlace(Place(line["place"]), tuple(map(str, line["parts"]))) for line in lines)
    except (KeyError, ValueError, TypeError) as error:
        raise DetectionRulesError(f"{path}: each line needs a known `place` and its `parts` ({error}).") from error


def _refuse_repeats(identifiers: list[str], place: Path) -> None:
    repeated = sorted({each for each in identifiers if identifiers.count(each) > 1})
    if repeated:
        raise DetectionRulesError(f"{place}: the same identifier twice: {', '.join(repeated)}.")
