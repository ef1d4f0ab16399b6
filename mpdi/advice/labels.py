"""What the helpers' closed lists are called on a page."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.advice.core.model import Outcome
from mpdi.clause_library.core.said import Said
from mpdi.i18n import translate as _

OUTCOMES: dict[str, LazyString] = {
    Outcome.DUTY: _l("Duty"),
    Outcome.FREE: _l("No duty"),
    Outcome.ALLOWED: _l("Allowed"),
    Outcome.FORBIDDEN: _l("Not allowed"),
    Outcome.OPEN: _l("Check first"),
}
SIGNS = {
    Outcome.DUTY: ("warn", "!"),
    Outcome.FREE: ("out", "–"),
    Outcome.ALLOWED: ("verified", "✓"),
    Outcome.FORBIDDEN: ("block", "✕"),
    Outcome.OPEN: ("partly", "?"),
}
"""Class and sign of the mark of an outcome: a word always stands beside it."""
UNITS: dict[str, LazyString] = {
    "months": _l("months"),
    "days": _l("days"),
}


def told(words: str) -> str:
    """Return what the core says, in the language of the interface."""
    return words.told(_) if isinstance(words, Said) else words


def unit(name: str) -> str:
    """Return a unit in words where it is a word; EUR and % stay."""
    return str(UNITS.get(name, name))
