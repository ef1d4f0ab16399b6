"""The uptake report as a Word document: plain data, then one pure function; the same report gives the same bytes."""

from mpdi.documents.docx_writer import write_document
from mpdi.documents.inline import Language
from mpdi.documents.model import Metadata, Section, TitlePage, WordDocument
from mpdi.monitoring.uptake_annexes import annexes, sureness
from mpdi.monitoring.uptake_figures import Figures
from mpdi.monitoring.uptake_market import bought_apart, no_offer, small_firms
from mpdi.monitoring.uptake_report import UptakeReport
from mpdi.monitoring.uptake_sections import (
    brief,
    by_category,
    by_level,
    by_lot_and_value,
    other_splits,
    over_time,
    uptake,
)
from mpdi.monitoring.uptake_words import FEW, ReportLanguage, Words


class UptakeReportDocument(WordDocument):
    """The uptake report on paper."""


def uptake_docx(report: UptakeReport, language: ReportLanguage) -> bytes:
    """The .docx to hand in."""
    return write_document(uptake_document(report, language))


def uptake_document(report: UptakeReport, language: ReportLanguage) -> UptakeReportDocument:
    """What the document says."""
    say, figures = Words(language), Figures(report.rates)
    counts = report.counts
    counted = say(
        "counted_words",
        procedures=say.number(counts.procedures),
        lots=say.number(counts.lots),
        notices=say.number(counts.notices),
    )
    days = say("from_to", first=say.day(report.scope.first), last=say.day(report.scope.last))
    facts = [(say("period"), days), (say("scope"), scope_words(report, say)), (say("counted"), counted)]
    if report.provenance.read:
        facts.append((say("read_on"), say.day(report.provenance.read[1].date())))
    return UptakeReportDocument(
        language=Language(language),
        metadata=Metadata(title=f"{say('title')} – {days}", date=report.scope.last, subject=scope_words(report, say)),
        title_page=TitlePage(
            kind=say("kind"),
            object=say("title"),
            authority=report.authority.name_in(language) if report.authority else "",
            facts=tuple(facts),
            notices=(say("notice_missing"), say("notice_detection"), say("few", few=FEW)),
        ),
        sections=_sections(report, figures, say),
        header=days,
        contents_levels=1,
    )


def scope_words(report: UptakeReport, say: Words) -> str:
    """Whose notices, and of what where one category is told of."""
    category = report.scope.category
    return _whose(report, say) + (f" ; {say.category(category).lower()}" if category else "")


def _whose(report: UptakeReport, say: Words) -> str:
    if report.authority is not None:
        return report.authority.name_in(say.language)
    if report.scope.level is not None:
        return say("scope_level", level=say.level(report.scope.level).lower())
    return say("scope_all")


def _sections(report: UptakeReport, figures: Figures, say: Words) -> tuple[Section, ...]:
    times = over_time(report, figures, say)
    levels = [by_level(figures, say)] if report.authority is None and report.scope.level is None else []
    return (
        brief(report, figures, say),
        uptake(figures, say),
        *([times] if times else []),
        by_category(figures, say),
        *levels,
        small_firms(figures, say),
        no_offer(figures, say),
        bought_apart(report, say),
        *sureness(report, say),
        by_lot_and_value(figures, say),
        other_splits(figures, say),
        *annexes(report, say),
    )
