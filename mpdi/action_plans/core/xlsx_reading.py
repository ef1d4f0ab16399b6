"""An .xlsx read line by line in memory that stays flat: weighed before it is read, no macros, no document types.

Links are not followed and formulas not worked out: of a cell its saved value is read, and that it is a formula.
"""

import datetime
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import BinaryIO
from xml.parsers import expat

from mpdi.action_plans.core.merged_cells import MOST_MERGED, MergedCells
from mpdi.action_plans.core.spreadsheet_cells import (
    LARGEST_UNPACKED,
    MOST_LINES,
    SheetRow,
)
from mpdi.action_plans.core.spreadsheet_errors import (
    MacroSpreadsheetError,
    TooLargeSpreadsheetError,
    UnknownSheetError,
    UnreadableSpreadsheetError,
)
from mpdi.action_plans.core.xlsx_elements import Begin, BookReader, LinkReader, SheetReader, TextReader, local_name
from mpdi.action_plans.core.xlsx_styles import CellStyle, read_styles

_BLOCK = 1 << 16
_MOST_MEMBERS = 500
_DEEPEST, _MOST_ELEMENTS = 64, 10_000_000
"""Elements within elements: the parser keeps those that are open. Elements in all: a sheet of 80,000 lines has a million."""
_MOST_STYLES = 100_000
_MACRO_PARTS = ("vbaproject", "macrosheets/", "vbadata", "activex/")
_SPOILT = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError)
"""What zipfile lets through of a spoilt package."""
_MERGED = re.compile(rb'mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_OVERLAP = 200
_FIRST_DAY, _FIRST_DAY_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)


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
        book = BookReader()
        self._parse("xl/workbook.xml", book.begin)
        links = LinkReader()
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
        reader = SheetReader(self._file, self._texts, self._styles, self._first_day)
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
                        if len(found) > 2 * MOST_MERGED:
                            raise TooLargeSpreadsheetError(self._file)
            if found:
                merged[member.filename] = list(dict.fromkeys(found))
        return merged

    def _read_texts(self) -> Sequence[str]:
        if "xl/sharedStrings.xml" not in self._package.namelist():
            return ()
        reader = TextReader(self._file)
        self._parse("xl/sharedStrings.xml", reader.begin, reader.end, reader.letters)
        return reader.texts

    def _read_styles(self) -> Sequence[CellStyle]:
        if "xl/styles.xml" not in self._package.namelist():
            return ()
        found: list[tuple[str, Mapping[str, str]]] = []
        wanted = ("numFmt", "xf", "cellXfs", "cellStyleXfs")

        def begin(name: str, attributes: Mapping[str, str]) -> None:
            if local_name(name) in wanted and len(found) < _MOST_STYLES:
                found.append((local_name(name), attributes))

        self._parse("xl/styles.xml", begin)
        return read_styles(found)

    def _parse(
        self,
        place: str,
        begin: Begin,
        end: Callable[[str], None] | None = None,
        letters: Callable[[str], None] | None = None,
    ) -> None:
        for _ in self._blocks(place, begin, end, letters):
            pass

    def _blocks(
        self,
        place: str,
        begin: Begin,
        end: Callable[[str], None] | None,
        letters: Callable[[str], None] | None,
    ) -> Iterator[None]:
        """Parse a member block by block; a pause after each. No tree is built, and no document type is let in."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        depth = elements = 0

        def begun(name: str, attributes: Mapping[str, str]) -> None:
            nonlocal depth, elements
            depth, elements = depth + 1, elements + 1
            if depth > _DEEPEST or elements > _MOST_ELEMENTS:
                raise TooLargeSpreadsheetError(self._file)
            begin(name, attributes)

        def ended(name: str) -> None:
            nonlocal depth
            depth -= 1
            if end is not None:
                end(name)

        parser.StartElementHandler, parser.EndElementHandler = begun, ended
        parser.CharacterDataHandler = letters
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        try:
            with self._package.open(place) as opened:
                while block := opened.read(_BLOCK):
                    parser.Parse(block, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (expat.ExpatError, *_SPOILT) as error:
            raise UnreadableSpreadsheetError(self._file) from error

    def _refuse_document_type(self, *_about: object) -> None:
        raise UnreadableSpreadsheetError(self._file)
