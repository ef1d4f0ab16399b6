"""Large JSON by blocks: the objects of an array, of JSON Lines or of a package one at a time, the file never whole in memory."""

import codecs
import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tender_parsers.exceptions import EmptyInput, Malformed, NoticeError, TooDeep, TooLarge, Truncated, WrongEncoding
from tender_parsers.reading import Source

_PORTION = 1 << 20
"""Characters kept ready: an object that fits is decoded by the fast decoder in one go."""
_SPACE = " \t\r\n"
DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=lambda word: _no_number(word))
"""Numbers with a fraction are `Decimal`; `NaN` and the like are refused."""
_NEAR_END = 16
"""An error so close to what has been read may come from the end of the portion: `tru`, `\\u00`, a missing comma."""

_DEEPEST = 8
"""Keys below one another on the way to the objects; no format has more than two."""


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is no number of JSON")


@dataclass(frozen=True, slots=True)
class Item:
    """One object of a file, and where it stood."""

    value: Any
    path: str
    """Keys it lay below, joined by `/`; empty: at the top, in an array or on a line of its own."""
    meta: dict[str, Any]
    """What the objects around it say beside; of a file read by blocks, what stands before it."""
    container: str | None
    """`json_lines`, `json_array`, or the number of the line or element the object around it stands on, `json_lines[3]`;
    `None`: the object around it, or it itself, is the whole file."""
    offset: int
    """Byte of the file where it begins, or where the object around it begins."""


class _Window:
    """The part of the text that is being decoded; grows on demand, forgets what lies behind."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._most = source.limits.object_bytes
        self._deepest = source.limits.depth
        self._blocks = source.blocks()
        self._decode = codecs.getincrementaldecoder(encoding_of(source.head))().decode
        self.text = ""
        self.at = 0
        self._behind = 3 if source.head.startswith(codecs.BOM_UTF8) else 0
        self._counted = 0
        self._taken = 0
        self.ended = False

    @property
    def offset(self) -> int:
        """The byte that `at` stands on (of a UTF-8 file)."""
        self._behind += len(self.text[self._counted : self.at].encode())
        self._counted = self.at
        return self._behind

    def grow(self) -> bool:
        """Read on; whether there was anything."""
        if self.ended:
            return False
        if self.offset and self.at:
            self.text, self.at, self._counted = self.text[self.at :], 0, 0
        if len(self.text) > self._most:
            raise TooLarge(self.name, f"one object of more than {self._most} bytes", self._behind)
        # Twice what is there: an object of many portions is tried only as often as its size has bits.
        wanted = max(_PORTION, len(self.text))
        parts, length = [self.text], 0
        while length < wanted and not self.ended:
            part = self._next_part()
            parts.append(part)
            length += len(part)
        self.text = "".join(parts)
        return length > 0

    def _next_part(self) -> str:
        block = next(self._blocks, None)
        self.ended = block is None
        try:
            part = self._decode(block or b"", self.ended)
        except UnicodeDecodeError as error:
            # The decoder may have kept a few bytes of the block before.
            at = max(self._taken - len(error.object) + len(block or b""), 0) + error.start
            raise WrongEncoding(self.name, error.reason, at) from error
        self._taken += len(block or b"")
        return part

    def peek(self) -> str:
        """The next character that is not white space, which `at` then stands on; empty at the end."""
        while True:
            while self.at < len(self.text):
                if self.text[self.at] not in _SPACE:
                    return self.text[self.at]
                self.at += 1
            if not self.grow():
                return ""

    def take(self, expected: str) -> str:
        """Step over one of the expected characters."""
        found = self.peek()
        if not found:
            raise Truncated(self.name, f"one of {expected} awaited", self.offset)
        if found not in expected:
            raise Malformed(self.name, f"one of {expected} awaited", self.offset)
        self.at += 1
        return found

    def value(self, patient: bool = True) -> Any:
        """Decode the value that begins here, reading on as far as it goes; with `patient` false, one portion at most."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except json.JSONDecodeError as error:
                cut = not self.ended and (
                    error.pos >= len(self.text) - _NEAR_END or error.msg.startswith("Unterminated string")
                )
                if cut and not patient and len(self.text) - self.at >= _PORTION:
                    raise _DoesNotFit from error
                if cut:
                    self.grow()  # at the end of the file: nothing more, but then the error is one
                    continue
                raise self._refusal(error) from error
            except RecursionError as error:
                raise TooDeep(self.name, "JSON", self.offset) from error
            except ValueError as error:  # NaN, or an integer of thousands of digits
                raise Malformed(self.name, str(error), self.offset) from error
            # A number may go on in the next portion.
            if isinstance(value, (int, Decimal)) and not self.text[end : end + 4].strip(".eE+-") and self.grow():
                continue
            self._refuse_depth(value, end)
            self.at = end
            return value

    def _refuse_depth(self, value: Any, end: int) -> None:
        """Look at the levels of a value that has brackets enough to be too deep."""
        if self.text.count("{", self.at, end) + self.text.count("[", self.at, end) <= self._deepest:
            return
        level = [value]
        for _ in range(self._deepest):
            level = [
                inner
                for each in level
                for inner in (each.values() if isinstance(each, dict) else each)
                if isinstance(inner, dict | list)
            ]
            if not level:
                return
        raise TooDeep(self.name, f"JSON of more than {self._deepest} levels", self.offset)

    def _refusal(self, error: json.JSONDecodeError) -> NoticeError:
        at = self.offset + len(self.text[self.at : error.pos].encode())
        at_end = error.pos >= len(self.text.rstrip()) or error.msg.startswith("Unterminated string")
        return (Truncated if at_end else Malformed)(self.name, error.msg, at)


