"""The open data as files: a zip of CSV tables with their dictionary, or releases of OCDS."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from mpdi import __version__, clock
from mpdi.monitoring import open_data_release
from mpdi.monitoring.open_data_queries import ROWS, Edition, edition, releases
from mpdi.monitoring.open_data_tables import LICENCE, TABLES, dictionary

_FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same data gives the same bytes."""
_BOM = "\ufeff"


def csv_lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Rows as lines of CSV: semicolons, and a byte-order mark first, as spreadsheets read accents."""
    yield _BOM
    for row in rows:
        target = io.StringIO()
        csv.writer(target, delimiter=";", lineterminator="\r\n").writerow(row)
        yield target.getvalue()


def table_lines(session: Session, name: str) -> Iterator[str]:
    """One table as CSV, line by line. Raises `KeyError` where there is none of this name."""
    table = TABLES[name]

    def rows() -> Iterator[Sequence[str]]:
        yield table.header()
        yield from (table.line(row) for row in ROWS[name](session))

    return csv_lines(rows())


def write_tables(session: Session, target: Path) -> Edition:
    """Write every table, the dictionary and the licence into one zip."""
    found = edition(session)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in TABLES:
            _write(archive, f"{name}.csv", table_lines(session, name))
        _write(archive, "dictionary.csv", csv_lines(dictionary()))
        _write(archive, "README.txt", [_about(found)])
    return found


def _write(archive: zipfile.ZipFile, name: str, parts: Iterable[str]) -> None:
    member = zipfile.ZipInfo(name, _FIXED)
    member.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(member, "w", force_zip64=True) as file:
        for part in parts:
            file.write(part.encode("utf-8", "replace"))


def _about(found: Edition) -> str:
    read = f"{found.read_at:%Y-%m-%dT%H:%M:%SZ}" if found.read_at else "-"
    return (
        f"MPDI {__version__}: {found.notices} notices; last file read {read}\n"
        f"Licence: {LICENCE} - name the source, say what you changed. The texts of notices stay those of their buyers.\n"
        "An empty cell means: not stated. It does not mean no. Decimal comma, semicolon, UTF-8, days of ISO 8601.\n"
    )


def write_releases(session: Session, target: Path, address: str) -> Edition:
    """Write the releases of OCDS: JSON Lines where the name ends in `.jsonl`, else one release package."""
    found = edition(session)
    made = releases(session)
    is_lines = target.suffix == ".jsonl"
    at = found.read_at or clock.now()
    parts = open_data_release.lines(made) if is_lines else open_data_release.package(made, address, at)
    with target.open("w", encoding="utf-8", newline="") as file:
        file.writelines(parts)
    return found
