"""How sure the uptake report is, its method, its limits, and where its figures come from."""

from collections.abc import Iterator, Mapping
from typing import Any

from mpdi import __version__
from mpdi.documents.model import Bullets, Section, content
from mpdi.monitoring.indicators import INDICATORS
from mpdi.monitoring.uptake_report import UptakeReport
from mpdi.monitoring.uptake_tables import lead, note, paragraph, table
from mpdi.monitoring.uptake_words import Words, measured_detection

FORMATS = {
    "eforms": "eForms",
    "ted_export": "TED R2.0.8 – R2.0.9",
    "ocds": "OCDS",
    "decp": "DECP",
    "boamp": "BOAMP",
    "bda": "e-Procurement (BDA)",
    "mapped": "CSV, XLSX",
}
"""Names of the formats that `tender_parsers` reads."""
_METHOD = ("method_procedure", "method_yes", "method_rate", "method_value", "method_with", "method_not", "method_pages")
_LIMITS = ("limit_sample", "limit_documents", "limit_execution", "limit_cause", "limit_category")


def sureness(report: UptakeReport, say: Words) -> Iterator[Section]:
    """What is not stated, and what detection is worth."""
    yield Section(say("sure"), 1, (lead(say("sure_lead")),), starts_page=True)
    formats = table(
        say("table_formats"),
        [say("format"), say("notices")],
        [(FORMATS.get(name, name), say.number(count)) for name, count in report.provenance.by_format],
        (70, 30),
    )
    searched = say("searched", share=say.things(report.counts.searched, report.counts.procedures, "procedures"))
    words = (say("coverage_lead"), say("coverage_format"), searched)
    yield Section(say("coverage"), 2, (*map(paragraph, words), formats))
    yield _detection(say)


def _detection(say: Words) -> Section:
    held = measured_detection()
    rows = [
        (
            say(f"label_{each['label']}"),
            _interval(each["right"], each["right"] + each["wrong"], each.get("precision"), say),
            _interval(each["right"], each["right"] + each["missed"], each.get("recall"), say),
        )
        for each in held["labels"]
    ]
    shown = table(say("table_detection"), [say("theme"), say("precision"), say("recall")], rows, (40, 30, 30))
    opening = paragraph(say("detection_lead", day=say.day(held["day"]), notices=held["notices"]))
    return Section(say("detection"), 2, (opening, shown, note(say("detection_note"))))


def _interval(numerator: int, denominator: int, interval: Any, say: Words) -> str:
    if not interval:
        return say("of", numerator=numerator, denominator=denominator)
    low, high = (say.number(each * 100) for each in interval)
    return say("with_interval", numerator=numerator, denominator=denominator, low=low, high=f"{high}\u00a0%")


def annexes(report: UptakeReport, say: Words) -> Iterator[Section]:
    """Method, limits, provenance."""
    names = table(
        say("table_indicators"),
        [say("figure"), say("name_in_data")],
        [(say(name), name) for name in INDICATORS],
        (65, 35),
        left=2,
    )
    method = Bullets(tuple(content(say(key)) for key in _METHOD))
    yield Section(say("method"), 1, (method, names), is_annex=True)
    yield Section(say("limits"), 1, (Bullets(tuple(content(say(key)) for key in _LIMITS)),), is_annex=True)
    rows = list(provenance_facts(report, say).items())
    shown = table(say("table_provenance"), [say("fact"), say("value_head")], rows, (50, 50), left=2)
    yield Section(say("provenance"), 1, (shown,), is_annex=True)


def provenance_facts(report: UptakeReport, say: Words) -> Mapping[str, str]:
    """Where the figures come from, fact by fact."""
    held = report.provenance
    facts = {
        say("period"): f"{report.scope.first.isoformat()} / {report.scope.last.isoformat()}",
        say("files_read"): say.number(held.files),
        say("files_without"): say.number(held.files_without),
        say("notices_stored"): say.number(held.notices),
        say("notices_counted"): say.number(held.counted),
        say("notices_dateless"): say.number(held.without_day),
        say("notices_in_period"): say.number(held.in_period),
        say("notices_used"): say.number(report.counts.notices),
        say("parsers"): ", ".join(held.parsers) or say("none"),
        say("rules"): ", ".join(held.rules) or say("none"),
        say("program"): f"MPDI {__version__}",
    }
    if held.read:
        first, last = (say.day(each.date()) for each in held.read)
        key = "read_in_one_day" if first == last else "read_between"
        facts[say(key)] = first if first == last else say("between", first=first, last=last)
    return facts
