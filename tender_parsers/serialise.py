"""A `Notice` as plain JSON: what is not stated is left out, what is withheld says so, no number loses a digit."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from tender_parsers.exceptions import TooLarge
from tender_parsers.notice import WITHHELD, Notice

Plain = dict[str, object]
_WITHHELD = {"withheld": True}
_AS_THEY_ARE = frozenset({str, bool, int, type(None)})
_MOST = 300_000
"""Objects and lists of one notice; the largest met has some thousands."""


def to_plain(notice: Notice) -> Plain:
    """The whole notice as objects, lists and strings.

    A key that is absent: not stated. `{"withheld": true}`: said to be unpublished. Amounts and other numbers with a
    fraction are strings; days and moments are ISO 8601. Raises `TooLarge` where it would be out of all proportion: one
    party may be named thousands of times, and stands there in full each time.
    """
    plain = _Plainly(notice.source or "").of(notice)
    return plain if isinstance(plain, dict) else {}


def to_json(notice: Notice) -> str:
    """The whole notice as one line of JSON."""
    return json.dumps(to_plain(notice), ensure_ascii=False)


def to_ascii_json(notice: Notice) -> str:
    """What `json.dumps(to_plain(notice))` gives, in less time. Raises `TooLarge` as `to_plain` does."""
    said = json.JSONEncoder(check_circular=False, default=_Encoded(notice.source or "").of).encode(notice)
    if said.count("{") + said.count("[") > _MOST:  # there are no more objects and lists than signs that begin one
        to_plain(notice)
    return said


class _Encoded:
    """What the encoder asks where it meets a value that JSON has not; counts the objects."""

    __slots__ = ("_left", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _MOST

    def of(self, value: object) -> object:
        """The object's own values, which the encoder asks about in turn, or the plain value."""
        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, date):
            return value.isoformat()
        if value is WITHHELD:
            return _WITHHELD
        self._left -= 1
        if self._left < 0:
            raise TooLarge(self._name, f"its JSON would have more than {_MOST} objects and lists")
        kind: Any = type(value)  # mypy takes the class for one of its objects, which need not be hashable
        names, values = _getter(kind)
        stated = zip(names, values(value))  # noqa: B905 (as many values as names; it is asked very often)
        return {name: each for name, each in stated if each or not (each is None or each == ())}


@cache
def _getter(kind: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """The names of a kind of object, and what fetches all its values at once."""
    names = tuple(kind.__dict__["__slots__"])
    if len(names) > 1:
        return names, attrgetter(*names)
    return names, lambda value: tuple(getattr(value, name) for name in names)


class _Plainly:
    """Turns values plain, and counts the objects and lists that it makes."""

    __slots__ = ("_left", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _MOST

    def of(self, value: object) -> object:
        """The plain value."""
        if type(value) in _AS_THEY_ARE:
            return value
        if value is WITHHELD:
            return dict(_WITHHELD)
        if isinstance(value, Decimal):
            return format(value, "f")
        if isinstance(value, date | datetime):
            return value.isoformat()
        if isinstance(value, str | int):
            return value
        self._left -= 1
        if self._left < 0:
            raise TooLarge(self._name, f"its JSON would have more than {_MOST} objects and lists")
        if isinstance(value, tuple):
            return [self.of(each) for each in value]
        return self._object(value)

    def _object(self, value: object) -> Plain:
        """What it states. Most of what a notice holds is text or not stated: that costs no call."""
        plain: Plain = {}
        for name in type(value).__dict__["__slots__"]:
            each = getattr(value, name)
            kind = type(each)
            if kind is str:
                plain[name] = each
            elif each is not None and not (kind is tuple and not each):
                plain[name] = self.of(each)
        return plain
