"""What `python -m tender_parsers summary` says of a search result: how many publications, and the first's main values."""

from tender_parsers.notice import Notice, in_language
from tender_parsers.reader import summary_of_first


def _main_values(notice: Notice) -> dict[str, object]:
    buyer = notice.buyers[0].name if notice.buyers else ()
    return {
        "notice_id": notice.notice_id,
        "procedure_id": notice.procedure_id,
        "publication_id": notice.publication_id,
        "subtype": notice.subtype,
        "form_type": notice.form_type,
        "language": notice.language,
        "buyer_name": in_language(buyer, notice.language),
        "procedure_type": notice.procedure_type,
        "contract_nature": notice.whole.nature,
        "cpv_main": notice.whole.cpv_main,
        "n_lots": len(notice.lots),
        "lots_green": None,
        "lots_social": None,
        "lots_innovative": None,
        "lots_sme_suitable": None,
    }


summary = summary_of_first(_main_values)
"""What the search does not tell is `null`, never 0."""
