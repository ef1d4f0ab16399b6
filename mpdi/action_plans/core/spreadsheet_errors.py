"""Why a spreadsheet of a buyer is not taken: one class a reason; `key` finds its words on the pages."""

from mpdi.exceptions import DataFileError


class SpreadsheetRefusedError(DataFileError):
    """A file is not taken as a list of invoices or contracts."""

    key = "refused"
    said = "cannot be read."

    def __init__(self, file: str) -> None:
        super().__init__(f"{file}: {self.said}")


class UnknownSpreadsheetFormatError(SpreadsheetRefusedError):
    """It is neither an .xlsx nor a .csv."""

    key = "format"
    said = "is neither .xlsx nor .csv. Save it as one of them from the program it comes from."


class ProtectedSpreadsheetError(SpreadsheetRefusedError):
    """It has a password, or is a workbook of before 2007 under a newer name."""

    key = "protected"
    said = "has a password, or is a workbook of before 2007. Take the password off, and save it as .xlsx."


class MacroSpreadsheetError(SpreadsheetRefusedError):
    """It holds macros."""

    key = "macros"
    said = "holds macros. Save it as a workbook without macros (.xlsx)."


class TooLargeSpreadsheetError(SpreadsheetRefusedError):
    """It has more bytes, unpacked or not, lines, texts or merged cells than are read."""

    key = "too_large"
    said = (
        "is larger than what is read: 25 MB, 250 MB unpacked, 200,000 lines, 50,000 merged cells. Keep the columns "
        "that are needed, or split it by year."
    )


class UnreadableSpreadsheetError(SpreadsheetRefusedError):
    """It is spoilt, or is not what its name says."""

    key = "unreadable"
    said = "cannot be read: it is spoilt, or not what its name says. Open it, and save it again as .xlsx or .csv."


class UnknownSheetError(SpreadsheetRefusedError):
    """It has no sheet of that name, or none with a list."""

    key = "sheet"
    said = "has no such sheet with lines. Choose one of its sheets that is not hidden."
