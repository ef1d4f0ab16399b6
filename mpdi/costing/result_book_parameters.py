"""The sheet of the conventions of a case: the discount rate and the inflation are cells that formulas read."""

from mpdi.costing.result_book_words import Say
from mpdi.documents.calculation import CalculationSheet, Cell, Look, Number, Words, place
from mpdi.lcc.model import Case, ExternalCosts
from mpdi.lcc.sheets.filling import FilledSheet

_RATE_ROW, _INFLATION_ROW, _VALUE = 3, 4, 1


def rate_cell(sheet: str) -> str:
    """The address of the discount rate."""
    return place(_RATE_ROW, _VALUE, sheet=sheet)


def inflation_cell(sheet: str) -> str:
    """The address of the inflation; empty (nothing) where the case states none."""
    return place(_INFLATION_ROW, _VALUE, sheet=sheet)


def parameter_sheet(case: Case, filled: FilledSheet | None, name: str, say: Say) -> CalculationSheet:
    """The conventions, and the product sheet where the case came through one."""
    held = case.conventions
    counted = "external_counted" if held.external_costs is ExternalCosts.COUNTED else "external"
    inflation = None if held.inflation is None else Number(float(held.inflation), Look.OPEN_PERCENT)
    rows: list[tuple[Cell, ...]] = [
        (Words(case.title or say("title"), Look.TITLE),),
        (Words(say("signs")),),
        (Words(say("years")), Number(held.years, Look.WHOLE)),
        (Words(say("discount_rate")), Number(float(held.discount_rate), Look.OPEN_PERCENT)),
        (Words(say("inflation")), inflation),
        (Words(say("timing")), Words(say(held.timing))),
        (Words(say("money")), Words(say(held.money))),
        (Words(say("currency")), Words(held.currency)),
        (Words(say("vat")), Words(say(held.vat))),
        (Words(say(counted)),),
    ]
    if filled is not None:
        of = filled.sheet
        rows.append((Words(say("sheet")), Words(f"{of.id}, {of.version}, {of.digest}")))
    return CalculationSheet(name, (44.0, 40.0), tuple(rows), frozen=(0, 0))
