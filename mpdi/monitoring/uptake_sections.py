"""The sections of the uptake report: in brief, uptake, by time, category and level."""

from collections.abc import Iterator
from functools import partial

from mpdi.documents.model import Block, Bullets, Section, content
from mpdi.monitoring.indicators.dimensions import BANDS, LAST_BAND, NOT_EURO, NOT_STATED
from mpdi.monitoring.indicators.model import Counted, Rate, Reading
from mpdi.monitoring.uptake_figures import Figures
from mpdi.monitoring.uptake_report import UptakeReport
from mpdi.monitoring.uptake_tables import (
    lead,
    note,
    paragraph,
    split_chart,
    split_table,
    stated_values,
    theme_chart,
    theme_table,
    time_chart,
    uptake_table,
    value_table,
)
from mpdi.monitoring.uptake_words import FEW, Words

_QUARTERS_UP_TO = 800
"""Days: a longer period is told by years."""


def brief(report: UptakeReport, figures: Figures, say: Words) -> Section:
    """What a member of the Government reads."""
    counts = report.counts
    whose = ""
    if report.authority is None and report.scope.level is None:
        whose = say("brief_register", known=say.number(counts.in_register))
    opening = say(
        "brief_lead",
        first=say.day(report.scope.first),
        last=say.day(report.scope.last),
        procedures=say.number(counts.procedures),
        lots=say.number(counts.lots),
        notices=say.number(counts.notices),
        whose=whose,
    )
    told = tuple(content(sentence) for sentence in _sentences(report, figures, say))
    blocks: list[Block] = [lead(opening), Bullets(told), *theme_chart(figures, say), theme_table(figures, say)]
    return Section(say("brief"), 1, tuple(blocks))


def _sentences(report: UptakeReport, figures: Figures, say: Words) -> Iterator[str]:
    for theme in ("environmental_clauses", "social_clauses", "innovative_purchases"):
        yield from _detected(say(theme), figures.detected(theme), say)
    strict = figures.of("sustainable_clauses", Counted.PROCEDURES, Reading.STRICT)
    if strict is not None:
        key = "brief_strict" if 2 * strict.denominator < strict.population else "brief_strict_most"
        yield say(key, stated=say.things(strict.denominator, strict.population, "procedures"))
    for theme in ("environmental_clauses", "social_clauses"):
        against = figures.of(theme, Counted.PROCEDURES, Reading.CONTRADICTORY)
        if against is not None and against.numerator:
            yield say("brief_contradictory", share=_told(against, "procedures", say), theme=say(theme))
    winners, single = figures.of("sme_winners", Counted.LOTS), figures.of("single_bid_lots", Counted.LOTS)
    if winners is not None and winners.denominator and single is not None and single.denominator:
        yield say("brief_sme", winners=_told(winners, "lots", say), single=_told(single, "lots", say))
    none, small = figures.of("lots_without_tender", Counted.LOTS), figures.of("lots_without_sme_tender", Counted.LOTS)
    if none is not None and none.denominator and small is not None:
        yield say("brief_empty", without=_told(none, "lots", say), without_sme=_told(small, "lots", say))
    key = "brief_needs" if report.needs else "apart_none"
    yield say(key, needs=say.number(len(report.needs)), many=report.needs_from)


def _told(rate: Rate, things: str, say: Words) -> str:
    return say.things(rate.numerator, rate.denominator, things)


def _detected(theme: str, rate: Rate | None, say: Words) -> Iterator[str]:
    if rate is None or rate.rate is None or rate.lower is None or rate.upper is None:
        return
    share = _told(rate, "procedures", say)
    if rate.denominator < FEW or rate.lower == rate.upper:
        yield say("brief_detected_few", theme=theme, share=share)
        return
    yield say("brief_detected", theme=theme, share=share, lower=say.percent(rate.lower), upper=say.percent(rate.upper))


def uptake(figures: Figures, say: Words) -> Section:
    """Every way of knowing every theme, by procedures."""
    shown = uptake_table(figures, Counted.PROCEDURES, say("table_procedures"), say)
    blocks = (lead(say("uptake_lead")), shown, note(say("uptake_detail_note")))
    return Section(say("uptake"), 1, blocks, starts_page=True)


def by_lot_and_value(figures: Figures, say: Words) -> Section:
    """The same by lots, and by their value in euro."""
    blocks: list[Block] = [uptake_table(figures, Counted.LOTS, say("table_lots"), say)]
    values = value_table(figures, "EUR", say("table_value"), say)
    if values.rows:
        blocks += [values, note(say("value_note"))]
    return Section(say("by_lot_and_value"), 1, tuple(blocks), is_annex=True, starts_page=True)


def other_splits(figures: Figures, say: Words) -> Section:
    """By nature, value and procedure: what is consulted, not read."""
    bands = (*(name for _, name in BANDS), LAST_BAND, NOT_EURO, NOT_STATED)
    orders = {
        "nature": stated_values(figures, "nature"),
        "value_band": [each for each in bands if each in figures.values("value_band")],
        "procedure": _by_size(figures, "procedure"),
    }
    words = {"nature": "nature", "value_band": "band", "procedure": "procedure"}
    tables: list[Block] = [
        split_table(figures, split, values, split, say(f"table_{split}"), partial(say.coded, words[split]), say)
        for split, values in orders.items()
    ]
    blocks: list[Block] = [paragraph(say("other_splits_lead")), *tables]
    return Section(say("other_splits"), 1, tuple(blocks), is_annex=True, starts_page=True)


def over_time(report: UptakeReport, figures: Figures, say: Words) -> Section | None:
    """By quarter, or by year where the period is long."""
    days = (report.scope.last - report.scope.first).days
    split = "quarter" if days <= _QUARTERS_UP_TO else "year"
    periods = [value for value in figures.values(split) if value != NOT_STATED]
    if len(periods) < 2:
        return None
    caption = say("table_time", period=say(f"by_{split}"))
    shown = split_table(figures, split, periods, split, caption, say.period, say)
    chart = time_chart(figures, split, periods, say)
    return Section(say("over_time"), 1, (lead(say("over_time_lead")), *chart, shown), starts_page=True)


def by_category(figures: Figures, say: Words) -> Section:
    """By market category, the largest first."""
    values = _by_size(figures, "category")
    chart = split_chart(figures, "category", values, say("chart_category", few=FEW), say.category, say)
    shown = split_table(figures, "category", values, "category", say("table_category"), say.category, say)
    return Section(say("by_category"), 1, (lead(say("by_category_lead")), *chart, shown), starts_page=True)


def by_level(figures: Figures, say: Words) -> Section:
    """By level of government."""
    values = stated_values(figures, "level")
    shown = split_table(figures, "level", values, "level", say("table_level"), say.level, say)
    return Section(say("by_level"), 1, (paragraph(say("by_level_lead")), shown))


def _by_size(figures: Figures, split: str) -> list[str]:
    """The values of a split by how many procedures they have: a size, no merit; "not stated" last."""

    def size(value: str) -> tuple[bool, int, str]:
        rate = figures.detected("sustainable_clauses", **{split: value})
        return value == NOT_STATED, -int(rate.population) if rate else 0, value

    return sorted(figures.values(split), key=size)
