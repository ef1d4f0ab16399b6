"""The uptake report as a workbook: its tables with numbers that calculate, and every rate."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from mpdi.documents.calculation import CalculationSheet, Cell, Look, Number, write_calculation
from mpdi.documents.calculation import Words as Text
from mpdi.monitoring.indicators.dimensions import NOT_STATED, SPLITS
from mpdi.monitoring.indicators.model import Rate
from mpdi.monitoring.uptake_annexes import provenance_facts
from mpdi.monitoring.uptake_document import scope_words
from mpdi.monitoring.uptake_figures import MEANS, OPEN_TO_SMES, UPTAKE, WITHOUT_OFFER
from mpdi.monitoring.uptake_report import UptakeReport
from mpdi.monitoring.uptake_words import ReportLanguage, Words

_HEAD = ("indicator", "counted_head", "reading", "currency", "split", "split_value", "numerator", "denominator",
         "population", "coverage_head", "rate", "lower", "upper")  # fmt: skip
_WIDTHS = (34.0, 14.0, 22.0, 9.0, 14.0, 30.0, 16.0, 16.0, 16.0, 12.0, 12.0, 12.0, 12.0)


def uptake_workbook(report: UptakeReport, language: ReportLanguage) -> bytes:
    """The .xlsx; the same report gives the same bytes."""
    say = Words(language)
    whole = [rate for rate in report.rates if not _split_of(rate)]
    by_category = [rate for rate in report.rates if _split_of(rate) in ("", "category")]
    sheets = (
        _provenance(report, say),
        _rates(say("sheet_themes"), (rate for rate in whole if rate.indicator in UPTAKE), say),
        _rates(say("sheet_sme"), (rate for rate in whole if rate.indicator in OPEN_TO_SMES), say),
        _rates(say("sheet_no_offer"), (rate for rate in by_category if rate.indicator in WITHOUT_OFFER), say),
        _needs(report, say),
        _rates(say("sheet_rates"), report.rates, say),
    )
    return write_calculation(f"{say('title')}", report.scope.last, sheets)


def _split_of(rate: Rate) -> str:
    return next((name for name in SPLITS if name in rate.dimension), "")


def _rates(name: str, rates: Iterable[Rate], say: Words) -> CalculationSheet:
    head = tuple(Text(say(key), Look.HEAD) for key in _HEAD)
    return CalculationSheet(name, _WIDTHS, (head, *(_row(rate, say) for rate in rates)), frozen=(1, 1))


def _row(rate: Rate, say: Words) -> tuple[Cell, ...]:
    about, split = rate.dimension, _split_of(rate)
    words = _spoken(split, say)
    share = Look.NUMBER if rate.indicator in MEANS else Look.PERCENT
    named = about.get("counted", "")
    return (
        Text(say(rate.indicator)),
        Text(say(named) if named in ("procedures", "lots", "value") else named),
        Text(say(about["reading"]) if "reading" in about else ""),
        Text(about.get("currency", "")),
        Text(split),
        Text(words(about[split]) if split else about.get("cpv_group", "")),
        *(_count(each) for each in (rate.numerator, rate.denominator, rate.population)),
        _number(rate.coverage, Look.PERCENT),
        *(_number(each, share) for each in (rate.rate, rate.lower, rate.upper)),
    )


def _spoken(split: str, say: Words) -> Callable[[str], str]:
    """How the values of a split are called; codes of the notices stay codes."""
    if split == "category":
        return say.category
    if split in ("year", "quarter"):
        return lambda value: value if value == NOT_STATED else say.period(value)
    return say.level if split == "level" else str


def _count(value: Decimal) -> Cell:
    return _number(value, Look.WHOLE if value == value.to_integral_value() else Look.NUMBER)


def _number(value: Decimal | None, look: Look) -> Cell:
    return None if value is None else Number(float(value), look)


def _needs(report: UptakeReport, say: Words) -> CalculationSheet:
    head = tuple(Text(say(key), Look.HEAD) for key in ("need", "buyers", "counted_procedures", "value_eur"))
    rows: list[Sequence[Cell]] = [
        (
            Text(say.cpv_group(need.group)),
            Number(len(need.buyers), Look.WHOLE),
            Number(need.procedures, Look.WHOLE),
            _number(need.values.get("EUR"), Look.MONEY),
        )
        for need in report.needs
    ]
    return CalculationSheet(say("sheet_needs"), (70.0, 14.0, 14.0, 22.0), (head, *map(tuple, rows)))


def _provenance(report: UptakeReport, say: Words) -> CalculationSheet:
    facts = {say("scope"): scope_words(report, say), **provenance_facts(report, say)}
    rows = tuple((Text(key), Text(value)) for key, value in facts.items())
    notes = tuple((Text(say(key)), None) for key in ("notice_missing", "notice_detection", "method_rate"))
    title = (Text(say("title"), Look.TITLE), None)
    return CalculationSheet(say("sheet_provenance"), (60.0, 60.0), (title, *rows, *notes), frozen=(1, 0))
