"""The words of the dashboard: names of indicators and codes, shares, bounds, and how sure a figure is."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.accounts.authorities import register
from mpdi.clause_library import labels
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.rendering import NBSP
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.monitoring.indicators.dimensions import LAST_BAND, NOT_EURO, NOT_STATED
from mpdi.monitoring.indicators.model import Rate, Reading
from mpdi.monitoring.notice_words import NATURES, PROCEDURES, word
from mpdi.monitoring.uptake_figures import MEANS
from mpdi.monitoring.uptake_words import FEW, beyond_rounding, measured_detection
from mpdi.page import long_date, number

Names = Mapping[str, LazyString]
DASH = "–"
_ENOUGH_SEEN = 10
"""Notices in which people saw a theme, from which on detection of it is taken as measured: an assumption of ours."""

INDICATORS: Names = {
    "sustainable_clauses": _l("Sustainable (together)"),
    "environmental_clauses": _l("Environment"),
    "social_clauses": _l("Social aims"),
    "ethical_clauses": _l("Ethics"),
    "innovative_purchases": _l("Innovation (purchases)"),
    "anti_dumping_clauses": _l("Against social dumping"),
    "sme_access": _l("Open to small firms"),
    "lots_per_procedure": _l("Lots per procedure (mean)"),
    "divided_into_lots": _l("Procedures divided into lots"),
    "turnover_demanded": _l("Turnover demanded above twice the value"),
    "price_weight": _l("Weight of price or cost, in points of 100 (mean)"),
    "price_only": _l("Lots awarded on price or cost alone"),
    "tenders_per_lot": _l("Tenders received per lot (mean)"),
    "sme_tenders_per_lot": _l("Tenders of small and medium firms per lot (mean)"),
    "single_bid_lots": _l("Lots with one tender"),
    "sme_winners": _l("Lots won by a small or medium firm"),
    "payment_stated": _l("Lots whose notice says how they are paid"),
    "advance_stated": _l("Lots whose text promises an advance"),
    "lots_without_tender": _l("Lots without any tender"),
    "lots_without_sme_tender": _l("Lots without a tender of a small or medium firm"),
    "lots_not_awarded": _l("Lots not awarded"),
    "needs_bought_apart": _l("Needs bought apart"),
}
READINGS: Names = {
    "strict": _l("Declared (field made for it)"),
    "detailed": _l("Declared in detail"),
    "contradictory": _l("Contradictory"),
    "detected": _l("Said by the text"),
}
COUNTED: Names = {"procedures": _l("Procedures"), "lots": _l("Lots"), "value": _l("Value")}
SPLITS: Names = {
    "year": _l("Year"),
    "quarter": _l("Quarter"),
    "authority": _l("Authority"),
    "level": _l("Level"),
    "procedure": _l("Kind of procedure"),
    "category": _l("Category"),
    "cpv": _l("CPV division"),
    "nature": _l("Nature"),
    "value_band": _l("Value of the lot"),
    "place": _l("Place"),
}
PARTS: Names = {
    "uptake": _l("Sustainable, innovative"),
    "sme": _l("Small firms (PME+)"),
    "no_offer": _l("Without offer (MPDI 12)"),
    "apart": _l("Bought apart (MPDI 11)"),
}
FILTERS: Names = {
    "period": _l("Period"),
    "from": _l("First day"),
    "to": _l("Last day"),
    "level": _l("Level of the authority"),
    "authority": _l("Authority of the register"),
    "category": _l("Category"),
    "counted": _l("Counted by"),
    "currency": _l("Currency of values"),
    "reading": _l("Known by"),
    "theme": _l("Theme"),
    "by": _l("Told by"),
    "part": _l("Parts of the dashboard"),
}
LEVELS: Names = {
    "local": _l("Local"),
    "regional": _l("Regional"),
    "federal": _l("Federal"),
    "other": _l("Other level"),
    NOT_STATED: _l("not in the register of Brussels authorities"),
}
BANDS: Names = {
    "under_30000": _l("under 30,000 EUR"),
    "30000_to_140000": _l("30,000 to 140,000 EUR"),
    "140000_to_500000": _l("140,000 to 500,000 EUR"),
    "500000_to_1000000": _l("500,000 to 1,000,000 EUR"),
    "1000000_to_5000000": _l("1,000,000 to 5,000,000 EUR"),
    LAST_BAND: _l("5,000,000 EUR and more"),
    NOT_EURO: _l("another currency"),
}
ANSWERS: Names = {"yes": _l("yes"), "no": _l("no"), "not_stated": _l("not stated")}
_LABELS_OF = {
    "sustainable_clauses": ("environmental", "social_criterion"),
    "environmental_clauses": ("environmental",),
    "social_clauses": ("social_criterion",),
    "ethical_clauses": ("ethical",),
    "innovative_purchases": ("innovation",),
    "anti_dumping_clauses": ("anti_dumping",),
    "sme_access": ("sme",),
}
_NAMES_OF_LABELS: Names = {
    "environmental": _l("environment"),
    "social_criterion": _l("social aims"),
    "ethical": _l("ethics"),
    "innovation": _l("innovation"),
    "anti_dumping": _l("social dumping"),
    "sme": _l("small firms"),
}


def split_words(split: str, value: str) -> str:
    """How a value of a split is called; codes that nobody knows stay codes."""
    if split == "level":
        return str(LEVELS.get(value, value))
    if value == NOT_STATED:
        return _("not in the register") if split == "authority" else _("not stated")
    if split == "category":
        return _("Other purchases") if value == "general" else labels.capital(labels.category(value))
    if split == "quarter":
        year, _sign, quarter = value.partition("-Q")
        return _("Q%(quarter)s %(year)s", quarter=quarter, year=year)
    if split == "authority":
        known = register().get(value)
        return known.name_in(interface_language()) if known else value
    if split == "cpv":
        code = cpv_table().get(value.ljust(8, "0"))
        return f"{value} {code.name(interface_language())}" if code else value
    if split == "procedure":
        return labels.capital(word(PROCEDURES, value))
    names = {"nature": NATURES, "value_band": BANDS}.get(split, {})
    return str(names.get(value, value))


def period_words(period: str) -> str:
    """A period of the filter."""
    if period == "all":
        return _("All years")
    if ".." in period:
        first, last = (long_date(date.fromisoformat(day)) if day else "" for day in period.split(".."))
        return f"{first} – {last}".strip()
    if "-H" in period:
        year, _sign, half = period.partition("-H")
        return _("First half of %(year)s", year=year) if half == "1" else _("Second half of %(year)s", year=year)
    return split_words("quarter", period) if "-Q" in period else period


def percent(fraction: Decimal) -> str:
    """A fraction as a percentage: whole, with one decimal below 1 and between 99 and 100, where `< 0.1` is not nothing."""
    points = fraction * 100
    is_fine = 0 < points < 1 or 99 < points < 100
    sign, shown = beyond_rounding(points)
    return f"{sign}{_rounded(shown, 1 if is_fine else 0)}{NBSP}%"


def _rounded(value: Decimal, digits: int) -> str:
    return number(value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def whole(value: Decimal) -> str:
    """A count, or an amount without its cents."""
    return _rounded(value, 0)


def share(rate: Rate) -> str:
    """The percentage, or the mean; of few a dash."""
    if rate.rate is None or is_few(rate):
        return DASH
    return _rounded(rate.rate, 1) if rate.indicator in MEANS else percent(rate.rate)


def is_few(rate: Rate) -> bool:
    """Whether it is told as a count alone."""
    return rate.is_few(FEW)


def known(rate: Rate) -> str:
    """The coverage; of few a dash."""
    return DASH if rate.coverage is None or rate.is_of_few(FEW) else percent(rate.coverage)


def span(rate: Rate) -> str:
    """The bounds that missing data allow."""
    if rate.lower is None or rate.is_of_few(FEW):
        return DASH
    say = (lambda value: _rounded(value, 1)) if rate.indicator in MEANS else percent
    if rate.upper is None:
        return _("at least %(lower)s", lower=say(rate.lower))
    return say(rate.lower) if rate.lower == rate.upper else f"{say(rate.lower)} – {say(rate.upper)}"


def certainty(rate: Rate | None, reading: Reading, theme: str) -> str:
    """How sure the figures of a theme are, in one or two sentences."""
    if rate is None or not rate.population:
        return _("Nothing was counted.")
    stated, of_all, share_ = whole(rate.denominator), whole(rate.population), known(rate)
    if reading is Reading.DETECTED:
        said = _("The text of %(stated)s of %(all)s (%(share)s) was searched.", stated=stated, all=of_all, share=share_)
        return f"{said} {detection_words(theme)} {doubt(theme, reading.value)}".rstrip()
    if reading is Reading.DETAILED:
        return _(
            "Fields of detail mostly allow only a yes: among the %(stated)s of %(all)s that fill them in, the share is high by construction. Read the lower bound.",
            stated=stated,
            all=of_all,
        )
    if reading is Reading.CONTRADICTORY:
        return _(
            "Compared for %(stated)s of %(all)s (%(share)s): where the field is filled in and there is a detail or a searched text beside it.",
            stated=stated,
            all=of_all,
            share=share_,
        )
    return _(
        "The field made for it is filled in for %(stated)s of %(all)s (%(share)s): what is declared does not measure what is asked.",
        stated=stated,
        all=of_all,
        share=share_,
    )


def detection_words(theme: str) -> str:
    """What detection was measured to be worth for a theme."""
    measured = measured_detection()
    found = {each["label"]: each for each in measured["labels"]}
    told = [_worth(found[label]) for label in _LABELS_OF.get(theme, ()) if label in found]
    begin = _(
        "Measured on %(notices)s notices read by people (%(day)s):",
        notices=number(measured["notices"]),
        day=long_date(measured["day"]),
    )
    return f"{begin} {' ; '.join(told)}." if told else ""


def doubt(theme: str, reading: str) -> str:
    """That what the text says of a theme allows no conclusion, where people saw it in too few notices; else nothing."""
    found = {each["label"]: each for each in measured_detection()["labels"]}
    seen = [int(found[label]["right"]) + int(found[label]["missed"]) for label in _LABELS_OF.get(theme, ())]
    if reading != Reading.DETECTED.value or not seen or max(seen) >= _ENOUGH_SEEN:
        return ""
    return _("Measured on very few notices: it does not allow a conclusion.")


def _worth(label: Mapping[str, object]) -> str:
    right, wrong, missed = (int(str(label[name])) for name in ("right", "wrong", "missed"))
    places = {
        "right": right,
        "found": right + wrong,
        "seen": right + missed,
        "theme": _NAMES_OF_LABELS[str(label["label"])],
    }
    return _("%(theme)s: %(right)s of %(found)s found rightly, %(right)s of the %(seen)s that people saw", **places)
