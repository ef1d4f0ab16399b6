"""What `python -m tender_parsers summary` says of a BOAMP file: the main values of its first notice."""

from tender_parsers.notice import Notice
from tender_parsers.reader import summary_of_first


def _main_values(notice: Notice) -> dict[str, object]:
    buyer = notice.buyers[0].name if notice.buyers else ()
    estimated = notice.whole.estimated_value
    awarded = notice.totals.awarded if notice.totals else None
    return {
        "publication_id": notice.publication_id,
        "notice_type": notice.notice_type,
        "is_change_notice": notice.is_change_notice,
        "buyer_name": buyer[0].value if buyer else None,
        "procedure_type": notice.procedure_type,
        "cpv_main": notice.whole.cpv_main,
        "n_lots": len(notice.lots),
        "estimated_value": estimated.amount if estimated else None,
        "awarded_value": awarded.amount if awarded else None,
        "award_criteria_count": len(notice.whole.award_criteria) + sum(len(lot.award_criteria) for lot in notice.lots),
        "n_lot_results": len(notice.results),
        "n_winners": len(notice.winners),
    }


summary = summary_of_first(_main_values)
