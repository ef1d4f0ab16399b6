"""The quick answer to "does it follow the schema" is the one that `jsonschema` gives, for sound data and for damaged."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from clause_samples import PARTS, clause_data, law_parameter, percent, register_data
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core.clause_files import schema_problems
from mpdi.resources import folder

SCHEMAS = sorted((folder("clauses") / "schema").glob("*.schema.json"))
ODD = [
    None,
    True,
    False,
    0,
    1,
    1.0,
    -2.5,
    "",
    "x",
    "a" * 90,
    "2026-13-01",
    "2026-12-01",
    "law",
    "choice",
    [],
    {},
    ["a", "a"],
]
ODD += [[1, True], [1, 1.0], [{"a": 1}, {"a": 1}], {"fr": "x"}, {"fr": "x", "nl": "y"}, {"fr": "", "nl": "y"}]
KEYS = ["colour", "law_number", "choices", "minimum", "source", "default", "fr", "when", "digest"]


def both_answers(schema: Any, value: Any) -> tuple[bool, bool]:
    slow = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    quick = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    return quick.is_valid(value), slow.is_valid(value)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of some data: what holds it, and its key there."""
    for key, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(item, dict | list):
            yield from places(item)


def sound(name: str, kind: str) -> Any:
    data = clause_data("ENV-GEN-901", kind, parameters={"share": percent(), "limit": law_parameter()})
    return json.loads(json.dumps(data if name == "clause" else register_data(data), default=str))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_every_schema_of_the_library_has_its_quick_answer(path):
    assert both_answers(json.loads(path.read_text(encoding="utf-8")), "no object") == (False, False)


@pytest.mark.parametrize("name", ["clause", "register"])
@given(draw=st.data())
def test_damaged_data_get_the_same_answer(name, draw):
    data = sound(name, draw.draw(st.sampled_from(sorted(PARTS))))
    for _ in range(draw.draw(st.integers(0, 3))):
        holder, key = draw.draw(st.sampled_from(list(places(data))))
        match draw.draw(st.sampled_from(["odd", "gone", "added", "twice"])):
            case "odd":
                holder[key] = draw.draw(st.sampled_from(ODD))
            case "gone":
                del holder[key]
            case "added" if isinstance(holder, dict):
                holder[draw.draw(st.sampled_from(KEYS))] = draw.draw(st.sampled_from(ODD))
            case _ if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[key]))
        if not data:
            break
    schema = json.loads((folder("clauses") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    quick, slow = both_answers(schema, data)
    assert quick is slow
    assert (schema_problems(name, data, "x.yaml") == []) is slow


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "integer"},
        {"type": ["number", "null"]},
        {"type": "boolean"},
        {"const": 1},
        {"const": None},
        {"enum": [None, "law"]},
        {"enum": [1, "x"]},
        {"enum": []},
        {"minLength": 1, "maxLength": 5, "pattern": "^[a-z]"},
        {"minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
        {"not": {"type": "string"}},
        {"oneOf": [{"type": "string"}, {"minLength": 2}]},
        {"anyOf": [{"type": "null"}, {"format": "date", "type": "string"}]},
        {"if": {"type": "string"}, "then": {"minLength": 1}, "else": {"type": "array"}},
        {"if": {"type": "string"}, "then": False},
        {"properties": {"fr": False}},
        {"minProperties": 1, "maxProperties": 1},
        {"properties": {"fr": {}}, "additionalProperties": {"const": "y"}, "required": ["fr"]},
        {"propertyNames": {"pattern": "^f"}, "additionalProperties": False, "properties": {"fr": {"minLength": 1}}},
        {"$defs": {"tree": {"type": ["array", "string"], "items": {"$ref": "#/$defs/tree"}}}, "$ref": "#/$defs/tree"},
        True,
        {},
    ],
    ids=lambda schema: json.dumps(schema)[:60],
)
def test_each_keyword_means_what_it_means_to_jsonschema(schema, value):
    if isinstance(schema, bool):
        schema = {"allOf": [schema]}
    quick, slow = both_answers(schema, value)
    assert quick is slow
