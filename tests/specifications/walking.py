"""Walks through a document's plain data."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any


def pieces(value: Any) -> Iterator[Any]:
    """Every object inside a document's plain data."""
    yield value
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from pieces(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from pieces(each)
    elif isinstance(value, Mapping):
        yield from pieces(list(value.values()))
