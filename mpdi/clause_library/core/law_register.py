"""What each article asks, in plain words, and what else the register of legal instruments says of an act. Pure."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.rendering import format_number
from mpdi.clause_library.core.vocabulary import Language
from mpdi.exceptions import DataFileError
from mpdi.resources import folder

ARTICLES_FILE = "law/articles.yaml"
_PLACEHOLDER = re.compile(r"\{\{([a-z0-9_]+)\}\}")


class InstrumentStatus(StrEnum):
    """Where an act stands."""

    ANNOUNCED = "announced"
    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"


@dataclass(frozen=True)
class LawDate:
    """A day from which something of an act applies."""

    day: datetime.date
    what: Bilingual


@dataclass(frozen=True)
class InstrumentWords:
    """What the register says of one act: its articles in plain words, those nobody read, dates, regional competence.

    `unread_parts`: of an article that was read, the parts that were not.
    """

    says: Mapping[str, Bilingual]
    dates: tuple[LawDate, ...]
    not_read: frozenset[str]
    regional_competence: Bilingual | None
    unread_parts: Mapping[str, tuple[Bilingual, ...]] = field(default_factory=dict)


NOTHING_SAID = InstrumentWords({}, (), frozenset(), None)
"""Of an act that `articles.yaml` does not name."""


@cache
def edition_law_register() -> Mapping[str, InstrumentWords]:
    """Return the register of the released edition: read once, it ships with the program."""
    return read_law_register(folder("clauses"))


def read_law_register(clauses_folder: Path) -> dict[str, InstrumentWords]:
    """Read `law/articles.yaml` by act; empty where there is none; `DataFileError` where an entry cannot be read."""
    path = clauses_folder / ARTICLES_FILE
    if not path.exists():
        return {}
    data = strict_yaml.read(path)
    try:
        return {key: _words(item) for key, item in data.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise DataFileError(
            f"{path}: a key is missing or has a wrong value: {error}. Run: mpdi clauses check"
        ) from error


def _words(item: Mapping[str, Any]) -> InstrumentWords:
    argument = item["regional_competence"]
    return InstrumentWords(
        {article: Bilingual(said["fr"], said["nl"]) for said in item["says"] for article in said["articles"]},
        tuple(LawDate(each["date"], Bilingual(each["fr"], each["nl"])) for each in item["dates"]),
        frozenset(item["not_read"]),
        Bilingual(**argument) if argument else None,
        _unread_parts(item.get("not_read_parts", [])),
    )


def _unread_parts(items: Sequence[Mapping[str, str]]) -> dict[str, tuple[Bilingual, ...]]:
    found: dict[str, tuple[Bilingual, ...]] = {}
    for item in items:
        found[item["article"]] = (*found.get(item["article"], ()), Bilingual(item["fr"], item["nl"]))
    return found


def number_keys(text: str) -> set[str]:
    """Return the numbers of law that a text names as `{{key}}`."""
    return set(_PLACEHOLDER.findall(text))


def with_numbers(words: Bilingual, language: Language, numbers: LawNumbers, day: datetime.date) -> str:
    """Write the words with the numbers of law that hold on a day; `UnknownLawNumberError` on a key nobody knows."""
    return _PLACEHOLDER.sub(lambda found: format_number(numbers.value(found[1], day), language), words[language])
