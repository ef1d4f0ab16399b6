"""Which reader and which rules made a record: a digest of their files, so that any change of them is seen."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import tender_parsers
from mpdi.monitoring import detection
from mpdi.monitoring.detection.reading import DATA

_LETTERS = 12
_ROWS = ("rows", "lot_rows", "links", "told_columns", "award_terms")
"""How a notice becomes a record."""


@dataclass(frozen=True, slots=True)
class Versions:
    """Of the parser and of the rules that read."""

    parser: str
    rules: str


def _digest(folder: Path, files: Iterable[Path]) -> bytes:
    told = hashlib.sha256()
    for path in sorted(files):
        told.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes() + b"\0")
    return told.digest()


def _package(module_file: str | None) -> bytes:
    folder = Path(module_file or "").resolve().parent
    return _digest(folder, folder.rglob("*.py"))


@lru_cache(maxsize=1)
def parser_version() -> str:
    """Of `tender_parsers`, and of how a notice becomes a record: twelve letters."""
    own = Path(__file__).resolve().parent
    rows = _digest(own, [own / f"{name}.py" for name in _ROWS])
    return hashlib.sha256(_package(tender_parsers.__file__) + rows).hexdigest()[:_LETTERS]


@lru_cache(maxsize=1)
def rules_version() -> str:
    """Of detection, its rules included: twelve letters."""
    return hashlib.sha256(_package(detection.__file__) + _digest(DATA, DATA.glob("*.yaml"))).hexdigest()[:_LETTERS]
