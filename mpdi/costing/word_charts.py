"""The charts of a report: components, what was spent up to each year, what each year asks; each beside its table."""

from decimal import Decimal
from typing import Literal

from mpdi.costing.charts import STROKES, Group, Line, Span, axis, crossings, grouped_bars, lines, spans, year_bars
from mpdi.costing.examples import word
from mpdi.costing.numbers import money, number
from mpdi.costing.presentation import components, cumulative
from mpdi.costing.result_book_words import words_in
from mpdi.costing.table_words import TableWords
from mpdi.costing.uncertainty import Uncertain
from mpdi.costing.uncertainty_words import name_of
from mpdi.documents.model import Picture
from mpdi.lcc.model import Result, category_of

Language = Literal["fr", "nl"]
MOST = len(STROKES)
"""Offers that can be told apart in a picture."""


def charted(result: Result) -> tuple[int, ...]:
    """The offers that the charts show, in the order of the case: all, or the first one and the cheapest of the others."""
    first = [0, *(place for place in result.ranking if place)]
    return tuple(sorted(first[:MOST]))


def component_chart(result: Result, language: Language) -> Picture:
    """Present value by component, and in all."""
    say = words_in(language)
    offers = charted(result)
    names = [result.alternatives[place].name for place in offers]
    rows = [(word("components", category_of(key) or key, language), amounts) for key, amounts in components(result)]
    rows.append((say("total"), tuple(each.lcc for each in result.alternatives)))
    groups = [
        Group(title, tuple((name, amounts[at], money(amounts[at], language)) for name, at in zip(names, offers, strict=True)))
        for title, amounts in rows
    ]  # fmt: skip
    sums = "; ".join(
        say("chart_sum").format(name=name, amount=money(result.alternatives[at].lcc, language))
        for name, at in zip(names, offers, strict=True)
    )
    return Picture(grouped_bars(say("by_component"), groups), say("chart_components").format(sums=sums))


def cumulative_chart(result: Result, language: Language) -> Picture:
    """What was spent up to each year; where a dearer offer comes below the first is marked."""
    say = words_in(language)
    sums = cumulative(result)
    drawn = [Line(result.alternatives[at].name, sums[at]) for at in charted(result) if _is_as_long(result, at)]
    base = drawn[0].name
    said = [
        say("crossing").format(name=each.name, base=base, year=found[0].reached)
        for each in drawn[1:]
        if (found := crossings([drawn[0], each], ""))
    ]
    words = " ".join(said) or say("no_crossing").format(base=base)
    marks = crossings(drawn, say("crossing_short"))
    svg = lines(say("spent_so_far"), drawn, say("year").lower(), _marks(drawn, language), marks)
    return Picture(svg, say("chart_cumulative").format(crossings=words))


def year_chart(result: Result, language: Language) -> Picture:
    """What each year asks of the budgets."""
    say = words_in(language)
    offers = (each for each in charted(result) if _is_as_long(result, each))
    drawn = [Line(result.alternatives[at].name, result.alternatives[at].cash) for at in offers]
    svg = year_bars(say("paid_each_year"), drawn, say("year").lower(), _marks(drawn, language))
    return Picture(svg, say("chart_years"))


def _is_as_long(result: Result, place: int) -> bool:
    """Lines of other lengths cannot stand over the same years."""
    return result.alternatives[place].years == result.alternatives[0].years


def _marks(drawn: list[Line], language: Language) -> list[tuple[Decimal, str]]:
    return [(mark, number(mark, language, 0)) for mark in axis(drawn)]


def tornado_chart(held: Uncertain, winner: str, language: Language) -> Picture:
    """The lead of the winner: a bar a component, the upright line where it has none left."""
    say = TableWords(language)
    title = say("tornado_head", winner=winner)
    svg = spans(title, tornado_spans(held, say), reference=Decimal(0))
    return Picture(svg, f"{title}. {'; '.join(f'{each.name}: {each.words}' for each in tornado_spans(held, say))}")


def tornado_spans(held: Uncertain, say: TableWords) -> list[Span]:
    """The bars of a tornado."""
    return [
        Span(name_of(each.name, say), min(ends), held.lead, max(ends), " … ".join(map(say.money, sorted(ends))))
        for each in held.bars
        for ends in [(each.at_low, each.at_high)]
    ]


def draw_chart(held: Uncertain, language: Language) -> Picture:
    """From the fifth to the ninety-fifth of a hundred draws, the median marked."""
    say = TableWords(language)
    drawn = draw_spans(held, say)
    words = "; ".join(f"{each.name}: {each.words}" for each in drawn)
    return Picture(spans(say("draws_head"), drawn), f"{say('draws_head')}, 5 % – 95 %. {words}")


def draw_spans(held: Uncertain, say: TableWords) -> list[Span]:
    """The ranges of the draws, of at most six offers."""
    made = []
    for each in held.simulation.alternatives[:MOST]:
        low, middle, high = (Decimal(str(round(value, 2))) for value in (each.p5, each.median, each.p95))
        made.append(Span(each.name, low, middle, high, f"{say.money(low)} … {say.money(high)}"))
    return made
