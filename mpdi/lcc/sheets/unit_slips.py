"""A number that lies outside its bounds and would lie within them in the unit a thousand times larger, or smaller."""

from dataclasses import dataclass
from decimal import Decimal

from mpdi.lcc.sheets.model import Input

_OTHER = {"W": ("kW", Decimal(1000)), "kW": ("W", Decimal("0.001"))}


@dataclass(frozen=True, slots=True)
class Slip:
    """In which unit the number may have been typed, and what it would then be in the unit that is asked."""

    unit: str
    value: Decimal


def kilo_slip(each: Input, number: Decimal) -> Slip | None:
    """Return the slip that would explain the number; None where it lies within its bounds, or none explains it."""
    if each.minimum is None or each.maximum is None or each.minimum <= number <= each.maximum:
        return None
    other = _OTHER.get(each.unit)
    if other is None or not each.minimum <= number * other[1] <= each.maximum:
        return None
    return Slip(other[0], number * other[1])
