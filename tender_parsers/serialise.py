"""A `Notice` as plain JSON: what is not stated is left out, what is withheld says so, no number loses a digit."""

import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from operator import attrgetter
from typing import Any

from tender_parsers.exceptions import TooLarge
from tender_parsers.notice import WITHHELD, Notice, Text

Plain = dict[str, object]
_WITHHELD = {"withheld": True}
_NONE_STATED: tuple[object, ...] = ()
_quoted = json.encoder.encode_basestring_ascii
_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: _quoted,
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    type(None): lambda _: "null",
    date: lambda value: f'"{value.isoformat()}"',
    datetime: lambda value: f'"{value.isoformat()}"',
    Decimal: lambda value: f'"{value:f}"',
    type(WITHHELD): lambda _: json.dumps(_WITHHELD),
}
"""How values that are no objects of ours are written."""
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


def plain_part(value: object) -> Any:
    """A part of a notice as it stands in `to_plain`; `None` where it states nothing."""
    return _Plainly("").of(value)


def to_json(notice: Notice) -> str:
    """The whole notice as one line of JSON."""
    return json.dumps(to_plain(notice), ensure_ascii=False)


def to_ascii_json(notice: Notice) -> str:
    """What `json.dumps(to_plain(notice))` gives, in less time. Raises `TooLarge` as `to_plain` does."""
    return _Written(notice.source or "").of(notice)


class _Written:
    """The text of values, without making objects and lists first; counts those that it would have made.

    A text stands once below its field and once among all texts, a party in every role: each is written once and
    counted each time.
    """

    __slots__ = ("_known", "_left", "_name", "_places")

    def __init__(self, name: str) -> None:
        self._name = name
        self._left = _MOST
        self._places: dict[tuple[str | None, ...], str] = {}
        """What follows the value of a text: many stand in the same place, in the same language."""
        self._known: dict[int, tuple[str, int]] = {}
        """By the identity of an object, which the notice keeps alive: its text, and how many it counts for."""

    def of(self, value: object) -> str:
        """The text of a value."""
        if isinstance(value, tuple):
            return self._list(value)
        if (written := _WRITTEN.get(type(value))) is not None:
            return written(value)
        return json.dumps(value) if isinstance(value, str | int) else self._object(value)

    def _list(self, values: tuple[object, ...]) -> str:
        self._count(1)
        own = [_quoted(each) if type(each) is str else self.of(each) for each in values]
        return f"[{', '.join(own)}]"

    def _object(self, value: object) -> str:
        known = self._known.get(id(value))
        if known is not None:
            self._count(known[1])
            return known[0]
        before = self._left
        self._count(1)
        if isinstance(value, Text):
            self._known[id(value)] = made = self._text(value), 1
            return made[0]
        kind: Any = type(value)  # mypy takes the class for one of its objects, which need not be hashable
        names, values = _getter(kind)
        own = []
        for name, each in zip(names, values(value)):  # noqa: B905 (as many values as names; it is asked very often)
            if each is None:
                continue
            if type(each) is str:
                own.append(name + _quoted(each))
            elif each != _NONE_STATED:
                own.append(name + self.of(each))
        text = f"{{{', '.join(own)}}}"
        self._known[id(value)] = text, before - self._left
        return text

    def _text(self, text: Text) -> str:
        """Most of what a notice holds is texts."""
        place = text.language, text.element, text.field, text.lot
        if (said := self._places.get(place)) is None:
            names = ("language", "element", "field", "lot")
            stated = ((name, each) for name, each in zip(names, place, strict=True) if each is not None)
            said = self._places[place] = "".join(f', "{name}": {_quoted(each)}' for name, each in stated)
        return f'{{"value": {_quoted(text.value)}{said}}}'

    def _count(self, number: int) -> None:
        self._left -= number
        if self._left < 0:
            raise TooLarge(self._name, f"its JSON would have more than {_MOST} objects and lists")


@cache
def _getter(kind: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """The names of a kind of object as JSON writes them before a value, and what fetches all its values at once."""
    slots = tuple(kind.__dict__["__slots__"])
    names = tuple(f'"{name}": ' for name in slots)
    if len(slots) > 1:
        return names, attrgetter(*slots)
    return names, lambda value: tuple(getattr(value, name) for name in slots)


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
