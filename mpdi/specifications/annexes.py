"""The annexes of a specification (`annexes.yaml` and `models.yaml` of `templates/documents/`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import ceil
from typing import Any

from mpdi.clause_library.core.vocabulary import Nature
from mpdi.documents.inline import content_text
from mpdi.documents.model import Block, Content, Emphasis, Paragraph, Run, Section, Table, content
from mpdi.specifications.annex_list import MODELS, Model
from mpdi.specifications.checklist import checklist_rows
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
_HEADING_IN_COLUMN, _TABLE_HEAD_BESIDE = 6, 3
_CHARACTERS_PER_PERCENT, _CHARACTERS_A_LINE = 1.0, 100
_DENSE = 0.75


def arranged(sections: Sequence[Section], beside: Sequence[Section] | None = None) -> list[Section]:
    """Say which annexes begin a page: the first, and a form that would be cut where it need not be.

    `beside`: the same sections in the other language, where the two stand together and take the space of both.
    """
    filled, made = float(_PAGE), []
    pairs = list(zip(sections, beside or (None,) * len(sections), strict=True))
    for place, (section, other) in enumerate(pairs):
        if not section.is_annex:
            made.append(section)
            continue
        own = _pair_lines(section, other)
        lines = own
        if place + 1 < len(pairs) and pairs[place + 1][0].level > section.level:
            lines += _pair_lines(*pairs[place + 1])
        is_form = lines <= _PAGE
        starts_page = filled + (lines if is_form else _PAGE / 4) > _PAGE
        filled = (0 if starts_page else filled) + own
        filled = filled if is_form else filled % _PAGE
        made.append(replace(section, starts_page=starts_page))
    return made


def _pair_lines(section: Section, other: Section | None) -> float:
    sides = (section.blocks,) if other is None else (section.blocks, other.blocks)
    heading = _HEADING if other is None else _HEADING_IN_COLUMN
    return heading + sum(_lines(*blocks) for blocks in zip(*sides, strict=True))


def annex_sections(context: Context, section_bases: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Yield the annexes that stand for this purchase."""
    computed: Mapping[str, Mapping[str, Callable[[], Rows]]] = {
        "tender_checklist": {"": lambda: checklist_rows(context)},
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


def _lines(block: Block, *other: Block) -> float:
    """Return about how many lines a block takes, alone over the width or in two columns with its other language."""
    if isinstance(block, Paragraph):
        texts = [content_text(each.content) for each in (block, *other) if isinstance(each, Paragraph)]
        return _SPACE + ceil(max(map(len, texts)) * len(texts) / _CHARACTERS_A_LINE)
    if not isinstance(block, Table):
        return _SPACE
    shares = [width * _CHARACTERS_PER_PERCENT for width in block.widths]
    tables = [block, *(each for each in other if isinstance(each, Table))]
    pairs = zip(*(table.rows for table in tables), strict=True)
    rows = sum(max(map(_cell_lines, zip(*row, strict=True), shares)) for row in pairs)
    head: float = _TABLE_HEAD
    if other:
        header = zip(*((content(words) for words in table.header) for table in tables), strict=True)
        head = _TABLE_HEAD_BESIDE + max(map(_cell_lines, header, shares))
    return head + rows * (_DENSE if block.is_dense else 1)


def _cell_lines(contents: Sequence[Content], share: float) -> int:
    texts = set(map(content_text, contents))
    return sum(ceil(len(text) / share) for text in texts) or 1


def _model_section(model: Model, by_buyer: str, context: Context) -> Section:
    title = model.item["title"][context.language]
    heading, target = f"{title} ({model.clause_id})", f"model_{model.clause_id}_{model.name}"
    blocks: list[Block] = [Paragraph(context.fill(model.item["intro"][context.language], heading, target))]
    for table in model.item.get("tables") or [{"caption": model.item["title"], **model.item}]:
        blocks.append(annex_table(table, _model_rows(table, context), context))
    if model.item.get("by") == "buyer":
        blocks.append(_missing(by_buyer.format(title=title), heading, target, context))
    return Section(heading, 2, tuple(blocks), id=target, is_annex=True)


def _model_rows(table: Mapping[str, Any], context: Context) -> Rows:
    """The rows of a model: one for each lot that is described, its number and title filled in, else the fixed rows."""
    if table.get("rows_from") != "lots" or not context.purchase.lots_detail:
        return _fixed_rows(table, context)
    left_open = [content("")] * (len(table["columns"]) - 2)
    lots = enumerate(context.purchase.lots_detail, 1)
    return [(content(str(number)), content(lot.title), *left_open) for number, lot in lots]


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
    cells = [_cells(row) for row in rows if not isinstance(row, Mapping) or context.stands(row["only_when"])]
    return [tuple(content(cell[context.language]) if cell else content("") for cell in row) for row in cells]


def _cells(row: Any) -> Sequence[Mapping[str, str] | None]:
    """The cells of a fixed row, which stands under a condition where it is a mapping."""
    cells: Sequence[Mapping[str, str] | None] = row["cells"] if isinstance(row, Mapping) else row
    return cells


def _rows_of_nature(table: Mapping[str, Any], nature: Nature | None) -> list[Any]:
    by_nature: Mapping[str, list[Any]] = table.get("rows_when", {})
    return by_nature.get(str(nature or Nature.SERVICES), [])
