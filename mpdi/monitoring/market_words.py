"""The reasons of `openness` in words, with their numbers."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.monitoring.openness import Reason
from mpdi.page import number

NOT_STATED: dict[str, LazyString] = {
    "suitable": _l("whether it suits small and medium enterprises"),
    "value": _l("its value"),
    "turnover": _l("whether a turnover is asked"),
    "advance": _l("an advance"),
}
REASONS: dict[str, LazyString] = {
    "suitable": _l("declared suitable for small and medium enterprises"),
    "reserved": _l("reserved participation"),
    "small": _l("a lot of at most 100,000 EUR"),
}
"""What may be asked for."""


_SENTENCES: dict[str, LazyString] = {
    "suitable": _l("The buyer declares it suitable for small and medium enterprises."),
    "unsuitable": _l("The buyer declares it not suitable for small and medium enterprises."),
    "reserved": _l(
        "Reserved: only sheltered workshops, firms that employ disadvantaged people, or organisations with a public service mission may tender."
    ),
    "lots": _l("Divided into %(number)s lots."),
    "limit": _l("One tenderer wins at most %(number)s of them."),
    "all_required": _l("Tenders must be for all lots."),
    "small": _l("The smallest lot is estimated at %(amount)s."),
    "small_whole": _l("Small: estimated at %(amount)s in all."),
    "one_lot": _l("Not divided into lots."),
    "one_lot_of": _l("Not divided into lots: %(amount)s in one."),
    "turnover": _l("A yearly turnover of %(amount)s is asked: %(share)s %% of the estimated value."),
    "turnover_high": _l(
        "A yearly turnover of %(amount)s is asked: %(share)s %% of the estimated value. More than twice is lawful only with a reason."
    ),
    "turnover_alone": _l("A yearly turnover of %(amount)s is asked; the value is not stated."),
    "turnover_unknown": _l("A turnover is asked; its amount is not stated as a figure."),
    "no_turnover": _l("No turnover is asked among its conditions."),
    "advance": _l("An advance is promised."),
    "words": _l("Its text says: “%(words)s”."),
}


def reason_words(reason: Reason) -> str:
    """One fact as a sentence, the lots it is of behind it."""
    code = "turnover_alone" if reason.code == "turnover" and reason.number is None else reason.code
    values = {
        "amount": f"{number(reason.amount)} {reason.currency or ''}".strip(),
        "number": number(reason.number),
        "share": number((reason.number or Decimal(0)) * 100 // 1),
        "words": reason.words or "",
    }
    said = str(_SENTENCES[code]) % values
    return f"{said} ({', '.join(reason.lots[:6])}{', …' if len(reason.lots) > 6 else ''})" if reason.lots else said


def not_stated_words(codes: Sequence[str]) -> str:
    """What is not stated, in one line."""
    return ", ".join(str(NOT_STATED[code]) for code in codes)
