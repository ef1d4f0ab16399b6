"""What the closed lists of the price check are called on a page."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.rendering import NBSP
from mpdi.clause_library.core.said import Said
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.price_check.core.check import Verdict
from mpdi.price_check.core.display import plain, written
from mpdi.price_check.core.model import Answer, CostShare
from mpdi.price_check.core.observatory import Consultation
from mpdi.price_check.core.steps import cost_words

ANSWERS: dict[str, LazyString] = {
    Answer.YES: _l("Yes"),
    Answer.NO: _l("No"),
    Answer.UNKNOWN: _l("Not known"),
}
WAGE_CERTAINTIES: dict[str, LazyString] = {
    Certainty.GENERAL_KNOWLEDGE: _l("Still to be checked in a source"),
    Certainty.PARTLY: _l("Source read in part"),
    Certainty.VERIFIED: _l("Read in the source named"),
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
    """Return what the core says, in the language of the interface, its numbers written as that language writes them."""
    if not isinstance(words, Said):
        return words
    values = {key: _told_value(key, value) for key, value in words.values.items()}
    template = _(words.template)
    return template % values if values else template


def _told_value(key: str, value: object) -> object:
    if isinstance(value, Said):
        return told(value)
    if isinstance(value, Decimal):
        return given(value)
    # The upper bound of a number comes grouped by spaces, for the command line.
    return given(Decimal(value.replace(" ", ""))) if key == "high" and isinstance(value, str) else value


def share_words(shares: Sequence[CostShare]) -> str:
    """Name shares with their percentages, in the language of the interface."""
    return ", ".join(f"{told(cost_words(share.cost)).lower()} {given(share.percent)}{NBSP}%" for share in shares)


def money(value: Decimal | None) -> str:
    """Write a number with two decimals in the language of the interface; a dash where there is none."""
    return "–" if value is None else written(value, interface_language())


def given(value: Decimal) -> str:
    """Write a number with the decimals it has and no more."""
    return plain(value, interface_language())
