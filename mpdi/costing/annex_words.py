"""Words of the annex on life-cycle cost, its award clause and its checklist, in French and Dutch (`data/annex.yaml`)."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mpdi.clause_library.core import strict_yaml

AnnexLanguage = Literal["fr", "nl"]
_FILE = Path(__file__).parent / "data" / "annex.yaml"
_BEFORE_MARK = re.compile(r" (?=[:;%»])|(?<=«) ")


@cache
def _read() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(_FILE)
    return data


def phrase(kind: str, key: str, language: AnnexLanguage, /, **values: str) -> str:
    """The words of that kind (`texts`, `method`, `rules`, `clause`, `answers`, `hints`, `certainty`), values put in."""
    return _typeset(str(_read()[kind][key][language]), language).format(**values)


def passage(key: str, language: AnnexLanguage) -> str:
    """A text that stands alone: `functions`, `laws_note`."""
    return _typeset(str(_read()[key][language]), language)


def point(key: str, part: str, language: AnnexLanguage, /, **values: str) -> str:
    """What the checklist says of a point: its `title`, `basis` in law, or `answer`."""
    return _typeset(str(_read()["points"][key][part][language]), language).format(**values)


def point_certainty(key: str, language: AnnexLanguage) -> str:
    """How sure the basis of a point is."""
    return phrase("certainty", str(_read()["points"][key]["certainty"]), language)


def points() -> tuple[str, ...]:
    """Keys of the checklist, in order."""
    return tuple(_read()["points"])


def laws(language: AnnexLanguage) -> list[tuple[str, str, str]]:
    """Name, what was kept of it, and certainty of each text of law."""
    return [
        (each["name"][language], _typeset(str(each["says"][language]), language), phrase("certainty", each["certainty"], language))
        for each in _read()["laws"]
    ]  # fmt: skip


def problem_words(key: str, language: AnnexLanguage, /, **values: str) -> tuple[str, str, str]:
    """Where a problem stands, what it is, how to mend it."""
    where, what, remedy = (str(part).format(**values) for part in _read()["problems"][key][language])
    return where, what, remedy


def _typeset(text: str, language: AnnexLanguage) -> str:
    """French sets a space that does not break before its double marks."""
    return _BEFORE_MARK.sub("\u00a0", text) if language == "fr" else text
