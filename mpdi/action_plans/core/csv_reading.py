"""A .csv read line by line: its letters, the sign between its cells and its quotes are found out, not asked."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from mpdi.action_plans.core.spreadsheet_cells import (
    LARGEST_FILE,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    SheetCell,
    SheetRow,
)
from mpdi.action_plans.core.spreadsheet_errors import TooLargeSpreadsheetError, UnreadableSpreadsheetError

_BLOCK = 1 << 16
_SIGNS = (";", "\t", ",", "|")
_SAMPLE_LINES = 30
_BINARY = ("%PDF", "PK\x03\x04", "\x89PNG", "GIF8")


class CsvSpreadsheet:
    """A text file that passed; it has one sheet, without a name."""

    sheets: tuple[str, ...] = ("",)

    def __init__(self, file: str, stream: BinaryIO) -> None:
        """`stream` can be sought and stays open as long as rows are read."""
        self._file, self._stream = file, stream
        self._encoding = self._found_encoding()
        self._sign = self._found_sign()

    def rows(self, sheet: str) -> Iterator[SheetRow]:  # noqa: ARG002 (the name of the only sheet)
        """Every row that holds something."""
        count = 0
        try:
            for number, values in enumerate(csv.reader(self._lines(), delimiter=self._sign), start=1):
                cells = {
                    place: SheetCell(value.strip()[:LONGEST_CELL])
                    for place, value in enumerate(values[:MOST_COLUMNS])
                    if value.strip()
                }
                if not cells:
                    continue
                count += 1
                if count > MOST_LINES:
                    raise TooLargeSpreadsheetError(self._file)
                yield SheetRow(number, cells)
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableSpreadsheetError(self._file) from error

    def _lines(self) -> Iterator[str]:
        self._stream.seek(0)
        reader = io.TextIOWrapper(io.BufferedReader(_Kept(self._stream)), encoding=self._encoding, newline="")
        yield from reader

    def _found_encoding(self) -> str:
        """UTF-8 or UTF-16 by its mark, UTF-8 where every byte fits, else the letters of Western Windows."""
        self._stream.seek(0)
        first = self._stream.read(_BLOCK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        size, block, is_utf8 = 0, first, True
        while block:
            size += len(block)
            if size > LARGEST_FILE:
                raise TooLargeSpreadsheetError(self._file)
            if b"\0" in block or first.decode("latin-1").startswith(_BINARY):
                raise UnreadableSpreadsheetError(self._file)
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                is_utf8 = False
            block = self._stream.read(_BLOCK)
        return "utf-8-sig" if is_utf8 else "cp1252"

    def _found_sign(self) -> str:
        """The sign that parts the first lines into the most cells, as many in most of them."""
        sample = []
        try:
            for line in self._lines():
                sample.append(line[:10_000])
                if len(sample) == _SAMPLE_LINES:
                    break
        except UnicodeDecodeError as error:
            raise UnreadableSpreadsheetError(self._file) from error
        return max(_SIGNS, key=lambda sign: _columns(sample, sign))


def _columns(sample: list[str], sign: str) -> int:
    try:
        widths = sorted(len(row) for row in csv.reader(sample, delimiter=sign) if any(row))
    except csv.Error:
        return 0
    return widths[len(widths) // 2] if widths else 0


class _Kept(io.RawIOBase):
    """A stream that its reader may close without closing the file behind it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
