"""The four sheets of a tenderer's workbook as cells: the offer, the buyer's parameters, the calculation, the technical one."""

from dataclasses import dataclass

from mpdi.costing.examples import word
from mpdi.costing.numbers import unit_words
from mpdi.costing.source_words import own_source_words, source_words
from mpdi.costing.tender_parameters import TenderParameters
from mpdi.costing.workbook_calculation import Calculation, Results
from mpdi.costing.workbook_cells import SheetCells, Style, absolute, elsewhere
from mpdi.costing.workbook_words import bounds, sheet_name, text
from mpdi.lcc.model import ExternalCosts
from mpdi.lcc.sheets.model import Input, InputKind, Language, Value

KEY, LABEL, VALUE, UNIT, BOUNDS, PROOF, PLACE, HELP = range(8)
"""Columns of the offer."""
_ORIGIN = 4
"""Column of the parameters that says where a value comes from."""
NAME_ROW, FIRST_ROW = 4, 7
"""Rows of the offer, from 0: the tenderer's name, the first value."""
TECHNICAL = "MPDI"
"""Name of the technical sheet, the same in each language."""
DIGEST_ROW, DATA_ROW, LANGUAGE_ROW, DEFAULTS_ROW, TITLE_ROW = 1, 2, 3, 4, 5
"""Its rows; what they hold stands in column B."""


@dataclass(frozen=True, slots=True)
class WorkbookCells:
    """The workbook as data; `value_rows` and `parameter_rows` say in which row of their sheet an input stands."""

    offer: SheetCells
    parameters: SheetCells
    calculation: SheetCells
    technical: SheetCells
    value_rows: dict[str, int]
    parameter_rows: dict[str, int]
    lcc_row: int

    @property
    def sheets(self) -> tuple[SheetCells, ...]:
        """In their order."""
        return self.offer, self.parameters, self.calculation, self.technical


def workbook_cells(parameters: TenderParameters, language: Language) -> WorkbookCells:
    """Lay the workbook of these parameters out; the same parameters give the same cells."""
    return _Layout(parameters, language).made()


