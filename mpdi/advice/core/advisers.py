"""One entrance to the six helpers: answers in, advice out. Pure."""

import datetime
from collections.abc import Callable, Mapping

from mpdi.advice.core import advance, compensation, deposit, lots, payment, turnover
from mpdi.advice.core.case import Case
from mpdi.advice.core.errors import AnswerProblem, AnswersError
from mpdi.advice.core.model import Advice, Answer, Helper
from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError, LawNumbers
from mpdi.clause_library.core.said import said

_ADVISERS: Mapping[str, Callable[[Case], Advice]] = {
    "turnover": turnover.advise,
    "lots": lots.advise,
    "advance": advance.advise,
    "deposit": deposit.advise,
    "compensation": compensation.advise,
    "payment": payment.advise,
}


def advise_on(helper: Helper, answers: Mapping[str, Answer], numbers: LawNumbers, today: datetime.date) -> Advice:
    """Return the advice of a helper; `AnswersError` names each answer that is missing or wrong.

    A question without an answer takes the default of its choice. Numbers of law are those of the date answered as
    `day`, or of today.
    """
    missing = [
        AnswerProblem(each.key, said("This answer is needed."))
        for each in helper.questions
        if each.is_needed and not each.default and each.key not in answers
    ]
    if missing:
        raise AnswersError(missing)
    defaults = {each.key: each.default for each in helper.questions if each.choices and each.default}
    try:
        return _ADVISERS[helper.key](Case(helper, defaults | dict(answers), numbers, today))
    except LawNumberNotInForceError as error:
        message = said("The numbers of law are not known on this date. Choose another, or leave it empty for today.")
        raise AnswersError([AnswerProblem("day", message)]) from error
