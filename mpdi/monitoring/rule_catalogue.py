"""The rules of detection as they are explained to a reader: their words, and nothing made ready for a search. Pure."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from mpdi.monitoring.detection.model import Label, Place
from mpdi.monitoring.detection.reading import DATA, SEARCHED


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule, or an exclusion, in words."""

    id: str
    """As observations name it: `env_criterion.award`."""
    says: str
    """What it finds, or why what it finds does not count; in English, as it is written."""
    places: tuple[str, ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]
    """By language."""


@dataclass(frozen=True, slots=True)
class LabelRules:
    """All rules of a label, and what is left out for it."""

    rules: tuple[RuleText, ...]
    exclusions: tuple[RuleText, ...]


@lru_cache(maxsize=1)
def catalogue() -> dict[str, LabelRules]:
    """Rules and exclusions by label, those of every label included."""
    shared = tuple(_text(each, "boilerplate", "reason") for each in _data("boilerplate.yaml")["exclusions"])
    found = {}
    for label in Label:
        data = _data(f"{label}.yaml")
        rules = tuple(_text(each, label, "what") for each in data["rules"])
        own = tuple(_text(each, label, "reason") for each in data["exclusions"])
        found[label.value] = LabelRules(rules, (*own, *shared))
    return found


@lru_cache(maxsize=1)
def _elements() -> tuple[tuple[Place, tuple[str, ...]], ...]:
    return tuple((Place(each["place"]), tuple(map(str, each["parts"]))) for each in _data("elements.yaml")["elements"])


def place_of(element: str) -> Place:
    """What an element of a notice is about: the first line of `elements.yaml` that fits."""
    fits = (place for place, parts in _elements() if any(part in element for part in parts))
    return next(fits, Place.OTHER)


def _data(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.load(Path(DATA / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    return data


def _text(data: dict[str, Any], label: str, key: str) -> RuleText:
    places = tuple(data.get("where") or [place.value for place in SEARCHED])
    phrases = tuple((language, tuple(written.split("\n")[:-1])) for language, written in data["patterns"].items())
    return RuleText(f"{label}.{data['id']}", " ".join(data[key].split()), places, phrases)
