"""What is said of uncertainty, the same on the page, in the table of the command and in the report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.rendering import NBSP
from mpdi.costing.display import table
from mpdi.costing.examples import word
from mpdi.costing.table_words import TableWords
from mpdi.costing.uncertainty import Uncertain
from mpdi.lcc.inputs import DISCOUNT_RATE, Input
from mpdi.lcc.model import category_of
from mpdi.lcc.sheets.model import Language

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Rows:
    """One table: what it is called, its heads, its rows; the first column holds words, the others figures."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def name_of(key: str, say: TableWords) -> str:
    """A component, or the discount rate, in words."""
    return say("rate") if key == DISCOUNT_RATE else word("components", category_of(key) or key, say.language)


def spread_words(inputs: Sequence[Input], say: TableWords) -> list[str]:
    """Each spread: `Energy ± 20 %`."""
    said = []
    for each in inputs:
        width = each.high - each.value
        points = say.figure(width * 100, 2)
        spread = say("points_of_rate", value=points) if each.name == DISCOUNT_RATE else say.percent(width)
        said.append(say("spread_of", name=name_of(each.name, say), spread=spread))
    return said


def tornado_rows(held: Uncertain, winner: str, say: TableWords) -> Rows:
    """The lead of the winner with one component at its lowest and at its highest."""
    rows = tuple((name_of(each.name, say), say.money(each.at_low), say.money(each.at_high)) for each in held.bars)
    heads = (say("lead").capitalize(), say("at_low").capitalize(), say("at_high").capitalize())
    return Rows(say("tornado_head", winner=winner), heads, rows)


def scenario_rows(held: Uncertain, names: Sequence[str], say: TableWords) -> Rows:
    """Costs of all offers and the winner, a scenario a row."""
    rows = tuple((scenario_name(each.name, say), *map(say.money, each.costs), each.winner) for each in held.scenarios)
    return Rows(say("scenarios_head"), (say("scenario").capitalize(), *names, say("winner").capitalize()), rows)


def scenario_name(key: str, say: TableWords) -> str:
    """A scenario in words: which component, lowest or highest."""
    name, _, way = key.partition(":")
    if name in ("as_is", "all"):
        return say("as_is" if name == "as_is" else f"all_{way}").capitalize()
    return f"{name_of(name, say)}, {say(f'at_{way}')}"


def draw_rows(held: Uncertain, say: TableWords) -> Rows:
    """Mean, quantiles and how often each offer is the cheapest."""
    rows = tuple(
        (each.name, *(say.money(_decimal(value)) for value in (each.mean, each.p5, each.median, each.p95)), share(each.share_cheapest, say))
        for each in held.simulation.alternatives
    )  # fmt: skip
    quantiles = (f"5{NBSP}%", say("median").capitalize(), f"95{NBSP}%")
    heads = (say("offer").capitalize(), say("mean").capitalize(), *quantiles, say("share_cheapest").capitalize())
    return Rows(say("draws_head"), heads, rows)


def share(value: float, say: TableWords) -> str:
    """A share of the draws, to a tenth of a per cent; never rounded to all or none where it is neither."""
    tenths = say.figure(Decimal(str(value * 100)).quantize(Decimal("0.1")), 1)
    if value not in (0.0, 1.0) and tenths in ("0", "100"):
        tenths = {"0": "< " + say.figure(Decimal("0.1"), 1), "100": "> " + say.figure(Decimal("99.9"), 1)}[tenths]
    return f"{tenths}{NBSP}%"


def _decimal(value: float) -> Decimal:
    return Decimal(repr(float(value))).quantize(_CENT)


def note(held: Uncertain, say: TableWords) -> str:
    """How the draws were made."""
    return say("uncertain_note", draws=say.figure(Decimal(held.simulation.draws)), seed=str(held.simulation.seed))


def all_rows(held: Uncertain, winner: str, names: Sequence[str], say: TableWords) -> list[Rows]:
    """The three tables; no tornado where there is one offer."""
    tornado = [tornado_rows(held, winner, say)] if held.bars else []
    return [*tornado, scenario_rows(held, names, say), draw_rows(held, say)]


def uncertain_lines(held: Uncertain, winner: str, names: Sequence[str], language: Language) -> Iterator[str]:
    """The same as text."""
    say = TableWords(language)
    yield f"{say('uncertain_head')}: {'; '.join(spread_words(held.inputs, say))}"
    yield note(held, say)
    for each in all_rows(held, winner, names, say):
        yield ""
        yield each.title
        yield from table([each.heads, *each.rows])
