"""What `python -m tender_parsers summary` says of a search result: how many publications, and the first's main values."""

from collections.abc import Iterable

from tender_parsers.notice import Notice, in_language


def summary(notices: Iterable[Notice]) -> dict[str, object]:
    """Number of publications, and keys for the first; what the search does not tell is `null`, never 0."""
    first: Notice | None = None
    count = 0
    for notice in notices:
        first, count = first or notice, count + 1
    return {"n_notices": count, **(_main_values(first) if first else {})}


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
