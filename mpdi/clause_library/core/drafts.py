"""A first register entry for a new text."""

import datetime
from collections.abc import Mapping
from typing import Any

from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.clause_library.core.vocabulary import Certainty


def draft_register(data: Mapping[str, Any], reference: ReferenceData, day: datetime.date) -> dict[str, Any]:
    """Return the register entry of a text just written: in review, information only, not signed, nothing read yet.

    The certainty of each article is what `law/instruments.yaml` says of it today.
    """
    return {
        "status": "in_review", "valid_from": day, "valid_to": None, "review_due": day.replace(year=day.year + 1),
        "obligation": [
            {"category": category, "status": "information", "from": day, "source": None} for category in data.get("categories", [])
        ],
        "legal_review": {"state": "pending"},
        "certainty": [_certainty(item, reference, day) for item in data.get("legal_basis", [])],
        "readings": [], "market_check": {"date": None, "note": None},
    }


def _certainty(basis: Mapping[str, str], reference: ReferenceData, day: datetime.date) -> dict[str, Any]:
    instrument = reference.instruments.get(basis["act"])
    known = instrument.articles.get(basis["article"]) if instrument else None
    return {"act": basis["act"], "article": basis["article"],
            "certainty": str(known or Certainty.GENERAL_KNOWLEDGE), "checked_on": day}
