"""What can be wrong with a sheet, or with the values put into one: one class a reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.exceptions import DataFileError
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.faults import Fault, all_of, fault


class SheetFileError(LifeCycleCostError, DataFileError):
    """A sheet that ships with MPDI cannot be loaded: a key, text, bound, default or source is missing or wrong."""


class FormulaError(LifeCycleCostError):
    """A formula of a sheet is not one of ours, or cannot be worked out with the values given."""


class MissingValueError(LifeCycleCostError):
    """A formula needs a value that nobody gave; `key` names it."""

    def __init__(self, key: str) -> None:
        super().__init__("value_needed", key=key)
        self.key = key


class UnknownSheetError(LifeCycleCostError):
    """No sheet has that name."""


class SheetVersionError(LifeCycleCostError):
    """The values were made for another version of the sheet."""


@dataclass(frozen=True, slots=True)
class ValueProblem:
    """One wrong value: where it stands, what is wrong, how to mend it; as text it is English."""

    place: str
    what: Fault
    how: Fault

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.what.said("en")

    @property
    def remedy(self) -> str:
        """How to mend it, in English."""
        return self.how.said("en")

    @property
    def fault(self) -> Fault:
        """The whole of it as one fault."""
        return fault("problem", place=self.place, what=self.what, how=self.how)

    def __str__(self) -> str:
        return self.fault.said("en")


def value_problem(place: str, key: str, /, **values: object) -> ValueProblem:
    """The problem of that key at a place: its sentence, and its remedy under the same key with `_remedy`."""
    return ValueProblem(place, fault(key, **values), fault(f"{key}_remedy", **values))


class WrongValuesError(LifeCycleCostError):
    """Values of buyer or offers are missing or wrong; `problems` has one entry for each."""

    def __init__(self, problems: Sequence[ValueProblem]) -> None:
        super().__init__(all_of([each.fault for each in problems]))
        self.problems = tuple(problems)
