"""What the pages say at length, and the invented example of each sheet: files of `data/`, read once."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml

_FOLDER = Path(__file__).parent / "data"


@cache
def _read(name: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(_FOLDER / f"{name}.yaml")
    return data


def example_of(sheet: str) -> Mapping[str, Any]:
    """Return the invented example of a sheet, as data that `count` takes; `KeyError` where there is none."""
    example: Mapping[str, Any] = _read("examples")[sheet]
    return example


def texts(name: str) -> list[Mapping[str, Mapping[str, str]]]:
    """Return the passages of a page (`explained`, `measures`): title and text by language."""
    passages: list[Mapping[str, Mapping[str, str]]] = _read("pages")[name]
    return passages


def word(kind: str, key: str, language: str) -> str:
    """Return what a component, choice, caution, function, substance or unit is called; one we have no word for stays."""
    known = _read("words")[kind].get(key)
    return str(known[language]) if known else key.replace("_", " ")
