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
        self.problem = problem


class _StrictLoader(yaml.composer.Composer, yaml.CSafeLoader):
    """Scanned by libyaml (in every wheel of PyYAML; the pure scanner takes five times as long); composed in Python,
    where our rules stand."""

    def __init__(self, stream: str) -> None:
        yaml.CSafeLoader.__init__(self, stream)
        yaml.composer.Composer.__init__(self)

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        event: Any = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise _not_allowed(said("an alias (*) is not allowed: write the text out"), event)
        if getattr(event, "tag", None) is not None:
            raise _not_allowed(said("a tag (!) is not allowed: write the value plainly"), event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _not_allowed(said("nested deeper than %(levels)s levels", levels=MAX_DEPTH), event)
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def _not_allowed(problem: str, event: Any) -> yaml.composer.ComposerError:
    return yaml.composer.ComposerError(None, None, problem, event.start_mark)


def _mapping(loader: _StrictLoader, node: yaml.MappingNode) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.constructor.ConstructorError(
                None, None, said("the key %(key)s is not a word: quote it", key=repr(key)), key_node.start_mark
            )
        if key in result:
            raise yaml.constructor.ConstructorError(
                None, None, said("the key “%(key)s” stands twice: keep one of them", key=key), key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


def _date(_loader: _StrictLoader, node: yaml.ScalarNode) -> datetime.date:
    try:
        return datetime.date.fromisoformat(node.value)
    except ValueError as error:
        words = said("“%(value)s” is not a date: write year-month-day, such as 2026-12-01", value=node.value)
        raise yaml.constructor.ConstructorError(None, None, words, node.start_mark) from error


def _number(_loader: _StrictLoader, node: yaml.ScalarNode) -> int | Decimal:
    try:
        number = Decimal(node.value)
    except InvalidOperation:
        number = Decimal("Infinity")
    if not number.is_finite() or len(node.value) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise yaml.constructor.ConstructorError(
            None,
            None,
            said(
                "“%(value)s…” is a number of more than %(limit)s figures: correct it",
                value=node.value[:20],
                limit=MAX_DIGITS,
            ),
            node.start_mark,
        )
    return int(node.value) if node.tag.endswith(":int") else number


_StrictLoader.yaml_implicit_resolvers = {}
_NUMBER_STARTS = list("-+0123456789")
_RESOLVERS: list[tuple[str, str, list[str]]] = [
    ("tag:yaml.org,2002:bool", r"^(?:true|false)$", list("tf")),
    ("tag:yaml.org,2002:null", r"^(?:null|~|)$", ["n", "~", ""]),
    ("tag:yaml.org,2002:timestamp", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", list("0123456789")),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", _NUMBER_STARTS),
    ("tag:yaml.org,2002:float", r"^[-+]?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$", _NUMBER_STARTS),
]
for _tag, _pattern, _first in _RESOLVERS:
    _StrictLoader.add_implicit_resolver(_tag, re.compile(_pattern), _first)
_StrictLoader.add_constructor("tag:yaml.org,2002:map", _mapping)
_StrictLoader.add_constructor("tag:yaml.org,2002:int", _number)
_StrictLoader.add_constructor("tag:yaml.org,2002:float", _number)
_StrictLoader.add_constructor("tag:yaml.org,2002:timestamp", _date)


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
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader made stricter)
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
