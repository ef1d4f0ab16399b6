"""YAML read strictly: no key twice, no alias, decimals as `Decimal`, only true/false as booleans, bounded."""

import datetime
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from mpdi.exceptions import DataFileError

MAX_BYTES = 1_000_000
"""Size of the largest file we read as YAML; clause files are about 15 kB."""
MAX_DEPTH = 40
MAX_DIGITS = 400
"""Figures of the longest number we read, its exponent written out; no number of a purchase has twenty."""


class YamlFileError(DataFileError):
    """The file is not YAML of the strict kind: says file, line and what is wrong."""


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
            raise _not_allowed("an alias (*) is not allowed: write the text out", event)
        if getattr(event, "tag", None) is not None:
            raise _not_allowed("a tag (!) is not allowed: write the value plainly", event)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _not_allowed(f"nested deeper than {MAX_DEPTH} levels", event)
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
                None, None, f"the key {key!r} is not a word: quote it", key_node.start_mark
            )
        if key in result:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key “{key}” stands twice: keep one of them", key_node.start_mark
            )
        result[key] = loader.construct_object(value_node, deep=True)
    return result


def _date(_loader: _StrictLoader, node: yaml.ScalarNode) -> datetime.date:
    try:
        return datetime.date.fromisoformat(node.value)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"“{node.value}” is not a date: write year-month-day, such as 2026-12-01", node.start_mark
        ) from error


def _number(_loader: _StrictLoader, node: yaml.ScalarNode) -> int | Decimal:
    try:
        number = Decimal(node.value)
    except InvalidOperation:
        number = Decimal("Infinity")
    if not number.is_finite() or len(node.value) > MAX_DIGITS or abs(number.adjusted()) > MAX_DIGITS:
        raise yaml.constructor.ConstructorError(
            None,
            None,
            f"“{node.value[:20]}…” is a number of more than {MAX_DIGITS} figures: correct it",
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


def parse(text: str, name: str) -> Any:
    """Return the data of one YAML document; `name` stands in the message of the `YamlFileError`."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise YamlFileError(
            f"{name}: larger than {MAX_BYTES // 1_000_000} MB. A file of this kind holds a few pages of text: shorten it."
        )
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader made stricter)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "somewhere"
        raise YamlFileError(f"{name}: {where}: {error.problem}") from error
    except UnicodeEncodeError as error:
        raise YamlFileError(f"{name}: character {error.start + 1} is half a character: type it anew.") from error
    except yaml.YAMLError as error:
        raise YamlFileError(f"{name}: not readable as YAML ({' '.join(str(error).split())[:200]})") from error


def read(path: Path) -> Any:
    """Return the data of a YAML file in UTF-8; every failure is a `YamlFileError`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise YamlFileError(
                f"{path}: larger than {MAX_BYTES // 1_000_000} MB. A file of this kind holds a few pages of text: shorten it."
            )
        return parse(path.read_text(encoding="utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise YamlFileError(
            f"{path}: byte {error.start} is not UTF-8: save the file as UTF-8 and try again."
        ) from error
    except OSError as error:
        raise YamlFileError(f"{path}: cannot be read ({error.strerror}).") from error
