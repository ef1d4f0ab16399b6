"""What the formats of cells say: that a figure is a day, or is in a currency."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mpdi.action_plans.core.written_values import currency_of

_DAYS_BUILT_IN = frozenset({*range(14, 18), 22, *range(27, 32), 34, 35, 36, *range(50, 59)})
"""Numbers of formats of days that no file spells out (ECMA-376, part 1, 18.8.30); those of hours alone are none."""
_SHOWN_CURRENCY = re.compile(r'\[\$([^\]\-]{1,8})[^\]]*\]|"([^"]{1,8})"|([$€£¥])')
_NO_LETTERS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')


class CellStyle(NamedTuple):
    """Whether figures are shown as a day, and the currency shown with them; empty: none."""

    is_day: bool
    currency: str


PLAIN = CellStyle(False, "")


def read_styles(found: Iterable[tuple[str, Mapping[str, str]]]) -> Sequence[CellStyle]:
    """Return the styles of cells in their order, from the elements `numFmt`, `cellStyleXfs`, `cellXfs` and `xf`."""
    formats: dict[str, str] = {}
    styles: list[CellStyle] = []
    within = ""
    for name, attributes in found:
        if name == "numFmt":
            formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf":
            if within == "cellXfs":
                styles.append(_style(attributes.get("numFmtId", "0"), formats))
        else:
            within = name
    return styles


def _style(number: str, formats: Mapping[str, str]) -> CellStyle:
    code = formats.get(number)
    if code is None:
        return CellStyle(number.isdecimal() and int(number) in _DAYS_BUILT_IN, "")
    letters = _NO_LETTERS.sub("", code).lower()
    is_day = "y" in letters or "d" in letters or "j" in letters
    return CellStyle(is_day, "" if is_day else _currency(code))


def _currency(code: str) -> str:
    for shown in _SHOWN_CURRENCY.finditer(code):
        found = currency_of(shown[1] or shown[2] or shown[3])
        if found:
            return found
    return ""
