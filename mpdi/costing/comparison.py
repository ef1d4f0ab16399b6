"""Two cases side by side: which inputs differ, and what that makes of the results. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mpdi.costing.files import CountedCase
from mpdi.costing.presentation import OfferRow, ranking
from mpdi.lcc.sheets.model import Input, Value


@dataclass(frozen=True, slots=True)
class Difference:
    """An input that is not the same in both: whose it is (None: the buyer's), its value in each; None: not given."""

    input: Input
    offer: str | None
    values: tuple[Value | None, Value | None]


@dataclass(frozen=True, slots=True)
class OfferPair:
    """An offer in both cases; None where a case does not have it."""

    name: str
    rows: tuple[OfferRow | None, OfferRow | None]

    @property
    def change(self) -> Decimal | None:
        """By how much its life-cycle cost differs, the second less the first."""
        first, second = self.rows
        return second.offer.lcc - first.offer.lcc if first and second else None


def differences(cases: tuple[CountedCase, CountedCase]) -> Iterator[Difference]:
    """Inputs that differ: the buyer's, then those of each offer that both have. Of two sheets, none: nothing is alike."""
    first, second = (each.filled for each in cases)
    if first is None or second is None or first.sheet.id != second.sheet.id:
        return
    buyers = tuple(_with_defaults(each, first.sheet.buyer) for each in cases)
    for each in first.sheet.buyer:
        yield from _differing(each, None, (buyers[0].get(each.key), buyers[1].get(each.key)))
    offers = tuple({offer["name"]: offer.get("values") or {} for offer in each.data["offers"]} for each in cases)
    for name in (name for name in offers[0] if name in offers[1]):
        for each in first.sheet.tenderer:
            yield from _differing(each, name, (offers[0][name].get(each.key), offers[1][name].get(each.key)))


def _with_defaults(counted: CountedCase, inputs: Sequence[Input]) -> Mapping[str, Any]:
    given = counted.data.get("buyer") or {}
    return {each.key: given.get(each.key, each.default) for each in inputs}


def _differing(each: Input, offer: str | None, values: tuple[Any, Any]) -> Iterator[Difference]:
    if values[0] != values[1]:
        yield Difference(each, offer, values)


def offer_pairs(cases: tuple[CountedCase, CountedCase]) -> list[OfferPair]:
    """The offers of both cases by name, in the order of the first."""
    rows = tuple({row.offer.name: row for row in ranking(each.result)} for each in cases)
    names = dict.fromkeys([*rows[0], *rows[1]])
    return [OfferPair(name, (rows[0].get(name), rows[1].get(name))) for name in names]
