"""What speaks for a small firm in a notice and what against, from its facts; what it does not state. Pure.

Nothing here is a verdict: each reason is a fact of the notice with its numbers, and who reads decides.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mpdi.monitoring.award_terms import Turnover, promises_advance, turnover_demanded

Json = Mapping[str, Any]
TWICE = Decimal(2)
"""Turnover above twice the estimated value is asked only with a reason: Directive 2014/24/EU, art. 58(3) (verified);
Royal Decree of 18 April 2017, art. 67 (partly)."""
_RESERVED = ("res-ws", "res-pub-ser")


@dataclass(frozen=True, slots=True)
class LotFact:
    """What is compared of a lot."""

    id: str
    value: Decimal | None
    """Estimated, in `currency`."""
    currency: str | None
    suitable: bool | None
    reserved: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact: its code, its numbers, the lots it is of (none: all)."""

    code: str
    lots: tuple[str, ...] = ()
    amount: Decimal | None = None
    currency: str | None = None
    number: Decimal | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Openness:
    """All that is known."""

    speaks_for: tuple[Reason, ...] = ()
    against: tuple[Reason, ...] = ()
    not_stated: tuple[str, ...] = ()
    """`suitable`, `value`, `turnover`, `advance`."""


@dataclass(frozen=True, slots=True)
class _Found:
    speaks_for: list[Reason] = field(default_factory=list)
    against: list[Reason] = field(default_factory=list)
    not_stated: list[str] = field(default_factory=list)


def openness(
    whole: Json, lots: Sequence[LotFact], welcoming: Sequence[str], is_searched: bool, small: Decimal
) -> Openness:
    """What a notice says of small firms.

    `welcoming`: words found in its texts that ease or welcome them; `is_searched`: its language is one that we search;
    `small`: the value in euro at or below which a lot is called small.
    """
    found = _Found()
    _declared(lots, found)
    _divided(whole.get("lot_limits") or {}, lots, found)
    _values(lots, small, found)
    _turnover(whole, lots, is_searched, found)
    _advance(whole, is_searched, found)
    if welcoming:
        found.speaks_for.append(Reason("words", words=" ".join(welcoming[0].split())))
    return Openness(tuple(found.speaks_for), tuple(found.against), tuple(found.not_stated))


def _named(lots: Sequence[LotFact], some: Sequence[LotFact]) -> tuple[str, ...]:
    return () if len(some) == len(lots) else tuple(lot.id for lot in some)


def _declared(lots: Sequence[LotFact], found: _Found) -> None:
    suited = [lot for lot in lots if lot.suitable]
    unsuited = [lot for lot in lots if lot.suitable is False]
    reserved = [lot for lot in lots if set(lot.reserved) & set(_RESERVED)]
    if suited:
        found.speaks_for.append(Reason("suitable", _named(lots, suited)))
    if unsuited:
        found.against.append(Reason("unsuitable", _named(lots, unsuited)))
    if reserved:
        found.speaks_for.append(Reason("reserved", _named(lots, reserved)))
    if not suited and not unsuited:
        found.not_stated.append("suitable")


def _divided(limits: Json, lots: Sequence[LotFact], found: _Found) -> None:
    most = limits.get("max_awarded")
    if len(lots) > 1:
        found.speaks_for.append(Reason("lots", number=Decimal(len(lots))))
        if isinstance(most, int) and 0 < most < len(lots):
            found.speaks_for.append(Reason("limit", number=Decimal(most)))
    if limits.get("all_required"):
        found.against.append(Reason("all_required"))


def _values(lots: Sequence[LotFact], small: Decimal, found: _Found) -> None:
    known = [lot for lot in lots if lot.value is not None and lot.currency == "EUR"]
    least = min(known, key=lambda lot: lot.value or Decimal(0), default=None)
    if least is None or least.value is None:
        found.not_stated.append("value")
        if len(lots) == 1:
            found.against.append(Reason("one_lot"))
    elif least.value <= small:
        code = "small" if len(lots) > 1 else "small_whole"
        found.speaks_for.append(Reason(code, _named(lots, [least]), least.value, "EUR"))
    elif len(lots) == 1:
        found.against.append(Reason("one_lot_of", amount=least.value, currency="EUR"))


def _turnover(whole: Json, lots: Sequence[LotFact], is_searched: bool, found: _Found) -> None:
    parts: list[Json] = [whole.get("whole") or {}, *(whole.get("lots") or ())]
    demanded = [(part, turnover_demanded(part, is_searched)) for part in parts]
    worst = max(_asked(demanded, lots), key=lambda each: each.number or Decimal(0), default=None)
    if worst is not None:
        is_against = worst.number is None or worst.number > 1
        (found.against if is_against else found.speaks_for).append(worst)
    elif any(each.asked for _part, each in demanded):
        found.against.append(Reason("turnover_unknown"))
    elif any(each.asked is False for _part, each in demanded):
        found.speaks_for.append(Reason("no_turnover"))
    else:
        found.not_stated.append("turnover")


def _asked(demanded: Iterable[tuple[Json, Turnover]], lots: Sequence[LotFact]) -> Iterable[Reason]:
    """The turnover asked, with its share of the value of what it is asked for."""
    by_id = {lot.id: lot for lot in lots}
    for part, each in demanded:
        if each.amount is None:
            continue
        lot = by_id.get(part.get("id") or "")
        value = _total([lot] if lot else lots)
        share = each.amount / value if value else None
        code = "turnover_high" if share is not None and share > TWICE else "turnover"
        yield Reason(code, (lot.id,) if lot and len(lots) > 1 else (), each.amount, "EUR", share)


def _total(lots: Sequence[LotFact]) -> Decimal | None:
    values = [lot.value for lot in lots if lot.currency == "EUR"]
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known and len(known) == len(lots) else None


def _advance(whole: Json, is_searched: bool, found: _Found) -> None:
    if is_searched and promises_advance(whole.get("texts") or ()):
        found.speaks_for.append(Reason("advance"))
    else:
        found.not_stated.append("advance")
