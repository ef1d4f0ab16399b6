"""What is wrong, as a key with its parameters; the sentence is said in French, Dutch or English when somebody reads it.

The sentences are data (`words/*.yaml`): each key in the three languages, with the same parameters in braces. A
parameter may itself be a fault (a place, a reason), or anything that can be `said`; others are shown as they are.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

import yaml

Language = Literal["fr", "nl", "en"]
Show = Callable[[object, Language], str]
FOLDER = Path(__file__).parent / "words"


@runtime_checkable
class Spoken(Protocol):
    """Anything that has words in each language."""

    def said(self, language: Language) -> str:
        """The words in that language."""
        ...


def plainly(value: object, _language: Language) -> str:
    """A parameter as it is written, in every language alike."""
    return str(value)


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason. `words`: its sentence by language; `values`: its parameters by name."""

    key: str
    words: Mapping[str, str]
    values: Mapping[str, object]

    def said(self, language: Language, show: Show = plainly) -> str:
        """The sentence in that language; `show` writes what has no words of its own."""
        return self.words[language].format(**{key: _shown(each, language, show) for key, each in self.values.items()})


def _shown(value: object, language: Language, show: Show) -> str:
    if isinstance(value, Fault):
        return value.said(language, show)
    return value.said(language) if isinstance(value, Spoken) else show(value, language)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a sheet writes it (`EUR/unit/year`); who shows it may have words for it."""

    code: str

    def __str__(self) -> str:
        return self.code


def all_of(faults: Sequence[Fault]) -> Fault:
    """Several reasons as one, a line each."""
    names = [f"f{place}" for place in range(len(faults))]
    lines = "\n".join(f"{{{name}}}" for name in names)
    return Fault("all", dict.fromkeys(("fr", "nl", "en"), lines), dict(zip(names, faults, strict=True)))


@cache
def read_words(folder: Path = FOLDER) -> Mapping[str, Mapping[str, str]]:
    """Every sentence of a folder, by its key."""
    made: dict[str, Mapping[str, str]] = {}
    for path in sorted(folder.glob("*.yaml")):
        made |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return made


def fault(key: str, /, **values: object) -> Fault:
    """The fault of this engine with that key; `KeyError` for a key that has no words, which no reader may ever see."""
    return Fault(key, read_words()[key], values)
