"""From what was typed to the answers of a helper: numbers with spaces, dots and commas, dates as day/month/year."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from mpdi.advice.core.case import refuse
from mpdi.advice.core.errors import AnswerProblem, AnswersError
from mpdi.advice.core.model import Answer, Helper, Kind, Question
from mpdi.clause_library.core.said import said
from mpdi.specifications.typed_values import NotADateError, NotANumberError, read_date, read_number

MOST_AMOUNT = Decimal("1e12")
"""EUR. An amount above it is a slip of the keyboard, and its arithmetic no help."""
MOST_NUMBER = Decimal(100_000)
MOST_LOTS = 100
LONGEST = 4_000
"""Characters of one answer."""
_YEARS = (2000, 2100)


def read_answers(helper: Helper, typed: Mapping[str, str]) -> dict[str, Answer]:
    """Return the answers given; what is empty is left out. `AnswersError` names every one that cannot be understood."""
    answers: dict[str, Answer] = {}
    problems: list[AnswerProblem] = []
    for question in helper.questions:
        text = typed.get(question.key, "").strip()
        if not text:
            continue
        try:
            answers[question.key] = _read(question, text)
        except AnswersError as error:
            problems += error.problems
    if problems:
        raise AnswersError(problems)
    return answers


def _read(question: Question, text: str) -> Answer:
    key = question.key
    if len(text) > LONGEST:
        raise refuse(key, said("This answer is too long: %(limit)s characters at most.", limit=LONGEST))
    match question.kind:
        case Kind.CHOICE:
            return _choice(question, text)
        case Kind.DATE:
            return _date(key, text)
        case Kind.AMOUNTS:
            return _amounts(key, text)
        case Kind.AMOUNT:
            return read_amount(key, text)
        case Kind.PERCENT:
            return number_between(key, text, Decimal(0), Decimal(100))
        case Kind.WHOLE:
            return _whole(key, text)
        case Kind.NUMBER:
            found = number_between(key, text, Decimal(0), MOST_NUMBER)
            if found == 0:
                raise refuse(key, said("Give a number above zero."))
            return found


def _choice(question: Question, text: str) -> str:
    if text not in dict(question.choices):
        raise refuse(question.key, said("“%(text)s” is not one of the choices.", text=text[:40]))
    return text


def _date(key: str, text: str) -> datetime.date:
    try:
        found = read_date(text)
    except NotADateError as error:
        raise refuse(key, said("“%(text)s” is not a date. Write it as day/month/year, such as 01/12/2026.", text=text[:40])) from error
    if not _YEARS[0] <= found.year <= _YEARS[1]:
        raise refuse(key, said("The year lies outside %(first)s to %(last)s.", first=_YEARS[0], last=_YEARS[1]))
    return found


def _amounts(key: str, text: str) -> tuple[Decimal, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LOTS:
        raise refuse(key, said("At most %(limit)s lines.", limit=MOST_LOTS))
    return tuple(read_amount(key, line) for line in lines)


def _whole(key: str, text: str) -> Decimal:
    found = number_between(key, text, Decimal(0), MOST_NUMBER, has_thousands=True)
    if found != found.to_integral_value():
        raise refuse(key, said("“%(text)s” is not a whole number.", text=text[:40]))
    return found


def read_amount(key: str, text: str) -> Decimal:
    """Read an amount in EUR above zero; `AnswersError` under that key where it is none."""
    found = number_between(key, text, Decimal(0), MOST_AMOUNT, has_thousands=True)
    if found == 0:
        raise refuse(key, said("“%(text)s” is not above zero: give an amount above zero.", text=text[:40]))
    return found


def number_between(key: str, text: str, least: Decimal, most: Decimal, has_thousands: bool = False) -> Decimal:
    """Read a number between two bounds, both included; `AnswersError` under that key where it is none."""
    if text.lstrip().startswith(("-", "−")):
        raise refuse(key, said("“%(text)s” is below zero: give a number from zero up.", text=text[:40]))
    try:
        found = read_number(text, has_thousands=has_thousands)
    except NotANumberError as error:
        raise refuse(key, said("“%(text)s” is not a number. Write figures only, such as 12 500,50.", text=text[:40])) from error
    if not least <= found <= most:
        raise refuse(key, said("%(text)s is not between %(least)s and %(most)s.", text=text[:40], least=f"{least:f}", most=f"{most:f}"))
    return found
