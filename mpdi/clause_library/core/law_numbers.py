"""Numbers that a law fixes: dated, with unit, source and certainty."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.exceptions import DataFileError, MpdiError


class UnknownLawNumberError(MpdiError):
    """No number of law has this key."""


class LawNumberNotInForceError(MpdiError):
    """The number is known, but not for the date asked."""


@dataclass(frozen=True)
class DatedValue:
    """A value and the days on which it holds, both included."""

    value: Decimal
    valid_from: datetime.date
    valid_to: datetime.date | None
    certainty: Certainty
    source: Bilingual


@dataclass(frozen=True)
class LawNumber:
    """A number of law and all its known values."""

    key: str
    unit: str
    label: Bilingual
    values: tuple[DatedValue, ...]

    def on(self, day: datetime.date) -> DatedValue:
        """Return the value that holds on a day; `LawNumberNotInForceError` when none is known."""
        for value in self.values:
            if value.valid_from <= day and (value.valid_to is None or day <= value.valid_to):
                return value
        spans = ", ".join(f"{value.valid_from} – {value.valid_to or '…'}" for value in self.values)
        raise LawNumberNotInForceError(
            f"{self.label.fr}: no value is known on {day} (known: {spans}). Choose a publication date in these spans."
        )


class LawNumbers:
    """The numbers of law, asked by key and date."""

    def __init__(self, numbers: Mapping[str, LawNumber]) -> None:
        self._numbers = dict(numbers)

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def __iter__(self) -> "Any":
        return iter(self._numbers.values())

    def number(self, key: str) -> LawNumber:
        """Return the number of that key; `UnknownLawNumberError` when there is none."""
        if key not in self._numbers:
            raise UnknownLawNumberError(
                f"“{key}” is not a number of clauses/law/numbers.yaml: add it there with its source, or mend the key."
            )
        return self._numbers[key]

    def value(self, key: str, day: datetime.date) -> Decimal:
        """Return the value of that key on a day."""
        return self.number(key).on(day).value


def read_law_numbers(path: Path) -> LawNumbers:
    """Read `law/numbers.yaml`; a number without unit, date, source or certainty cannot be loaded."""
    data = strict_yaml.read(path)
    try:
        return LawNumbers({key: _number(key, item) for key, item in data.items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataFileError(
            f"{path}: a number lacks a key or has a wrong value: {error}. "
            "Each needs unit, label, and values with value, valid_from, valid_to, certainty, source."
        ) from error


def _number(key: str, item: Mapping[str, Any]) -> LawNumber:
    values = tuple(_dated(value) for value in item["values"])
    return LawNumber(key, item["unit"], Bilingual(**item["label"]), values)


def _dated(item: Mapping[str, Any]) -> DatedValue:
    source = Bilingual(**item["source"])
    if not (source.fr and source.nl):
        raise ValueError("a number without a source in French and in Dutch")
    if isinstance(item["value"], bool) or not isinstance(item["value"], int | Decimal):
        raise ValueError(f"“{item['value']}” is not a number")
    if not isinstance(item["valid_from"], datetime.date) or not isinstance(item["valid_to"], datetime.date | None):
        raise ValueError("valid_from and valid_to are dates, the second may be null")
    return DatedValue(
        Decimal(item["value"]), item["valid_from"], item["valid_to"], Certainty(item["certainty"]), source
    )
