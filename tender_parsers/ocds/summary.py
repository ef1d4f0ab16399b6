"""What `python -m tender_parsers summary` says of an OCDS file: what it holds, and the main values of its first release."""

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal

from tender_parsers.notice import Notice
from tender_parsers.ocds.codes import INNOVATION
from tender_parsers.ocds.parties import BUYER_NAME
from tender_parsers.ocds.results import TENDERERS, is_award


def summary(notices: Iterable[Notice]) -> dict[str, object]:
    """Keys for the notices of one file; `null`: not stated, counts are 0 where there is none."""
    first: Notice | None = None
    kinds: Counter[str] = Counter()
    containers: set[str] = set()
    identifiers: set[str] = set()
    count = 0
    for notice in notices:
        first = first or notice
        count += 1
        kind = (notice.container or "release").rpartition("/")[2]
        if kind not in ("release_package", "record_package"):
            kinds["record" if kind == "record" else "release"] += 1
        elif notice.container not in containers:
            containers.add(notice.container or "")
            kinds[kind] += 1
        identifiers |= {notice.document_id} if notice.document_id else set()
    said = {"kinds": dict(kinds), "n_releases": count, "n_ocids": len(identifiers)}
    return said if first is None else {**said, **_main_values(first)}


def _main_values(notice: Notice) -> dict[str, object]:
    value = notice.whole.estimated_value
    codes = (notice.whole.cpv_main, *(lot.cpv_main for lot in notice.lots))
    return {
        "first_ocid": notice.document_id,
        "buyer_name": _buyer_name(notice),
        "n_lots": len(notice.lots),
        "estimated_value": value.amount if value else None,
        "estimated_currency": value.currency if value else None,
        "lots_green": _lots(notice, lambda goal: goal.startswith("environmental")),
        "lots_social": _lots(notice, lambda goal: goal.startswith("social")),
        "lots_innovative": _lots(notice, INNOVATION.__contains__),
        "lots_sme_suitable": sum(lot.sme_suitable is True for lot in notice.lots),
        "cpv_main": next((code for code in codes if code), None),
        "procurement_method": notice.procedure_type_stated,
        "number_of_tenderers": _tenderers(notice),
        "n_awards": sum(map(is_award, notice.results)),
        "n_contracts": len(notice.contracts),
    }


def _buyer_name(notice: Notice) -> str | None:
    """The name that stands with the buyer itself: a reference without a name has none."""
    names = (text for buyer in notice.buyers[:1] for text in buyer.name)
    return next((text.value for text in names if text.element == BUYER_NAME), None)


def _lots(notice: Notice, is_meant: Callable[[str], bool]) -> int:
    return sum(any(map(is_meant, lot.strategic.goals)) for lot in notice.lots if lot.strategic)


def _tenderers(notice: Notice) -> Decimal | None:
    counts = (each for result in notice.results for each in result.received if each.code == TENDERERS)
    return next((each.number for each in counts if isinstance(each.number, Decimal)), None)
