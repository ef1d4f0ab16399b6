"""What a profile keeps of where its amounts come from: one paragraph in the language of the plan."""

import datetime
from decimal import Decimal

from mpdi.action_plans.core.figure_words import in_language, joined, money, numbered, sentence
from mpdi.action_plans.core.line_counts import SpendingCount
from mpdi.action_plans.core.profile import PlanLanguage
from mpdi.clause_library.core.model import Bilingual

_LONGEST_NAME = 80


def spreadsheet_note(file: str, count: SpendingCount, language: PlanLanguage) -> str:
    """Return what was counted of a file, of which time, and what was not."""
    name = " ".join(file.split())[-_LONGEST_NAME:]
    said = sentence(
        "from_spreadsheet",
        file=name,
        lines=numbered(count.lines),
        amount=money(count.amount),
        span=_span(count),
        left=_left(count),
    )
    return in_language(said, language)


def month(day: datetime.date) -> str:
    """Write a month as both languages do: 03/2025."""
    return f"{day.month:02d}/{day.year}"


def _span(count: SpendingCount) -> Bilingual:
    if count.first is not None and count.last is not None:
        key = "span_dated" if count.months >= 12 else "span_short"
        return sentence(key, first=month(count.first), last=month(count.last))
    if count.covered_years > 1:
        return sentence("span_years", years=numbered(count.covered_years))
    return sentence("span_year")


def _left(count: SpendingCount) -> Bilingual:
    lines = len(count.left)
    amounts: dict[str, Decimal] = {key: each for key, each in count.left_amounts().items() if each}
    if not lines:
        return sentence("left_none")
    if not amounts:
        return sentence("left_plain", lines=numbered(lines))
    said = joined([money(amount, currency) for currency, amount in amounts.items()], " + ")
    return sentence("left_lines", lines=numbered(lines), amounts=said)
