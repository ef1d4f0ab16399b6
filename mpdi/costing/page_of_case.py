"""Everything that the page of a counted case shows, gathered once for its template."""

from collections.abc import Mapping
from typing import Any

from mpdi.costing.charts import NARROW, WIDE, Format, Group, Line, axis, crossings, grouped_bars, lines
from mpdi.costing.files import CountedCase
from mpdi.costing.presentation import (
    arithmetic,
    budget_views,
    components,
    cumulative,
    external_rows,
    held_values,
    ranking,
    year_rows,
)
from mpdi.costing.winner import turns_of
from mpdi.costing.words import component, figure, money, turns
from mpdi.i18n import translate as _
from mpdi.lcc.sheets.model import Language
from mpdi.svg import as_address


def shown_case(counted: CountedCase, data: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return what the template of a case asks for, by name."""
    result, filled = counted.result, counted.filled
    assert filled is not None, "the page counts cases of sheets alone"
    rows = ranking(result)
    quantities = {each.key: each for each in filled.sheet.quantities}
    return {
        "result": result,
        "rows": rows,
        "in_front": [row for row in rows if row.place == 1],
        "cheapest": [row for row in rows if row.price_place == 1],
        "names": [each.name for each in result.alternatives],
        "components": components(result),
        "years": year_rows(result),
        "budgets": budget_views(result),
        "external": external_rows(filled),
        "has_external_costs": any(any(each.external_cash) for each in result.alternatives),
        "steps": arithmetic(counted, language),
        "held": held_values(filled.sheet, data),
        "beside": [
            (quantities[key], [offer.quantities[key] for offer in filled.offers]) for key in filled.sheet.beside
        ],
        "turns": turns(result.winner.name, turns_of(counted)),
        "component_charts": [as_address(_component_chart(counted, shape)) for shape in (WIDE, NARROW)],
        "line_charts": [as_address(_line_chart(counted, shape)) for shape in (WIDE, NARROW)],
    }


def _component_chart(counted: CountedCase, shape: Format) -> bytes:
    names = [each.name for each in counted.result.alternatives]
    groups = [
        Group(
            component(word), tuple((name, amount, money(amount)) for name, amount in zip(names, amounts, strict=True))
        )
        for word, amounts in components(counted.result)
    ]
    whole = Group(
        _("Life-cycle cost"), tuple((each.name, each.lcc, money(each.lcc)) for each in counted.result.alternatives)
    )
    return grouped_bars(_("Present value by component, EUR"), [*groups, whole], shape)


def _line_chart(counted: CountedCase, shape: Format) -> bytes:
    sums = zip(counted.result.alternatives, cumulative(counted.result), strict=True)
    drawn = [Line(each.name, values) for each, values in sums]
    marks = [(mark, figure(mark, 0)) for mark in axis(drawn)]
    met = crossings(drawn, _("year {year}"))
    return lines(_("Spent up to each year, EUR"), drawn, _("year"), marks, met, shape)
