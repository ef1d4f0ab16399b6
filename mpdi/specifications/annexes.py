"""The annexes of a specification (`templates/documents/annexes.yaml`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.vocabulary import Nature
from mpdi.documents.model import Block, Content, Paragraph, Section, Table, content
from mpdi.specifications.context import Context
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.tables import (
    act_rows, annex_table, clause_law_rows, execution_check_rows, register_rows, tender_check_rows,
)

Rows = list[tuple[Content, ...]]


def annex_sections(context: Context, section_bases: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Yield the annexes that stand for this purchase."""
    computed: Mapping[str, Mapping[str, Callable[[], Rows]]] = {
        "verification_plan": {"tender": lambda: tender_check_rows(context), "execution": lambda: execution_check_rows(context)},
        "clause_register": {"": lambda: register_rows(context)},
        "legal_sources": {"clauses": lambda: clause_law_rows(context), "acts": lambda: act_rows(context, section_bases)},
    }
    for identifier, item in read_document_data("annexes")["annexes"].items():
        if context.stands(item.get("only_when")):
            heading = item["heading"][context.language]
            tables = list(_tables(item, computed.get(identifier, {}), context))
            blocks = tuple(_blocks(item, tables, context, heading))
            yield Section(heading, 1, blocks, id=f"annex_{identifier}", is_annex=True)


def _tables(item: Mapping[str, Any], computed: Mapping[str, Callable[[], Rows]], context: Context) -> Iterator[Table]:
    tables: Mapping[str, Any] = item.get("tables") or ({"": item["table"]} if "table" in item else {})
    for name, table in tables.items():
        rows = computed[name]() if name in computed else _fixed_rows(table, context)
        if rows:
            yield annex_table(table, rows, context)


def _blocks(item: Mapping[str, Any], tables: Sequence[Table], context: Context, where: str) -> Iterator[Block]:
    for text in item.get("intro", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))
    yield from tables
    for text in item.get("after", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))


def _fixed_rows(table: Mapping[str, Any], context: Context) -> Rows:
    rows = table.get("rows") or _rows_of_nature(table, context.purchase.nature)
    return [tuple(content(cell[context.language]) if cell else content("") for cell in row) for row in rows]


def _rows_of_nature(table: Mapping[str, Any], nature: Nature | None) -> list[Any]:
    by_nature: Mapping[str, list[Any]] = table.get("rows_when", {})
    return by_nature.get(str(nature or Nature.SERVICES), [])
