"""The data beside the clauses: instruments, numbers, labels, legal terms, statements."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.law_numbers import LawNumbers, read_law_numbers
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.exceptions import DataFileError


@dataclass(frozen=True)
class Instrument:
    """An act, and for each article what was read of it."""

    id: str
    short: Bilingual
    title: Bilingual
    level: str
    status: str
    date: datetime.date
    articles: Mapping[str, Certainty]


@dataclass(frozen=True)
class Label:
    """A label that clauses name."""

    id: str
    name: Bilingual
    type: str
    certainty: Certainty
    source: str


@dataclass(frozen=True)
class LegalTerm:
    """The one word for a concept in each language, and the words to avoid."""

    concept: str
    word: Bilingual
    avoid: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ReferenceData:
    """Everything that clause texts are checked against and rendered with."""

    instruments: Mapping[str, Instrument]
    numbers: LawNumbers
    labels: Mapping[str, Label]
    terms: tuple[LegalTerm, ...]


def read_reference_data(clauses_folder: Path) -> ReferenceData:
    """Read `law/`, `labels/` and `glossary/`; `DataFileError` names the file that is wrong."""
    return ReferenceData(
        _read(clauses_folder / "law" / "instruments.yaml", _instruments),
        read_law_numbers(clauses_folder / "law" / "numbers.yaml"),
        read_labels(clauses_folder / "labels" / "labels.yaml"),
        _read(clauses_folder / "glossary" / "terms.yaml", _terms),
    )


def read_labels(path: Path) -> dict[str, Label]:
    """Read `labels/labels.yaml`: what a label is called, its type, how sure that is."""
    labels: dict[str, Label] = _read(path, _labels)
    return labels


def _read(path: Path, build: Any) -> Any:
    data = strict_yaml.read(path)
    try:
        return build(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataFileError(
            f"{path}: a key is missing or has a wrong value: {error}. See clauses/README.md."
        ) from error


def _instruments(data: Mapping[str, Any]) -> dict[str, Instrument]:
    return {
        key: Instrument(
            key,
            Bilingual(**item["short"]),
            Bilingual(**item["title"]),
            item["level"],
            item["status"],
            item["date"],
            {article: Certainty(value) for article, value in item["articles"].items()},
        )
        for key, item in data.items()
    }


def _labels(data: Mapping[str, Any]) -> dict[str, Label]:
    return {
        key: Label(key, Bilingual(**item["name"]), item["type"], Certainty(item["certainty"]), item["source"])
        for key, item in data.items()
    }


def _terms(data: Mapping[str, Any]) -> tuple[LegalTerm, ...]:
    return tuple(
        LegalTerm(
            key, Bilingual(item["fr"], item["nl"]), {"fr": tuple(item["avoid_fr"]), "nl": tuple(item["avoid_nl"])}
        )
        for key, item in data.items()
    )
