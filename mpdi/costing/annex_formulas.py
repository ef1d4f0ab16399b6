"""The formulas of a sheet as the annex prints them: in words, and exactly as they are counted."""

from collections.abc import Iterator

from mpdi.costing.annex_words import AnnexLanguage, passage, phrase
from mpdi.costing.examples import word
from mpdi.costing.formula_words import in_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.documents.model import Block, Paragraph, ParagraphKind, Table, content
from mpdi.lcc.model import category_of
from mpdi.lcc.sheets.formulas import Formula
from mpdi.lcc.sheets.model import FlowRule


def formula_blocks(held: TenderParameters, language: AnnexLanguage) -> Iterator[Block]:
    """Quantities, lines of cost and emissions of the sheet; what the functions in the formulas mean."""
    sheet = held.sheet
    yield Paragraph(content(passage("formulas_lead", language)))
    if sheet.quantities:
        named = [(f"{each.label.said(language)} ({each.key})", each.formula) for each in sheet.quantities]
        yield _table("quantities", named, held, language)
    yield _lines(held, language)
    if sheet.emissions:
        emitted = [(f"{each.name.said(language)} (kg)", each.yearly) for each in sheet.emissions]
        yield _table("emissions", emitted, held, language)
    yield Paragraph(content(passage("functions", language)), ParagraphKind.NOTE)


def _table(caption: str, named: list[tuple[str, Formula]], held: TenderParameters, language: AnnexLanguage) -> Table:
    header = tuple(phrase("texts", key, language) for key in ("what", "in_words", "exact"))
    rows = tuple(
        (content(name), content(_in_words(formula, held, language)), content(formula.text)) for name, formula in named
    )
    return Table(phrase("texts", caption, language), header, rows, (26.0, 37.0, 37.0), is_dense=True)


def _lines(held: TenderParameters, language: AnnexLanguage) -> Table:
    header = tuple(phrase("texts", key, language) for key in ("what", "when", "in_words", "exact"))
    rows = tuple(
        (
            content(f"{rule.name.said(language)} ({word('components', category_of(rule.category) or rule.category, language)})"),
            content(_when(rule, held, language)),
            content(_in_words(rule.amount, held, language)),
            content(rule.amount.text),
        )
        for rule in held.sheet.flows
    )  # fmt: skip
    return Table(phrase("texts", "lines", language), header, rows, (21.0, 21.0, 29.0, 29.0), is_dense=True)


def _when(rule: FlowRule, held: TenderParameters, language: AnnexLanguage) -> str:
    if rule.at is not None:
        when = phrase("texts", "at", language, at=_year(rule.at, held, language))
    elif rule.every is not None:
        when = phrase("texts", "every", language, every=_in_words(rule.every, held, language))
    else:
        first, last = ("" if each is None else _year(each, held, language) for each in (rule.first, rule.last))
        when = phrase("texts", "yearly", language, first=first, last=last)
    if rule.growth is None:
        return when
    return phrase("texts", "growth", language, when=when, growth=_in_words(rule.growth, held, language))


def _year(formula: Formula, held: TenderParameters, language: AnnexLanguage) -> str:
    """A year as a figure where the study fixes it."""
    return str(held.buyer["years"]) if formula.text == "years" else _in_words(formula, held, language)


def _in_words(formula: Formula, held: TenderParameters, language: AnnexLanguage) -> str:
    return in_words(formula, held.buyer, held.sheet, language)
