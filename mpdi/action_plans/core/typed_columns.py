"""Columns as a user names them, `amount=D,category=Rubrique`, held against the heads of a sheet."""

import re
from collections.abc import Mapping

from mpdi.action_plans.core.line_categories import label_key
from mpdi.action_plans.core.spreadsheet_cells import MOST_COLUMNS, column_name, column_number
from mpdi.action_plans.core.spreadsheet_columns import ColumnMap, LineField
from mpdi.exceptions import MpdiError

_LETTERS = re.compile(r"[A-Za-z]{1,2}")
KINDS = (LineField.CATEGORY, LineField.CPV, LineField.DESCRIPTION)
"""One of them says what a line is."""


class UnknownColumnError(MpdiError):
    """A column that was named is none of the sheet, or does not say what it is for."""


def read_columns(text: str, heads: Mapping[int, str]) -> dict[LineField, int]:
    """Return the columns of `amount=D,category=Rubrique,…`: letters, or the words of a head."""
    found: dict[LineField, int] = {}
    for part in filter(None, (each.strip() for each in text.split(","))):
        name, has_column, column = (each.strip() for each in part.partition("="))
        if not has_column or name not in list(LineField):
            known = ", ".join(LineField)
            raise UnknownColumnError(
                f"--columns: “{part[:40]}” is not understood. Write such as amount=D; known: {known}."
            )
        found[LineField(name)] = _place(column, heads)
    check_columns(found)
    return found


def check_columns(found: Mapping[LineField, int]) -> None:
    """Raise `UnknownColumnError` where nothing can be counted with these columns."""
    if LineField.AMOUNT not in found:
        raise UnknownColumnError("--columns: no column has the amounts. Add amount=D with its letter.")
    if not any(each in found for each in KINDS):
        raise UnknownColumnError("--columns: nothing says what is bought. Add category=, cpv= or description=.")


def written_columns(columns: ColumnMap) -> str:
    """Return columns as they can be typed."""
    return ",".join(f"{each}={column_name(place)}" for each, place in columns.columns.items())


def _place(column: str, heads: Mapping[int, str]) -> int:
    by_head = {label_key(head): place for place, head in heads.items()}
    if label_key(column) in by_head:
        return by_head[label_key(column)]
    if _LETTERS.fullmatch(column) and column_number(column) < MOST_COLUMNS:
        return column_number(column)
    known = ", ".join(f"{column_name(place)} ({head})" for place, head in heads.items())
    raise UnknownColumnError(f"--columns: there is no column “{column[:40]}”. Columns: {known or 'A, B, …'}.")
