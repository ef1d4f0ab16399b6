"""Rows as CSV for a spreadsheet: semicolons and decimal commas, as Belgian Excel reads them, and no cell that could be taken for a formula. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = str | int | float | None


def csv_text(rows: Iterable[Sequence[Cell]]) -> str:
    """Write rows as CSV with a byte-order mark, so that a spreadsheet reads the accents."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return "\ufeff" + target.getvalue()


def safe_cell(cell: Cell) -> str:
    """Return a cell as text: figures with a decimal comma, which goes with the semicolon, and a text that begins like a formula with an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".").replace(".", ",")
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
