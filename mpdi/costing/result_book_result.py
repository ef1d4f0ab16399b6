"""The sheet of the result: each offer with its figures, every one a formula on the sheets behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mpdi.costing.result_book_lines import CATEGORY, WORTH, LinesPlan
from mpdi.costing.result_book_parameters import rate_cell
from mpdi.costing.result_book_words import Say
from mpdi.costing.result_book_years import YearsPlan
from mpdi.documents.calculation import CalculationSheet, Cell, Formula, Look, Number, Words, place, span
from mpdi.lcc.measures import compared_costs
from mpdi.lcc.model import INVESTMENT, AlternativeResult, Category, ExternalCosts, Result, category_of

_HEAD_ROW, _FIRST_ROW = 3, 4
_NOTHING = "–"
_CENT = Decimal("0.01")
_FIGURES = ("offer", "place", "compared", "lcc", "annual", "per_unit", "external")
_COMPARED, _LCC, _ANNUAL, _EXTERNAL, _FIRST_CATEGORY = 2, 3, 4, 6, 7
_COMPARISON = ("net_savings", "sir", "airr", "payback", "discounted_payback")


@dataclass(frozen=True)
class _Row:
    """One offer on its row: its figures and where the others stand."""

    result: Result
    lines: LinesPlan
    years: YearsPlan
    words: tuple[str, ...]
    offer: int
    say: Say

    @property
    def held(self) -> AlternativeResult:
        return self.result.alternatives[self.offer]

    @property
    def row(self) -> int:
        return _FIRST_ROW + self.offer

    @property
    def rate(self) -> str:
        return rate_cell(self.lines.parameters)

    @property
    def is_yearly(self) -> bool:
        return len({each.years for each in self.result.alternatives}) > 1

    @property
    def after_categories(self) -> int:
        return _FIRST_CATEGORY + len(self.words)


def result_sheet(result: Result, lines: LinesPlan, years: YearsPlan, name: str, say: Say) -> CalculationSheet:
    """The offers, one a row, in the order of the case."""
    words = tuple(dict.fromkeys(word for each in result.alternatives for word in each.pv))
    counted = result.conventions.external_costs is ExternalCosts.COUNTED
    keys = [("external_counted" if counted and key == "external" else key) for key in _FIGURES]
    head = (
        *(Words(say(key), Look.HEAD) for key in keys),
        *(Words(lines.component(word), Look.HEAD) for word in words),
        *(Words(say(key), Look.HEAD) for key in _COMPARISON),
    )
    title = lines.case.title or say("title")
    rows: list[tuple[Cell, ...]] = [(Words(title, Look.TITLE),), (Words(say("signs")),), (), head]
    for offer in range(len(result.alternatives)):
        rows.append(tuple(_cells(_Row(result, lines, years, words, offer, say))))
    widths = (28.0, 8.0, *[17.0] * (len(head) - 2))
    return CalculationSheet(name, widths, tuple(rows), frozen=(_FIRST_ROW, 1))


def _cells(at: _Row) -> Iterator[Cell]:
    held, row = at.held, at.row
    # Places are of cents, as everywhere: what differs by less is a tie.
    costs = compared_costs(at.result.conventions, at.result.alternatives)
    compared = [each.quantize(_CENT, ROUND_HALF_UP) for each in costs]
    column = span((_FIRST_ROW, _COMPARED), (_FIRST_ROW + len(compared) - 1, _COMPARED))
    yield Words(held.name)
    rank = 1 + sum(each < compared[at.offer] for each in compared)
    yield Formula(f"RANK({place(row, _COMPARED)},{column},1)", rank, Look.WHOLE)
    yield Formula(_compared_text(at), float(compared[at.offer]))
    if at.words:
        lcc = f"SUM({span((row, _FIRST_CATEGORY), (row, at.after_categories - 1))})"
        yield Formula(lcc, float(held.lcc))
    else:
        yield Number(0, Look.MONEY)
    yield Formula(f"{place(row, _LCC)}*{_annual_factor(at)}", float(held.annual))
    units = at.lines.case.alternatives[at.offer].units_per_year
    per_unit = f"{place(row, _ANNUAL)}/{units}"
    yield Formula(per_unit, float(held.per_unit), Look.NUMBER) if held.per_unit is not None else Words(_NOTHING)
    yield _worth(at, Category.EXTERNALITY, f'"{at.lines.component(Category.EXTERNALITY)}"', held.external_pv)
    for place_of, word in enumerate(at.words):
        head = place(_HEAD_ROW, _FIRST_CATEGORY + place_of)
        yield _worth(at, word, head, held.pv.get(word, Decimal(0)))
    if at.offer:
        yield from _comparison(at)


def _worth(at: _Row, word: str, address: str, value: Decimal) -> Cell:
    if at.lines.rows_of(at.offer) is None or (word not in at.held.pv and word != Category.EXTERNALITY):
        return Number(0, Look.MONEY)
    categories, worths = at.lines.column(at.offer, CATEGORY), at.lines.column(at.offer, WORTH)
    return Formula(f"SUMPRODUCT(EXACT({categories},{address})*{worths})", float(value))


def _annual_factor(at: _Row) -> str:
    years = at.held.years
    return f"IF({at.rate}=0,1/{years},{at.rate}/(1-(1+{at.rate})^-{years}))"


def _compared_text(at: _Row) -> str:
    cost = place(at.row, _LCC)
    if at.result.conventions.external_costs is ExternalCosts.COUNTED:
        cost = f"({cost}+{place(at.row, _EXTERNAL)})"
    if at.is_yearly:
        cost += f"*{_annual_factor(at)}"
    return f"ROUND({cost},2)"


def _comparison(at: _Row) -> Iterator[Cell]:
    """Against the first offer; nothing where the lives differ."""
    compared = at.held.comparison
    if compared is None or compared.net_savings is None:
        yield from (Words(_NOTHING) for _ in _COMPARISON)
        return
    yield Formula(f"{place(_FIRST_ROW, _LCC)}-{place(at.row, _LCC)}", float(compared.net_savings))
    extra = f"({_investment(at, at.row)}-({_investment(at, _FIRST_ROW)}))"
    saved = place(at.row, at.after_categories)
    sir = place(at.row, at.after_categories + 1)
    first_years = (place(at.years.cost_row(offer), 1, sheet=at.years.name) for offer in (at.offer, 0))
    now = f"ROUND({'-'.join(first_years)},6)"
    yield Formula(f'IF(AND({extra}>0,{now}>=0),({saved}+{extra})/{extra},"{_NOTHING}")', _shown(compared.sir), Look.NUMBER)
    rate = f'IF(ISNUMBER({sir}),IF({sir}>0,(1+{at.rate})*{sir}^(1/{at.held.years})-1,"{_NOTHING}"),"{_NOTHING}")'
    yield Formula(rate, _shown(compared.airr), Look.PERCENT)
    for years, discounted in ((compared.simple_payback, False), (compared.discounted_payback, True)):
        gains = at.years.gains(at.offer, at.held.years, discounted=discounted)
        numbers, never = at.years.numbers(at.held.years), at.say("never")
        first = f"SUMPRODUCT(MIN({numbers}+1000*(ROUND({gains},6)<0)))"
        text = f'IF(OR({now}>0,AND({now}=0,{extra}>0)),IF({first}>=1000,"{never}",{first}),"{_NOTHING}")'
        missing = never if compared.is_dearer else _NOTHING
        yield Formula(text, missing if years is None else years, Look.WHOLE)


def _investment(at: _Row, row: int) -> str:
    cells = [
        place(row, _FIRST_CATEGORY + place_of)
        for place_of, word in enumerate(at.words)
        if category_of(word) in INVESTMENT
    ]
    return "+".join(cells) or "0"


def _shown(value: Decimal | None) -> float | str:
    return _NOTHING if value is None else float(value)