class _Layout:
    def __init__(self, parameters: TenderParameters, language: Language) -> None:
        self._parameters, self._sheet, self._language = parameters, parameters.sheet, language
        self._offer = SheetCells(sheet_name("offer", language), (20, 38, 18, 16, 24, 34, 30, 60), frozen_rows=FIRST_ROW)
        self._fixed = SheetCells(sheet_name("parameters", language), (22, 42, 22, 16, 80), frozen_rows=2)
        self._value_rows = {each.key: FIRST_ROW + place for place, each in enumerate(self._sheet.tenderer)}
        self._parameter_rows = {each.key: 2 + place for place, each in enumerate(self._sheet.buyer)}
        self._complete = ""

    def _said(self, key: str, **values: str) -> str:
        return text(key, self._language, **values)

    def made(self) -> WorkbookCells:
        self._put_head()
        for each in self._sheet.tenderer:
            self._put_input(each)
        self._put_parameters()
        rows = self._value_rows
        givens = {key: elsewhere(self._offer.name, absolute(rows[key], VALUE)) for key in rows}
        for key, row in self._parameter_rows.items():
            givens[key] = elsewhere(self._fixed.name, absolute(row, VALUE))
        calculation = Calculation(self._parameters, givens, self._language)
        lcc_row = self._put_results(calculation.cells.name, calculation.results)
        technical = self._technical()
        return WorkbookCells(
            self._offer, self._fixed, calculation.cells, technical, rows, self._parameter_rows, lcc_row
        )

    def _put_head(self) -> None:
        parameters = self._parameters
        vat = self._said(str(parameters.vat))
        frozen = self._said(
            "frozen",
            date=parameters.date.isoformat(),
            digest=parameters.digest,
            sheet=self._sheet.title.said(self._language),
            version=self._sheet.version,
        )
        title = parameters.title or self._sheet.title.said(self._language)
        self._offer.put(0, 0, self._said("title", title=title), Style.TITLE)
        self._offer.put(1, 0, self._said("guide"))
        self._offer.put(2, 0, f"{frozen} {self._said('amounts', currency=parameters.currency, vat=vat)}")
        self._offer.put(NAME_ROW, LABEL, self._said("tenderer"), Style.HEAD)
        self._offer.put(NAME_ROW, VALUE, None, Style.OPEN)
        heads = ("key", "what", "value", "unit", "bounds", "proof", "place", "help")
        self._offer.put_row(FIRST_ROW - 1, tuple(map(self._said, heads)), Style.HEAD)

    def _put_input(self, each: Input) -> None:
        row = self._value_rows[each.key]
        within = bounds(each, self._language)
        if not each.required:
            within = self._said("where_it_counts", bounds=within)
        self._offer.put(row, KEY, each.key, Style.FAINT)
        self._offer.put(row, LABEL, each.label.said(self._language))
        self._offer.put(row, VALUE, None, Style.OPEN_NUMBER)
        self._offer.typed[row, VALUE] = each
        self._offer.put(row, UNIT, _unit(each, self._language))
        self._offer.put(row, BOUNDS, within)
        self._offer.put(row, PROOF, each.proof.said(self._language) if each.proof else "")
        self._offer.put(row, PLACE, None, Style.OPEN)
        self._offer.put(row, HELP, each.help.said(self._language))

    def _put_results(self, calculation: str, results: Results) -> int:
        """Put what the offer comes to under its values, and return the row of the life-cycle cost."""
        row = FIRST_ROW + len(self._value_rows) + 1
        required = [absolute(self._value_rows[each.key], VALUE) for each in self._sheet.tenderer if each.required]
        self._offer.put(row, LABEL, self._said("result"), Style.TITLE)
        self._offer.put(row + 1, LABEL, self._said("missing"))
        counted = "+".join(f'IF({cell}="",1,0)' for cell in required) or "0"
        self._complete = (
            f"AND({self._offer.calculate(row + 1, VALUE, counted)}=0,{elsewhere(calculation, results.is_complete)})"
        )
        lines = [("lcc", results.lcc), ("annual", results.annual), ("year_zero", results.year_zero)]
        if results.external is not None:
            lines.append(("external", results.external))
        lcc_row = row + 2
        for place, (key, reference) in enumerate(lines):
            self._put_result(lcc_row + place, self._said(key), elsewhere(calculation, reference))
        end = lcc_row + len(lines)
        pricing = self._parameters.pricing
        if results.external and pricing and pricing.external_costs is ExternalCosts.COUNTED:
            both = f"{elsewhere(calculation, results.lcc)}+{elsewhere(calculation, results.external)}"
            self._put_result(end, self._said("ranked"), both)
            end += 1
        self._put_beside(end, calculation, results)
        return lcc_row

    def _put_result(self, row: int, label: str, formula: str) -> None:
        self._offer.put(row, LABEL, label)
        shown = f'IFERROR(IF({self._complete},ROUND({formula},2),NA()),"{self._said("incomplete")}")'
        self._offer.calculate(row, VALUE, shown, Style.RESULT)
        self._offer.put(row, UNIT, self._parameters.currency)

    def _put_beside(self, row: int, calculation: str, results: Results) -> None:
        """Cost by unit and emissions: beside the euros, and not rounded to the cent."""
        if results.per_unit is not None and self._sheet.unit is not None:
            unit = self._sheet.unit.said(self._language)
            self._offer.put(row, LABEL, self._said("per_unit", unit=unit))
            cell = elsewhere(calculation, results.per_unit)
            self._offer.calculate(row, VALUE, f'IFERROR({cell},"{self._said("incomplete")}")', Style.FACTOR)
            self._offer.put(row, UNIT, f"{self._parameters.currency}/{unit}")
            row += 1
        for substance, formula in results.emitted.items():
            self._offer.put(row, LABEL, self._said("emitted", substance=str(substance).upper()))
            shown = f'IFERROR({elsewhere(calculation, formula)},"{self._said("not_stated")}")'
            self._offer.calculate(row, VALUE, shown, Style.MONEY)
            self._offer.put(row, UNIT, "kg")
            row += 1

    def _put_parameters(self) -> None:
        self._fixed.put(0, 0, self._said("stated"), Style.TITLE)
        self._fixed.put_row(1, tuple(map(self._said, ("key", "what", "value", "unit", "origin"))), Style.HEAD)
        for each in self._sheet.buyer:
            row, value = self._parameter_rows[each.key], self._parameters.buyer.get(each.key)
            self._fixed.put_row(
                row,
                {
                    KEY: each.key,
                    LABEL: each.label.said(self._language),
                    UNIT: _chosen(each, value, self._language) or _unit(each, self._language),
                },
            )
            self._fixed.put(row, VALUE, value, Style.TEXT if isinstance(value, str) else Style.NUMBER)
            self._fixed.put(row, _ORIGIN, self._origin(each))
        row = 3 + len(self._parameter_rows)
        for key, words in self._conventions().items():
            self._fixed.put_row(row, {LABEL: self._said(key), VALUE: words})
            row += 1

    def _origin(self, each: Input) -> str:
        if each.key not in self._parameters.buyer:
            return self._said("not_stated")
        if each.key not in self._parameters.defaulted:
            return own_source_words(each, self._parameters.sources.get(each.key), self._language)
        if each.source is None:
            return self._said("assumption")
        return self._said("source", words=source_words(each.source, self._language), year=str(each.source.year))

    def _conventions(self) -> dict[str, str]:
        parameters = self._parameters
        words = {
            "currency": parameters.currency,
            "vat": self._said(str(parameters.vat)),
            "date": parameters.date.isoformat(),
            "version": f"{self._sheet.id} {self._sheet.version}",
            "digest": parameters.digest,
        }
        pricing = parameters.pricing
        if pricing is not None:
            words["prices"] = pricing.prices.title[self._language]
            words["first_year"] = str(pricing.first_year)
            words["external_costs"] = self._said(str(pricing.external_costs))
        return words

    def _technical(self) -> SheetCells:
        cells = SheetCells(TECHNICAL, (16, 100))
        cells.put(0, 0, self._said("technical"))
        cells.put_row(DIGEST_ROW, ("digest", self._parameters.digest), Style.FAINT)
        cells.put_row(DATA_ROW, ("parameters", self._parameters.text), Style.FAINT)
        cells.put_row(LANGUAGE_ROW, ("language", self._language), Style.FAINT)
        kept = [key for key in self._parameters.buyer if key in self._parameters.defaulted]
        cells.put_row(DEFAULTS_ROW, ("defaults", " ".join(kept)), Style.FAINT)
        cells.put_row(TITLE_ROW, ("title", self._parameters.title), Style.FAINT)
        return cells


def _chosen(each: Input, value: Value | None, language: Language) -> str:
    """What a choice of the buyer says; the value itself is the word that the formulas look for."""
    if each.kind is not InputKind.CHOICE or value is None:
        return ""
    return word("first_year" if each.key == "first_year" else "choices", str(value), language)


def _unit(each: Input, language: Language) -> str:
    return "" if each.kind is InputKind.CHOICE else unit_words(each.unit, language)
