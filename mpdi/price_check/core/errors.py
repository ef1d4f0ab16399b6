"""Why a price check cannot be made: one class, one reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.exceptions import DataFileError


@dataclass(frozen=True, slots=True)
class OfferProblem:
    """One wrong value: where it stands, what is wrong with it, how to mend it."""

    key: str
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.key}: {self.message} {self.remedy}".strip()


class OffersError(DataFileError):
    """The offers cannot be read as they stand; `problems` names every wrong value."""

    def __init__(self, problems: Sequence[OfferProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class PriceDataError(DataFileError):
    """A data file of the price check that ships with MPDI is not what it should be."""
