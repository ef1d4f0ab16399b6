"""Tables and charts of the uptake report, as blocks of a document."""

from collections.abc import Callable, Iterable, Sequence

from mpdi.documents.model import Block, Paragraph, ParagraphKind, Picture, Table, content
from mpdi.monitoring.indicators.dimensions import NOT_STATED
from mpdi.monitoring.indicators.model import Counted, Rate
from mpdi.monitoring.uptake_charts import Bar, Course, share_bars, share_lines
from mpdi.monitoring.uptake_figures import MEANS, UPTAKE, Figures
from mpdi.monitoring.uptake_words import FEW, Words

THEMES = ("environmental_clauses", "social_clauses", "innovative_purchases", "sme_access")
"""Told by year, category and level; the others stand in the workbook."""
_SHARE_COLUMNS = ("says_yes", "stated_for", "bounds")


def paragraph(words: str, kind: ParagraphKind = ParagraphKind.BODY) -> Paragraph:
    """A paragraph of plain words."""
    return Paragraph(content(words), kind)


def lead(words: str) -> Paragraph:
    """What opens a section."""
    return paragraph(words, ParagraphKind.LEAD)


def note(words: str) -> Paragraph:
    """Small, under a table."""
    return paragraph(words, ParagraphKind.NOTE)


def table(
    caption: str, header: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float], left: int = 1
) -> Table:
    """A table whose first columns are words and the others figures."""
    made = tuple(tuple(content(cell) for cell in row) for row in rows)
    right = tuple(range(left, len(header)))
    return Table(caption, tuple(header), made, tuple(widths), right, is_dense=len(made) > 12 or len(header) > 4)


def theme_table(figures: Figures, say: Words) -> Table:
    """What the words of procedures say, a line a theme."""
    rows = []
    for theme in UPTAKE:
        rate = figures.detected(theme)
        rows.append((say(theme), say.share(rate), say.stated(rate), say.span(rate)))
    return table(say("table_themes"), [say("theme"), *map(say, _SHARE_COLUMNS)], rows, (31, 25, 25, 19))


def uptake_table(figures: Figures, counted: Counted, caption: str, say: Words) -> Table:
    """Every reading of every theme."""
    rows = [
        (say(theme), say(reading.value), say.share(rate), say.stated(rate), say.span(rate))
        for theme in UPTAKE
        for reading in figures.readings(theme)
        for rate in [figures.of(theme, counted, reading)]
    ]
    head = [say("theme"), say("known_by"), *map(say, _SHARE_COLUMNS)]
    return table(caption, head, rows, (22, 20, 21, 21, 16), left=2)


def value_table(figures: Figures, currency: str, caption: str, say: Words) -> Table:
    """Shares of the value in one currency, every reading of every theme that is stated for some value."""
    rows = [
        (say(theme), say(reading.value), *_value_cells(rate, say))
        for theme in UPTAKE
        for reading in figures.readings(theme)
        for rate in [figures.of(theme, Counted.VALUE, reading, currency=currency)]
        if rate is not None and rate.denominator
    ]
    head = [say("theme"), say("known_by"), *map(say, _SHARE_COLUMNS)]
    return table(caption, head, rows, (22, 21, 26, 14, 17), left=2)


def _value_cells(rate: Rate, say: Words) -> tuple[str, str, str]:
    """Amount and percentage, coverage, bounds; of few purchases the amount alone."""
    amount = say.number(rate.numerator)
    share = amount if rate.rate is None or rate.is_few(FEW) else f"{amount} ({say.percent(rate.rate)})"
    known = say("none") if rate.coverage is None or rate.is_of_few(FEW) else say.percent(rate.coverage)
    return share, known, say.span(rate)


def split_table(
    figures: Figures, split: str, values: Sequence[str], head: str, caption: str, name: Callable[[str], str], say: Words
) -> Table:
    """What the words say, a line a value of the split."""
    rows = []
    for value in values:
        whole = figures.detected("sustainable_clauses", **{split: value})
        cells = [say.share(figures.detected(theme, **{split: value})) for theme in THEMES]
        rows.append((name(value), say.number(whole.population) if whole else say("none"), *cells))
    header = [say(head), say("counted_procedures"), *map(say, THEMES)]
    return table(caption, header, rows, (20, 12, 17, 17, 17, 17))


def theme_chart(figures: Figures, say: Words) -> list[Block]:
    """A bar a theme; those of which too little is known are left to the table."""
    return _chart(say("chart_themes"), [(say(theme), figures.detected(theme)) for theme in UPTAKE], say)


def split_chart(
    figures: Figures, split: str, values: Sequence[str], caption: str, name: Callable[[str], str], say: Words
) -> list[Block]:
    """A bar a value of the split for the sustainable purchases, the highest share first."""
    found = [(name(value), figures.detected("sustainable_clauses", **{split: value})) for value in values]
    told = [(label, rate) for label, rate in found if rate is not None and rate.denominator >= FEW]
    told.sort(key=lambda each: -(each[1].rate or 0))
    return _chart(caption, told, say)


def _chart(caption: str, rows: Sequence[tuple[str, Rate | None]], say: Words) -> list[Block]:
    bars = [
        Bar(label, float(rate.rate), _short(rate, say), _edge(rate.lower), _edge(rate.upper))
        for label, rate in rows
        if rate is not None and rate.rate is not None and rate.denominator >= FEW
    ]
    if not bars:
        return []
    words = "; ".join(f"{bar.label}: {bar.words}" for bar in bars)
    return [Picture(share_bars(caption, bars), f"{caption} {words}"), note(caption)]


def _edge(bound: object) -> float | None:
    return None if bound is None else float(str(bound))


def _short(rate: Rate, say: Words) -> str:
    """`103/430 · 24 %`: what fits beside a bar."""
    share = say.percent(rate.rate) if rate.rate is not None else ""
    return f"{share} ({say.number(rate.numerator)}/{say.number(rate.denominator)})"


def time_chart(figures: Figures, split: str, periods: Sequence[str], say: Words) -> list[Block]:
    """A line a theme over the periods; none where fewer than two periods are known of any."""
    courses = [
        Course(say(theme), tuple(_known_share(figures.detected(theme, **{split: period})) for period in periods))
        for theme in THEMES
    ]
    told = [course for course in courses if sum(share is not None for share in course.shares) > 1]
    if not told:
        return []
    caption = say("chart_time", few=FEW)
    return [Picture(share_lines(caption, [say.period(each) for each in periods], told), caption), note(caption)]


def _known_share(rate: Rate | None) -> float | None:
    return float(rate.rate) if rate is not None and rate.rate is not None and rate.denominator >= FEW else None


def stated_values(figures: Figures, split: str) -> list[str]:
    """The values of a split, "not stated" last."""
    found = [value for value in figures.values(split) if value != NOT_STATED]
    return [*found, *([NOT_STATED] if NOT_STATED in figures.values(split) else [])]


def indicator_row(figures: Figures, indicator: str, counted: Counted, say: Words) -> tuple[str, str, str, str]:
    """A line of an indicator: what it gives, for how many it is stated, its bounds."""
    rate = figures.of(indicator, counted)
    if indicator in MEANS:
        return say(indicator), say.mean(rate), say.stated(rate), say.mean_span(rate)
    return say(indicator), say.share(rate), say.stated(rate), say.span(rate)
