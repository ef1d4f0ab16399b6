"""The sheet of lines: each line of each offer, its price by year, its present value."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from mpdi.costing.examples import word
from mpdi.costing.result_book_parameters import inflation_cell, rate_cell
from mpdi.costing.result_book_words import Say
from mpdi.documents.calculation import Cell, Formula, Look, Number, Words, place, span
from mpdi.lcc.cash_flows import price_factors
from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.model import Alternative, Case, Category, Flow, MoneyBasis, Result, Timing, category_of
from mpdi.lcc.sheets.model import Language

OFFER, LINE, CATEGORY, AMOUNT, FIRST, LAST, GROWTH, LAG, WORTH, FIRST_YEAR = range(10)
YEARS_ROW, FACTOR_ROW, FIRST_ROW = 0, 1, 2


@dataclass(frozen=True)
class LinesPlan:
    """Where things stand on the sheet of lines, which is called `name`; conventions stand on `parameters`.

    Formulas find the lines of a component by its name, so it is written the same wherever it stands: as in the case in
    English, in the words of French and Dutch else.
    """

    case: Case
    name: str
    parameters: str
    language: Language = "en"
    _named: dict[str, str] = field(default_factory=dict, repr=False, compare=False)

    def component(self, key: str) -> str:
        """The name of a component; no two have the same."""
        if not self._named:
            used = (flow.category for each in self.case.alternatives for flow in each.flows)
            for word_of in dict.fromkeys((str(Category.EXTERNALITY), *used)):
                self._named[word_of] = self._name(word_of)
        return self._named.get(key) or self._name(key)

    def _name(self, key: str) -> str:
        if self.language == "en":
            return key
        named = word("components", category_of(key) or key, self.language)
        return f"{named} ({key})" if named in self._named.values() else named

    @property
    def longest(self) -> int:
        """The last year that any offer reaches."""
        return max(each.years or self.case.conventions.years for each in self.case.alternatives)

    def rows_of(self, offer: int) -> tuple[int, int] | None:
        """First and last row of an offer; None when it has no line."""
        before = sum(len(each.flows) for each in self.case.alternatives[:offer])
        count = len(self.case.alternatives[offer].flows)
        return (FIRST_ROW + before, FIRST_ROW + before + count - 1) if count else None

    def column(self, offer: int, column: int) -> str:
        """The addresses of a column over the rows of an offer that has lines, from another sheet."""
        first, last = self.rows_of(offer) or (FIRST_ROW, FIRST_ROW)
        return span((first, column), (last, column), sheet=self.name)

    def factor(self, year: int) -> str:
        """The address of the discount factor of a year, from another sheet."""
        return place(FACTOR_ROW, FIRST_YEAR + year, sheet=self.name)


def discount_row(plan: LinesPlan, say: Say) -> tuple[Cell, ...]:
    """The discount factor of each year, from the rate and the timing of the case."""
    held, rate = plan.case.conventions, rate_cell(plan.parameters)
    values = discount_factors(held.discount_rate, plan.longest, held.timing)
    blank: tuple[Cell, ...] = (None,) * (FIRST_YEAR - 1)
    return (
        Words(say("discount_factor")),
        *blank,
        *(
            Formula(_factor(place(YEARS_ROW, FIRST_YEAR + year), rate, held.timing), float(value), Look.FACTOR)
            for year, value in enumerate(values)
        ),
    )


def _factor(year: str, rate: str, timing: Timing) -> str:
    if timing is Timing.MID:
        return f"IF({year}=0,1,(1+{rate})^-({year}-0.5))"
    if timing is Timing.CONTINUOUS:
        return f"IF({year}=0,1,(1+{rate})^-{year}*IF({rate}=0,1,{rate}/LN(1+{rate})))"
    return f"(1+{rate})^-{year}"


def line_rows(plan: LinesPlan, result: Result, say: Say) -> Iterator[tuple[Cell, ...]]:
    """A row for each line of each offer, in the order of the case."""
    row = FIRST_ROW
    for alternative, counted in zip(plan.case.alternatives, result.alternatives, strict=True):
        factors = discount_factors(plan.case.conventions.discount_rate, counted.years, plan.case.conventions.timing)
        for flow in alternative.flows:
            yield _line(plan, alternative, flow, factors, row, say)
            row += 1


def _line(
    plan: LinesPlan, alternative: Alternative, flow: Flow, factors: tuple[Decimal, ...], row: int, say: Say
) -> tuple[Cell, ...]:
    prices = price_factors(flow, len(factors) - 1, plan.case.conventions)
    by_year = [
        flow.amount * price if flow.first <= year <= flow.last else Decimal(0) for year, price in enumerate(prices)
    ]
    by_year += [Decimal(0)] * (plan.longest + 1 - len(by_year))
    worth = sum((each * factor for each, factor in zip(by_year, factors, strict=False)), Decimal(0))
    is_given_by_year = bool(flow.growth.rates or flow.growth.path)
    years = (FIRST_YEAR, FIRST_YEAR + plan.longest)
    worth_text = (
        f"SUMPRODUCT({span((row, years[0]), (row, years[1]))},{span((FACTOR_ROW, years[0]), (FACTOR_ROW, years[1]))})"
    )
    return (
        Words(alternative.name),
        Words(flow.name),
        Words(plan.component(flow.category)),
        Number(float(flow.amount), Look.OPEN_MONEY),
        Number(flow.first, Look.WHOLE),
        Number(flow.last, Look.WHOLE),
        Words(say("own_path")) if is_given_by_year else Number(float(flow.growth.rate), Look.OPEN_PERCENT),
        Number(flow.growth.lag, Look.WHOLE),
        Formula(worth_text, float(worth)),
        *(
            Formula(_cash(plan, flow, row, year, float(prices[year]) if year < len(prices) else 0.0), float(amount))
            for year, amount in enumerate(by_year)
        ),
    )


def _cash(plan: LinesPlan, flow: Flow, row: int, year: int, price: float) -> str:
    """What the line costs in a year: nothing outside its years; a list or a path of prices stands in as its number."""
    moment = place(YEARS_ROW, FIRST_YEAR + year)
    within = f"AND({moment}>={place(row, FIRST)},{moment}<={place(row, LAST)})"
    if flow.growth.rates or flow.growth.path:
        factor = repr(price)
    else:
        factor = f"(1+{place(row, GROWTH)})^({moment}-{place(row, LAG)})"
        if flow.money not in (None, plan.case.conventions.money):
            sign = "-" if flow.money is MoneyBasis.NOMINAL else ""
            factor += f"*(1+{inflation_cell(plan.parameters)})^({sign}{moment})"
    return f"{place(row, AMOUNT)}*IF({within},{factor},0)"
