"""Tables of the annex: what the buyer fixes and where it comes from, what emissions cost, what tenderers are asked for."""

from collections.abc import Iterator
from decimal import Decimal

from mpdi.costing.annex_words import AnnexLanguage, phrase
from mpdi.costing.checklist import GreenCase
from mpdi.costing.choice_words import help_of
from mpdi.costing.examples import word
from mpdi.costing.numbers import number, typed, unit_words
from mpdi.costing.source_words import own_source_words, source_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.documents.model import Block, Paragraph, Table, content
from mpdi.lcc.sheets.model import Input, Value


def parameter_table(green: GreenCase, language: AnnexLanguage) -> Table:
    """Every input of the buyer with its value, unit and origin: a source, or the word assumption."""
    header = tuple(phrase("texts", key, language) for key in ("label", "key", "value", "unit", "origin"))
    rows = tuple(
        (
            content(each.label.said(language)),
            content(each.key),
            content(_value(green.parameters.buyer.get(each.key), each, language)),
            content(_unit(each, language)),
            content(_origin(green, each, language)),
        )
        for each in green.parameters.sheet.buyer
    )
    caption = phrase("texts", "parameters", language)
    return Table(caption, header, rows, (26.0, 19.0, 15.0, 12.0, 28.0), right_aligned=(2,), is_dense=True)


def _value(value: Value | None, each: Input, language: AnnexLanguage) -> str:
    if value is None:
        return "–"
    if isinstance(value, Decimal):
        return typed(value, language)
    return word("first_year" if each.key == "first_year" else "choices", value, language)


def _unit(each: Input, language: AnnexLanguage) -> str:
    return phrase("texts", "choice", language) if each.options else unit_words(each.unit, language)


def _origin(green: GreenCase, each: Input, language: AnnexLanguage) -> str:
    if each.key not in green.parameters.buyer:
        return phrase("texts", "not_used", language)
    if each.key not in green.parameters.defaulted:
        own = green.parameters.sources.get(each.key)
        missing = phrase("texts", "stated_choice" if each.options else "stated", language)
        return green.sources.get(each.key) or (own_source_words(each, own, language) if own else missing)
    if each.source is None:
        return phrase("texts", "assumption_kept", language)
    return phrase("texts", "source", language, words=source_words(each.source, language), year=str(each.source.year))


def price_blocks(held: TenderParameters, language: AnnexLanguage) -> Iterator[Block]:
    """The prices of emissions with the source of each, where emissions are priced."""
    pricing = held.pricing
    if pricing is None or not pricing.prices.points:
        return
    title = pricing.prices.title[language]
    yield Paragraph(content(phrase("texts", "price_words", language, title=title, year=str(pricing.first_year))))
    if pricing.prices.is_historic:
        yield Paragraph(content(phrase("texts", "historic", language)))
    header = tuple(phrase("texts", key, language) for key in ("substance", "price", "unit", "price_year", "price_source"))
    rows = tuple(
        (
            content(word("substances", str(substance), language)),
            content(typed(each.value, language)),
            content(each.unit),
            content(str(each.year)),
            content(each.source),
        )
        for substance, listed in pricing.prices.points.items()
        for each in listed
    )
    caption = phrase("texts", "prices", language)
    yield Table(caption, header, rows, (18.0, 12.0, 12.0, 12.0, 46.0), right_aligned=(1, 3), is_dense=True)


def data_table(held: TenderParameters, language: AnnexLanguage) -> Table:
    """Every value asked of tenderers: what it is, unit, bounds, proof."""
    header = tuple(phrase("texts", key, language) for key in ("label", "unit", "bounds", "proof"))
    rows = tuple(
        (
            content(f"{each.label.said(language)} ({each.key}). {help_of(each, language)}"),
            content(_unit(each, language)),
            content(_bounds(each, language)),
            content(each.proof.said(language) if each.proof else phrase("texts", "commitment", language)),
        )
        for each in held.sheet.tenderer
    )
    return Table(phrase("texts", "data", language), header, rows, (42.0, 12.0, 20.0, 26.0), is_dense=True)


def _bounds(each: Input, language: AnnexLanguage) -> str:
    if each.options:
        words = ", ".join(word("choices", option, language) for option in each.options)
    else:
        low, high = (number(bound or Decimal(0), language, 6) for bound in (each.minimum, each.maximum))
        words = phrase("texts", "from_to", language, low=low, high=high)
    return words if each.required else phrase("texts", "where_it_counts", language, bounds=words)
