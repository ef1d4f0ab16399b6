"""The penalty procedure of one check: its steps, the days the law gives, and what stands next. Pure.

Nothing is reckoned as law that `clauses/law/numbers.yaml` does not hold: the days to answer and how sure we are of them.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mpdi.clause_library.core.law_numbers import DatedValue, LawNumberNotInForceError, LawNumbers
from mpdi.follow_up.state import Entry
from mpdi.follow_up.vocabulary import PROCEDURE, Decided, EntryKind
from mpdi.public_holidays import next_open_day
from mpdi.specifications.verification_clause import Cap

ANSWER_DAYS = "breach_answer_days"
"""The key of the number of law: days to answer the report of a shortcoming."""
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Procedure:
    """How far a procedure is: the last step of each kind since the last report was sent.

    `answer_days`: the number of law on the day of the report, None where none is known for that day.
    `found_on`: the first day on which something was found that a report could be about; None where nothing was.
    """

    steps: dict[EntryKind, Entry]
    answer_days: DatedValue | None
    found_on: datetime.date | None

    @property
    def report(self) -> Entry | None:
        """The report that was sent."""
        return self.steps.get(EntryKind.REPORT_SENT)

    @property
    def last_day_to_answer(self) -> datetime.date | None:
        """The day of sending and so many calendar days; None before a report, or where the law's number is not known."""
        if self.report is None or self.answer_days is None:
            return None
        return self.report.day + datetime.timedelta(days=int(self.answer_days.value))

    @property
    def open_day_after(self) -> datetime.date | None:
        """The first open day after a last day on which offices are closed; None where they are open on it.

        Whether the last day moves there was not read in a source: nothing is reckoned with it.
        """
        last = self.last_day_to_answer
        if last is None or next_open_day(last) == last:
            return None
        return next_open_day(last)

    @property
    def next(self) -> EntryKind | None:
        """The step that comes next; None when nothing is left. An answer may never come: a decision may follow without."""
        if self.found_on is None or EntryKind.PENALTY in self.steps:
            return None
        decision = self.steps.get(EntryKind.DECISION)
        if decision is not None:
            return EntryKind.PENALTY if decision.data.get("decision") == Decided.PENALTY else None
        if EntryKind.ANSWER_RECEIVED in self.steps:
            return EntryKind.DECISION
        return EntryKind.REPORT_SENT if self.report is None else EntryKind.ANSWER_RECEIVED

    @property
    def possible(self) -> tuple[EntryKind, ...]:
        """The steps that can be noted now."""
        if self.next is EntryKind.ANSWER_RECEIVED:
            return (EntryKind.ANSWER_RECEIVED, EntryKind.DECISION)
        return (self.next,) if self.next is not None else ()

    def is_too_early_to_punish(self, day: datetime.date) -> bool:
        """Whether the time to answer still runs on a day and no answer came: silence is told only when it is over."""
        last = self.last_day_to_answer
        return EntryKind.ANSWER_RECEIVED not in self.steps and last is not None and day <= last

    def is_time_to_answer_over(self, today: datetime.date) -> bool:
        """Whether the last day to answer has passed."""
        return self.last_day_to_answer is not None and today > self.last_day_to_answer


def procedure_of(entries: Sequence[Entry], numbers: LawNumbers, today: datetime.date) -> Procedure:
    """Return the procedure that the entries of one check tell; those that were taken back do not count."""
    steps: dict[EntryKind, Entry] = {}
    found: list[datetime.date] = []
    for entry in entries:
        if entry.kind is EntryKind.SHORTCOMING:
            if _is_over(steps):
                steps, found = {}, []
            found.append(entry.day)
        if entry.kind is EntryKind.REPORT_SENT:
            steps = {}
        if entry.kind in PROCEDURE:
            steps[entry.kind] = entry
    report = steps.get(EntryKind.REPORT_SENT)
    try:
        days = numbers.number(ANSWER_DAYS).on(report.day if report else today)
    except LawNumberNotInForceError:
        days = None
    return Procedure(steps, days, min(found, default=None))


def _is_over(steps: dict[EntryKind, Entry]) -> bool:
    report = steps.get(EntryKind.REPORT_SENT)
    return report is not None and Procedure(steps, None, report.day).next is None


def reckoned(unit_amount: Decimal, count: Decimal) -> Decimal:
    """Return what a fixed amount comes to for so many breaches, days or hours, to the cent (EUR)."""
    return (unit_amount * count).quantize(_CENT, ROUND_HALF_UP)


def limit_of(cap: Cap, base: Decimal | None) -> Decimal | None:
    """Return the highest penalty in EUR, to the cent; None where it is a share of an amount that is not known."""
    if not cap.is_percent:
        return cap.number.quantize(_CENT, ROUND_HALF_UP)
    return None if base is None else (base * cap.number / 100).quantize(_CENT, ROUND_HALF_UP)
