"""The arithmetic, step by step: what is computed, from what, and the result, each number with its unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.said import Said, said
from mpdi.price_check.core.averages import Average
from mpdi.price_check.core.display import day_words, plain, written
from mpdi.price_check.core.floor import Floor, FloorLine
from mpdi.price_check.core.model import Cost, Offer, ShareProvenance, WageCost

EUR, EUR_HOUR, HOUR, PERCENT = "EUR", "EUR/h", "h", "%"


@dataclass(frozen=True)
class Step:
    """One line of arithmetic. `sum`: the calculation in figures, or empty where the value was given; `value` is exact."""

    words: Said
    sum: str
    value: Decimal
    unit: str
    note: str | Said = ""

    def shown(self, language: str) -> str:
        """The value rounded to two decimals, hours with the decimals they were given, with its unit."""
        number = plain(self.value, language) if self.unit == HOUR else written(self.value, language)
        return f"{number}\u00a0{self.unit}"


def cost_words(cost: Cost) -> Said:
    """Return what a cost is called."""
    return {
        Cost.MATERIALS: said("Materials and products"),
        Cost.TRANSPORT: said("Transport"),
        Cost.OVERHEAD: said("Overhead"),
        Cost.MARGIN: said("Margin"),
    }[cost]


def provenance_words(provenance: ShareProvenance) -> Said:
    """Return where a share comes from, in words."""
    return {
        ShareProvenance.TENDER: said("breakdown of the tender"),
        ShareProvenance.BUYER: said("buyer's figure"),
        ShareProvenance.PROJECT_DEFAULT: said("project default without a source: replace it"),
    }[provenance]


def average_steps(average: Average, language: str) -> Iterator[Step]:
    """Yield how an average and its bound are made."""
    count, gap = len(average.counted), plain(average.gap, language)
    yield Step(said("Sum of the amounts that count (%(count)s offers)", count=count), _plus([offer.amount for offer in average.counted], language), average.total, EUR)
    yield Step(said("Average"), f"{written(average.total, language)} ÷ {count}", average.mean, EUR)
    shown = f"{written(average.mean, language)} × (100 − {gap}) ÷ 100"
    yield Step(said("Amount at and below which an offer is examined"), shown, average.bound, EUR)


def _plus(amounts: list[Decimal], language: str) -> str:
    return " + ".join(written(amount, language) for amount in amounts)


def gap_step(average: Average, offer: Offer, language: str) -> Step:
    """Return how far an offer lies below the average."""
    mean = written(average.mean, language)
    shown = f"({mean} − {written(offer.amount, language)}) ÷ {mean} × 100"
    return Step(said("Distance below the average"), shown, average.gap_of(offer.amount), PERCENT)


def floor_steps(floor: Floor, language: str) -> Iterator[Step]:
    """Yield how much an offer leaves for an hour of work, and post by post where the posts have amounts."""
    whole = floor.whole
    yield Step(said("Total of the offer, without VAT"), "", whole.amount, EUR)
    for line in floor.costs:
        share = line.share
        shown = f"{written(whole.amount, language)} × {plain(share.percent, language)} ÷ 100"
        note = said("%(where)s: %(source)s", where=provenance_words(share.provenance), source=share.source)
        yield Step(cost_words(share.cost), shown, line.amount, EUR, note if share.source else provenance_words(share.provenance))
    parts = " − ".join(written(each, language) for each in (whole.amount, *(line.amount for line in floor.costs)))
    yield Step(said("Left for work"), parts, whole.left, EUR)
    if whole.hours:
        yield Step(said("Hours"), "", whole.hours, HOUR, said("hours asked by the documents") if floor.hours_are_asked else said("hours of the offer"))
        yield from _per_hour(whole, floor, language)
    for post in floor.posts:
        shown = f"{written(post.amount, language)} × (100 − {plain(floor.percent, language)}) ÷ 100"
        yield Step(said("Post “%(post)s”: left for work", post=post.title), shown, post.left, EUR)
        yield from _per_hour(post, floor, language)


def _per_hour(line: FloorLine, floor: Floor, language: str) -> Iterator[Step]:
    left, wage = line.per_hour, line.wage_per_hour
    if left is None:
        return
    words = said("Post “%(post)s”: left for an hour of work", post=line.title) if line.title else said("Left for an hour of work")
    yield Step(words, f"{written(line.left, language)} ÷ {plain(line.hours, language)}", left, EUR_HOUR)
    if wage is None:
        return
    own = [cost for cost in floor.wage_costs if cost.joint_committee in line.committees]
    if len(own) == 1:
        yield Step(said("Wage cost of an hour, joint committee %(number)s", number=own[0].joint_committee), "", wage, EUR_HOUR, _source(own[0], language))
    elif line.wages is not None:
        shown = f"{written(line.wages, language)} ÷ {plain(line.hours, language)}"
        yield Step(said("Wage cost of an hour, joint committees %(numbers)s, weighted by their hours", numbers=", ".join(line.committees)), shown, wage, EUR_HOUR, _sources(own, language))
    yield Step(said("Left over or short for an hour of work"), f"{written(left, language)} − {written(wage, language)}", left - wage, EUR_HOUR)


def _source(cost: WageCost, language: str) -> Said:
    source, first = cost.source.nl if language == "nl" else cost.source.fr, day_words(cost.valid_from)
    if cost.valid_to is None:
        return said("%(source)s, valid from %(first)s", source=source, first=first)
    return said("%(source)s, valid from %(first)s to %(last)s", source=source, first=first, last=day_words(cost.valid_to))


def _sources(costs: Sequence[WageCost], language: str) -> Said:
    """Where several wage costs are weighted, each is named with its value."""
    made = [
        said("joint committee %(number)s: %(value)s EUR/h, %(source)s", number=cost.joint_committee, value=written(cost.value, language), source=_source(cost, language))
        for cost in costs
    ]
    joined = made[0]
    for each in made[1:]:
        joined = said("%(one)s; %(other)s", one=joined, other=each)
    return joined
