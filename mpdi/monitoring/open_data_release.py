"""A stored notice as a release of OCDS 1.1 with the sustainability extension. Pure.

Read back by `tender_parsers` it states the same facts, as far as OCDS has a place for them: it has one language, no
withheld value, and no place for BT-06 itself (`x_strategicProcurement` keeps it).
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mpdi.monitoring import open_data_codes as codes
from mpdi.monitoring.open_data_lots import described, items
from mpdi.monitoring.open_data_parties import Parties
from mpdi.monitoring.open_data_results import awards, bids, contracts
from mpdi.monitoring.open_data_values import Json, Made, Words, code, kept, moment, money

VERSION = "1.1"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
PREFIX = "mpdi"
"""Of `ocid`: not registered with the Open Contracting Partnership, and so good within one installation."""
_EXTENSIONS = "https://raw.githubusercontent.com/open-contracting-extensions"
EXTENSIONS = tuple(
    f"{_EXTENSIONS}/{name}/master/extension.json"
    for name in (
        "ocds_lots_extension",
        "ocds_bid_extension",
        "ocds_sustainability_extension",
        "ocds_techniques_extension",
        "ocds_procedure_extension",
        "ocds_legalBasis_extension",
        "ocds_organizationClassification_extension",
        "ocds_awardCriteria_extension",
        "ocds_selectionCriteria_extension",
        "ocds_suitability_extension",
        "ocds_otherRequirements_extension",
        "ocds_contractTerms_extension",
        "ocds_submissionTerms_extension",
        "ocds_partyDetails_scale_extension",
    )
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a release is made of, beside what the notice itself says."""

    key: str
    """Of the notice in addresses: the identifier of the release."""
    procedure: str
    """`NoticeRecord.procedure_key`."""
    read_at: datetime.datetime
    """When it was read: the date of a notice that has none."""


def release_of(whole: Json, source: Source) -> Made:
    """The release of one notice."""
    words = Words(whole.get("language"))
    parties = Parties(words)
    buyers = parties.references(whole.get("buyers") or (), "buyer")
    for each in whole.get("organisations") or ():
        parties.reference(each, None)
    made = {
        "ocid": f"{PREFIX}-{source.procedure[:24]}",
        "id": source.key,
        "date": moment(whole.get("dispatched")) or moment(whole.get("published")) or _utc(source.read_at),
        "tag": list(codes.TAGS.get(code(whole.get("form_type")) or "", ("tender",))),
        "initiationType": "tender",
        "language": words.language,
        "buyer": buyers[0] if buyers else None,
        "tender": _tender(whole, source, words),
        "awards": awards(whole, parties),
        "bids": bids(whole, parties, words),
        "contracts": contracts(whole, words),
    }
    return kept({**made, "parties": parties.all()})


def _utc(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _tender(whole: Json, source: Source, words: Words) -> Made:
    stated = code(whole.get("procedure_type"))
    first = whole.get("whole") or {}
    lots = _named_lots(whole)
    limits = whole.get("lot_limits") or {}
    details = {
        "maximumLotsBidPerSupplier": limits.get("max_submitted"),
        "maximumLotsAwardedPerSupplier": limits.get("max_awarded"),
    }
    made = {
        "id": code(whole.get("procedure_id")) or source.procedure[:24],
        **described(first, words),
        "procurementMethod": codes.METHODS.get(stated or ""),
        "procurementMethodDetails": _procedure(stated),
        "legalBasis": _legal_basis(whole),
        "datePublished": moment(whole.get("published")),
        "procedure": kept({"isAccelerated": whole.get("accelerated")}),
        "items": items([(None, first), *lots]),
        "lots": [{"id": name, **described(lot, words)} for name, lot in lots],
        "lotGroups": [_group(each) for each in whole.get("lot_groups") or () if code(each.get("id"))],
        "lotDetails": kept(details),
        "amendments": list(_amendments(whole, words)),
    }
    return kept(made)


def _named_lots(whole: Json) -> list[tuple[str, Json]]:
    """Lots with an identifier each: a buyer may give two the same."""
    made: dict[str, Json] = {}
    for place, lot in enumerate(whole.get("lots") or (), start=1):
        name = code(lot.get("id")) or f"lot-{place}"
        made[name if name not in made else f"{name}-{place}"] = lot
    return list(made.items())


def _procedure(stated: str | None) -> str | None:
    """The English label of the code, as the eForms profile writes it."""
    label = codes.PROCEDURES.get(stated or "")
    if label is None:
        return None
    word = f"{label} procedure" if label in ("open", "restricted") else label
    return f"{word[:1].upper()}{word[1:]}"


def _legal_basis(whole: Json) -> Made | None:
    basis = code(whole.get("legal_basis"))
    return {"scheme": "CELEX", "id": basis} if basis else None


def _group(given: Json) -> Made:
    return kept({"id": given["id"], "maximumValue": money(given.get("estimated_value"))})


def _amendments(whole: Json, words: Words) -> Iterator[Made]:
    for place, each in enumerate(whole.get("changes") or (), start=1):
        if each.get("of") == "notice":
            made = {
                "id": str(place),
                "amendsReleaseID": code(each.get("changed")),
                "date": moment(each.get("on")),
                "rationale": words.one(each.get("reason_description")),
                "description": words.one(each.get("description")),
            }
            yield kept(made)


def package(releases: Iterable[Made], address: str, at: datetime.datetime) -> Iterator[str]:
    """A release package, piece by piece: however many releases there are, one is in memory."""
    head = {
        "uri": address,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": _utc(at),
        "publisher": {"name": "MPDI"},
        "license": LICENCE,
    }
    yield json.dumps(head, ensure_ascii=True)[:-1] + ', "releases": ['
    for place, each in enumerate(releases):
        yield ("\n" if place == 0 else ",\n") + json.dumps(each, ensure_ascii=True)
    yield "\n]}\n"


def lines(releases: Iterable[Made]) -> Iterator[str]:
    """JSON Lines: a release a line."""
    for each in releases:
        yield json.dumps(each, ensure_ascii=True) + "\n"
