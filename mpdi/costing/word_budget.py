"""The sections of a report on budgets: each offer beside the first, and year by year what the two parts of a budget pay."""

from collections.abc import Iterator
from typing import Literal

from mpdi.costing.numbers import NOTHING, money, percent
from mpdi.costing.result_book_words import words_in
from mpdi.costing.word_charts import cumulative_chart, year_chart
from mpdi.documents.model import Paragraph, ParagraphKind, Section, Table, content
from mpdi.lcc.budget import MANDATE, BudgetView, budget_view, budget_years
from mpdi.lcc.model import Result

Language = Literal["fr", "nl"]
MOST_TABLES = 6
"""Offers that are shown year by year; of more than these only the first and the cheapest, so that a report stays one."""


def budget_sections(result: Result, language: Language) -> Iterator[Section]:
    """The comparison with the first offer, where there is one to compare, and the tables by year."""
    say = words_in(language)
    base = result.alternatives[0]
    compared = [place for place, each in enumerate(result.alternatives) if place and each.years == base.years]
    if compared:
        note = Paragraph(content(say("budget_note").format(base=base.name)), ParagraphKind.KEPT)
        yield Section(say("budget"), 1, (note, cumulative_chart(result, language), _views(result, compared, language)))
    shown = range(len(result.alternatives))
    places = list(shown) if len(shown) <= MOST_TABLES else sorted({0, result.ranking[0]})
    tables = tuple(_years(result, place, language) for place in places)
    yield Section(say("budget_years"), 1, (year_chart(result, language), *tables))


def _views(result: Result, places: list[int], language: Language) -> Table:
    say = words_in(language)
    header = (
        *(say(key) for key in ("offer", "extra_now", "first_saving", "payback", "gain_over_life")),
        say("after_mandate").format(mandate=MANDATE),
    )
    rows = tuple(
        tuple(map(content, _view_cells(budget_view(result, place), language, say("never")))) for place in places
    )
    return Table(say("budget"), header, rows, (18, 16, 16, 17, 18, 15), right_aligned=(1, 2, 3, 4, 5))


def _view_cells(view: BudgetView, language: Language, never: str) -> tuple[str, ...]:
    share = view.share_after_mandate
    return (
        view.name,
        money(view.extra_now, language),
        money(view.first_year_saving, language),
        _earned_back(view, never),
        money(view.gain_over_life, language),
        NOTHING if share is None or share < 0 else percent(share, language),
    )


def _earned_back(view: BudgetView, never: str) -> str:
    if view.extra_now <= 0:
        return NOTHING
    return never if view.earned_back is None else str(view.earned_back)


def _years(result: Result, place: int, language: Language) -> Table:
    say = words_in(language)
    offer, base = result.alternatives[place], result.alternatives[0]
    gains = budget_view(result, place).cumulative if place and offer.years == base.years else None
    header = [say("year"), say("investment"), say("operation"), *([say("gain_so_far")] if gains else [])]
    rows = []
    for each in budget_years(offer):
        cells = [str(each.year), money(each.investment, language), money(each.operation, language)]
        if gains:
            cells.append(money(gains[each.year], language))
        rows.append(tuple(map(content, cells)))
    widths = (16.0, 28.0, 28.0, 28.0) if gains else (20.0, 40.0, 40.0)
    return Table(
        offer.name, tuple(header), tuple(rows), widths, right_aligned=tuple(range(1, len(header))), is_dense=True
    )
