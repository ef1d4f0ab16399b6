"""The annexes of a specification (`annexes.yaml` and `models.yaml` of `templates/documents/`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from mpdi.clause_library.core.vocabulary import Nature
from mpdi.documents.inline import content_text
from mpdi.documents.model import Block, Content, Emphasis, Paragraph, Run, Section, Table, content
from mpdi.specifications.annex_list import MODELS, Model
from mpdi.specifications.context import Context
from mpdi.specifications.tables import (
    act_rows,
    annex_table,
    clause_law_rows,
    execution_check_rows,
    register_rows,
    tender_check_rows,
)

Rows = list[tuple[Content, ...]]

# A page of annexes in lines of a table, and what a heading, caption and header of a table, and space take of it.
_PAGE, _HEADING, _TABLE_HEAD, _SPACE = 58, 4, 4, 1
_CHARACTERS_PER_PERCENT, _CHARACTERS_A_LINE = 1.0, 100
_DENSE = 0.75


def annex_sections(context: Context, section_bases: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Yield the annexes that stand for this purchase; the first on a page of its own, a form not cut where it can be."""
    filled = float(_PAGE)
    sections = list(_sections(context, section_bases))
    for section, following in zip(sections, [*sections[1:], None], strict=True):
        lines = _section_lines(section)
        if following is not None and following.level > section.level:
            lines += _section_lines(following)
        is_form = lines <= _PAGE
        starts_page = filled + (lines if is_form else _PAGE / 4) > _PAGE
        filled = (0 if starts_page else filled) + _section_lines(section)
        filled = filled if is_form else filled % _PAGE
        yield replace(section, starts_page=starts_page)


def _sections(context: Context, section_bases: Sequence[tuple[str, str]]) -> Iterator[Section]:
    computed: Mapping[str, Mapping[str, Callable[[], Rows]]] = {
        "verification_plan": {
            "tender": lambda: tender_check_rows(context),
            "execution": lambda: execution_check_rows(context),
        },
        "clause_register": {"": lambda: register_rows(context)},
        "legal_sources": {
            "clauses": lambda: clause_law_rows(context),
            "acts": lambda: act_rows(context, section_bases),
        },
    }
    for identifier, item in context.annexes.annexes:
        if identifier == MODELS:
            yield from _model_sections(item, context.annexes.models, context)
        else:
            yield _annex(identifier, item, computed.get(identifier, {}), context)


def _annex(
    identifier: str,
    item: Mapping[str, Any],
    computed: Mapping[str, Callable[[], Rows]],
    context: Context,
) -> Section:
    heading, target = item["heading"][context.language], f"annex_{identifier}"
    tables = _tables(item, computed, context)
    missing = [_missing(text[context.language], heading, target, context) for text in item.get("to_complete", ())]
    blocks = tuple(_blocks(item, [*tables, *missing], context, heading))
    return Section(heading, 1, blocks, id=target, is_annex=True)


def _missing(words: str, where: str, target: str, context: Context) -> Paragraph:
    context.need(words, where, target)
    return Paragraph((Run(f"[{words}]", Emphasis.HIGHLIGHT),))


def _model_sections(item: Mapping[str, Any], models: Sequence[Model], context: Context) -> Iterator[Section]:
    heading = item["heading"][context.language]
    yield Section(heading, 1, tuple(_blocks(item, (), context, heading)), id="annex_models", is_annex=True)
    for model in models:
        yield _model_section(model, item["by_buyer"][context.language], context)


def _section_lines(section: Section) -> float:
    return _HEADING + sum(_lines(block) for block in section.blocks)


def _lines(block: Block) -> float:
    """Return about how many lines a block takes."""
    if isinstance(block, Paragraph):
        return _SPACE + ceil(len(content_text(block.content)) / _CHARACTERS_A_LINE)
    if not isinstance(block, Table):
        return _SPACE
    shares = [width * _CHARACTERS_PER_PERCENT for width in block.widths]
    rows = sum(
        max(ceil(len(content_text(cell)) / share) or 1 for cell, share in zip(row, shares, strict=True))
        for row in block.rows
    )
    return _TABLE_HEAD + rows * (_DENSE if block.is_dense else 1)


def _model_section(model: Model, by_buyer: str, context: Context) -> Section:
    title = model.item["title"][context.language]
    heading, target = f"{title} ({model.clause_id})", f"model_{model.clause_id}_{model.name}"
    blocks: list[Block] = [Paragraph(context.fill(model.item["intro"][context.language], heading, target))]
    for table in model.item.get("tables") or [{"caption": model.item["title"], **model.item}]:
        blocks.append(annex_table(table, _fixed_rows(table, context), context))
    if model.item.get("by") == "buyer":
        blocks.append(_missing(by_buyer.format(title=title), heading, target, context))
    return Section(heading, 2, tuple(blocks), id=target, is_annex=True)


def _tables(item: Mapping[str, Any], computed: Mapping[str, Callable[[], Rows]], context: Context) -> Iterator[Table]:
    tables: Mapping[str, Any] = item.get("tables") or ({"": item["table"]} if "table" in item else {})
    for name, table in tables.items():
        rows = computed[name]() if name in computed else _fixed_rows(table, context)
        if rows:
            yield annex_table(table, rows, context)


def _blocks(item: Mapping[str, Any], under: Sequence[Block], context: Context, where: str) -> Iterator[Block]:
    for text in item.get("intro", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))
    yield from under
    for text in item.get("after", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))


def _fixed_rows(table: Mapping[str, Any], context: Context) -> Rows:
    blank = [None] * len(table["columns"])
    rows = [
        *(table.get("rows") or _rows_of_nature(table, context.purchase.nature)),
        *(blank for _ in range(int(table.get("blank_rows", 0)))),
        *table.get("last_rows", ()),
    ]
    return [tuple(content(cell[context.language]) if cell else content("") for cell in row) for row in rows]


def _rows_of_nature(table: Mapping[str, Any], nature: Nature | None) -> list[Any]:
    by_nature: Mapping[str, list[Any]] = table.get("rows_when", {})
    return by_nature.get(str(nature or Nature.SERVICES), [])
