"""A release put into a `Notice`."""

from collections.abc import Iterator, Sequence

from tender_parsers.exceptions import NotANotice
from tender_parsers.json_blocks import json_items
from tender_parsers.loose_values import Json, Sayings, moment, record, records, several_words, truth, words
from tender_parsers.notice import Moment, Notice
from tender_parsers.ocds import codes
from tender_parsers.ocds.lots import Items, groups_of, limits_of, lots_of, whole_of
from tender_parsers.ocds.parties import Parties
from tender_parsers.ocds.records import BELOW, OWN, Release, release_of
from tender_parsers.ocds.results import changes_of, contracts_of, results_of, tenders_of, winners_of
from tender_parsers.reading import Source


def read(source: Source) -> Iterator[Notice]:
    """One notice a release, or a record: of a release, a package, an array or lines of any of these.

    Raises `NotANotice` where an object has no key of OCDS, or a package is empty.
    """
    met = False
    for item in json_items(source, BELOW, OWN):
        met = True
        yield notice_of(release_of(source.name, item), source.name)
    if not met:
        raise NotANotice(source.name, "an OCDS package without a release")


def notice_of(given: Release, name: str) -> Notice:
    """The notice of one release."""
    release, language = given.value, words(given.value.get("language"))
    said = Sayings(language)
    tender, tags = record(release.get("tender")), several_words(release.get("tag"))
    if given.root == "record":
        said.remark("releases/url", given.link, "the record holds links to its releases, not the releases")
    items, parties = Items(tender), Parties(release, said)
    _plan(release, said)
    whole = whole_of(tender, items, said)
    results = results_of(release, parties, said)
    tenders = tuple(tenders_of(release, parties, said))
    stated = words(tender.get("procurementMethod"))
    return Notice(
        format="ocds",
        version=given.version,
        source=name,
        root=given.root,
        container=given.container,
        notice_id=words(release.get("id")),
        document_id=words(release.get("ocid")),
        procedure_id=words(tender.get("id")) or words(release.get("ocid")) or given.record_ocid,
        previous_notices=tuple(_previous(release)),
        form_type=_form_type(tender, tags),
        notice_type=",".join(tags) or None,
        language=language,
        legal_basis=_legal_basis(tender),
        dispatched=moment(release.get("date")),
        published=_published(tender),
        country=next((buyer.address.country for buyer in parties.buyers if buyer.address), None),
        buyers=parties.buyers,
        organisations=parties.all,
        procedure_type=_procedure(tender),
        procedure_type_stated=stated,
        accelerated=truth(record(tender.get("procedure")).get("isAccelerated")),
        direct_award_reasons=tuple(_direct_reasons(tender)),
        direct_award_justification=said.text(
            tender.get("procurementMethodRationale"), "tender/procurementMethodRationale", None, "BT-135"
        ),
        whole=whole,
        lots=tuple(lots_of(tender, items, said)),
        lot_groups=tuple(groups_of(tender, said)),
        lot_limits=limits_of(tender),
        results=results,
        tenders=tenders,
        contracts=tuple(contracts_of(release, said)),
        winners=winners_of(results),
        changes=tuple(changes_of(release, said)),
        texts=said.texts,
        remarks=said.remarks,
    )


def _form_type(tender: Json, tags: Sequence[str]) -> str | None:
    """By the tags; a tender that is only planned, without a method and without a last day, asks for no tenders yet.

    Copies of prior information notices are published under the tag `tender`.
    """
    form = next((form for tag, form in codes.FORM_TYPES if tag in tags), None)
    is_planned = words(tender.get("status")) == "planned" and not words(tender.get("procurementMethod"))
    return "planning" if form == "competition" and is_planned and not _has_last_day(tender) else form


def _has_last_day(tender: Json) -> bool:
    periods = (record(each.get("tenderPeriod")) for each in (tender, *records(tender.get("lots"))))
    return any(words(period.get("endDate")) for period in periods)


def _plan(release: Json, said: Sayings) -> None:
    planning = record(release.get("planning"))
    said.text(planning.get("rationale"), "planning/rationale")
    said.text(record(planning.get("budget")).get("description"), "planning/budget/description")


def _previous(release: Json) -> Iterator[str]:
    for each in records(release.get("relatedProcesses")):
        found = words(each.get("identifier"))
        if found:
            yield found


def _legal_basis(tender: Json) -> str | None:
    basis = record(tender.get("legalBasis"))
    return words(record(basis.get("wasDerivedFrom")).get("id")) or words(basis.get("id"))


def _published(tender: Json) -> Moment | None:
    return moment(tender.get("datePublished"))


def _procedure(tender: Json) -> str | None:
    label = (words(tender.get("procurementMethodDetails")) or "").lower().rstrip(".")
    known = codes.PROCEDURES.get(label) or codes.PROCEDURES.get(label.removesuffix(" procedure"))
    return known or codes.METHODS.get(words(tender.get("procurementMethod")) or "")


def _direct_reasons(tender: Json) -> Iterator[str]:
    for each in records(tender.get("procurementMethodRationaleClassifications")):
        found = words(each.get("id"))
        if found:
            yield found
