"""A log as a workbook: the checks as they stand, and everything noted: words, and days as dates that sort."""

import datetime
from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from mpdi import clock
from mpdi.clause_library.core.vocabulary import Language
from mpdi.documents.workbook import Cell, Column, Sheet, Workbook, write_workbook
from mpdi.follow_up import labels
from mpdi.follow_up.amounts import eur
from mpdi.follow_up.queries import OpenLog
from mpdi.follow_up.state import CheckState, Entry
from mpdi.follow_up.vocabulary import EntryKind
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.words import label


def write_log(log: OpenLog, checks: Sequence[CheckState], language: Language, day: datetime.date) -> bytes:
    """Return the log as an .xlsx; its heads are in the language that `gettext` speaks, its clauses in `language`."""
    title = " – ".join(filter(None, (_("Follow-up of the contract"), log.plan.object[language])))
    sheets = (_contract(log, language), _checks(checks, language), _history(log, language))
    return write_workbook(Workbook(title, day, sheets, log.plan.authority[language]))


def _contract(log: OpenLog, language: Language) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Reference"), log.plan.reference),
        (_("Purchase"), log.plan.object[language]),
        (_("Contracting authority"), log.plan.authority[language]),
        (_("Contractor (as the buyer wrote it)"), log.contractor),
        (_("Start of the execution"), log.start or ""),
        (_("Legal review"), _("pending")),
    )
    return Sheet(_("Contract"), (Column(_("What"), 34), Column(_("Value"), 60)), rows)


def _checks(checks: Sequence[CheckState], language: Language) -> Sheet:
    heads = (
        (_("Code"), 25),
        (_("Version"), 9),
        (_("Clause"), 30),
        (_("Checks"), 46),
        (_("What to receive"), 30),
        (_("When"), 18),
        (_("Who checks"), 20),
        (_("State"), 20),
        (_("Due next"), 13),
        (_("Last noted"), 24),
        (_("Shortcoming open"), 40),
    )
    columns = tuple(Column(head, width) for head, width in heads)
    return Sheet(_("Checks"), columns, tuple(_check(each, language) for each in checks), frozen_columns=1)


def _check(state: CheckState, language: Language) -> tuple[Cell, ...]:
    check, last, shortcoming = state.check, state.last, state.open_shortcoming
    return (
        check.key,
        check.version,
        check.title[language],
        check.check[language],
        check.receive[language],
        label("moment", check.moment, language),
        label("who", check.who, language),
        labels.standing(state.standing),
        state.due or "",
        f"{labels.entry_kind(last.kind)}, {write_date(last.day)}" if last else "",
        str(shortcoming.data.get("shortcoming", "")) if shortcoming else "",
    )


def _history(log: OpenLog, language: Language) -> Sheet:
    heads = (
        (_("Entry"), 8),
        (_("Day"), 13),
        (_("Code"), 25),
        (_("What"), 28),
        (_("Taken back"), 12),
        (_("Checked by (function)"), 24),
        (_("Words"), 80),
        (_("Written on"), 18),
    )
    columns = tuple(Column(head, width) for head, width in heads)
    return Sheet(_("History"), columns, tuple(_entry(each, language) for each in log.entries), frozen_columns=1)


def _entry(entry: Entry, language: Language) -> tuple[Cell, ...]:
    return (
        str(entry.number),
        entry.day,
        entry.check_key,
        labels.entry_kind(entry.kind),
        _("yes") if entry.is_undone else "",
        str(entry.data.get("by", "")),
        "\n".join(words_of_entry(entry, language)),
        clock.aware(entry.written_at).astimezone(clock.BRUSSELS).replace(tzinfo=None, second=0, microsecond=0),
    )


def words_of_entry(entry: Entry, language: Language) -> Iterator[str]:
    """Yield what an entry says, one line for each field that says something."""
    if entry.kind is EntryKind.UNDO:
        yield _("entry %(number)s", number=entry.data.get("number"))
        return
    for name, title in labels.FIELDS.items():
        value = entry.data.get(name)
        if value not in (None, "") and name != "by":
            yield f"{title}: {_said(name, value, language)}"


def _said(name: str, value: object, language: Language) -> str:
    if name in labels.DAYS:
        return write_date(labels.day(str(value)))
    if name == "decision":
        return labels.decided(str(value))
    return eur(str(value), language) if name == "amount" else str(value)
