"""The manifest of a Word file: which clauses, which versions, which digests; and answers as JSON."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mpdi import __version__
from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Decided, Selection
from mpdi.clause_library.core.vocabulary import LANGUAGES, Decision
from mpdi.documents.model import ClauseBlock
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.cost_annex import CostAnnex

MANIFEST_FORMAT = 1


def build_manifest(
    purchase: Purchase,
    selection: Selection,
    blocks: Sequence[ClauseBlock],
    findings: Sequence[Finding],
    cost_annex: CostAnnex | None = None,
) -> dict[str, Any]:
    """Return the manifest of the file tenderers read; of both languages (`fr+nl`) each clause stands twice.

    It holds no estimate, no reason of the buyer's and no answer: the file is published as it is. The answers are in
    the manifest of the buyer's own file (`answers_json`).
    """
    category = find_category(purchase)
    languages = LANGUAGES if purchase.language == "fr+nl" else (purchase.language,)
    rendered = {(block.clause_id, str(block.language)): block.rendered_digest for block in blocks}
    annexed = {} if cost_annex is None else {"life_cycle_cost": dict(cost_annex.identity)}
    return annexed | {
        "format": MANIFEST_FORMAT,
        "generator": f"mpdi {__version__}",
        "kind": "specification",
        "language": purchase.language,
        "publication_date": purchase.publication_date.isoformat(),
        "publication_date_stated": purchase.date_is_stated,
        "reference": purchase.reference,
        "category": {"used": str(category.used), "found": str(category.found), "prefix": category.prefix},
        "clauses": [
            _clause_entry(item, rendered.get((item.clause.id, language)), language)
            for item in selection.of(Decision.IN)
            for language in languages
        ],
        "findings": [finding.as_json(languages[0]) for finding in findings],
    }


def _clause_entry(item: Decided, rendered_digest: str | None, language: str) -> dict[str, Any]:
    clause = item.clause
    return {
        "id": clause.id,
        "version": str(clause.version),
        "language": language,
        "digest": clause.digest,
        "rendered_digest": rendered_digest,
        "place": "document" if rendered_digest else "file",
        "legal_review": str(clause.register.legal_review["state"]),
    }


def answers_json(purchase: Purchase) -> dict[str, Any]:
    """Return the answers as an answers file would hold them, as JSON data; what is not stated is left out."""
    data: dict[str, Any] = {
        "reference": purchase.reference,
        "publication_date": purchase.publication_date if purchase.date_is_stated else None,
        "authority": _without_nothing({"name": purchase.authority.name, "type": purchase.authority.type}),
        "object": purchase.object,
        "nature": purchase.nature,
        "cpv": list(purchase.cpv),
        "category": purchase.category,
        "estimated_value": purchase.estimated_value,
        "procedure": purchase.procedure,
        "duration_months": purchase.duration_months,
        "lots": purchase.lots,
        "no_lots_reason": purchase.no_lots_reason,
        "framework": purchase.framework,
        "lots_detail": [
            _without_nothing({"title": lot.title, "estimated_value": lot.estimated_value, "reserved": lot.reserved})
            for lot in purchase.lots_detail
        ],
        "subsidised_by_region": purchase.subsidised_by_region,
        "payment_days": purchase.payment_days,
        "advance": None if purchase.advance_percent is None else {"percent": purchase.advance_percent},
        "deposit_percent": purchase.deposit_percent,
        "turnover_factor": purchase.turnover_factor,
        "dnsh": [
            {
                "objective": answer.objective,
                "relevant": answer.relevant,
                "reason": answer.reason,
                "measure": answer.measure,
            }
            for answer in purchase.dnsh
        ],
        "ambition": purchase.ambition,
        "options": list(purchase.options),
        "language": purchase.language,
        "award": [
            _without_nothing(
                {"criterion": item.criterion, "weight": item.weight, "scale": item.scale, "proof": item.proof}
            )
            for item in purchase.award
        ],
        "parameters": {key: dict(values) for key, values in purchase.parameters.items()},
        "overrides": {
            key: {"decision": item.decision, "reason": item.reason} for key, item in purchase.overrides.items()
        },
        "life_cycle_cost": _cost_annex(purchase),
    }
    plain: dict[str, Any] = _json(_without_nothing(data))
    _put_both_languages(purchase, plain)
    return plain


def _cost_annex(purchase: Purchase) -> dict[str, Any] | None:
    held = purchase.cost_annex
    if held is None:
        return None
    return _without_nothing({"case": dict(held.case), "award": dict(held.award), "criterion": held.criterion})


def _put_both_languages(purchase: Purchase, plain: dict[str, Any]) -> None:
    """Put the texts given in both languages where one of them stands."""
    for place, text in purchase.texts.items():
        *path, last = place.split(".")
        target: Any = plain
        for step in path:
            target = target[int(step) if isinstance(target, list) else step]
        target[last] = {"fr": text.fr, "nl": text.nl}


def _without_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, [], {})}


def _json(value: Any) -> Any:
    match value:
        case StrEnum():
            return str(value)
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime.date():
            return value.isoformat()
        case dict():
            return {key: _json(item) for key, item in value.items()}
        case list():
            return [_json(item) for item in value]
    return value


def answers_data(stored: Mapping[str, Any]) -> dict[str, Any]:
    """Return JSON answers as `read_answers` takes them: decimals exact, the dates as dates."""
    data: dict[str, Any] = _typed(stored)
    if isinstance(data.get("publication_date"), str):
        data["publication_date"] = _date_or_text(data["publication_date"])
    return data


def _date_or_text(value: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value


def _typed(value: Any) -> Any:
    match value:
        case float():
            return Decimal(str(value))
        case dict():
            return {key: _typed(item) for key, item in value.items()}
        case list():
            return [_typed(item) for item in value]
    return value
