"""Rows of a sheet of an XLSX workbook, read as zip and XML. Formulas are never evaluated: their last result is taken."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from lxml import etree

from tender_parsers.archives import ZIP_ERRORS
from tender_parsers.exceptions import (
    CompressionBomb,
    DoctypeRefused,
    Encrypted,
    Malformed,
    MappingError,
    NotANotice,
    TooLarge,
)
from tender_parsers.limits import Limits
from tender_parsers.loose_values import number
from tender_parsers.reading import Source, parse_xml

Cell = str | Decimal | bool | None
MAGIC = b"PK\x03\x04"
_EPOCH = date(1899, 12, 30)
"""Day 0 of a workbook, so that day 60 is the 29 February 1900 that never was, and every day since March 1900 is right."""
_FARTHEST_COLUMN = 16_384
_LONGEST_TEXT = 32_767
"""Characters of a cell, as Excel itself has it: a shared text of megabytes, named by each cell, would be no table."""
_FARTHEST_ROW = 1_048_576
_MOST_GAPS = 50_000_000
"""Empty cells before stated ones, of a whole sheet: a row may state its 16,384th cell alone."""


class Workbook:
    """The parts of a workbook, each read within limits."""

    def __init__(self, source: Source) -> None:
        self.name = source.name
        self._limits = source.limits
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(source.data()))
        except ZIP_ERRORS as error:
            raise Malformed(source.name, f"zip: {error}") from error
        self._left = source.limits.document_bytes
        if "xl/workbook.xml" not in self._zip.NameToInfo:
            raise NotANotice(source.name, "a zip that is no XLSX workbook")

    def rows(self, sheet: str | None) -> Iterator[list[Cell]]:
        """The rows of a sheet (the first unless named) as it numbers them: those that it does not store are empty.

        Empty cells within a row are `None`.
        """
        shared, gaps, given = self._shared(), 0, 0
        for row in self._stream(self._path(sheet)):
            at_row = self._row_number(row.get("r") or "", given + 1)
            for _ in range(given + 1, at_row):
                yield []
            given = at_row
            cells: list[Cell] = []
            for cell in row:
                at = _column(cell.get("r") or "")
                at = len(cells) if at is None else at
                if at >= _FARTHEST_COLUMN:
                    raise Malformed(self.name, f"cell {cell.get('r')}")
                gaps += max(at - len(cells), 0)
                if gaps > _MOST_GAPS:
                    raise TooLarge(self.name, f"more than {_MOST_GAPS} empty cells")
                cells.extend([None] * (at + 1 - len(cells)))
                cells[at] = _value(cell, shared)
            yield cells

    def _row_number(self, written: str, following: int) -> int:
        """The number a row states; where it states none, or one already given, the following."""
        number_ = int(written) if written.isdecimal() and len(written) < 10 else following
        if number_ > _FARTHEST_ROW:
            raise Malformed(self.name, f"row {written}")
        return max(number_, following)

    def _part(self, path: str) -> bytes:
        try:
            entry = self._zip.getinfo(path)
            if entry.flag_bits & 1:
                raise Encrypted(self.name, path)
            _check(self.name, entry, self._limits)
            with self._zip.open(entry) as opened:
                data = opened.read(self._left + 1)
        except KeyError as error:
            raise Malformed(self.name, f"no part {path}") from error
        except ZIP_ERRORS as error:
            raise Malformed(self.name, f"{path}: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise TooLarge(self.name, f"parts of more than {self._limits.document_bytes} bytes")
        return data

    def _path(self, wanted: str | None) -> str:
        """Where the sheet of that name lies."""
        book = parse_xml(self.name, self._part("xl/workbook.xml"), self._limits)
        if any(each.get("date1904") in ("1", "true") for each in book.iter("{*}workbookPr")):
            raise NotANotice(self.name, "a workbook that counts its days from 1904: save it with the usual count")
        sheets = list(book.iter("{*}sheet"))
        found = next((each for each in sheets if wanted is None or each.get("name") == wanted), None)
        if found is None:
            names = ", ".join(each.get("name") or "" for each in sheets)
            raise MappingError(self.name, f"no sheet {wanted}; there are: {names}")
        relation = next((value for key, value in found.attrib.items() if str(key).endswith("}id")), "")
        targets = {
            each.get("Id"): each.get("Target") or ""
            for each in parse_xml(self.name, self._part("xl/_rels/workbook.xml.rels"), self._limits)
        }
        target = targets.get(str(relation), "")
        return target.lstrip("/") if target.startswith("/") else f"xl/{target}"

    def _shared(self) -> list[str]:
        if "xl/sharedStrings.xml" not in self._zip.NameToInfo:
            return []
        shared = [_text(each) for each in self._stream("xl/sharedStrings.xml", "{*}si")]
        if max(map(len, shared), default=0) > _LONGEST_TEXT:
            raise TooLarge(self.name, f"a text of more than {_LONGEST_TEXT} characters")
        return shared

    def _stream(self, path: str, tag: str = "{*}row") -> Iterator[etree._Element]:
        """Elements of a part, each forgotten once the next is asked for."""
        data = self._part(path)
        if b"<!DOCTYPE" in data[:4096] or b"<!DOCTYPE" in data:
            parse_xml(self.name, data, self._limits)  # refuses it by name
        options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
        try:
            for _, element in etree.iterparse(io.BytesIO(data), events=("end",), tag=tag, **options):
                if (
                    element.getroottree().docinfo.internalDTD is not None
                ):  # in an encoding that hides it from the search
                    raise DoctypeRefused(self.name, path)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise Malformed(self.name, f"{path}: {error.msg}") from error


def _check(name: str, entry: zipfile.ZipInfo, limits: Limits) -> None:
    if entry.file_size > limits.ratio_from and entry.file_size > entry.compress_size * limits.ratio:
        raise CompressionBomb(name, f"{entry.filename}: {entry.compress_size} bytes promise {entry.file_size}")


def _column(reference: str) -> int | None:
    """`AB12` → 27."""
    at = 0
    for letter in reference:
        if not ("A" <= letter <= "Z"):
            break
        at = at * 26 + ord(letter) - 64
        if at > _FARTHEST_COLUMN:
            return _FARTHEST_COLUMN
    return at - 1 if at else None


def _value(cell: etree._Element, shared: list[str]) -> Cell:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        return _text(cell) or None
    written = next((child.text for child in cell if str(child.tag).endswith("}v")), None)
    if written is None or kind == "e":
        return None
    if kind == "s":
        at = int(written) if written.isdecimal() and len(written) < 10 else len(shared)
        return shared[at] if at < len(shared) else None
    if kind == "b":
        return written == "1"
    return number(written) if kind == "n" else written


def _text(element: etree._Element) -> str:
    """Text of the runs in it; that of phonetic guides beside them is no part of it."""
    parts = []
    for each in element.iter("{*}t"):
        above = each.getparent()
        if above is None or not str(above.tag).endswith("}rPh"):
            parts.append(each.text or "")
    return "".join(parts)


def day_of_serial(serial: Decimal) -> date | None:
    """The day of a workbook's number of a day; `None` where it is none that can be."""
    return _EPOCH + timedelta(days=int(serial)) if 60 < serial < 2_958_466 else None
