"""Why an advice cannot be given: one class, one reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.clause_library.core.said import Said
from mpdi.exceptions import DataFileError, MpdiError


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """One wrong answer: the key of its question, what is wrong and how to mend it."""

    key: str
    message: Said

    def __str__(self) -> str:
        return f"{self.key}: {self.message}"


class AnswersError(MpdiError):
    """The answers cannot be used as they stand; `problems` names every one that is wrong."""

    def __init__(self, problems: Sequence[AnswerProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class AdviceDataError(DataFileError):
    """A data file of the helpers that ships with MPDI is not what it should be."""
