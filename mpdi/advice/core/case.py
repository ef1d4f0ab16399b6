"""One question put to a helper: the answers given, the numbers of law on the day, and what is said with them."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from mpdi.advice.core.errors import AnswerProblem, AnswersError
from mpdi.advice.core.model import (
    Advice,
    Answer,
    Filling,
    Helper,
    Line,
    Outcome,
    Step,
    UsedNumber,
    Written,
)
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.said import Said, said


class Case:
    """The answers to one helper. What is not answered is None, never zero or no."""

    def __init__(self, helper: Helper, answers: Mapping[str, Answer], numbers: LawNumbers, today: datetime.date) -> None:
        self.helper = helper
        self._answers = answers
        self._numbers = numbers
        self._used: dict[str, UsedNumber] = {}
        day = answers.get("day")
        self.day = day if isinstance(day, datetime.date) else today

    def law(self, key: str) -> Decimal:
        """Return a number of law as it holds on the day, and remember that the answer rests on it."""
        number = self._numbers.number(key)
        self._used[key] = UsedNumber(number, number.on(self.day))
        return self._used[key].dated.value

    def number(self, key: str) -> Decimal | None:
        """Return a number that was answered."""
        found = self._answers.get(key)
        return found if isinstance(found, Decimal) else None

    def needed(self, key: str) -> Decimal:
        """Return a number that this case cannot do without; `AnswersError` where it is not given."""
        found = self.number(key)
        if found is None:
            raise AnswersError([AnswerProblem(key, said("This answer is needed with what you chose above."))])
        return found

    def amounts(self, key: str) -> tuple[Decimal, ...]:
        """Return a list of amounts, empty where none was given."""
        found = self._answers.get(key, ())
        return found if isinstance(found, tuple) else ()

    def date(self, key: str) -> datetime.date | None:
        """Return a date that was answered."""
        found = self._answers.get(key)
        return found if isinstance(found, datetime.date) else None

    def chosen(self, key: str) -> str | None:
        """Return the choice that was made."""
        found = self._answers.get(key)
        return found if isinstance(found, str) else None

    def says(self, key: str, **values: Filling) -> Line:
        """Return a statement of the helper with its places filled."""
        return Line(self.helper.statements[key], values)

    def step(self, key: str, calculation: str, value: Decimal, unit: str = "EUR", **values: Filling) -> Step:
        """Return a line of arithmetic; `calculation` holds places in braces."""
        return Step(self.says(key, **values), calculation, value, unit)

    def writes(self, key: str, **values: Filling) -> Written:
        """Return a wording for the documents with its places filled."""
        return Written(self.helper.wordings[key], values)

    def advice(
        self,
        outcome: Outcome,
        headline: Line,
        reasons: Sequence[Line],
        *,
        steps: Sequence[Step] = (),
        amount: Decimal | None = None,
        unit: str = "EUR",
        written: Sequence[Written] = (),
        unknown: Sequence[Line] = (),
    ) -> Advice:
        """Return the answer, with the numbers of law it rests on."""
        used = tuple(self._used.values())
        return Advice(
            self.helper, outcome, headline, tuple(reasons), tuple(steps), amount, unit, tuple(written), tuple(unknown), used
        )


def refuse(key: str, message: Said) -> AnswersError:
    """Return the error of one wrong answer."""
    return AnswersError([AnswerProblem(key, message)])
