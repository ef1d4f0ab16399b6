"""The words of the closed lists of a follow-up log, in the language of the request."""

import datetime
from collections.abc import Mapping
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi import public_holidays
from mpdi.clause_library.core.rendering import format_number
from mpdi.follow_up.amounts import eur
from mpdi.follow_up.vocabulary import Decided, EntryKind, Standing
from mpdi.i18n import interface_language

ENTRY_KINDS: Mapping[EntryKind, LazyString] = {
    EntryKind.DONE: _l("Checked, in order"),
    EntryKind.SHORTCOMING: _l("Shortcoming found"),
    EntryKind.RESOLVED: _l("Shortcoming made good"),
    EntryKind.NOT_APPLICABLE: _l("Does not apply to this contract"),
    EntryKind.REMARK: _l("Remark only"),
    EntryKind.REPORT_SENT: _l("Report of the shortcoming sent"),
    EntryKind.ANSWER_RECEIVED: _l("Answer of the contractor received"),
    EntryKind.DECISION: _l("Decision taken"),
    EntryKind.PENALTY: _l("Penalty applied"),
    EntryKind.VISIT: _l("Site visit"),
    EntryKind.FACTS: _l("Start or contractor changed"),
    EntryKind.UNDO: _l("Taken back"),
}
GROUPS: Mapping[Standing, LazyString] = {
    Standing.SHORTCOMING: _l("Shortcomings open"),
    Standing.LATE: _l("Late"),
    Standing.NOW: _l("Due now"),
    Standing.SOON: _l("Due soon"),
    Standing.EACH_TIME: _l("At each delivery or invoice"),
    Standing.UNDATED: _l("Without a date"),
    Standing.ONLY_IF: _l("Only if something happens"),
    Standing.LATER: _l("Later"),
    Standing.DONE: _l("Done"),
}
"""The heads of groups of checks. Of one check: `standing`."""
FOLDED = (Standing.EACH_TIME, Standing.ONLY_IF, Standing.LATER, Standing.DONE)
"""Groups that no day calls for now: a page shows how many there are, and their checks when they are asked for."""
_OF_ONE: Mapping[Standing, LazyString] = {Standing.SHORTCOMING: _l("Shortcoming open")}
STANDING_SIGNS: Mapping[Standing, tuple[str, str]] = {
    Standing.SHORTCOMING: ("block", "✕"),
    Standing.LATE: ("block", "!"),
    Standing.NOW: ("warn", "!"),
    Standing.SOON: ("suggested", "+"),
    Standing.EACH_TIME: ("suggested", "↻"),
    Standing.UNDATED: ("out", "?"),
    Standing.ONLY_IF: ("out", "⋯"),
    Standing.LATER: ("out", "–"),
    Standing.DONE: ("verified", "✓"),
}
"""The class of the mark and its sign: the word stands beside it always."""
DECISIONS: Mapping[Decided, LazyString] = {
    Decided.PENALTY: _l("Apply a penalty"),
    Decided.NO_PENALTY: _l("Apply no penalty"),
    Decided.OTHER: _l("Another measure"),
}
SEEN: Mapping[str, LazyString] = {
    "done": _l("In order"),
    "shortcoming": _l("Not in order"),
    "not_seen": _l("Not seen"),
}
"""What a line of a site visit can say."""


FIELDS: Mapping[str, LazyString] = {
    "due": _l("For the check due on"),
    "until": _l("Up to and with the check due on"),
    "instead_of": _l("Counted before for the check due on"),
    "place": _l("Place"),
    "by": _l("Checked by (function)"),
    "evidence": _l("Evidence"),
    "shortcoming": _l("What falls short"),
    "measure": _l("Measure asked of the contractor"),
    "measure_due": _l("To be done by"),
    "letter": _l("Reference of the letter"),
    "decision": _l("Decision"),
    "amount": _l("Amount"),
    "reckoning": _l("How it was reckoned"),
    "cap": _l("Maximum of the clause"),
    "reasons": _l("Reasons"),
    "remark": _l("Remark"),
}
"""What entries hold, in the order in which it is read."""
DAYS = ("due", "until", "instead_of", "measure_due")
"""Those of the fields that are days."""


def entry_kind(kind: EntryKind) -> str:
    """Return what an entry says."""
    return str(ENTRY_KINDS[kind])


def standing(value: Standing) -> str:
    """Return how one check stands, in words."""
    return str(_OF_ONE.get(value, GROUPS[value]))


def group(value: Standing) -> str:
    """Return the head of the checks that stand so."""
    return str(GROUPS[value])


def decided(value: str) -> str:
    """Return a decision in words."""
    return str(DECISIONS[Decided(value)])


def amount(value: Decimal | str) -> str:
    """Write an amount in the language of the interface: “6 000,00 EUR”."""
    return eur(value, interface_language())


def number(value: Decimal) -> str:
    """Write a number in the language of the interface, without needless zeros."""
    return format_number(value, interface_language())


def closed_day(day: datetime.date) -> str:
    """Say why an office is closed on a day, in the language of the interface; empty where it is open."""
    return public_holidays.closed_day(day, interface_language())


def day(text: str) -> datetime.date:
    """Return a day as entries hold it: `2027-01-31`."""
    return datetime.date.fromisoformat(text)
