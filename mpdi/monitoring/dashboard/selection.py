"""What a reader of the dashboard chose, as the address of the page says it. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import Counted, NoticeFacts, Reading
from mpdi.monitoring.report_queries import Scope
from mpdi.monitoring.uptake_figures import UPTAKE
from mpdi.monitoring.uptake_report import LEVELS

PARTS = ("uptake", "sme", "no_offer", "apart")
"""Uptake by theme; access of small firms (PME+); lots without an offer (MPDI 12); needs bought apart (MPDI 11)."""
BY = tuple(name for name in SPLITS if name != "format")
EVERYTHING = "all"
ANSWERS = ("yes", "no", "not_stated")
_PERIOD = re.compile(r"(\d{4})(?:-Q([1-4])|-H([12]))?")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?")
DATES = ("from", "to")
"""Names of the first and the last day in an address; together they stand for a period."""
_CODE = re.compile(r"[a-z0-9_.-]{1,80}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Selection:
    """The filters; each has a default that the address leaves out."""

    period: str = ""
    """`2026`, `2026-H2`, `2026-Q3`, `2026-01-15..2026-03-20` (one day may be left out), `all`; empty: the last two years
    that have notices."""
    level: str = ""
    authority: str = ""
    """Identifier in the register."""
    category: str = ""
    counted: str = Counted.PROCEDURES.value
    currency: str = "EUR"
    """Where values are counted: currencies are never added up."""
    reading: str = Reading.DETECTED.value
    theme: str = "sustainable_clauses"
    by: str = "category"
    part: str = PARTS[0]

    def arguments(self, **changed: str) -> dict[str, str]:
        """The query of the address, with some filters changed; without what is as it is by default."""
        told, plain = replace(self, **changed), Selection()
        names = [each.name for each in fields(self)]
        return {name: getattr(told, name) for name in names if getattr(told, name) != getattr(plain, name)}

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows what is counted."""
        return bool(self.period or self.level or self.authority or self.category)


def read_selection(given: Mapping[str, str]) -> Selection:
    """Read the query of an address; what cannot be falls back to its default."""
    period, currency = given.get("period", ""), given.get("currency", "")
    return Selection(
        period=_free_days(given) or (period if period == EVERYTHING or _is_period(period) else ""),
        level=_one_of(given, "level", LEVELS, ""),
        authority=_code(given, "authority"),
        category=_code(given, "category"),
        counted=_one_of(given, "counted", list(Counted), Counted.PROCEDURES),
        currency=currency if _CURRENCY.fullmatch(currency) else "EUR",
        reading=_one_of(given, "reading", list(Reading), Reading.DETECTED),
        theme=_one_of(given, "theme", UPTAKE, "sustainable_clauses"),
        by=_one_of(given, "by", BY, "category"),
        part=_one_of(given, "part", PARTS, PARTS[0]),
    )


def ignored_filters(given: Mapping[str, str], asked: Selection) -> list[tuple[str, str]]:
    """The filters of an address that were left at their default because their value is not known, with the value."""
    told = [(each.name, given.get(each.name, "").strip()) for each in fields(Selection)]
    are_days_taken = bool(_free_days(given))
    if are_days_taken:  # they go before a period that was chosen too
        told = [(name, value) for name, value in told if name != "period"]
    ignored = [(name, value) for name, value in told if value and value != getattr(asked, name)]
    return ignored if are_days_taken else ignored + _bad_days(given)


def _stated_days(given: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name in DATES if (value := given.get(name, "").strip())]


def _free_days(given: Mapping[str, str]) -> str:
    """The period of a first and a last day, of which one may be left out; empty where there is none."""
    stated = dict(_stated_days(given))
    period = "..".join(stated.get(name, "") for name in DATES)
    return period if stated and _range_of(period) is not None else ""


def _bad_days(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """The days that are none; both where the last one lies before the first."""
    stated = _stated_days(given)
    return [each for each in stated if _range_of(f"{each[1]}..") is None] or stated


def _range_of(period: str) -> tuple[date | None, date | None] | None:
    """The first and the last day of a period of free days; `None` where it is no such period."""
    found = _DAYS.fullmatch(period)
    if found is None or not (found[1] or found[2]):
        return None
    try:
        first, last = (date.fromisoformat(day) if day else None for day in found.groups())
    except ValueError:
        return None
    is_far = any(day is not None and not 1900 < day.year < 9000 for day in (first, last))
    return None if is_far or (first and last and last < first) else (first, last)


def _one_of(given: Mapping[str, str], name: str, known: Sequence[str], otherwise: str) -> str:
    value = given.get(name, "")
    return str(value if value in known else otherwise)


def _code(given: Mapping[str, str], name: str) -> str:
    value = given.get(name, "")
    return value if _CODE.fullmatch(value) else ""


def _is_period(text: str) -> bool:
    found = _PERIOD.fullmatch(text)
    return _range_of(text) is not None or (found is not None and 1900 < int(found[1]) < 9000)


def years_of(facts: Iterable[NoticeFacts]) -> list[str]:
    """The years that have notices, the last one first."""
    return sorted({notice.year for notice in facts if notice.year is not None}, reverse=True)


def days_of(period: str, years: Sequence[str]) -> tuple[date, date]:
    """First and last day of a period; `years`: those that have notices, the last one first."""
    if (days := _range_of(period)) is not None:
        first_day, last_day = days
        begin, end = first_day or date(int(years[-1]), 1, 1), last_day or date(int(years[0]), 12, 31)
        return (begin, max(begin, end)) if first_day else (min(begin, end), end)
    found = _PERIOD.fullmatch(period)
    if found is None:
        last = int(years[0])
        first = int(years[-1]) if period == EVERYTHING else last - 1
        return date(first, 1, 1), date(last, 12, 31)
    months = 6 if found[3] else 3 if found[2] else 12
    month = months * int(found[3] or found[2] or 1)
    return date(int(found[1]), month - months + 1, 1), date(int(found[1]), month, 31 if month in (3, 12) else 30)


def all_periods(first: str, last: str) -> list[str]:
    """Every year, or every quarter, from one to another: `2024-Q4`, `2025-Q1`, …"""
    years = range(int(first[:4]), int(last[:4]) + 1)
    if "-Q" not in first:
        return [str(year) for year in years]
    every = [f"{year}-Q{quarter}" for year in years for quarter in range(1, 5)]
    return [period for period in every if first <= period <= last]


def scope_of(selection: Selection, years: Sequence[str]) -> Scope:
    """What is counted; an authority says more than its level."""
    first, last = days_of(selection.period, years)
    level = selection.level if not selection.authority else ""
    return Scope(
        first, last, authority=selection.authority or None, level=level or None, category=selection.category or None
    )


def narrowed(facts: Iterable[NoticeFacts], scope: Scope) -> list[NoticeFacts]:
    """The facts in scope."""
    return [kept for notice in facts if (kept := scope.narrow(notice)) is not None]
