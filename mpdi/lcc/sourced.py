"""Numbers of law and nature: read from `parameters/*.yaml`, each with its unit, its date and where it was read.

A number that lacks one of them cannot be loaded: `UnsourcedNumberError` names it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from mpdi.lcc.errors import UnsourcedNumberError

FOLDER = Path(__file__).parent / "parameters"
KEYS = frozenset({"value", "unit", "date", "source"})


@dataclass(frozen=True, slots=True)
class SourcedNumber:
    """A number, its unit, the year it is of (for a price of a later year: that year), and where it was read."""

    value: Decimal
    unit: str
    year: int
    source: str


def sourced(data: object, place: str) -> SourcedNumber:
    """The number that a mapping of `value`, `unit`, `date` (a year) and `source` describes."""
    if not isinstance(data, Mapping) or set(data) != KEYS:
        raise UnsourcedNumberError("number_keys", place=place, found=repr(data))
    value, unit, date, source = (data[key] for key in ("value", "unit", "date", "source"))
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not Decimal(value).is_finite():
        raise UnsourcedNumberError("number_value", place=place, found=repr(value))
    if not isinstance(date, int) or not isinstance(unit, str) or not unit or len(str(source).strip()) < 10:
        raise UnsourcedNumberError("number_origin", place=place)
    return SourcedNumber(Decimal(str(value)), unit, date, str(source))


def read_parameters(name: str, folder: Path = FOLDER) -> Mapping[str, Any]:
    """The keys of `parameters/<name>.yaml`, not yet checked."""
    read = yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))
    if not isinstance(read, Mapping):
        raise UnsourcedNumberError("parameter_file", name=name)
    return read
