"""An .xlsx read line by line in memory that stays flat: weighed before it is read, no macros, no document types.

Links are not followed and formulas not worked out: of a cell its saved value is read, and that it is a formula.
"""

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import BinaryIO
from xml.parsers import expat

from mpdi.action_plans.core.merged_cells import MergedCells
from mpdi.action_plans.core.spreadsheet_cells import (
    LARGEST_UNPACKED,
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_LINES,
    SheetCell,
    SheetRow,
    column_number,
)
from mpdi.action_plans.core.spreadsheet_errors import (
    MacroSpreadsheetError,
    TooLargeSpreadsheetError,
    UnknownSheetError,
    UnreadableSpreadsheetError,
)
from mpdi.action_plans.core.xlsx_styles import PLAIN, CellStyle, read_styles

_BLOCK = 1 << 16
_MOST_MEMBERS = 500
_MOST_TEXTS, _MOST_LETTERS = 1_000_000, 60_000_000
_MACRO_PARTS = ("vbaproject", "macrosheets/", "vbadata", "activex/")
_SPOILT = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError)
"""What zipfile lets through of a spoilt package."""
_MERGED = re.compile(rb'mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_OVERLAP = 200
_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_FIRST_DAY, _FIRST_DAY_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
_LAST_SERIAL = 2_900_000
"""Of a day: in the year 9840."""


class XlsxSpreadsheet:
    """A workbook that passed."""

    def __init__(self, file: str, stream: BinaryIO) -> None:
        """`stream` can be sought and stays open as long as rows are read."""
        self._file = file
        try:
            self._package = zipfile.ZipFile(stream)
            self._merged = self._weighed()
        except _SPOILT as error:
            raise UnreadableSpreadsheetError(file) from error
        book = _Book()
        self._parse("xl/workbook.xml", book.begin)
        links = _Links()
        self._parse("xl/_rels/workbook.xml.rels", links.begin)
        self._places = {name: links.targets.get(link, "") for name, link in book.sheets.items()}
        self._first_day = _FIRST_DAY_1904 if book.is_1904 else _FIRST_DAY
        self._texts: Sequence[str] | None = None
        self._styles: Sequence[CellStyle] | None = None

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the sheets that are shown."""
        return tuple(self._places)

    def rows(self, sheet: str) -> Iterator[SheetRow]:
        """Every row of a sheet that holds something."""
        place = self._places.get(sheet)
        if not place or place not in self._package.namelist():
            raise UnknownSheetError(self._file)
        if self._texts is None or self._styles is None:
            self._texts, self._styles = self._read_texts(), self._read_styles()
        reader = _SheetReader(self._file, self._texts, self._styles, self._first_day)
        merged = MergedCells(self._file, self._merged.get(place, ()))
        count = 0
        for _ in self._blocks(place, reader.begin, reader.end, reader.letters):
            for row in reader.taken():
                count += 1
                if count > MOST_LINES:
                    raise TooLargeSpreadsheetError(self._file)
                yield merged.filled(row)

    def _weighed(self) -> dict[str, list[str]]:
        """Unpack everything once, keeping nothing: a package is not believed about its sizes. Merged ranges by sheet."""
        members, left = self._package.infolist(), LARGEST_UNPACKED
        if len(members) > _MOST_MEMBERS:
            raise TooLargeSpreadsheetError(self._file)
        if "xl/workbook.xml" not in self._package.namelist():
            raise UnreadableSpreadsheetError(self._file)
        merged: dict[str, list[str]] = {}
        for member in members:
            name = member.filename.lower().replace("\\", "/")
            if any(part in name for part in _MACRO_PARTS):
                raise MacroSpreadsheetError(self._file)
            is_sheet, tail, found = name.startswith("xl/worksheets/"), b"", []
            with self._package.open(member) as opened:
                while block := opened.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise TooLargeSpreadsheetError(self._file)
                    if name == "[content_types].xml" and b"macroEnabled" in block:
                        raise MacroSpreadsheetError(self._file)
                    if is_sheet:
                        found += [each.decode() for each in _MERGED.findall(tail + block)]
                        tail = block[-_OVERLAP:]
            if found:
                merged[member.filename] = list(dict.fromkeys(found))
        return merged

    def _read_texts(self) -> Sequence[str]:
        if "xl/sharedStrings.xml" not in self._package.namelist():
            return ()
        reader = _TextReader(self._file)
        self._parse("xl/sharedStrings.xml", reader.begin, reader.end, reader.letters)
        return reader.texts

    def _read_styles(self) -> Sequence[CellStyle]:
        if "xl/styles.xml" not in self._package.namelist():
            return ()
        found: list[tuple[str, Mapping[str, str]]] = []
        wanted = ("numFmt", "xf", "cellXfs", "cellStyleXfs")

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if _local(name) in wanted and len(found) < _MOST_TEXTS:
                found.append((_local(name), attributes))

        self._parse("xl/styles.xml", begin)
        return read_styles(found)

    def _parse(
        self,
        place: str,
        begin: "_Begin",
        end: Callable[[str], None] | None = None,
        letters: Callable[[str], None] | None = None,
    ) -> None:
        for _ in self._blocks(place, begin, end, letters):
            pass

    def _blocks(
        self,
        place: str,
        begin: "_Begin",
        end: Callable[[str], None] | None,
        letters: Callable[[str], None] | None,
    ) -> Iterator[None]:
        """Parse a member block by block; a pause after each. No tree is built, and no document type is let in."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = letters
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        try:
            with self._package.open(place) as opened:
                while block := opened.read(_BLOCK):
                    parser.Parse(block, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (expat.ExpatError, KeyError, ValueError, *_SPOILT) as error:
            raise UnreadableSpreadsheetError(self._file) from error

    def _refuse_document_type(self, *_about: object) -> None:
        raise UnreadableSpreadsheetError(self._file)


_Begin = Callable[[str, Mapping[str, str]], None]


def _local(name: str) -> str:
    """The name of an element without the prefix that some programs write."""
    return name.rpartition(":")[2]


class _Book:
    """Sheets that are shown, and how days are counted."""

    def __init__(self) -> None:
        self.sheets: dict[str, str] = {}
        self.is_1904 = False

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "sheet" and attributes.get("state", "visible") == "visible" and len(self.sheets) < 200:
            link = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            self.sheets[attributes.get("name", "")] = link
        elif _local(name) == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")


class _Links:
    """Where the parts of a workbook stand."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            place = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            self.targets[attributes.get("Id", "")] = place


class _TextReader:
    """Texts that cells point at, each once; of a long one the beginning."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.texts: list[str] = []
        self._parts: list[str] | None = None
        self._is_text, self._length, self._all = False, 0, 0

    def begin(self, name: str, _attributes: Mapping[str, str]) -> None:
        name = _local(name)
        if name == "si":
            self._parts, self._length = [], 0
        self._is_text = name == "t"

    def end(self, name: str) -> None:
        self._is_text = False
        if _local(name) == "si" and self._parts is not None:
            text = "".join(self._parts)[:LONGEST_CELL]
            self._all += len(text)
            self.texts.append(text)
            self._parts = None
            if len(self.texts) > _MOST_TEXTS or self._all > _MOST_LETTERS:
                raise TooLargeSpreadsheetError(self._file)

    def letters(self, text: str) -> None:
        if self._is_text and self._parts is not None and self._length < LONGEST_CELL:
            self._parts.append(text)
            self._length += len(text)


class _SheetReader:
    """Gathers the cells of a row from the elements of a sheet."""

    def __init__(self, file: str, texts: Sequence[str], styles: Sequence[CellStyle], first_day: datetime.date) -> None:
        self._file, self._texts, self._styles, self._first_day = file, texts, styles, first_day
        self._done: list[SheetRow] = []
        self._number, self._column = 0, -1
        self._cells: dict[int, SheetCell] = {}
        self._type, self._style = "n", PLAIN
        self._value: list[str] = []
        self._formula: list[str] | None = None
        self._into: list[str] | None = None

    def taken(self) -> list[SheetRow]:
        """The rows gathered since it was last asked."""
        done, self._done = self._done, []
        return done

    def begin(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "v" or name == "t":
            self._into = self._value
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column, self._cells = -1, {}
        elif name == "f":
            self._into = self._formula = []
        elif ":" in name:
            self.begin(_local(name), attributes)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = column_number(place[1]) if place else self._column + 1
        self._type = attributes.get("t", "n")
        number = attributes.get("s", "")
        known = number.isdecimal() and int(number) < len(self._styles)
        self._style = self._styles[int(number)] if known else PLAIN
        self._value, self._formula, self._into = [], None, None

    def letters(self, text: str) -> None:
        if self._into is not None and len(self._into) < LONGEST_CELL:
            self._into.append(text)

    def end(self, name: str) -> None:
        if name == "v" or name == "t" or name == "f":
            self._into = None
        elif name == "c":
            self._end_cell()
        elif name == "row":
            if self._cells:
                self._done.append(SheetRow(self._number, self._cells))
        elif ":" in name:
            self.end(_local(name))

    def _end_cell(self) -> None:
        if self._column >= MOST_COLUMNS:
            return
        value = self._read("".join(self._value)[:LONGEST_CELL])
        if self._formula is not None:
            formula = "".join(self._formula)[:40] or "="
            self._cells[self._column] = SheetCell("" if value is None else value, formula, self._style.currency)
        elif value is not None:
            self._cells[self._column] = SheetCell(value, "", self._style.currency)

    def _read(self, written: str) -> str | Decimal | datetime.date | None:
        if self._type == "s":
            known = written.isdecimal() and int(written) < len(self._texts)
            return (self._texts[int(written)].strip() or None) if known else None
        if self._type in ("str", "inlineStr", "e", "b"):
            return written.strip() or None
        if self._type == "d":
            return datetime.date.fromisoformat(written[:10])
        return self._number_of(written)

    def _number_of(self, written: str) -> str | Decimal | datetime.date | None:
        """A figure, rid of what a binary number adds at its end: 1234.5599999999999 is 1234.56."""
        if not written:
            return None
        try:
            number = Decimal(repr(float(written)))
        except (InvalidOperation, ValueError):
            return written
        if not number.is_finite():
            return written
        if self._style.is_day and 0 < number < _LAST_SERIAL:
            return self._first_day + datetime.timedelta(days=int(number))
        return number
