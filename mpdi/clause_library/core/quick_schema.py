"""Whether data follow a JSON Schema, and no more: the schema made into functions once, ten times as quick as asking anew.

`jsonschema` says what is wrong and where; it is asked where the answer here is no. Most files are sound, and a library
of six hundred versions spent two thirds of its check on finding that out. Both answer alike: keywords that look at one
value alone and that we do not spell out are answered by `jsonschema` itself, and a schema with a keyword that looks at
its neighbours and is not spelt out here is refused.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import jsonschema

from mpdi.exceptions import MpdiError

Follows = Callable[[Any], bool]
"""Whether a value (as `json` reads it) follows a schema."""

_SILENT = frozenset({"$schema", "$id", "$defs", "$comment", "title", "description", "then", "else"})
"""They ask nothing by themselves; `then` and `else` are read with their `if`."""
_LEFT_TO_JSONSCHEMA = frozenset({"uniqueItems", "format", "minimum", "maximum", "const", "enum", "multipleOf"})
"""They look at one value alone, and how values are compared is theirs to say."""


class UnknownKeywordError(MpdiError):
    """A schema holds a keyword, or a reference, that is not spelt out here."""


class _Maker:
    """Makes the functions of one schema; definitions are made once, however often they are named."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._definitions = schema.get("$defs", {})
        self._made: dict[str, Follows] = {}

    def follows(self, schema: Any) -> Follows:
        """Return the function of a schema: every keyword of it holds."""
        if isinstance(schema, bool):
            return _anything if schema else _nothing
        tests = [self._keyword(name, asked, schema) for name, asked in schema.items() if name not in _SILENT]
        if len(tests) == 1:
            return tests[0]
        return _all_of(tests)

    def _keyword(self, name: str, asked: Any, schema: Mapping[str, Any]) -> Follows:
        if name in ("enum", "const") and (words := _words(name, asked)):
            return lambda value: (isinstance(value, str) or value is None) and value in words
        if name in _LEFT_TO_JSONSCHEMA:
            return jsonschema.Draft202012Validator({name: asked}, format_checker=jsonschema.FormatChecker()).is_valid
        if name in _SIMPLE:
            return _SIMPLE[name](asked)
        match name:
            case "$ref":
                return self._reference(asked)
            case "allOf":
                return _all_of([self.follows(each) for each in asked])
            case "anyOf":
                options = [self.follows(each) for each in asked]
                return lambda value: any(option(value) for option in options)
            case "oneOf":
                options = [self.follows(each) for each in asked]
                return lambda value: sum(option(value) for option in options) == 1
            case "not":
                refused = self.follows(asked)
                return lambda value: not refused(value)
            case "if":
                return self._choice(asked, schema)
            case "items" if "prefixItems" not in schema:
                of_item = self.follows(asked)
                return lambda value: not isinstance(value, list) or all(map(of_item, value))
            case "propertyNames":
                of_name = self.follows(asked)
                return lambda value: not isinstance(value, dict) or all(map(of_name, value))
            case "properties":
                return self._properties(asked)
            case "additionalProperties" if "patternProperties" not in schema:
                return self._others(asked, frozenset(schema.get("properties", ())))
        raise UnknownKeywordError(
            f"“{name}” of a JSON Schema is not spelt out in mpdi.clause_library.core.quick_schema"
        )

    def _reference(self, place: str) -> Follows:
        name = place.removeprefix("#/$defs/")
        if name not in self._definitions:
            raise UnknownKeywordError(f"the reference “{place}” of a JSON Schema leads outside its own $defs")
        if name not in self._made:
            self._made[name] = lambda value: self._made[name](value)  # for a definition that names itself
            self._made[name] = self.follows(self._definitions[name])
        return self._made[name]

    def _choice(self, condition: Any, schema: Mapping[str, Any]) -> Follows:
        asked = self.follows(condition)
        then, otherwise = self.follows(schema.get("then", True)), self.follows(schema.get("else", True))
        return lambda value: then(value) if asked(value) else otherwise(value)

    def _properties(self, schemas: Mapping[str, Any]) -> Follows:
        tests = [(name, self.follows(schema)) for name, schema in schemas.items()]

        def follows(value: Any) -> bool:
            if isinstance(value, dict):
                for name, test in tests:
                    if name in value and not test(value[name]):
                        return False
            return True

        return follows

    def _others(self, schema: Any, named: frozenset[str]) -> Follows:
        if schema is False:
            return lambda value: not isinstance(value, dict) or value.keys() <= named
        test = self.follows(schema)
        return lambda value: (
            not isinstance(value, dict) or all(test(item) for key, item in value.items() if key not in named)
        )


def _all_of(tests: Sequence[Follows]) -> Follows:
    def follows(value: Any) -> bool:
        for test in tests:  # noqa: SIM110 - half the time of all(): this is where a check of the library is
            if not test(value):
                return False
        return True

    return follows


def _anything(_value: Any) -> bool:
    return True


def _nothing(_value: Any) -> bool:
    return False


def _words(name: str, asked: Any) -> frozenset[str | None]:
    """The values of `enum` or `const` where all are words or null; else none, for how numbers compare is not ours to say."""
    values = [asked] if name == "const" else asked
    return frozenset(values if all(isinstance(each, str) or each is None for each in values) else ())


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Any) -> bool:
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


_TYPES: Mapping[str, Follows] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": _is_number,
    "integer": _is_whole,
}


def _type(asked: str | list[str]) -> Follows:
    if isinstance(asked, str):
        return _TYPES[asked]
    kinds = [_TYPES[each] for each in asked]
    return lambda value: any(kind(value) for kind in kinds)


def _required(names: list[str]) -> Follows:
    wanted = frozenset(names)
    return lambda value: not isinstance(value, dict) or wanted <= value.keys()


def _pattern(asked: str) -> Follows:
    search = re.compile(asked).search
    return lambda value: not isinstance(value, str) or search(value) is not None


def _size(kind: type[str | list[Any] | dict[str, Any]], is_least: bool) -> Callable[[int], Follows]:
    def of(bound: int) -> Follows:
        if is_least:
            return lambda value: not isinstance(value, kind) or len(value) >= bound
        return lambda value: not isinstance(value, kind) or len(value) <= bound

    return of


_SIMPLE: Mapping[str, Callable[[Any], Follows]] = {
    "type": _type,
    "required": _required,
    "pattern": _pattern,
    "minLength": _size(str, True),
    "maxLength": _size(str, False),
    "minItems": _size(list, True),
    "maxItems": _size(list, False),
    "minProperties": _size(dict, True),
    "maxProperties": _size(dict, False),
}


def quick_schema(schema: Mapping[str, Any]) -> Follows:
    """Return the function that says whether a value follows a JSON Schema (2020-12); `UnknownKeywordError` where it cannot."""
    return _Maker(schema).follows(schema)
