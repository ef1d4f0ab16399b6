"""The verification plan as iCalendar (RFC 5545): a day or a series of days for each check.

A check without a day is a task. Many telephones show no tasks, so one whole day lists those of the tenders and another
those of the execution, to be moved by whoever keeps the calendar.
"""

import datetime
from collections.abc import Iterator, Sequence
from hashlib import sha256

from icalendar import Event, Todo
from icalendar.prop import vRecur

from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.calendar import write_calendar
from mpdi.specifications.verification import Phase, PlannedCheck, VerificationPlan
from mpdi.specifications.verification_dates import last_day_of
from mpdi.specifications.verification_words import (
    capital,
    checker,
    closed_days,
    due_words,
    figures_words,
    giver_words,
    head,
    word,
)
from mpdi.specifications.words import label

MEDIA_TYPE = "text/calendar"
_TIME_ZONE = "Europe/Brussels"
_ONE_DAY = datetime.timedelta(days=1)


def write_plan_calendar(plan: VerificationPlan) -> bytes:
    """Return the plan as an .ics; the same plan gives the same bytes.

    Days are whole and take no time in a calendar. A check keeps its identifier when the start of the execution moves, so
    that a calendar which reads the file again moves its days.
    """
    languages: Sequence[Language] = LANGUAGES if plan.language == "fr+nl" else (plan.language,)
    names = dict.fromkeys(word("kind", each) for each in languages)
    name = " – ".join(filter(None, (" / ".join(names), plan.reference)))
    entries = (entry for check in plan.checks for entry in _entries(check, plan, languages))
    events = [*_days_of_lists(plan, languages), *entries]
    return write_calendar("Verification plan//FR-NL", name, events, time_zone=_TIME_ZONE)


def _days_of_lists(plan: VerificationPlan, languages: Sequence[Language]) -> Iterator[Event]:
    """The checks that have no day, listed on one: up to the award, on that of the publication; the others at the start."""
    undated = [check for check in plan.checks if not check.schedule.is_dated]
    tender = [check for check in undated if check.consequence_phase is Phase.TENDER]
    if tender:
        key = "one_of_tender" if len(tender) == 1 else "day_of_tender"
        yield _list_of(tender, key, "move_tender", plan.publication_date, plan, languages)
    others = [check for check in undated if check.consequence_phase is Phase.EXECUTION]
    if others:
        day = plan.execution.start or plan.publication_date
        yield _list_of(others, "day_of_undated", "move_undated", day, plan, languages)


def _list_of(
    checks: Sequence[PlannedCheck],
    name: str,
    advice: str,
    day: datetime.date,
    plan: VerificationPlan,
    languages: Sequence[Language],
) -> Event:
    event = Event()
    event.add("uid", f"{name}-{_purchase_mark(plan)}@mpdi".replace("_", "-"))
    event.add("dtstamp", datetime.datetime.combine(plan.publication_date, datetime.time(), datetime.UTC))
    event.add("summary", " / ".join(dict.fromkeys(word(name, each, count=len(checks)) for each in languages)))
    parts = ("\n".join([word(advice, each), *(_line(check, each) for check in checks)]) for each in languages)
    event.add("description", "\n\n".join(parts))
    _set_day(event, day)
    return event


def _line(check: PlannedCheck, language: Language) -> str:
    when = word("only_if", language).lower() + " …" if check.is_conditional else label("moment", check.moment, language)
    return f"– {check.clause_id} {check.receive[language]}: {check.check[language]} ({when})"


def _entries(check: PlannedCheck, plan: VerificationPlan, languages: Sequence[Language]) -> Iterator[Event | Todo]:
    series, single = _series(check, plan.execution.start)
    if series:
        event = Event()
        _fill(event, check, plan, languages, "")
        _set_day(event, series[0])
        event.add("rrule", _rule(check, series))
        yield event
    for count, day in enumerate(single, len(series) + 1):
        event = Event()
        _fill(event, check, plan, languages, f"-{count}" if check.schedule.every_months else "")
        _set_day(event, day)
        yield event
    if not check.schedule.is_dated:
        task = Todo()
        _fill(task, check, plan, languages, "")
        task.add("status", "NEEDS-ACTION")
        yield task


def _series(
    check: PlannedCheck, start: datetime.date | None
) -> tuple[tuple[datetime.date, ...], tuple[datetime.date, ...]]:
    """Part the days of a check into a series that one rule says, and those that stand alone.

    A rule says days of one number in their month, or last days of months; a last day after a shorter period stands alone.
    """
    days, months = check.schedule.dates, check.schedule.every_months
    if months is None or start is None:
        return (), days
    regular = [day for count, day in enumerate(days, 1) if day == last_day_of(start, count * months)]
    is_last_of_month = all((day + _ONE_DAY).day == 1 for day in regular)
    if len(regular) < 2 or not (is_last_of_month or len({day.day for day in regular}) == 1):
        return (), days
    return tuple(regular), tuple(days[len(regular) :])


def _rule(check: PlannedCheck, series: Sequence[datetime.date]) -> vRecur:
    rule: dict[str, object] = {"freq": "MONTHLY", "interval": check.schedule.every_months, "until": series[-1]}
    if (series[0] + _ONE_DAY).day == 1:
        rule["bymonthday"] = -1
    return vRecur(rule)


def _fill(
    entry: Event | Todo, check: PlannedCheck, plan: VerificationPlan, languages: Sequence[Language], suffix: str
) -> None:
    entry.add("uid", f"{check.key.replace(':', '-')}{suffix}-{_purchase_mark(plan)}@mpdi")
    entry.add("dtstamp", datetime.datetime.combine(plan.publication_date, datetime.time(), datetime.UTC))
    received = dict.fromkeys(capital(check.receive[each]) for each in languages)
    entry.add("summary", f"{check.clause_id} – {' / '.join(received)}")
    entry.add("description", "\n\n".join(_description(check, each) for each in languages))
    entry.add("categories", [" / ".join(dict.fromkeys(label("moment", check.moment, each) for each in languages))])


def _description(check: PlannedCheck, language: Language) -> str:
    named = (
        ("clause", f"{check.reference} {check.title[language]}"),
        ("giver", giver_words(check, language)),
        ("who", checker(check, language)),
        ("how", check.how[language]),
        ("figures", figures_words(check, language)),
        ("sanction", check.sanction[language]),
    )
    lines = [f"{head(key, language)}: {words}" for key, words in named]
    if not check.schedule.is_dated:
        moment = label("moment", check.moment, language)
        has_condition = check.is_conditional
        lines.insert(0, capital(due_words(check, language)) if has_condition else word("task", language, moment=moment))
    elif check.moment == "yearly_unannounced":
        lines.insert(0, word("use_unannounced", language))
    closed = closed_days(check.schedule.dates, language)
    if closed:
        lines += [word("closed_days", language, days=closed), word("use_closed_days", language)]
    if check.legal_review != "signed":
        lines.append(word("review_pending", language))
    return "\n".join(lines)


def _set_day(event: Event, day: datetime.date) -> None:
    event.add("dtstart", day)
    event.add("dtend", day + _ONE_DAY)
    event.add("transp", "TRANSPARENT")


def _purchase_mark(plan: VerificationPlan) -> str:
    """What tells the checks of one purchase from those of another: its reference, else its object; no date, dates move."""
    names = (plan.authority.fr, plan.reference or plan.object.fr)
    return sha256("\n".join(names).encode()).hexdigest()[:16]
