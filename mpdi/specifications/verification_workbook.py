"""The verification plan as a workbook: a sheet for the tenders, one for execution, one for the calendar."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.workbook import Cell, Column, Sheet, Workbook, write_workbook
from mpdi.public_holidays import closed_day
from mpdi.specifications.verification import Phase, PlannedCheck, VerificationPlan
from mpdi.specifications.verification_words import (
    MOMENTS,
    capital,
    checker,
    due_words,
    figures_words,
    giver_words,
    head,
    states,
    word,
)
from mpdi.specifications.words import label

Words = Callable[[PlannedCheck, Language], str]
_BESIDE = " / "


@dataclass(frozen=True)
class _Field:
    """A column of checks: the key of its head, its width, and what of a check it says in a language."""

    key: str
    width: float
    words: Words


_FIELDS = (
    _Field("key", 25, lambda check, _language: check.key),
    _Field("clause", 16, lambda check, _language: check.clause_id),
    _Field("version", 9, lambda check, _language: check.version),
    _Field("title", 28, lambda check, language: check.title[language]),
    _Field("moment", 16, lambda check, language: label("moment", check.moment, language)),
    _Field("due", 24, due_words),
    _Field("receive", 30, lambda check, language: capital(check.receive[language])),
    _Field("giver", 20, giver_words),
    _Field("who", 20, checker),
    _Field("how", 50, lambda check, language: check.how[language]),
    _Field("figures", 42, figures_words),
    _Field("sanction", 42, lambda check, language: check.sanction[language]),
)
_OF_TENDER = tuple(each for each in _FIELDS if each.key not in ("moment", "due"))
_OF_CALENDAR = tuple(each for each in _FIELDS if each.key in ("key", "clause", "title", "moment", "receive", "who"))
_KEPT = (("state", 16), ("done_on", 14), ("evidence", 26), ("remark", 34))
"""Columns that whoever checks fills in, and their widths."""


def write_plan_workbook(plan: VerificationPlan) -> bytes:
    """Return the plan as an .xlsx, words and days; the same plan gives the same bytes."""
    return write_workbook(plan_workbook(plan))


def plan_workbook(plan: VerificationPlan) -> Workbook:
    """Return the plain data of the file. In both languages a cell says French above Dutch, what is the same once."""
    languages: Sequence[Language] = LANGUAGES if plan.language == "fr+nl" else (plan.language,)
    execution = sorted(plan.of(Phase.EXECUTION), key=lambda check: MOMENTS.index(check.moment))
    dated = sorted((day, place) for place, check in enumerate(execution) for day in check.schedule.dates)
    calendar = [(day, execution[place]) for day, place in dated]
    title = _both(lambda each: f"{word('kind', each)} – {plan.object[each]}".rstrip(" –"), languages, _BESIDE)
    return Workbook(
        title,
        plan.publication_date,
        (
            _sheet("tender", _OF_TENDER, [((), check) for check in plan.of(Phase.TENDER)], languages),
            _sheet("execution", _FIELDS, [((), check) for check in execution], languages),
            _sheet(
                "calendar",
                _OF_CALENDAR,
                [((day, _closed(day, languages)), check) for day, check in calendar],
                languages,
            ),
        ),
        _both(lambda each: plan.authority[each], languages, _BESIDE),
    )


def _sheet(
    name: str,
    fields: Sequence[_Field],
    checks: Iterable[tuple[tuple[Cell, ...], PlannedCheck]],
    languages: Sequence[Language],
) -> Sheet:
    is_calendar = name == "calendar"
    dated = (Column(_head("date", languages), 13, is_day=True), Column(_head("closed_day", languages), 16))
    first = dated if is_calendar else ()
    state_words = tuple(_both(state.__getitem__, languages, _BESIDE) for state in states())
    kept = (
        Column(_head(key, languages), width, state_words if key == "state" else (), key == "done_on")
        for key, width in _KEPT
    )
    blank = (state_words[0], *("" for _key, _width in _KEPT[1:]))
    return Sheet(
        _both(lambda each: word(name, each), languages, " – "),
        (*first, *(Column(_head(each.key, languages), each.width) for each in fields), *kept),
        tuple((*before, *_cells(check, fields, languages), *blank) for before, check in checks),
        frozen_columns=len(first) + 2,
    )


def _cells(check: PlannedCheck, fields: Sequence[_Field], languages: Sequence[Language]) -> list[str]:
    return [_both(partial(field.words, check), languages, "\n") for field in fields]


def _closed(day: datetime.date, languages: Sequence[Language]) -> str:
    """Why an office is closed on a day: a cell of its own, so that such days can be filtered."""
    return _both(lambda each: closed_day(day, each), languages, _BESIDE)


def _head(key: str, languages: Sequence[Language]) -> str:
    return _both(lambda each: head(key, each), languages, _BESIDE)


def _both(words: Callable[[Language], str], languages: Sequence[Language], between: str) -> str:
    return between.join(dict.fromkeys(filter(None, map(words, languages))))
