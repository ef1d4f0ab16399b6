"""What rates are told apart by: time, authority, object, size, place."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from mpdi.monitoring.indicators.model import LotFacts, NoticeFacts

NOT_STATED = "not_stated"
"""Value of a split where the notice does not say."""

BANDS = (
    (Decimal(30_000), "under_30000"),
    (Decimal(140_000), "30000_to_140000"),
    (Decimal(500_000), "140000_to_500000"),
    (Decimal(1_000_000), "500000_to_1000000"),
    (Decimal(5_000_000), "1000000_to_5000000"),
)
"""Upper edges in euro, and the band below each; round amounts, an assumption of ours: they are no thresholds of law."""
LAST_BAND = "from_5000000"
NOT_EURO = "other_currency"


def value_band(lot: LotFacts) -> str:
    """The band of a lot's value; values in another currency are not converted."""
    if lot.value is None or lot.currency is None or lot.value == 0:
        return NOT_STATED
    if lot.currency != "EUR":
        return NOT_EURO
    value = lot.value
    return next((name for edge, name in BANDS if value < edge), LAST_BAND)


_BY_NOTICE: Mapping[str, Callable[[NoticeFacts], str | None]] = {
    "year": lambda notice: notice.year,
    "quarter": lambda notice: notice.quarter,
    "authority": lambda notice: notice.authority,
    "level": lambda notice: notice.level,
    "procedure": lambda notice: notice.procedure_type,
    "format": lambda notice: notice.format or None,
}
_BY_LOT: Mapping[str, Callable[[LotFacts], str | None]] = {
    "category": lambda lot: lot.category,
    "cpv": lambda lot: lot.division,
    "nature": lambda lot: lot.nature,
    "value_band": value_band,
    "place": lambda lot: lot.place,
}
SPLITS = (*_BY_NOTICE, *_BY_LOT)
"""Names. A procedure whose lots differ in a split counts once under each of their values, by the lots that have it."""


def split_value(name: str, notice: NoticeFacts, lot: LotFacts) -> str:
    """Where a lot of a notice stands in a split of this name."""
    found = _BY_NOTICE[name](notice) if name in _BY_NOTICE else _BY_LOT[name](lot)
    return found or NOT_STATED