class _DoesNotFit(Exception):  # noqa: N818 - no error, a turn of the way
    """The value is longer than a portion."""


def encoding_of(head: bytes) -> str:
    """UTF-8, or UTF-16 where its byte order mark says so."""
    return "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"


@dataclass(slots=True)
class _Walk:
    """How the objects of a format are found: below which keys they lie, and by which keys one is known as such."""

    window: _Window
    below: Collection[str]
    own: Collection[str]
    container: str | None = None
    begin: int = 0
    path: list[str] = field(default_factory=list)
    meta: dict[str, Any] = field(default_factory=dict)

    def item(self, value: Any) -> Item:
        return Item(value, "/".join(self.path), self.meta, self.container, self.begin)

    def inside(self, value: Any) -> Iterator[Item]:
        """The objects of a value in memory."""
        if isinstance(value, list):
            yield from map(self.item, value)
            return
        keys = self._ways(value) if isinstance(value, dict) else ()
        if not keys:
            yield self.item(value)
            return
        outer = self.meta
        self.meta = {**outer, **{key: each for key, each in value.items() if key not in keys}}
        for key in keys:
            self._down(key)
            yield from self.inside(value[key])
            self.path.pop()
        self.meta = outer

    def _down(self, key: str) -> None:
        if len(self.path) >= _DEEPEST:
            raise TooDeep(self.window.name, "/".join(self.path), self.begin)
        self.path.append(key)

    def _ways(self, value: dict[str, Any]) -> list[str]:
        if any(key in value for key in self.own):
            return []
        return [key for key in value if key in self.below and isinstance(value[key], (list, dict))]

    def by_blocks(self) -> Iterator[Item]:
        """The objects of the value that begins at the window, however long it is."""
        if self.window.peek() == "[":
            yield from self._array()
        else:
            yield from self._object()

    def _array(self) -> Iterator[Item]:
        window, at_top, number = self.window, not self.path, 0
        window.take("[")
        if window.peek() == "]":
            window.take("]")
            return
        while True:
            number += 1
            window.peek()
            self.begin = window.offset if at_top else self.begin
            value = window.value()
            if at_top and isinstance(value, dict) and self._ways(value):
                self.container = f"json_array[{number}]"
            elif at_top:
                self.container = "json_array"
            yield from self.inside(value) if at_top and isinstance(value, dict) else (self.item(value),)
            if window.take(",]") == "]":
                return

    def _object(self) -> Iterator[Item]:
        window, met, found, outer = self.window, dict[str, Any](), False, self.meta
        window.take("{")
        closed = window.peek() == "}" and bool(window.take("}"))
        while not closed:
            key = window.value()
            if not isinstance(key, str):
                raise Malformed(window.name, "a key awaited", window.offset)
            window.take(":")
            if key in self.below and not any(own in met for own in self.own) and window.peek() in ("[", "{"):
                found = True
                self.meta = {**outer, **met}
                self._down(key)
                yield from self.by_blocks()
                self.path.pop()
            else:
                met[key] = window.value()
            closed = window.take(",}") == "}"
        self.meta = outer
        if not found:
            yield self.item(met)


def json_items(source: Source, below: Collection[str] = (), own: Collection[str] = ()) -> Iterator[Item]:
    """Every object of a JSON file: of an array, of lines (one value a line), or below the keys `below` of an object.

    An object with one of the keys `own` is taken whole, even where it has a key of `below` (an OCDS record has
    `releases`). Memory stays with the largest single object (at most `limits.object_bytes`), whatever the file's size.
    Numbers with a fraction are `Decimal`. Raises `EmptyInput`, `Truncated`, `Malformed`, `TooDeep`, `TooLarge` or
    `WrongEncoding`, with the byte.
    """
    window = _Window(source)
    if not window.peek():
        raise EmptyInput(source.name)
    number = 0
    while window.peek():
        number += 1
        begin = window.offset
        walk = _Walk(window, below, own, begin=begin)
        if window.peek() == "[":
            yield from walk.by_blocks()
            continue
        try:
            value = window.value(patient=False)
        except _DoesNotFit:
            yield from walk.by_blocks()
            continue
        if number > 1 or window.peek():
            deep = isinstance(value, dict) and walk._ways(value)
            walk.container = f"json_lines[{number}]" if deep else "json_lines"
        yield from walk.inside(value)
