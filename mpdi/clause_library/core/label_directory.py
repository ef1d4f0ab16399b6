"""The labels directory: what a label covers, who owns it, how it is checked, what may be asked with it, and how sure that is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.reference_data import Label, read_labels
from mpdi.clause_library.core.vocabulary import Category, Certainty, Theme
from mpdi.exceptions import DataFileError, MpdiError
from mpdi.resources import folder


class UnknownLabelError(MpdiError):
    """The directory has no such label."""


class LabelUse(StrEnum):
    """How far a buyer may rely on a label."""

    WHOLE = "whole"
    PART = "part"
    SELECTION = "selection"
    EVIDENCE = "evidence"


@dataclass(frozen=True)
class Source:
    """Where a statement comes from, and whether anybody of the project opened it."""

    title: Bilingual
    is_opened: bool


@dataclass(frozen=True)
class Statement:
    """Something said of a label: the text, how sure it is, its source."""

    text: Bilingual
    certainty: Certainty
    source: Source


@dataclass(frozen=True)
class Aspect:
    """One thing that the criteria of a label are about."""

    theme: Theme
    text: Bilingual


@dataclass(frozen=True)
class LabelCheck:
    """One way to verify a label: by what (`source` of the vocabulary), what to ask for, what to look at."""

    by: str
    ask: Bilingual
    check: Bilingual
    certainty: Certainty
    source: Source


@dataclass(frozen=True)
class DirectoryEntry:
    """Everything known of one label; what its scheme and its use say comes after what is its own."""

    label: Label
    use: LabelUse
    owner: Statement
    website: str
    categories: tuple[Category, ...]
    cpv: tuple[str, ...]
    aspects: tuple[Aspect, ...]
    criteria_certainty: Certainty
    criteria_source: Source
    verification: tuple[LabelCheck, ...]
    equivalents: tuple[str, ...]
    may: tuple[Statement, ...]
    may_not: tuple[Statement, ...]
    to_open: tuple[Bilingual, ...]

    @property
    def id(self) -> str:
        """The identifier of the label."""
        return self.label.id

    @property
    def themes(self) -> tuple[Theme, ...]:
        """The themes of its criteria, in the order of the vocabulary."""
        return tuple(theme for theme in Theme if any(aspect.theme == theme for aspect in self.aspects))


class LabelDirectory:
    """All labels, by identifier."""

    def __init__(self, entries: Mapping[str, DirectoryEntry]) -> None:
        self._entries = dict(sorted(entries.items()))

    def __len__(self) -> int:
        """Return how many labels there are."""
        return len(self._entries)

    def __contains__(self, identifier: str) -> bool:
        """Whether there is such a label."""
        return identifier in self._entries

    def all(self) -> tuple[DirectoryEntry, ...]:
        """Return every entry, by identifier."""
        return tuple(self._entries.values())

    def entry(self, identifier: str) -> DirectoryEntry:
        """Return one entry; `UnknownLabelError` when there is none."""
        if identifier not in self._entries:
            raise UnknownLabelError(f"There is no label “{identifier[:40]}”. The directory lists those that there are.")
        return self._entries[identifier]


@cache
def edition_directory() -> LabelDirectory:
    """Return the directory of the released edition: read once, it ships with the program."""
    return read_label_directory(folder("clauses"))


def read_label_directory(clauses_folder: Path) -> LabelDirectory:
    """Read `labels/`; `DataFileError` where an entry cannot be read (`mpdi clauses check` says each place)."""
    place = clauses_folder / "labels"
    labels = read_labels(place / "labels.yaml")
    common, own = strict_yaml.read(place / "schemes.yaml"), strict_yaml.read(place / "directory.yaml")
    try:
        return LabelDirectory({key: _entry(labels[key], item, common) for key, item in own.items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataFileError(
            f"{place}: a key is missing or has a wrong value: {error}. See clauses/README.md."
        ) from error


def _entry(label: Label, item: Mapping[str, Any], common: Mapping[str, Any]) -> DirectoryEntry:
    sources = {
        key: Source(Bilingual(source["fr"], source["nl"]), source["opened"])
        for key, source in common["sources"].items()
    }
    scheme, use, criteria = common["schemes"][item["scheme"]], common["uses"][item["use"]], item["criteria"]

    def statements(name: str) -> tuple[Statement, ...]:
        return tuple(_statement(each, sources) for part in (item, scheme, use) for each in part.get(name, ()))

    return DirectoryEntry(
        label=label,
        use=LabelUse(item["use"]),
        owner=_statement(scheme["owner"], sources),
        website=scheme["website"],
        categories=tuple(map(Category, item["categories"])),
        cpv=tuple(item["cpv"]),
        aspects=tuple(Aspect(Theme(each["theme"]), Bilingual(each["fr"], each["nl"])) for each in criteria["aspects"]),
        criteria_certainty=Certainty(criteria["certainty"]),
        criteria_source=sources[criteria["source"]],
        verification=tuple(_check(each, sources) for each in scheme["verification"]),
        equivalents=tuple(item["equivalents"]),
        may=statements("may"),
        may_not=statements("may_not"),
        to_open=tuple(Bilingual(**each) for part in (item, scheme) for each in part.get("to_open", ())),
    )


def _statement(item: Mapping[str, Any], sources: Mapping[str, Source]) -> Statement:
    return Statement(Bilingual(item["fr"], item["nl"]), Certainty(item["certainty"]), sources[item["source"]])


def _check(item: Mapping[str, Any], sources: Mapping[str, Source]) -> LabelCheck:
    texts = Bilingual(**item["ask"]), Bilingual(**item["check"])
    return LabelCheck(item["by"], *texts, Certainty(item["certainty"]), sources[item["source"]])
