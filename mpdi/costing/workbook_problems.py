"""What is refused of a workbook that comes back, one class a reason; each problem has its cell, its reason, its remedy."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.costing.workbook_words import problem
from mpdi.exceptions import DataFileError
from mpdi.lcc.sheets.model import Language


@dataclass(frozen=True, slots=True)
class WorkbookProblem:
    """One thing that is wrong: in which file and cell (empty: the whole file), what, and how to mend it."""

    file: str
    cell: str
    message: str
    remedy: str
    language: Language = "en"

    def __str__(self) -> str:
        place = f"{self.file}, {self.cell}" if self.cell else self.file
        said = f"{self.message} {self.remedy}"
        return f"{place}{' : ' if self.language == 'fr' else ': '}{said}" if place else said


def fault(file: str, cell: str, key: str, language: Language, **values: str) -> WorkbookProblem:
    """The problem of that key, in words."""
    return WorkbookProblem(file, cell, *problem(key, language, **values), language)


class WorkbookRefusedError(DataFileError):
    """A workbook is not taken; `problems` has an entry for each reason."""

    def __init__(self, problems: Sequence[WorkbookProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnsafeWorkbookError(WorkbookRefusedError):
    """It holds macros, links, or more than it should; nothing of it was read."""


class UnreadableWorkbookError(WorkbookRefusedError):
    """It is no .xlsx, or one that is spoilt or under a password."""


class ForeignWorkbookError(WorkbookRefusedError):
    """It is not a workbook of ours, or its sheets were moved about."""


class OtherVersionError(WorkbookRefusedError):
    """It was made for another version of the product sheet."""


class AlteredParametersError(WorkbookRefusedError):
    """What the buyer fixed is not as it was."""


class WrongCellsError(WorkbookRefusedError):
    """The tenderer's own values are missing or wrong."""


class UnfitTendersError(WorkbookRefusedError):
    """The workbooks cannot be counted together."""
