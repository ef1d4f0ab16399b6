"""The sections of the uptake report on small firms, markets without an offer, and needs bought apart."""

from dataclasses import replace

from mpdi.documents.model import Block, Section
from mpdi.monitoring.indicators.dimensions import NOT_STATED
from mpdi.monitoring.indicators.model import Counted
from mpdi.monitoring.uptake_figures import BY_PROCEDURE, OPEN_TO_SMES, WITHOUT_OFFER, Figures
from mpdi.monitoring.uptake_report import UptakeReport
from mpdi.monitoring.uptake_tables import indicator_row, lead, note, paragraph, table
from mpdi.monitoring.uptake_words import FEW, Words

_SHOWN = 20
"""Needs on paper; all are in the workbook."""


def small_firms(figures: Figures, say: Words) -> Section:
    """PME+."""
    rows = [
        indicator_row(figures, name, Counted.PROCEDURES if name in BY_PROCEDURE else Counted.LOTS, say)
        for name in OPEN_TO_SMES
    ]
    head = [say("figure"), say("result"), say("stated_for"), say("bounds")]
    shown = table(say("table_sme"), head, rows, (36, 21, 24, 19))
    notes = (note(say("sme_turnover_note")), note(say("sme_mean_note")))
    return Section(say("sme"), 1, (lead(say("sme_lead")), shown, *notes), starts_page=True)


def no_offer(figures: Figures, say: Words) -> Section:
    """MPDI 12, by category; the most lots first."""
    whole = figures.of("lots_without_tender", Counted.LOTS)
    if whole is None:
        return Section(say("no_offer"), 1, (paragraph(say("no_offer_none")),))
    sizes = {
        value: int(rate.population)
        for value in figures.values("category")
        if (rate := figures.of("lots_not_awarded", Counted.LOTS, category=value)) is not None
    }
    order = sorted(sizes, key=lambda value: (value == NOT_STATED, -sizes[value], value))
    rows = [_offer_row(figures, value, sizes[value], say) for value in order]
    total = (
        say("total"),
        say.number(whole.population),
        *(say.share(figures.of(each, Counted.LOTS)) for each in WITHOUT_OFFER),
    )
    head = [say("category"), say("with_outcome"), say("without_tender"), say("without_sme_tender"), say("not_awarded")]
    shown = replace(table(say("table_no_offer"), head, [*rows, total], (26, 14, 20, 20, 20)), has_total=True)
    return Section(say("no_offer"), 1, (lead(say("no_offer_lead")), shown, note(say("few", few=FEW))))


def _offer_row(figures: Figures, category: str, lots: int, say: Words) -> tuple[str, ...]:
    shares = (say.share(figures.of(each, Counted.LOTS, category=category)) for each in WITHOUT_OFFER)
    return (say.category(category), say.number(lots), *shares)


def bought_apart(report: UptakeReport, say: Words) -> Section:
    """MPDI 11."""
    needs, many = report.needs, report.needs_from
    if not needs:
        return Section(say("apart"), 1, (paragraph(say("apart_none", many=many)),))
    rows = [
        (
            say.cpv_group(need.group),
            say.number(len(need.buyers)),
            say.number(need.procedures),
            say.number(need.values["EUR"]) if "EUR" in need.values else say("none"),
        )
        for need in needs[:_SHOWN]
    ]
    head = [say("need"), say("buyers"), say("counted_procedures"), say("value_eur")]
    blocks: list[Block] = [lead(say("apart_lead", many=many)), table(say("table_apart"), head, rows, (49, 15, 15, 21))]
    if len(needs) > _SHOWN:
        blocks.append(note(say("apart_more", shown=_SHOWN, all=say.number(len(needs)))))
    return Section(say("apart"), 1, tuple(blocks))
