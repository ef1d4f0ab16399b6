"""YAML read strictly: no key twice, no alias, decimals as `Decimal`, only true/false as booleans, bounded."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from mpdi.clause_library.core.said import Said, said
from mpdi.exceptions import DataFileError

MAX_BYTES = 1_000_000
"""Size of the largest file we read as YAML; clause files are about 15 kB."""
MAX_DEPTH = 40
MAX_DIGITS = 400
"""Figures of the longest number we read, its exponent written out; no number of a purchase has twenty."""


class YamlFileError(DataFileError):
    """The file is not YAML of the strict kind: says file, line and what is wrong; `problem` without the file's name."""

    def __init__(self, name: str, problem: Said, detail: str = "") -> None:
        super().__init__(f"{name}: {detail or problem}")
        self.name, self.problem = name, problem


class _StrictReader:
    """Data of one document, made straight from the events of libyaml (in every wheel of PyYAML).

    Composing nodes first, as a loader of PyYAML does, takes three times as long; and our rules stand here.
    """

    def __init__(self, text: str) -> None:
        self._events = yaml.CSafeLoader(text)

    def document(self) -> Any:
        """Return the data of the only document; None where there is none."""
        self._next()
        event = self._next()
        if isinstance(event, yaml.StreamEndEvent):
            return None
        data = self._node(self._next(), 1)
        self._next()
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            raise _not_allowed("but found another document", after)
        return data

    def _next(self) -> Any:
        return self._events.get_event()

    def _node(self, event: Any, depth: int) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise _not_allowed(said("an alias (*) is not allowed: write the text out"), event)
        if event.tag is not None:
            raise _not_allowed(said("a tag (!) is not allowed: write the value plainly"), event)
        if depth > MAX_DEPTH:
            raise _not_allowed(said("nested deeper than %(levels)s levels", levels=MAX_DEPTH), event)
        if kind is yaml.ScalarEvent:
            return _plain_scalar(event) if event.implicit[0] else event.value
        return self._mapping(depth) if kind is yaml.MappingStartEvent else self._sequence(depth)

    def _sequence(self, depth: int) -> list[Any]:
        result = []
        while type(event := self._next()) is not yaml.SequenceEndEvent:
            result.append(self._node(event, depth + 1))
        return result

    def _mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while type(event := self._next()) is not yaml.MappingEndEvent:
            key = self._node(event, depth + 1)
            if not isinstance(key, str):
                raise _not_allowed(said("the key %(key)s is not a word: quote it", key=repr(key)), event)
            if key in result:
                raise _not_allowed(said("the key “%(key)s” stands twice: keep one of them", key=key), event)
            result[key] = self._node(self._next(), depth + 1)
        return result


def _not_allowed(problem: str, event: Any) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(None, None, problem, event.start_mark)


_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_NUMBER_STARTS = frozenset("-+0123456789")


def _plain_scalar(event: Any) -> Any:
    """What a scalar without quotes means: true, false, nothing, a date, a number; else its words."""
    value: str = event.value
    if value in _WORDS:
        return _WORDS[value]
    if value[0] not in _NUMBER_STARTS:
        return value
    if _DATE.fullmatch(value):
        return _date(value, event)
    number = _NUMBER.fullmatch(value)
    return value if number is None else _number(value, number.groups() == (None, None), event)


def _date(value: str, event: Any) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        words = said("“%(value)s” is not a date: write year-month-day, such as 2026-12-01", value=value)
        raise _not_allowed(words, event) from error


def _number(value: str, is_whole: bool, event: Any) -> int | Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("Infinity")
    if not number.is_finite() or len(value) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        words = said(
            "“%(value)s…” is a number of more than %(limit)s figures: correct it", value=value[:20], limit=MAX_DIGITS
        )
        raise _not_allowed(words, event)
    return int(value) if is_whole else number


def _too_large() -> Said:
    return said(
        "larger than %(size)s MB. A file of this kind holds a few pages of text: shorten it.",
        size=MAX_BYTES // 1_000_000,
    )


def _marked(error: yaml.MarkedYAMLError) -> tuple[Said, str]:
    """What is wrong and where, in words of ours; and for who reads the command line in those of the scanner."""
    mark = error.problem_mark
    problem = error.problem
    if not isinstance(problem, Said):
        problem = said("this is not YAML: look for a quote, colon or bracket too few, or other spaces at the start")
    if mark is None:
        return problem, f"somewhere: {error.problem}"
    place = {"line": mark.line + 1, "column": mark.column + 1}
    told = said("line %(line)s, column %(column)s: %(problem)s.", problem=problem, **place)
    return told, f"line {place['line']}, column {place['column']}: {error.problem}"


def parse(text: str, name: str) -> Any:
    """Return the data of one YAML document; `name` stands in the message of the `YamlFileError`."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlFileError(name, _too_large())
    try:
        return _StrictReader(text).document()
    except yaml.MarkedYAMLError as error:
        raise YamlFileError(name, *_marked(error)) from error
    except UnicodeEncodeError as error:
        words = said("character %(place)s is half a character: type it anew.", place=error.start + 1)
        raise YamlFileError(name, words) from error
    except yaml.YAMLError as error:
        detail = f"not readable as YAML ({' '.join(str(error).split())[:200]})"
        raise YamlFileError(
            name, said("this is no text that YAML allows: it holds special characters."), detail
        ) from error


def read(path: Path) -> Any:
    """Return the data of a YAML file in UTF-8; every failure is a `YamlFileError`."""
    return parse(read_text(path), str(path))


def read_text(path: Path) -> str:
    """Return the text of a YAML file in UTF-8, not parsed yet; every failure is a `YamlFileError`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise YamlFileError(str(path), _too_large())
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        words = said("byte %(place)s is not UTF-8: save the file as UTF-8 and try again.", place=error.start)
        raise YamlFileError(str(path), words) from error
    except OSError as error:
        raise YamlFileError(str(path), said("cannot be read (%(problem)s).", problem=error.strerror)) from error
