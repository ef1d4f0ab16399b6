"""The sheet of live formulas: values, quantities, one row a year with its discount factor, the results."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.costing.numbers import unit_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.costing.workbook_cells import SheetCells, Style, absolute, letters
from mpdi.costing.workbook_formulas import Spreadsheet, ceiling, floor
from mpdi.costing.workbook_words import sheet_name, text
from mpdi.lcc.externalities import Substance
from mpdi.lcc.model import Timing
from mpdi.lcc.sheets.formulas import Formula, read_formula
from mpdi.lcc.sheets.model import FlowRule, InputKind, Language

_KEY, _LABEL, _VALUE, _UNIT, _FORMULA = range(5)
_YEAR, _FACTOR, _FIRST_FLOW = range(3)
_HEADS = ("name", "component", "amount", "growth", "first", "last", "life")
"""Rows above the years, by what they hold."""


@dataclass(frozen=True, slots=True)
class Results:
    """References of the results within the sheet of the calculation; `is_complete` holds whether they can be shown."""

    lcc: str
    annual: str
    per_unit: str | None
    year_zero: str
    external: str | None
    emitted: Mapping[Substance, str]
    is_complete: str


class Calculation:
    """Fills the sheet; `givens` says where each input was typed, as a reference from here."""

    def __init__(self, parameters: TenderParameters, givens: Mapping[str, str], language: Language) -> None:
        self._parameters, self._sheet, self._language = parameters, parameters.sheet, language
        self.cells = SheetCells(sheet_name("calculation", language), (18, 34, 18, *[16] * 20))
        self._years = int(Decimal(parameters.buyer["years"]))
        self._lag = 0 if parameters.buyer["first_year"] == "grown" else 1
        self._row = 0
        self._places: dict[str, str] = {}
        self._put_values(givens)
        self._spreadsheet = Spreadsheet(self._places, self._unsure())
        quantities = self._put_quantities()
        self._head_row = self._row + 1
        self._first_year = self._head_row + len(_HEADS) + 1
        self.results = self._put_years(quantities)

    def _said(self, key: str, **values: str) -> str:
        return text(key, self._language, **values)

    def _unsure(self) -> frozenset[str]:
        unsure = {each.key for each in self._sheet.inputs.values() if not each.required and each.default is None}
        for quantity in self._sheet.quantities:
            if quantity.formula.names & unsure:
                unsure.add(quantity.key)
        return frozenset(unsure)

    def _put_values(self, givens: Mapping[str, str]) -> None:
        self.cells.put(0, 0, self._said("in_formulas"), Style.TITLE)
        self.cells.put_row(1, tuple(map(self._said, ("key", "what", "value", "unit"))), Style.HEAD)
        self._row = 2
        for key, each in self._sheet.inputs.items():
            cell = givens[key]
            value = f"{cell}/100" if each.unit == "%" and each.kind is not InputKind.CHOICE else cell
            self.cells.put_row(self._row, (key, each.label.said(self._language)))
            self._places[key] = self.cells.calculate(self._row, _VALUE, f'IF({cell}="",NA(),{value})')
            self.cells.put(
                self._row,
                _UNIT,
                "" if each.unit in ("%", "choice") else unit_words(each.unit, self._language),
                Style.FAINT,
            )
            self._row += 1

    def _put_quantities(self) -> str | None:
        """Return the range of the quantities; each of them must be known, as in the engine."""
        self._row += 1
        self.cells.put(self._row, 0, self._said("quantities"), Style.TITLE)
        self.cells.put_row(
            self._row + 1, tuple(map(self._said, ("key", "what", "value", "unit", "formula"))), Style.HEAD
        )
        self._row += 2
        first = self._row
        for quantity in self._sheet.quantities:
            self.cells.put_row(self._row, (quantity.key, quantity.label.said(self._language)))
            self.cells.put(self._row, _UNIT, unit_words(quantity.unit, self._language), Style.FAINT)
            self.cells.put(self._row, _FORMULA, quantity.formula.text, Style.FAINT)
            self._places[quantity.key] = self._calculate(_VALUE, quantity.formula)
            self._row += 1
        return f"{absolute(first, _VALUE)}:{absolute(self._row - 1, _VALUE)}" if self._row > first else None

    def _calculate(self, column: int, formula: Formula, row: int | None = None) -> str:
        return self.cells.calculate(self._row if row is None else row, column, self._spreadsheet.written(formula))

    def _put_years(self, quantities: str | None) -> Results:
        self.cells.put(self._head_row - 1, 0, self._said("flows"), Style.TITLE)
        for place, key in enumerate(_HEADS):
            self.cells.put(
                self._head_row + place, 0, "" if key in ("name", "component") else self._said(key), Style.FAINT
            )
        self.cells.put(self._first_year - 1, _YEAR, self._said("year"), Style.HEAD)
        self.cells.put(self._first_year - 1, _FACTOR, self._said("factor"), Style.HEAD)
        for year in range(self._years + 1):
            self.cells.put(self._first_year + year, _YEAR, Decimal(year), Style.NUMBER)
            self.cells.calculate(self._first_year + year, _FACTOR, self._discount(year), Style.FACTOR)
        for place, rule in enumerate(self._sheet.flows):
            self._put_flow(_FIRST_FLOW + place, rule)
        totals = _FIRST_FLOW + len(self._sheet.flows)
        self._put_totals(totals)
        return self._put_results(totals, quantities)

    def _discount(self, year: int) -> str:
        rate, timing = self._places["discount_rate"], self._parameters.buyer["timing"]
        if not year:
            return "1"
        if timing == Timing.MID:
            return f"(1+{rate})^-{Decimal(year) - Decimal('0.5')}"
        if timing == Timing.CONTINUOUS:
            return f"IF({rate}=0,1,(1+{rate})^-{year}*{rate}/LN(1+{rate}))"
        return f"(1+{rate})^-{year}"

    def _put_flow(self, column: int, rule: FlowRule) -> None:
        top = self._head_row
        rows = {key: top + place for place, key in enumerate(_HEADS)}
        self.cells.put(rows["name"], column, rule.name.said(self._language), Style.HEAD)
        self.cells.put(rows["component"], column, rule.category, Style.FAINT)
        self.cells.put(self._first_year - 1, column, rule.name.said(self._language), Style.HEAD)
        amount = self._calculate(column, rule.amount, rows["amount"])
        grown = ""
        if rule.growth is not None:
            growth = self._calculate(column, rule.growth, rows["growth"])
            year = f"${letters(_YEAR)}{{row}}"
            grown = f"*(1+{growth})^({year}-{self._lag})" if self._lag else f"*(1+{growth})^{year}"
        times = self._times(column, rule, rows)
        for row in range(self._first_year, self._first_year + self._years + 1):
            share = times.replace("{year}", f"${letters(_YEAR)}{row + 1}")
            cost = f"{amount}*{share}{grown.replace('{row}', str(row + 1))}"
            self.cells.calculate(row, column, f"IF({amount}=0,0,{cost})", Style.MONEY)

    def _times(self, column: int, rule: FlowRule, rows: Mapping[str, int]) -> str:
        """How often the cost falls in a year, as a formula of that `{year}`."""
        if rule.every is not None:
            life = self._calculate(column, rule.every, rows["life"])
            return f"IF({life}=0,0,IF({{year}}=0,0,{self._bought(life, '{year}')}-{self._bought(life, '({year}-1)')}))"
        if rule.at is not None:
            at = self._calculate(column, rule.at, rows["first"])
            return f"IF({{year}}=TRUNC({at}),1,0)"
        first = self._calculate(column, rule.first or read_formula("1"), rows["first"])
        last = self._calculate(column, rule.last or read_formula("years"), rows["last"])
        return f"IF(AND({{year}}>=TRUNC({first}),{{year}}<=TRUNC({last})),1,0)"

    def _bought(self, life: str, year: str) -> str:
        """Purchases again until the end of a year; none is made at the very end of the study."""
        return f"MIN({floor(f'{year}/{life}')},{ceiling(f'{self._years}/{life}')}-1)"

    def _put_totals(self, column: int) -> None:
        heads = ("total", "discounted", "cumulative")
        for place, key in enumerate(heads):
            self.cells.put(self._first_year - 1, column + place, self._said(key), Style.HEAD)
        flows = letters(_FIRST_FLOW), letters(column - 1)
        for year in range(self._years + 1):
            row = self._first_year + year
            self.cells.calculate(row, column, f"SUM(${flows[0]}{row + 1}:${flows[1]}{row + 1})", Style.MONEY)
            worth = f"{letters(column)}{row + 1}*${letters(_FACTOR)}{row + 1}"
            self.cells.calculate(row, column + 1, worth, Style.MONEY)
            before = f"{letters(column + 2)}{row}+" if year else ""
            self.cells.calculate(row, column + 2, f"{before}{letters(column + 1)}{row + 1}", Style.MONEY)

    def _put_results(self, totals: int, quantities: str | None) -> Results:
        self._row = self._first_year + self._years + 2
        external, emitted = self._put_externalities(totals + 4)
        last = self._first_year + self._years
        lcc = self._result(
            self._said("lcc"), f"SUM({absolute(self._first_year, totals + 1)}:{absolute(last, totals + 1)})"
        )
        rate = self._places["discount_rate"]
        factor = f"IF({rate}=0,1/{self._years},{rate}/(1-(1+{rate})^-{self._years}))"
        annuity = self._result(self._said("yearly_equivalent"), factor, Style.FACTOR)
        annual = self._result(self._said("annual"), f"{lcc}*{annuity}")
        per_unit = None
        if self._sheet.units_per_year is not None and self._sheet.unit is not None:
            units = self._spreadsheet.written(self._sheet.units_per_year)
            label = self._said("per_unit", unit=self._sheet.unit.said(self._language))
            per_unit = self._result(label, f"{annual}/({units})", Style.FACTOR)
        count = len(self._sheet.quantities)
        known = f"COUNT({quantities})={count}" if quantities else "TRUE()"
        complete = self.cells.calculate(self._row, _VALUE, f"AND({known},COUNT({lcc})=1)")
        return Results(lcc, annual, per_unit, absolute(self._first_year, totals), external, emitted, complete)

    def _result(self, label: str, formula: str, style: Style = Style.RESULT) -> str:
        self.cells.put(self._row, _LABEL, label)
        place = self.cells.calculate(self._row, _VALUE, formula, style)
        self._row += 1
        return place

    def _kilograms(self) -> dict[Substance, str]:
        by_substance: dict[Substance, list[str]] = {}
        for each in self._sheet.emissions:
            by_substance.setdefault(each.substance, []).append(self._spreadsheet.written(each.yearly))
        return {substance: "+".join(f"({one})" for one in parts) for substance, parts in by_substance.items()}

    def _put_externalities(self, column: int) -> tuple[str | None, dict[Substance, str]]:
        """Kilograms a year and over the study; where they have a price, a column of prices and one of costs, apart."""
        pricing, costs, emitted = self._parameters.pricing, [], {}
        for substance, formula in self._kilograms().items():
            yearly = self._result(self._said("kilograms", substance=str(substance).upper()), formula)
            emitted[substance] = f"{yearly}*{self._years}"
            if pricing is None or substance not in pricing.prices.points:
                continue
            self.cells.put(
                self._first_year - 1, column, self._said("price_of", substance=str(substance).upper()), Style.HEAD
            )
            self.cells.put(self._first_year - 1, column + 1, self._said("external"), Style.HEAD)
            for year in range(1, self._years + 1):
                row = self._first_year + year
                price = pricing.prices.price(substance, pricing.first_year + year - 1)
                self.cells.put(row, column, price, Style.FACTOR)
                self.cells.calculate(row, column + 1, f"{yearly}*{letters(column)}{row + 1}", Style.MONEY)
            first, last = self._first_year + 1, self._first_year + self._years
            costs.append(
                f"SUMPRODUCT({absolute(first, column + 1)}:{absolute(last, column + 1)},"
                f"{absolute(first, _FACTOR)}:{absolute(last, _FACTOR)})"
            )
            column += 2
        return (self._result(self._said("external"), "+".join(costs)) if costs else None), emitted
