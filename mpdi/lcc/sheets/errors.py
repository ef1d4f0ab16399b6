"""What can be wrong with a sheet, or with the values put into one: one class a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.exceptions import DataFileError
from mpdi.lcc.errors import LifeCycleCostError


class SheetFileError(LifeCycleCostError, DataFileError):
    """A sheet that ships with MPDI cannot be loaded: a key, text, bound, default or source is missing or wrong."""


class FormulaError(LifeCycleCostError):
    """A formula of a sheet is not one of ours, or cannot be worked out with the values given."""


class MissingValueError(LifeCycleCostError):
    """A formula needs a value that nobody gave; `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"{key} is needed here and was not given: add it.")
        self.key = key


class UnknownSheetError(LifeCycleCostError):
    """No sheet has that name."""


class SheetVersionError(LifeCycleCostError):
    """The values were made for another version of the sheet."""


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """One wrong value: where it stands, what is wrong, how to mend it."""

    place: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message} {self.remedy}"


class WrongValuesError(LifeCycleCostError):
    """Values of buyer or offers are missing or wrong; `problems` has one entry for each."""

    def __init__(self, problems: Sequence[ValueProblem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
