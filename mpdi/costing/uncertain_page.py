"""What is uncertain, on the page of a sheet: the spreads typed in its address, and what they show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mpdi.costing.charts import NARROW, WIDE, spans
from mpdi.costing.files import CountedCase
from mpdi.costing.numbers import typed as as_typed
from mpdi.costing.table_words import TableWords
from mpdi.costing.typed_numbers import TYPED_IN, read_typed
from mpdi.costing.uncertainty import DEFAULTS, Spreads, Uncertain, look_at, spread, uncertain_names
from mpdi.costing.uncertainty_words import Rows, draw_rows, name_of, note, scenario_rows, tornado_rows
from mpdi.costing.word_charts import draw_spans, tornado_spans
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.inputs import DISCOUNT_RATE
from mpdi.lcc.model import Category
from mpdi.lcc.sheets.model import Language, Sheet
from mpdi.specifications.typed_values import NotANumberError
from mpdi.svg import as_address

ASKED = "unsure"
"""The name in an address that asks for this section; spreads are `u_` and the component."""


@dataclass(frozen=True, slots=True)
class SpreadField:
    """One spread: its name in the address, what it is of, what stands in it, in what, whether that is no spread."""

    name: str
    label: str
    value: str
    unit: str
    is_wrong: bool


def spread_fields(sheet: Sheet, typed: Mapping[str, str], language: Language) -> list[SpreadField]:
    """The fields of a sheet: its components in their order, then the discount rate; defaults where nothing was typed."""
    used = {str(rule.category) for rule in sheet.flows}
    ordered = [str(each) for each in Category if str(each) in used and each is not Category.EXTERNALITY]
    names = [*ordered, *sorted(used - set(ordered) - {str(Category.EXTERNALITY)}), DISCOUNT_RATE]
    say, is_typed = TableWords(language), any(key.startswith("u_") for key in typed)
    written, made = typed.get(TYPED_IN) or language, []
    for name in names:
        default = "" if is_typed or name not in DEFAULTS else as_typed(DEFAULTS[name], written)
        text = typed.get(f"u_{name}", default).strip()
        unit = say("points_unit") if name == DISCOUNT_RATE else "± %"
        is_wrong = bool(text) and _read(name, text, written) is None
        made.append(SpreadField(f"u_{name}", name_of(name, say), text, unit, is_wrong))
    return made


def _read(name: str, text: str, language: str) -> Decimal | None:
    try:
        return spread(name, read_typed(text, language))
    except (NotANumberError, LifeCycleCostError):
        return None


def uncertain_of(counted: CountedCase, sheet: Sheet, typed: Mapping[str, str], language: Language) -> Uncertain | None:
    """The case looked at, where the address asks for it and something has a spread; faulty spreads are left out."""
    if not typed.get(ASKED):
        return None
    known = set(uncertain_names(counted.case))
    fields = spread_fields(sheet, typed, language)
    found = ((each.name.removeprefix("u_"), each.value) for each in fields if each.value and not each.is_wrong)
    written = typed.get(TYPED_IN) or language
    spreads = {name: value for name, text in found if name in known and (value := _read(name, text, written))}
    return look_at(counted.case, counted.result, Spreads(spreads)) if spreads else None


def shown_uncertain(held: Uncertain, counted: CountedCase, language: Language) -> dict[str, Any]:
    """What the template shows: each table with its pictures, wide and narrow."""
    say, result = TableWords(language), counted.result
    names = [each.name for each in result.alternatives]
    return {"note": note(held, say), "parts": list(_parts(held, result.winner.name, names, say))}


def _parts(held: Uncertain, winner: str, names: list[str], say: TableWords) -> Iterator[tuple[Rows, list[str]]]:
    shapes = (WIDE, NARROW)
    if held.bars:
        rows, bars = tornado_rows(held, winner, say), tornado_spans(held, say)
        yield rows, [as_address(spans(rows.title, bars, shape, Decimal(0))) for shape in shapes]
    yield scenario_rows(held, names, say), []
    rows, drawn = draw_rows(held, say), draw_spans(held, say)
    yield rows, [as_address(spans(rows.title, drawn, shape)) for shape in shapes]
