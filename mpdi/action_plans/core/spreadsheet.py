"""A list of invoices or contracts opened with care, in whatever of the two formats it comes."""

import os
from pathlib import PurePath
from typing import BinaryIO

from mpdi.action_plans.core.csv_reading import CsvSpreadsheet
from mpdi.action_plans.core.spreadsheet_cells import LARGEST_FILE, Spreadsheet
from mpdi.action_plans.core.spreadsheet_errors import (
    MacroSpreadsheetError,
    ProtectedSpreadsheetError,
    TooLargeSpreadsheetError,
    UnknownSpreadsheetFormatError,
    UnreadableSpreadsheetError,
)
from mpdi.action_plans.core.xlsx_reading import XlsxSpreadsheet

_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xlsb")
_TEXT_NAMES = (".csv", ".txt", ".tsv")


def open_spreadsheet(file: str, stream: BinaryIO) -> Spreadsheet:
    """Return an opened file; `SpreadsheetRefusedError` where it is not taken. `stream` stays open as long as it is read."""
    ending = PurePath(file).suffix.lower()
    if ending in _MACRO_NAMES:
        raise MacroSpreadsheetError(file)
    if stream.seek(0, os.SEEK_END) > LARGEST_FILE:
        raise TooLargeSpreadsheetError(file)
    stream.seek(0)
    first = stream.read(8)
    if first.startswith(_OLD):
        raise ProtectedSpreadsheetError(file)
    if ending == ".xlsx":
        if not first.startswith(_ZIP):
            raise UnreadableSpreadsheetError(file)
        return XlsxSpreadsheet(file, stream)
    if ending in _TEXT_NAMES:
        return CsvSpreadsheet(file, stream)
    raise UnknownSpreadsheetFormatError(file)
