"""Tables: CSV of any common delimiter and encoding, row after row; XLSX stands in `mapped`."""

import csv
import io
from collections.abc import Iterator

from tender_parsers.exceptions import Malformed, NotANotice, TooLarge, WrongEncoding
from tender_parsers.reading import Source

_DELIMITERS = ";,\t|"
_LONGEST_LINE = 1 << 22


def dialect_of(line: str) -> str:
    """The delimiter that stands most often in a line of headings; empty where none does."""
    best = max(_DELIMITERS, key=line.count)
    return best if best in line else ""


def rows_of(source: Source, delimiter: str | None = None, encoding: str | None = None) -> Iterator[dict[str, str]]:
    """Rows by their headings; cells that are missing are absent, those beyond the headings are left out.

    `encoding`: UTF-8 (with or without byte order mark), UTF-16 where its mark says so, unless given.
    Raises `NotANotice` without headings, `Malformed`, `WrongEncoding`, or `TooLarge`.
    """
    lines = table_rows(source, delimiter, encoding)
    headings = [name.strip() for name in next(lines, [])]
    if not any(headings):
        raise NotANotice(source.name, "a table without headings", 0)
    for cells in lines:
        if any(cells):
            yield {name: cell for name, cell in zip(headings, cells, strict=False) if name}


def table_rows(source: Source, delimiter: str | None = None, encoding: str | None = None) -> Iterator[list[str]]:
    """Rows as lists of cells, the headings first."""
    mark = source.head[:2] in (b"\xff\xfe", b"\xfe\xff")
    text = io.TextIOWrapper(source.stream(), encoding or ("utf-16" if mark else "utf-8-sig"), newline="")
    count = 0
    try:
        first = text.readline(_LONGEST_LINE)
        reader = csv.reader(_lines(source.name, first, text), delimiter=delimiter or dialect_of(first) or ",")
        for row in reader:
            count = reader.line_num
            yield row
    except UnicodeDecodeError as error:
        raise WrongEncoding(source.name, f"{error.reason} after line {count}") from error
    except csv.Error as error:
        kind = TooLarge if "field limit" in str(error) else Malformed
        raise kind(source.name, f"CSV, line {count + 1}: {error}") from error


def _lines(name: str, first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    line, count = first, 1
    while line:
        if len(line) >= _LONGEST_LINE and not line.endswith("\n"):
            raise TooLarge(name, f"line {count} has more than {_LONGEST_LINE} characters")
        yield line
        line, count = rest.readline(_LONGEST_LINE), count + 1
