"""How many tenders a lot received, and how many of them came from SMEs, out of the statistics of its results."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tender_parsers.notice import LotResult, Notice, Statistic

_PARTS_OF_SME = ("t-micro", "t-small", "t-med")


@dataclass(frozen=True, slots=True)
class Received:
    """Counts of one lot; `None`: not stated, or withheld. A share of SMEs needs both."""

    tenders: Decimal | None = None
    from_smes: Decimal | None = None


def received_by_lot(notice: Notice) -> dict[str | None, Received]:
    """Counts by identifier of the lot (of the result, where that names no lot), where at least one count is stated.

    `tenders`: the statistic of that name alone; the other kinds are parts of it, or count something else. `from_smes`:
    `t-sme`; where that is absent `t-micro`, `t-small` and `t-med` together, never added to it. Where several results
    speak of one lot each count is the highest of theirs. Source: BT-759, BT-760.
    """
    found: dict[str | None, Received] = {}
    for result in notice.results:
        counts = Received(_number(result.received, "tenders"), _from_smes(result))
        if counts == Received():
            continue
        for lot in result.lots or (result.id,):
            before = found.get(lot, Received())
            found[lot] = Received(
                _highest((before.tenders, counts.tenders)), _highest((before.from_smes, counts.from_smes))
            )
    return found


def _from_smes(result: LotResult) -> Decimal | None:
    stated = _number(result.received, "t-sme")
    if stated is not None:
        return stated
    parts = [number for code in _PARTS_OF_SME if (number := _number(result.received, code)) is not None]
    return sum(parts, Decimal(0)) if parts else None


def _number(statistics: tuple[Statistic, ...], code: str) -> Decimal | None:
    return _highest(each.number for each in statistics if each.code == code)


def _highest(numbers: Iterable[object]) -> Decimal | None:
    return max((each for each in numbers if isinstance(each, Decimal)), default=None)
