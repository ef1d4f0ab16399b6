"""Words of the tenderer's workbook: what stands in it, and what is said of one that is read back."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.lcc.sheets.model import Input, Language

_FILE = Path(__file__).parent / "data" / "workbook.yaml"


@cache
def _words() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(_FILE)
    return data


def sheet_name(kind: str, language: Language) -> str:
    """What a sheet of the workbook is called: `offer`, `parameters`, `calculation`."""
    return str(_words()["sheets"][kind][language])


def text(key: str, language: Language, **values: str) -> str:
    """A text of the workbook with its values put in."""
    return str(_words()["texts"][key][language]).format(**values)


def problem(key: str, language: Language, **values: str) -> tuple[str, str]:
    """What is wrong, and what to do about it."""
    message, remedy = _words()["problems"][key][language]
    return str(message).format(**values), str(remedy).format(**values)


def note(key: str, language: Language, **values: str) -> str:
    """Something to know about a workbook that is not refused."""
    return str(_words()["notes"][key][language]).format(**values)


def figure(value: Decimal, language: Language) -> str:
    """A number as it is typed in the language: a comma in French and Dutch, no grouping."""
    text_of = f"{value.normalize():f}"
    return text_of if language == "en" else text_of.replace(".", ",")


def bounds(each: Input, language: Language) -> str:
    """The bounds of an input in words, or its options."""
    if each.options:
        return ", ".join(each.options)
    low, high = each.minimum or Decimal(0), each.maximum or Decimal(0)
    return text("from_to", language, low=figure(low, language), high=figure(high, language))
