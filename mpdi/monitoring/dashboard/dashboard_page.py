"""What the dashboard shows of a selection: rows with their rates, the charts of the same rows, a sentence on certainty."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from mpdi.i18n import translate as _
from mpdi.monitoring.dashboard import dashboard_words as words
from mpdi.monitoring.dashboard.charts import bar_pictures, line_pictures
from mpdi.monitoring.dashboard.selection import Selection, all_periods
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.dimensions import BANDS, LAST_BAND, NOT_EURO, NOT_STATED
from mpdi.monitoring.indicators.model import Counted, NoticeFacts, Rate, Reading
from mpdi.monitoring.indicators.needs_bought_apart import NeedsIndicator
from mpdi.monitoring.uptake_charts import Bar, Course
from mpdi.monitoring.uptake_figures import BY_PROCEDURE, MEANS, OPEN_TO_SMES, UPTAKE, WITHOUT_OFFER, Figures
from mpdi.monitoring.uptake_tables import THEMES
from mpdi.monitoring.uptake_words import FEW

QUARTERS_UP_TO = 800
"""Days of a period that is told by quarter; a longer one by year."""
MOST_ROWS = 40


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: what it is of, its rate, and the filters that its list of notices adds."""

    label: str
    rate: Rate
    figure: dict[str, str]
    group: str = ""
    """Name of the rows that stand together."""
    doubt: str = ""
    """That it allows no conclusion."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A table with the chart of its rows and a sentence on how sure they are."""

    title: str
    rows: Sequence[Row]
    pictures: Sequence[str] = ()
    sure: str = ""
    more: int = 0
    """Rows left to the files."""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What a part of the dashboard shows."""

    tables: Sequence[Shown] = ()
    means: Shown | None = None
    needs: Sequence[tuple[str, int, int, str]] = ()
    """Group, buyers, procedures, value in euro in words."""
    counts: tuple[int, int, int] = (0, 0, 0)
    """Procedures, lots, notices."""
    currencies: Sequence[str] = field(default_factory=tuple)


def page_of(facts: Sequence[NoticeFacts], asked: Selection, days: int) -> Page:
    """Work a part out."""
    counts = (
        sum(notice.is_uptake for notice in facts),
        sum(len(notice.lots) for notice in facts if notice.is_uptake),
        sum(len(notice.records) for notice in facts),
    )
    if asked.part == "sme":
        shares, means = _small_firms(facts)
        return Page([shares], means, counts=counts)
    if asked.part == "no_offer":
        return Page(_without_offer(facts), counts=counts)
    if asked.part == "apart":
        return Page(needs=_needs(facts), counts=counts)
    currencies = {lot.currency for notice in facts for lot in notice.lots if lot.value and lot.currency}
    tables = [_themes(facts, asked), *_over_time(facts, asked, days), _by(facts, asked)]
    return Page(
        [each for each in tables if each.rows],
        counts=counts,
        currencies=sorted(currencies, key=lambda each: (each != "EUR", each)),
    )


def figures_of(facts: Iterable[NoticeFacts], names: Sequence[str], splits: Sequence[str] = ()) -> Figures:
    """The rates of some indicators."""
    return Figures(rates_of(facts, splits, [INDICATORS[name] for name in names]))


def _rate(figures: Figures, name: str, asked: Selection, reading: Reading | None, **split: str) -> Rate | None:
    counted = Counted(asked.counted)
    more = {"currency": asked.currency} if counted is Counted.VALUE else {}
    return figures.of(name, counted, reading, **more, **split)


def _themes(facts: Sequence[NoticeFacts], asked: Selection) -> Shown:
    """Theme × reading."""
    figures = figures_of(facts, UPTAKE)
    rows = [
        Row(
            str(words.READINGS[reading]),
            rate,
            {"theme": name, "reading": reading.value},
            str(words.INDICATORS[name]),
            words.doubt(name, reading.value),
        )
        for name in UPTAKE
        for reading in Reading
        if (rate := _rate(figures, name, asked, reading)) is not None
    ]
    title = _("By theme, and by how it is known")
    chosen = [Row(row.group, row.rate, row.figure) for row in rows if row.figure["reading"] == asked.reading]
    sure = next((row.rate for row in rows if row.figure == {"theme": asked.theme, "reading": asked.reading}), None)
    return Shown(
        title,
        rows,
        _bars(title, chosen),
        words.certainty(sure, Reading(asked.reading), asked.theme),
        caption=_reading(asked),
    )


def _reading(asked: Selection) -> str:
    return str(words.READINGS[asked.reading])


def _over_time(facts: Sequence[NoticeFacts], asked: Selection, days: int) -> list[Shown]:
    """By quarter, or by year where the period is long or most quarters have few."""
    splits = ("quarter", "year") if days <= QUARTERS_UP_TO else ("year",)
    names = list(dict.fromkeys((asked.theme, *THEMES)))[:4]
    figures, reading = figures_of(facts, names, splits), Reading(asked.reading)
    for split in splits:
        periods = [value for value in figures.values(split) if value != NOT_STATED]
        rates = {
            name: [_rate(figures, name, asked, reading, **{split: period}) for period in periods] for name in names
        }
        known = [share for share in map(_known_share, rates[asked.theme]) if share is not None]
        if 2 * len(known) > len(periods) > 1 or split == splits[-1]:
            break
    if len(periods) < 2:
        return []
    return [_course(split, periods, rates, asked)]


def _course(split: str, periods: Sequence[str], rates: Mapping[str, Sequence[Rate | None]], asked: Selection) -> Shown:
    """The lines stand on every period from the first to the last, the table on those that have something."""
    along = all_periods(periods[0], periods[-1])
    courses = []
    for name, found in rates.items():
        shares = dict(zip(periods, map(_known_share, found), strict=True))
        courses.append(Course(str(words.INDICATORS[name]), tuple(shares.get(period) for period in along)))
    title = _("Over time")
    rows = [
        Row(words.split_words(split, period), rate, {"split": split, "value": period})
        for period, rate in zip(periods, rates[asked.theme], strict=True)
        if rate is not None
    ]
    pictures = line_pictures(title, [words.split_words(split, period) for period in along], courses)
    sure = f"{_time_note()} {words.doubt(asked.theme, asked.reading)}".rstrip()
    return Shown(title, rows[-MOST_ROWS:], pictures, sure, caption=_theme(asked))


def _time_note() -> str:
    return _(
        "A procedure counts on the day of its first notice. Where a line breaks, fewer than %(few)s say anything. Periods compare only where as much is known of both.",
        few=FEW,
    )


def _theme(asked: Selection) -> str:
    return f"{words.INDICATORS[asked.theme]}, {_reading(asked).lower()}"


def _known_share(rate: Rate | None) -> float | None:
    return float(rate.rate) if rate is not None and rate.rate is not None and not words.is_few(rate) else None


def _by(facts: Sequence[NoticeFacts], asked: Selection) -> Shown:
    """The chosen theme by the chosen split; the largest first, in the order of time or size where there is one."""
    split, figures = asked.by, figures_of(facts, (asked.theme,), (asked.by,))
    reading = Reading(asked.reading)
    rows = [
        Row(words.split_words(split, value), rate, {"split": split, "value": value})
        for value in figures.values(split)
        if (rate := _rate(figures, asked.theme, asked, reading, **{split: value})) is not None
    ]
    rows.sort(key=_order(split))
    title = _("By %(split)s", split=str(words.SPLITS[split]).lower())
    told = [row for row in rows if row.figure["value"] != NOT_STATED]
    note = _(
        "Ordered by how much was bought, not by merit. Of fewer than %(few)s that say anything only the count is given.",
        few=FEW,
    )
    note = f"{note} {words.doubt(asked.theme, asked.reading)}".rstrip()
    return Shown(title, rows[:MOST_ROWS], _bars(title, told), note, max(0, len(rows) - MOST_ROWS), _theme(asked))


def _order(split: str) -> Callable[[Row], tuple[object, ...]]:
    if split in ("year", "quarter"):
        return lambda row: (row.figure["value"],)
    if split == "value_band":
        bands = [name for _edge_, name in BANDS] + [LAST_BAND, NOT_EURO, NOT_STATED]
        return lambda row: (bands.index(row.figure["value"]),)
    return lambda row: (row.figure["value"] == NOT_STATED, -row.rate.population, row.label)


def _bars(title: str, rows: Iterable[Row]) -> list[str]:
    bars = [
        Bar(
            row.label,
            float(row.rate.rate),
            f"{words.percent(row.rate.rate)} ({words.whole(row.rate.numerator)}/{words.whole(row.rate.denominator)})"
            if row.rate.dimension.get("counted") != Counted.VALUE.value
            else words.percent(row.rate.rate),
            None if row.rate.lower is None else float(row.rate.lower),
            None if row.rate.upper is None else float(row.rate.upper),
        )
        for row in rows
        if row.rate.rate is not None and not words.is_few(row.rate)
    ]
    return bar_pictures(title, bars)


def _small_firms(facts: Sequence[NoticeFacts]) -> tuple[Shown, Shown]:
    """PME+: shares, and means."""
    figures = figures_of(facts, OPEN_TO_SMES)
    rows: list[Row] = []
    for name in OPEN_TO_SMES:
        counted = Counted.PROCEDURES if name in BY_PROCEDURE else Counted.LOTS
        rate = figures.of(name, counted)
        if rate is not None:
            rows.append(Row(str(words.INDICATORS[name]), rate, {"indicator": name, "counted": counted.value}))
    shares = [row for row in rows if row.rate.indicator not in MEANS]
    means = [row for row in rows if row.rate.indicator in MEANS]
    title, sure = _("Access of small firms"), _sure_of_outcomes()
    return Shown(title, shares, _bars(title, shares), sure), Shown(_("Means"), means)


def _sure_of_outcomes() -> str:
    return _(
        "Most of these are fields of the notices, not words: what is not stated is neither yes nor no, and the bounds say what it could change. The amount of a turnover and an advance are also read from the words of the text."
    )


def _without_offer(facts: Sequence[NoticeFacts]) -> list[Shown]:
    """MPDI 12: whole, then by category."""
    figures = figures_of(facts, WITHOUT_OFFER, ("category",))
    whole = [
        Row(str(words.INDICATORS[name]), rate, {"indicator": name, "counted": "lots"})
        for name in WITHOUT_OFFER
        if (rate := figures.of(name, Counted.LOTS)) is not None
    ]
    if not whole:
        return []
    title = _("Lots of which a notice says what came of them")
    tables = [Shown(title, whole, _bars(title, whole), _sure_of_offers())]
    for name in WITHOUT_OFFER:
        rows = [
            Row(
                words.split_words("category", value),
                rate,
                {"indicator": name, "counted": "lots", "split": "category", "value": value},
            )
            for value in figures.values("category")
            if (rate := figures.of(name, Counted.LOTS, category=value)) is not None
        ]
        rows.sort(key=_order("category"))
        called = str(words.INDICATORS[name])
        tables.append(Shown(_("%(indicator)s, by category", indicator=called), rows, _bars(called, rows)))
    return tables


def _sure_of_offers() -> str:
    return _(
        "A notice counts tenders; it does not say whether a sustainable offer was missing. Where no size of firm is stated, nothing is known of small firms: read the bounds."
    )


def _needs(facts: Sequence[NoticeFacts]) -> list[tuple[str, int, int, str]]:
    """MPDI 11: what at least so many buy apart."""
    gathered = NeedsIndicator().measure()
    for notice in facts:
        gathered.add(notice)
    return [
        (
            need.group,
            len(need.buyers),
            need.procedures,
            words.whole(need.values["EUR"]) if "EUR" in need.values else words.DASH,
        )
        for need in gathered.needs()
    ]
