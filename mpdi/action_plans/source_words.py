"""The words of the pages that fill what is bought: columns, reasons why a line is not counted, files that are refused."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.action_plans.core.line_counts import LineReason
from mpdi.action_plans.core.spreadsheet_columns import LineField
from mpdi.action_plans.core.spreadsheet_errors import SpreadsheetRefusedError

FIELD_WORDS: Mapping[LineField, tuple[Any, Any]] = {
    LineField.AMOUNT: (_l("Amount"), _l("needed")),
    LineField.CATEGORY: (_l("Your own category"), _l("your label, your account, your family of purchases")),
    LineField.CPV: (_l("CPV code"), _l("with it a line finds its category by itself")),
    LineField.DESCRIPTION: (_l("Description"), _l("stands in for a category where there is neither label nor code")),
    LineField.DATE: (_l("Date or year"), _l("so that several years become one")),
    LineField.CONTRACT: (_l("Number of the contract"), _l("so that contracts are counted")),
    LineField.SUPPLIER: (_l("Supplier"), _l("helps to tell lines from subtotals; not kept")),
    LineField.CURRENCY: (_l("Currency"), _l("without it: as written beside the amount, else EUR")),
}
"""What a column may hold, and a word of help."""
REASON_WORDS: Mapping[LineReason, Any] = {
    LineReason.SUBTOTAL: _l("subtotal or total: it holds lines that are counted"),
    LineReason.CURRENCY: _l("another currency: convert it"),
    LineReason.FORMULA: _l("a formula: paste its value"),
    LineReason.NO_AMOUNT: _l("no amount"),
    LineReason.UNCLEAR_AMOUNT: _l("thousands or decimals? Say above what parts decimals"),
    LineReason.NOT_AN_AMOUNT: _l("no amount that can be read"),
    LineReason.MERGED_AMOUNT: _l("an amount merged over several rows: unmerge it"),
    LineReason.NO_DATE: _l("no date"),
    LineReason.NOT_A_DATE: _l("no date that can be read: day/month/year"),
    LineReason.OTHER_YEAR: _l("outside the years asked for"),
    LineReason.NO_CATEGORY: _l("nothing says what is bought"),
    LineReason.UNKNOWN_CPV: _l("no such CPV code"),
    LineReason.UNKNOWN_LABEL: _l("a label without a category: give it one below"),
}
_REFUSED = {
    "format": _l("This is neither .xlsx nor .csv. Save it as one of them from the program it comes from."),
    "protected": _l("It has a password, or is a workbook of before 2007. Take the password off, and save it as .xlsx."),
    "macros": _l("It holds macros. Save it as a workbook without macros (.xlsx)."),
    "too_large": _l(
        "It is larger than what is read: 25 MB, 250 MB unpacked, 200,000 lines, 50,000 merged cells. Keep the columns "
        "that are needed, or split it by year."
    ),
    "unreadable": _l("It cannot be read: spoilt, or not what its name says. Open it, and save it again."),
    "sheet": _l("It has no sheet with lines, or not the one asked for."),
}


def reason_words(reason: LineReason) -> str:
    """Return why a line is not counted."""
    return str(REASON_WORDS[reason])


def refused_words(error: SpreadsheetRefusedError) -> str:
    """Return why a file is not taken."""
    return str(_REFUSED[error.key])


def decimal_choices() -> list[tuple[str, str]]:
    """Return what may part decimals."""
    return [(",", _("a comma: 1.234 is one thousand")), (".", _("a point: 1,234 is one thousand"))]
