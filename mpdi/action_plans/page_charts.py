"""The charts of a plan's first page, those of its Word file: a wide one, and a narrow one for phones."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.files.charts import Bar, bars
from mpdi.action_plans.files.voice import Voice
from mpdi.clause_library.core.vocabulary import Language
from mpdi.svg import ACCENT, Drawing, as_address, short

_NARROW, _MARGIN, _ROW, _BAR, _LONGEST = 340, 6, 46, 16, 42


@dataclass(frozen=True)
class ChartWithTable:
    """A chart as addresses (wide, narrow), and the rows of its table: heads, then cells, the first one the name."""

    title: str
    pictures: tuple[str, str]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def spending_chart(document: ActionPlanDocument, language: Language) -> ChartWithTable | None:
    """Return what is bought by category; None where nothing is stated."""
    voice, view = Voice(document, language), document.spending
    if not view.rows:
        return None
    highest = view.rows[0].share
    drawn = [
        Bar(
            voice.category(row.category),
            row.share / highest if highest else Decimal(0),
            f"{voice.money(row.amount)} ({voice.share(row.share)})",
        )
        for row in view.rows
    ]
    rows = [
        (
            voice.category(row.category),
            voice.money(row.amount),
            voice.share(row.share),
            voice.word("not_stated") if row.contracts is None else voice.number(row.contracts),
        )
        for row in view.rows
    ]
    contracts = "–" if view.contracts is None else voice.number(view.contracts)
    rows.append((voice.word("total"), voice.money(view.total), voice.share(Decimal(1)), contracts))
    heads = tuple(voice.word(f"head_{each}") for each in ("category", "amount", "share", "contracts"))
    return _with_table(voice, "spending_chart", drawn, heads, rows, voice.word("spending_note"))


def reach_chart(document: ActionPlanDocument, language: Language) -> ChartWithTable | None:
    """Return how much of it the clauses of each theme could reach; None where nothing is stated."""
    voice, view = Voice(document, language), document.spending
    if not view.rows:
        return None
    drawn = [
        Bar(voice.word(f"theme_{each.theme}"), each.share, f"{voice.share(each.share)} ({voice.money(each.amount)})")
        for each in view.themes
    ]
    rows = [
        (
            voice.word(f"theme_{each.theme}"),
            voice.number(each.categories),
            voice.money(each.amount),
            voice.share(each.share),
        )
        for each in view.themes
    ]
    heads = tuple(voice.word(f"head_{each}") for each in ("theme", "categories", "amount", "share"))
    return _with_table(voice, "reach_chart", drawn, heads, rows, voice.word("reach_note"))


def _with_table(
    voice: Voice,
    key: str,
    drawn: Sequence[Bar],
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    note: str,
) -> ChartWithTable:
    title = voice.word(key)
    pictures = as_address(bars(title, drawn)), as_address(_narrow(title, drawn))
    return ChartWithTable(title, pictures, heads, tuple(rows), note)


def _narrow(title: str, rows: Sequence[Bar]) -> bytes:
    """Draw the same bars for a phone: name and value above each."""
    drawing = Drawing(title, _NARROW, len(rows) * _ROW + 2 * _MARGIN)
    room = _NARROW - 2 * _MARGIN
    for number, row in enumerate(rows):
        top = _MARGIN + number * _ROW
        label = short(row.label, max(_LONGEST - len(row.text), 12))
        drawing.text(_MARGIN, top + 16, f"{label} · {row.text}", "start")
        drawing.rect(_MARGIN, top + 22, max(float(room * row.share), 1.0), _BAR, ACCENT)
    return drawing.to_bytes()
