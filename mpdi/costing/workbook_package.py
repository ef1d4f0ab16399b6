"""An .xlsx of a stranger opened with care: weighed before it is unpacked, no macros, links or document types; cells only."""

import io
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from mpdi.costing.workbook_problems import UnreadableWorkbookError, UnsafeWorkbookError, fault
from mpdi.lcc.sheets.model import Language

LARGEST, LARGEST_UNPACKED, MOST_MEMBERS = 2_000_000, 20_000_000, 200
"""Bytes of a file, bytes of all that it holds, files in it: ours has some 15,000, 150,000 and a dozen. Our assumption."""
_BLOCK = 1 << 16
_MACRO_NAMES = (".xlsm", ".xltm", ".xlam", ".xlsb")
_MACRO_PARTS = ("vbaproject", "macrosheets/", "vbadata", "activex/")
_LINK_PARTS = ("externallinks/", "embeddings/", "connections.xml", "querytables/")
_DOCUMENT_TYPES = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE_XML = (b"\xff\xfe", b"\xfe\xff", b"<\x00", b"\x00<")
"""How XML of two bytes a letter begins; no office program writes it, and a document type could hide in it."""
_SPOILT = (
    InvalidFileException, zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, SyntaxError,
    KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError, RuntimeError, ArithmeticError,
)  # fmt: skip
"""What zipfile, the XML readers (their errors are syntax errors) and openpyxl let through of a spoilt file."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """A cell as it was found: its value (None where it is empty), whether it is a formula or shows a percentage."""

    value: object
    is_formula: bool
    is_percentage: bool


EMPTY = FoundCell(None, False, False)
Page = Mapping[tuple[int, int], FoundCell]
"""Cells of a sheet by row and column, both from 0."""


class OpenedWorkbook:
    """A workbook that passed; sheets are read when they are asked for, no further than asked."""

    def __init__(self, file: str, content: bytes, language: Language) -> None:
        self._file, self._content, self._language = file, content, language
        _check_package(file, content, language)
        self._formulas = self._loaded(with_results=False)

    def _unreadable(self) -> UnreadableWorkbookError:
        return UnreadableWorkbookError([fault(self._file, "", "unreadable", self._language)])

    def _loaded(self, *, with_results: bool) -> Any:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # openpyxl warns of what it will not write again; nothing is written
                return openpyxl.load_workbook(
                    io.BytesIO(self._content), read_only=True, data_only=with_results, keep_links=False
                )
        except _SPOILT as error:
            raise self._unreadable() from error

    def page(self, name: str, rows: int, columns: int) -> Page | None:
        """The cells of a sheet, formulas as formulas; None where there is no such sheet."""
        return self._page(self._formulas, name, rows, columns)

    def results(self, name: str, rows: int, columns: int) -> Page | None:
        """The same with what formulas showed when the file was saved."""
        return self._page(self._loaded(with_results=True), name, rows, columns)

    def _page(self, book: Any, name: str, rows: int, columns: int) -> Page | None:
        if name not in book.sheetnames:
            return None
        try:
            return {
                (cell.row - 1, cell.column - 1): _found(cell)
                for row in book[name].iter_rows(min_row=1, max_row=rows, min_col=1, max_col=columns)
                for cell in row
                if cell.value is not None
            }
        except _SPOILT as error:
            raise self._unreadable() from error


def _found(cell: Any) -> FoundCell:
    return FoundCell(cell.value, cell.data_type == "f", "%" in str(cell.number_format))


def _check_package(file: str, content: bytes, language: Language) -> None:
    if PurePath(file).suffix.lower() in _MACRO_NAMES:
        raise UnsafeWorkbookError([fault(file, "", "macros", language)])
    if len(content) > LARGEST:
        raise UnsafeWorkbookError([fault(file, "", "too_large", language)])
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_members(file, package, language)
    except _SPOILT as error:
        raise UnreadableWorkbookError([fault(file, "", "unreadable", language)]) from error


def _check_members(file: str, package: zipfile.ZipFile, language: Language) -> None:
    """What a member says of its size is not believed: it is unpacked, and weighed while it is."""
    members, left = package.infolist(), LARGEST_UNPACKED
    if len(members) > MOST_MEMBERS:
        raise UnsafeWorkbookError([fault(file, "", "too_large", language)])
    if "[Content_Types].xml" not in package.namelist():
        raise UnreadableWorkbookError([fault(file, "", "unreadable", language)])
    for member in members:
        name = member.filename.lower().replace("\\", "/")
        for parts, key in ((_MACRO_PARTS, "macros"), (_LINK_PARTS, "links")):
            if any(part in name for part in parts):
                raise UnsafeWorkbookError([fault(file, "", key, language)])
        content = _unpacked(package, member, left)
        left -= len(content)
        if left < 0:
            raise UnsafeWorkbookError([fault(file, "", "too_large", language)])
        if b"macroEnabled" in content and name == "[content_types].xml":
            raise UnsafeWorkbookError([fault(file, "", "macros", language)])
        if content.startswith(_WIDE_XML) or any(each in content for each in _DOCUMENT_TYPES):
            raise UnreadableWorkbookError([fault(file, "", "unreadable", language)])


def _unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo, left: int) -> bytes:
    with package.open(member) as opened:
        blocks, size = [], 0
        while size <= left and (block := opened.read(_BLOCK)):
            blocks.append(block)
            size += len(block)
    return b"".join(blocks)
