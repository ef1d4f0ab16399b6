"""Numbers, days and text as TED writes them."""

import re
from datetime import date
from decimal import Decimal

from lxml import etree

Element = etree._Element

_NUMBER = re.compile(r"-?[0-9]{1,24}(?:\.[0-9]{1,12})?")
_WHOLE = re.compile(r"[0-9]{1,9}")
_WEIGHT = re.compile(r"([0-9]{1,6}(?:[.,][0-9]{1,6})?)\s*(%?)")
_DAY = re.compile(r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})")


def local_name(element: Element) -> str:
    """The name without its namespace: TED has used four of them, and none, for one structure."""
    # Nodes that are no elements (comments, entities) have no string for a tag; the parser leaves none of them.
    return str(element.tag).rpartition("}")[2]


def squashed(text: str | None) -> str:
    """Text with its white space, line breaks of the file included, made single spaces."""
    return " ".join(text.split()) if text else ""


def string_value(element: Element) -> str:
    """The text of an element with that of the inline elements within it (`<FT TYPE="SUP">2</FT>`)."""
    return squashed(element.text if not len(element) else "".join(map(str, element.itertext())))


def decimal_of(text: str | None) -> Decimal | None:
    """A number as R2.0.9 (`28500.00`) or older forms (`28 500,00`) write it; `None` where it is none, or ambiguous.

    One comma before exactly three digits may be a decimal mark or mark thousands: such a number is not guessed at.
    """
    bare = "".join(text.split()) if text else ""
    if "," in bare:
        if "." in bare and bare.rfind(".") > bare.rfind(","):
            bare = bare.replace(",", "")
        elif bare.count(",") > 1 or re.fullmatch(r"-?[0-9]{1,3},[0-9]{3}", bare):
            return None
        else:
            bare = bare.replace(".", "").replace(",", ".")
    return Decimal(bare) if _NUMBER.fullmatch(bare) else None


def whole_number(text: str | None) -> int | None:
    """A count; `None` where it is none."""
    bare = text.strip() if text else ""
    return int(bare) if _WHOLE.fullmatch(bare) else None


def weight_of(text: str) -> tuple[Decimal, str | None] | None:
    """A weight and, where a percent sign says so, its code of `number-weight`; `None` for weights in words."""
    found = _WEIGHT.fullmatch(text)
    return (Decimal(found[1].replace(",", ".")), "per-exa" if found[2] else None) if found else None


def day_of(text: str | None) -> date | None:
    """A day as `2022-05-20` or `20220520`; `None` where it is none."""
    found = _DAY.fullmatch(text.strip()) if text else None
    return _day(found[1], found[2], found[3]) if found else None


def day_of_parts(element: Element) -> date | None:
    """A day as `DAY`, `MONTH`, `YEAR` beside one another (before R2.0.9)."""
    parts = {local_name(child): (child.text or "").strip() for child in element}
    stated = [parts.get(name, "") for name in ("YEAR", "MONTH", "DAY")]
    return _day(*stated) if all(_WHOLE.fullmatch(each) for each in stated) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
