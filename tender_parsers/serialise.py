"""A `Notice` as plain JSON: what is not stated is left out, what is withheld says so, no number loses a digit."""

import json
from datetime import date, datetime
from decimal import Decimal

from tender_parsers.notice import WITHHELD, Notice

Plain = dict[str, object]
_WITHHELD = {"withheld": True}


def to_plain(notice: Notice) -> Plain:
    """The whole notice as objects, lists and strings.

    A key that is absent: not stated. `{"withheld": true}`: said to be unpublished. Amounts and other numbers with a
    fraction are strings; days and moments are ISO 8601.
    """
    plain = _plain(notice)
    return plain if isinstance(plain, dict) else {}


def to_json(notice: Notice) -> str:
    """The whole notice as one line of JSON."""
    return json.dumps(to_plain(notice), ensure_ascii=False)


def _plain(value: object) -> object:
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if value is WITHHELD:
        return dict(_WITHHELD)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date | datetime):
        return value.isoformat()
    stated = ((name, getattr(value, name)) for name in type(value).__dict__["__slots__"])
    return {name: _plain(each) for name, each in stated if each is not None and each != ()}
