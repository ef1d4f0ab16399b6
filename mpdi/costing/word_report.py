"""A counted case as a Word report, in French or Dutch: ranking, components, comparison, budget years, externalities."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from mpdi.costing.evaluation import About, Evaluation, evaluation_sections
from mpdi.costing.examples import word
from mpdi.costing.files import CountedCase
from mpdi.costing.numbers import NOTHING, money, number, percent, sensible, unit_words
from mpdi.costing.presentation import ranking
from mpdi.costing.result_book_words import words_in
from mpdi.costing.table_words import TableWords
from mpdi.costing.tender_parameters import TenderParameters, freeze
from mpdi.costing.typography import set_in
from mpdi.costing.uncertainty import Uncertain
from mpdi.costing.winner import Turn
from mpdi.costing.word_budget import budget_sections
from mpdi.costing.word_charts import MOST, component_chart
from mpdi.costing.word_cover import changes_lead, frozen_fact, verdict
from mpdi.costing.word_uncertainty import uncertain_section
from mpdi.costing.word_values import assumption_lines, emission_sections, line_table, value_sections
from mpdi.documents.docx_writer import write_document
from mpdi.documents.inline import Language as DocumentLanguage
from mpdi.documents.model import (
    Block,
    Bullets,
    Metadata,
    Paragraph,
    ParagraphKind,
    Section,
    Table,
    TitlePage,
    WordDocument,
    content,
)
from mpdi.lcc.model import AlternativeResult, ExternalCosts, category_of
from mpdi.lcc.sentences import ABOVE, BELOW
from mpdi.lcc.sentences import NOTHING as NOTHING_CHANGES

ReportLanguage = Literal["fr", "nl"]
DAY = datetime.date(2000, 1, 1)
"""The date in the file's properties, and of the parameters where none is given: the same case gives the same bytes."""


def word_report(
    counted: CountedCase,
    language: ReportLanguage,
    turns: Sequence[Turn] | None = None,
    day: datetime.date | None = None,
    evaluation: Evaluation | None = None,
    uncertain: Uncertain | None = None,
) -> bytes:
    """Return the .docx; the same case and day give the same bytes. It holds all that is needed to count it again.

    `turns`: what would change the winner, where it was asked. `day`: printed, and the date of the buyer's parameters in
    their digest; without it neither is printed. The cover bears the day of an evaluation, and `day` beside it. `evaluation`: of tenders that came back, with points and refusals. `uncertain`:
    the case looked at with what is not known for sure.
    """
    document = _Report(counted, language, turns, day, evaluation).document()
    if uncertain is None:
        return write_document(document)
    more = uncertain_section(uncertain, counted.result, language)
    place = next((at for at, each in enumerate(document.sections) if each.is_annex), len(document.sections))
    return write_document(replace(document, sections=(*document.sections[:place], more, *document.sections[place:])))


