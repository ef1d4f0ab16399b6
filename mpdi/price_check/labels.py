"""What the closed lists of the price check are called on a page."""

from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.said import Said
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.price_check.core.check import Verdict
from mpdi.price_check.core.display import plain, written
from mpdi.price_check.core.model import Answer
from mpdi.price_check.core.observatory import Consultation

ANSWERS: dict[str, LazyString] = {
    Answer.YES: _l("Yes"),
    Answer.NO: _l("No"),
    Answer.UNKNOWN: _l("Not known"),
}
VERDICTS: dict[str, LazyString] = {
    Verdict.MUST: _l("Must be questioned"),
    Verdict.MAY: _l("May be questioned"),
    Verdict.NONE: _l("Nothing found here"),
}
CONSULTATIONS: dict[str, LazyString] = {
    Consultation.MUST: _l("The opinion must be asked before the award"),
    Consultation.MUST_IF_UNEXPLAINED: _l("The opinion must be asked if the answers do not explain the price"),
    Consultation.CHECK_FIRST: _l("Check first: the opinion may be compulsory"),
    Consultation.MAY: _l("The opinion may be asked"),
    Consultation.NOT_PROVIDED: _l("Not provided for this buyer"),
}
SIGNS = {
    Verdict.MUST: ("block", "!"),
    Verdict.MAY: ("warn", "?"),
    Verdict.NONE: ("out", "–"),
}
"""Class and sign of the mark of a verdict: a word always stands beside it."""


def told(words: str) -> str:
    """Return what the core says, in the language of the interface."""
    return words.told(_) if isinstance(words, Said) else words


def money(value: Decimal | None) -> str:
    """Write a number with two decimals in the language of the interface; a dash where there is none."""
    return "–" if value is None else written(value, interface_language())


def given(value: Decimal) -> str:
    """Write a number with the decimals it has and no more."""
    return plain(value, interface_language())
