"""Two versions of a clause compared, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from mpdi.clause_library.core.model import ClauseVersion, Parameter
from mpdi.clause_library.core.vocabulary import Language

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")


@dataclass(frozen=True)
class Change:
    """A run of words that both versions hold, that only the newer holds, or that only the older held."""

    kind: Literal["same", "added", "removed"]
    text: str


@dataclass(frozen=True)
class ComparedSection:
    """One place of a clause: `title`, `summary`, `guidance`, `parameters`, or the part of a paragraph."""

    place: str
    changes: tuple[Change, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything differs here."""
        return any(change.kind != "same" for change in self.changes)


def compare(older: ClauseVersion, newer: ClauseVersion, language: Language) -> list[ComparedSection]:
    """Return every place that either version has, in the order of the newer, with what was added and removed."""
    before, after = dict(_places(older, language)), dict(_places(newer, language))
    order = [*after, *(place for place in before if place not in after)]
    return [
        ComparedSection(place[0], tuple(compare_words(before.get(place, ""), after.get(place, "")))) for place in order
    ]


def compare_words(before: str, after: str) -> Iterator[Change]:
    """Yield the runs of words that were kept, removed and added."""
    old, new = before.split(), after.split()
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation == "equal":
            yield Change("same", " ".join(new[new_start:new_end]))
            continue
        if old_start < old_end:
            yield Change("removed", " ".join(old[old_start:old_end]))
        if new_start < new_end:
            yield Change("added", " ".join(new[new_start:new_end]))


def _places(version: ClauseVersion, language: Language) -> Iterator[tuple[tuple[str, int], str]]:
    yield ("title", 0), version.title[language]
    yield ("summary", 0), version.summary[language]
    seen: Counter[str] = Counter()
    for paragraph in version.text:
        yield (paragraph.part, seen[paragraph.part]), _with_labels(paragraph.text[language], version, language)
        seen[paragraph.part] += 1
    yield ("parameters", 0), _parameters(list(version.parameters.values()), language)
    yield ("guidance", 0), _with_labels(version.guidance[language], version, language)


def _with_labels(text: str, version: ClauseVersion, language: Language) -> str:
    return _PLACEHOLDER.sub(lambda match: f"[{version.parameters[match.group(1)].label[language]}]", text)


def _parameters(parameters: Sequence[Parameter], language: Language) -> str:
    return " ".join(_parameter(parameter, language) for parameter in parameters)


def _parameter(parameter: Parameter, language: Language) -> str:
    bounds = "" if parameter.minimum is None else f" ({parameter.minimum} – {parameter.maximum})"
    value = parameter.law_number if parameter.law_number else "–" if parameter.default is None else parameter.default
    return f"{parameter.label[language]}: {value}{bounds};"
