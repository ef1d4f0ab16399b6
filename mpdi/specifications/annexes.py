"""The annexes of a specification (`templates/documents/annexes.yaml`)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.vocabulary import Nature
from mpdi.documents.model import Block, Content, Paragraph, Section, content
from mpdi.specifications.context import Context
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.tables import annex_table, legal_source_rows, register_rows, verification_rows

Rows = list[tuple[Content, ...]]


def annex_sections(context: Context, section_bases: Sequence[tuple[str, str]]) -> Iterator[Section]:
    """Yield the annexes that stand for this purchase."""
    computed: Mapping[str, Callable[[], Rows]] = {
        "verification_plan": lambda: verification_rows(context),
        "clause_register": lambda: register_rows(context),
        "legal_sources": lambda: legal_source_rows(context, section_bases),
    }
    for identifier, item in read_document_data("annexes")["annexes"].items():
        if not context.stands(item.get("only_when")):
            continue
        rows = computed[identifier]() if identifier in computed else _fixed_rows(item, context)
        heading = item["heading"][context.language]
        yield Section(heading, 1, tuple(_blocks(item, rows, context, heading)), id=f"annex_{identifier}", is_annex=True)


def _blocks(item: Mapping[str, Any], rows: Rows, context: Context, where: str) -> Iterator[Block]:
    for text in item.get("intro", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))
    if rows and "table" in item:
        yield annex_table(item["table"], rows, context)
    for text in item.get("after", ()):
        if context.stands(text.get("only_when")):
            yield Paragraph(context.fill(text[context.language], where, ""))


def _fixed_rows(item: Mapping[str, Any], context: Context) -> Rows:
    table = item.get("table")
    if table is None:
        return []
    rows = table.get("rows") or _rows_of_nature(table, context.purchase.nature)
    return [tuple(content(cell[context.language]) if cell else content("") for cell in row) for row in rows]


def _rows_of_nature(table: Mapping[str, Any], nature: Nature | None) -> list[Any]:
    by_nature: Mapping[str, list[Any]] = table.get("rows_when", {})
    return by_nature.get(str(nature or Nature.SERVICES), [])
