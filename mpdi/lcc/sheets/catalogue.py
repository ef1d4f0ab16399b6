"""All product sheets that ship with MPDI."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mpdi.lcc.sheets.errors import UnknownSheetError
from mpdi.lcc.sheets.model import Sheet
from mpdi.lcc.sheets.reading import load, read_sheet

FOLDER = Path(__file__).parent / "data"
SHARED = "inputs.yaml"


@cache
def sheets() -> Mapping[str, Sheet]:
    """Every sheet by its identifier; `SheetFileError` where a file is not what it should be."""
    shared = load(FOLDER / SHARED)
    read = (read_sheet(path, shared) for path in sorted(FOLDER.glob("*.yaml")) if path.name != SHARED)
    return {sheet.id: sheet for sheet in read}


def sheet_named(identifier: str) -> Sheet:
    """The sheet of that identifier; `UnknownSheetError` lists those there are."""
    if identifier not in sheets():
        raise UnknownSheetError("no_sheet", identifier=identifier, options=", ".join(sheets()))
    return sheets()[identifier]
