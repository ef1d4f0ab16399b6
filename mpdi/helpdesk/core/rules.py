"""The data of the suggestions, read and checked: routes, obstacles, words, situations, short forms."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import as_file, files
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Category, Theme
from mpdi.helpdesk.core.errors import RoutingFileError
from mpdi.helpdesk.core.patterns import Pattern, atoms
from mpdi.helpdesk.vocabulary import BODIES, AskerKind, Obstacle, QuestionNature, Route

SITUATION_FILES = ("situations", "labelled_questions")
OTHER_SUBJECTS = "other_subjects"
WEIGHTS = {"decisive": 3.0, "strong": 2.0, "hint": 1.0, "against": -2.0}
KINDS: Mapping[str, frozenset[str]] = {
    "routes": frozenset(BODIES), "natures": frozenset(QuestionNature), "obstacles": frozenset(Obstacle),
    "askers": frozenset(AskerKind), "categories": frozenset(Category),
}


@dataclass(frozen=True)
class Body:
    """Who answers on a route, on what, the themes of the clauses suggested first, and the routes it gives way to."""

    name: Bilingual
    subject: Bilingual
    themes: tuple[Theme, ...]
    gives_way_to: tuple[Route, ...] = ()


@dataclass(frozen=True)
class ObstacleInfo:
    """Whose obstacle it is, its name, and the nature of question that shows it where nothing else does."""

    asker: AskerKind
    label: Bilingual
    nature: QuestionNature | None


@dataclass(frozen=True)
class Situation:
    """A situation that people describe, and what an adviser says of it."""

    text: Mapping[str, str]
    """By language; a labelled question has only its own."""
    route: Route
    nature: QuestionNature
    obstacles: tuple[Obstacle, ...]
    asker: AskerKind
    clauses: tuple[str, ...]

    @cached_property
    def is_bilingual(self) -> bool:
        """Whether it can be quoted to any reader."""
        return set(self.text) == set(LANGUAGES)

    def any_text(self, language: str) -> str:
        """Return the text in that language, in its own where it has no other."""
        return self.text.get(language) or next(iter(self.text.values()))


@dataclass(frozen=True)
class Rules:
    """Everything that suggestions are made with."""

    bodies: Mapping[Route, Body]
    obstacles: Mapping[Obstacle, ObstacleInfo]
    patterns: Mapping[str, tuple[Pattern, ...]]
    situations: tuple[Situation, ...]
    short_forms: Mapping[str, Mapping[str, str]]
    elsewhere: tuple[Mapping[str, str], ...] = ()
    """Texts about something else, by language: what is near to them is not for the helpdesk."""


def read_rules(data: Mapping[str, Any]) -> Rules:
    """Build the rules from the data of the six files; `RoutingFileError` says which entry is wrong."""
    routing = dict(data["routing"])
    short_forms = routing.pop("short_forms", {})
    return Rules(
        _each("routes.yaml", data["routes"]["routes"], BODIES, _body),
        _each("obstacles.yaml", data["obstacles"]["obstacles"], Obstacle, _obstacle),
        {language: tuple(_patterns(routing, language)) for language in LANGUAGES},
        tuple(each for name in SITUATION_FILES for each in _situations(name, data[name]["situations"])),
        {language: dict(short_forms.get(language, {})) for language in LANGUAGES},
        tuple(_elsewhere(data[OTHER_SUBJECTS]["texts"])),
    )


@cache
def shipped_rules() -> Rules:
    """Return the rules that ship with MPDI."""
    data = {}
    for name in ("routes", "obstacles", "routing", *SITUATION_FILES, OTHER_SUBJECTS):
        with as_file(files("mpdi.helpdesk") / "data" / f"{name}.yaml") as path:
            data[name] = strict_yaml.read(path)
    return read_rules(data)


def _each(name: str, items: Any, keys: Any, build: Any) -> Any:
    try:
        known = {str(key): key for key in keys}
        found = {known[key]: build(item) for key, item in items.items()}
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RoutingFileError(f"{name}: a key is missing or has a wrong value: {error}.") from error
    missing = [str(key) for key in keys if key not in found]
    if missing:
        raise RoutingFileError(f"{name}: {', '.join(missing)} missing.")
    return found


def _body(item: Mapping[str, Any]) -> Body:
    first = tuple(map(Route, item.get("gives_way_to", ())))
    return Body(Bilingual(**item["body"]), Bilingual(**item["subject"]), tuple(map(Theme, item["themes"])), first)


def _obstacle(item: Mapping[str, Any]) -> ObstacleInfo:
    nature = QuestionNature(item["nature"]) if "nature" in item else None
    return ObstacleInfo(AskerKind(item["asker"]), Bilingual(**item["label"]), nature)


def _patterns(routing: Mapping[str, Any], language: str) -> Iterator[Pattern]:
    for kind, labels in routing.items():
        if kind not in KINDS:
            raise RoutingFileError(f"routing.yaml: no section “{kind}”: {', '.join(KINDS)}, short_forms.")
        for label, languages in labels.items():
            if label not in KINDS[kind] or set(languages) - {"any", *LANGUAGES}:
                raise RoutingFileError(f"routing.yaml: {kind}: “{label}” is unknown, or holds more than any, fr, nl.")
            for strength, phrases in _phrases(languages, language):
                yield from _of_strength(kind, label, strength, phrases)


def _phrases(languages: Mapping[str, Any], language: str) -> Iterator[tuple[str, list[Any]]]:
    for name in ("any", language):
        yield from languages.get(name, {}).items()


def _of_strength(kind: str, label: str, strength: str, phrases: list[Any]) -> Iterator[Pattern]:
    for phrase in phrases:
        cut = atoms(phrase) if isinstance(phrase, str) else ()
        if strength not in WEIGHTS or not cut:
            raise RoutingFileError(f"routing.yaml: {kind}: {label}: {strength}: “{phrase}” is no phrase: quote it.")
        yield Pattern(kind, label, WEIGHTS[strength], cut)


def _situations(name: str, items: Iterable[Mapping[str, Any]]) -> Iterator[Situation]:
    for number, item in enumerate(items, 1):
        yield _situation(f"{name}.yaml: situation {number}", item)


def _situation(place: str, item: Mapping[str, Any]) -> Situation:
    try:
        return Situation(
            _texts(item), Route(item["route"]), QuestionNature(item["nature"]),
            tuple(map(Obstacle, item["obstacles"])), AskerKind(item.get("asker", AskerKind.BUYER)), tuple(item["clauses"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise RoutingFileError(f"{place}: a key is missing or has a wrong value: {error}.") from error


def _elsewhere(items: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, str]]:
    for number, item in enumerate(items, 1):
        if set(item) != set(LANGUAGES):
            raise RoutingFileError(f"{OTHER_SUBJECTS}.yaml: text {number}: {' and '.join(LANGUAGES)}, nothing else.")
        yield {language: str(item[language]) for language in LANGUAGES}


def _texts(item: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {language: item[language] for language in LANGUAGES if language in item}
    if not found:
        raise KeyError(" / ".join(LANGUAGES))
    return found