class _Report:
    """The sections of the report; amounts are rounded here, and nowhere before."""

    def __init__(
        self,
        counted: CountedCase,
        language: ReportLanguage,
        turns: Sequence[Turn] | None,
        day: datetime.date | None,
        evaluation: Evaluation | None,
    ) -> None:
        self._counted, self._result, self._turns, self._day = counted, counted.result, turns, day
        self._evaluation = evaluation
        self._held: TenderParameters | None = None
        if counted.filled is not None:
            self._held = freeze(counted.data, day or DAY, language)
        self._language, self._say = language, words_in(language)
        self._about = evaluation.about if evaluation else About()
        self._title = self._about.object or counted.case.title or self._say("title")
        self._kind = TableWords(language)("evaluation") if evaluation else self._say("report")

    def document(self) -> WordDocument:
        """The plain data of the file."""
        say = self._say
        sections = (
            Section(say("compared_here"), 1, self._compared()),
            Section(say("ranking"), 1, self._ranking()),
            *(evaluation_sections(self._evaluation, self._language) if self._evaluation else ()),
            Section(say("by_component"), 1, self._by_component()),
            *self._comparison(),
            *self._what_changes(),
            *budget_sections(self._result, self._language),
            *self._externalities(),
            *emission_sections(self._counted.filled, self._language),
            *value_sections(self._counted, self._held, self._language, self._evaluation),
            Section(say("all_lines"), 1, (self._lines(),), is_annex=True, starts_page=True),
        )
        return WordDocument(
            language=DocumentLanguage(self._language),
            metadata=Metadata(
                f"{self._kind} – {self._title}", DAY, reference=self._about.reference, authority=self._about.authority
            ),
            title_page=TitlePage(
                kind=self._kind,
                object=self._title,
                authority=self._about.authority,
                reference=self._about.reference,
                date=(self._evaluation and self._evaluation.evaluated_on) or self._day,
                facts=frozen_fact(self._evaluation, self._day, self._language),
                verdict=verdict(self._evaluation, self._result, self._language),
                notices=(say("as_counted"),),
            ),
            sections=sections,
            header=self._title,
            contents_levels=1,
        )

    def _compared(self) -> tuple[Block, ...]:
        held, say = self._result.conventions, self._say
        is_counted = held.external_costs is ExternalCosts.COUNTED
        facts = [
            (say("years"), str(held.years)),
            (say("discount_rate"), percent(held.discount_rate, self._language)),
            (say("money"), say(held.money)),
            *([(say("inflation"), percent(held.inflation, self._language))] if held.inflation is not None else []),
            (say("timing"), say(held.timing)),
            (say("currency"), held.currency),
            (say("vat"), say(held.vat)),
            (say("external_head"), say("are_ranked" if is_counted else "not_ranked")),
        ]
        filled = self._counted.filled
        if filled is not None:
            facts.append((say("sheet"), f"{filled.sheet.id}, {filled.sheet.version}, {filled.sheet.digest}"))
        if self._held is not None and self._day is not None:
            facts.append((say("parameters_digest"), f"{self._day.isoformat()}, {self._held.digest}"))
        rows = tuple((content(label), content(value)) for label, value in facts)
        blocks: list[Block] = [Table(say("parameters"), (say("figure_head"), say("value_head")), rows, (50.0, 50.0))]
        for key, keys in self._assumed():
            if filled is not None and keys:
                kept = tuple(map(content, assumption_lines(filled, keys, self._language)))
                blocks += [Paragraph(content(say(key))), Bullets(kept)]
        return tuple(blocks)

    def _assumed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The assumptions kept: those that the award file confirms, in the words of the annex, then the others."""
        assumed = self._counted.filled.assumed if self._counted.filled else ()
        confirmed = self._evaluation.confirmed if self._evaluation else frozenset()
        yield "confirmed", tuple(each for each in assumed if each in confirmed)
        yield "assumptions", tuple(each for each in assumed if each not in confirmed)

    def _ranking(self) -> tuple[Block, ...]:
        say, result = self._say, self._result
        heads = ("offer", "price", "place_by_price", "lcc", "place", "annual")
        rows = [
            (
                each.offer.name,
                money(each.price, self._language),
                str(each.price_place),
                money(each.offer.lcc, self._language),
                str(each.place),
                money(each.offer.annual, self._language),
            )
            for each in ranking(result)
        ]
        table = self._table(say("ranking"), tuple(map(say, heads)), rows, (28, 18, 10, 18, 8, 18))
        return (table, *self._cautions(result.cautions, ""))

    def _by_component(self) -> tuple[Block, ...]:
        offers = len(self._result.alternatives)
        few = [Paragraph(content(self._say("charts_of").format(count=MOST)))] if offers > MOST else []
        return (*few, component_chart(self._result, self._language), self._components())

    def _components(self) -> Table:
        words = list(dict.fromkeys(key for each in self._result.alternatives for key in each.pv))
        names = [each.name for each in self._result.alternatives]
        return self._by_offer(
            self._say("by_component"),
            [
                (self._component(key), [each.pv.get(key, Decimal(0)) for each in self._result.alternatives])
                for key in words
            ]
            + [(self._say("total"), [each.lcc for each in self._result.alternatives])],
            names,
        )

    def _component(self, key: str) -> str:
        return word("components", category_of(key) or key, self._language)

    def _by_offer(self, caption: str, lines: Sequence[tuple[str, Sequence[Decimal]]], names: Sequence[str]) -> Table:
        """Offers as rows where the lines are few, which they are: the table stays on the page with forty offers."""
        header = (self._say("offer"), *(label for label, _ in lines))
        rows = [
            (name, *(money(values[place], self._language) for _, values in lines)) for place, name in enumerate(names)
        ]
        return self._table(caption, header, rows, _widths_of(header))

    def _comparison(self) -> Iterator[Section]:
        say, base = self._say, self._result.alternatives[0]
        others = self._result.alternatives[1:]
        if not others:
            return
        heads = ("offer", "net_savings", "sir", "airr", "payback", "discounted_payback")
        rows = [self._compared_row(each) for each in others]
        table = self._table(say("against_first"), tuple(map(say, heads)), rows, (14, 15, 17, 15, 18, 21))
        cautions = [
            block
            for each in others
            for block in self._cautions(each.comparison.cautions if each.comparison else (), each.name)
        ]
        lead = Paragraph(content(say("against").format(base=base.name)), ParagraphKind.KEPT)
        yield Section(say("against_first"), 1, (lead, table, *cautions))

    def _what_changes(self) -> Iterator[Section]:
        if self._turns is None:
            return
        said = [sentence for turn in self._turns for sentence in self._sentences(turn)]
        heading, lead = changes_lead(self._evaluation, self._result.winner.name, self._language)
        bullets = Bullets(tuple(content(each) for each in said or [NOTHING_CHANGES[self._language]]))
        yield Section(heading, 1, (*lead, bullets))

    def _sentences(self, turn: Turn) -> Iterator[str]:
        label = turn.label.said(self._language) if turn.label else turn.key
        name = f"{turn.offer}, {label}" if turn.offer else label
        for words, limit in ((BELOW, turn.low), (ABOVE, turn.high)):
            if limit:
                yield set_in(words[self._language], self._language).format(
                    input=name,
                    value=self._with_unit(limit[0], turn.unit),
                    base=self._with_unit(turn.value, turn.unit),
                    other=limit[1],
                    winner=self._result.winner.name,
                )

    def _with_unit(self, value: Decimal, unit: str) -> str:
        return f"{sensible(value, self._language)} {unit_words(unit, self._language)}".strip()

    def _compared_row(self, each: AlternativeResult) -> tuple[str, ...]:
        held = each.comparison
        if held is None or held.net_savings is None:
            return (each.name, *[NOTHING] * 5)
        paybacks = (held.simple_payback, held.discounted_payback)
        never = self._say("never") if held.is_dearer else NOTHING
        return (
            each.name,
            money(held.net_savings, self._language),
            number(held.sir, self._language, 2),
            percent(held.airr, self._language),
            *(never if year is None else str(year) for year in paybacks),
        )

    def _cautions(self, cautions: Sequence[str], offer: str) -> Iterator[Block]:
        for each in cautions:
            what = word("cautions", each, self._language)
            said = self._say("to_know_of" if offer else "to_know").format(what=what, offer=offer)
            yield Paragraph(content(said), ParagraphKind.NOTE)

    def _externalities(self) -> Iterator[Section]:
        if not any(any(each.external_cash) for each in self._result.alternatives):
            return
        is_counted = self._result.conventions.external_costs is ExternalCosts.COUNTED
        rows = [(each.name, money(each.external_pv, self._language)) for each in self._result.alternatives]
        head = (self._say("offer"), self._say("external_value"))
        table = self._table(self._say("externalities"), head, rows, (60, 40))
        note = Paragraph(content(self._say("are_ranked" if is_counted else "not_ranked")), ParagraphKind.KEPT)
        yield Section(self._say("externalities"), 1, (note, table))

    def _lines(self) -> Block:
        components = {flow.category for offer in self._counted.case.alternatives for flow in offer.flows}
        return line_table(self._counted.case, {key: self._component(key) for key in components}, self._language)

    def _table(
        self, caption: str, header: tuple[str, ...], rows: Sequence[Sequence[str]], widths: tuple[float, ...]
    ) -> Table:
        return Table(
            caption,
            header,
            tuple(tuple(content(cell) for cell in row) for row in rows),
            widths,
            right_aligned=tuple(range(1, len(header))),
            is_dense=len(rows) > 12 or len(header) > 5,
        )


def _widths_of(header: Sequence[str]) -> tuple[float, ...]:
    """Shares of a table's width: a column of amounts has room for the longest word of its head, which is not broken."""
    needs = [max(10.5, *(1.15 * len(each) for each in head.split())) for head in header]
    return tuple(100 * each / sum(needs) for each in needs)
