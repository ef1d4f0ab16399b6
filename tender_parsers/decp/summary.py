"""What `python -m tender_parsers summary` says of a DECP file: its contracts counted and added."""

from collections.abc import Iterable
from decimal import Decimal

from tender_parsers.decp.loading import CONCESSION
from tender_parsers.notice import Notice


def summary(notices: Iterable[Notice]) -> dict[str, object]:
    """Counts and sums over contracts; concessions are counted apart and enter no sum.

    A sum over nothing stated is 0, as the reference has it; whether a contract states it, its `Notice` tells.
    """
    aims = {"soc-obj": 0, "env-imp": 0, "inn-pur": 0}
    contracts = concessions = 0
    amount = received = Decimal(0)
    for notice in notices:
        if notice.root == CONCESSION:
            concessions += 1
            continue
        contracts += 1
        for aim in aims:
            aims[aim] += any(lot.strategic and aim in lot.strategic.aims for lot in notice.lots)
        awarded = notice.totals.awarded if notice.totals else None
        if awarded and isinstance(awarded.amount, Decimal):
            amount += awarded.amount
        counts = (each.number for result in notice.results for each in result.received)
        received += sum((each for each in counts if isinstance(each, Decimal)), Decimal(0))
    return {
        "n_marches": contracts,
        "n_concessions": concessions,
        "marches_social": aims["soc-obj"],
        "marches_environment": aims["env-imp"],
        "marches_innovant": aims["inn-pur"],
        "montant_sum": amount,
        "offres_recues_sum": received,
    }
