"""The words of the obstacles in both languages, whatever the language of the request: from `data/obstacles.yaml`."""

from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle

_DATA = Path(__file__).with_name("data")


@cache
def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = strict_yaml.read(_DATA / f"{name}.yaml")[name]
    return data


def obstacle_label(code: str, language: str) -> str:
    """Return an obstacle in words."""
    return _said(_read("obstacles")[Obstacle(code).value]["label"], language)


def obstacle_asker(code: str) -> AskerKind:
    """Return whose obstacle it is."""
    return AskerKind(_read("obstacles")[Obstacle(code).value]["asker"])


def _said(words: dict[str, str], language: str) -> str:
    return words.get(language) or words["fr"]
