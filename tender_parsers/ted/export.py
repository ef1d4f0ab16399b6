# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""A `TED_EXPORT` document: what is coded apart, which of its forms to read, and the `Notice` of it."""

from collections.abc import Iterator
from typing import Any

from tender_parsers.exceptions import NotANotice
from tender_parsers.notice import Lot, Moment, Notice, Organisation, SubcontractingTerms, ValueTotals
from tender_parsers.reading import Source
from tender_parsers.ted.awards import LotNumbers, award_contract, contest_results, finish_awards
from tender_parsers.ted.changes import changes, finish_changes, modifications
from tender_parsers.ted.codes import (
    CODED_BUYER_TYPES,
    CODED_NATURES,
    CODED_PROCEDURES,
    form_and_notice_type,
    legal_basis,
)
from tender_parsers.ted.criteria import LEFTI
from tender_parsers.ted.form import Actions, Draft, Form, Peers, frozen, pair, texts_into
from tender_parsers.ted.objects import add_previous, finish_lot, object_contract
from tender_parsers.ted.older import OLDER
from tender_parsers.ted.parties import CONTRACTING_BODY, distinct, finish_buyers, party_as
from tender_parsers.ted.procedure import PROCEDURE, finish_procedure
from tender_parsers.ted.values import Element, day_of, local_name, squashed, string_value

_MOST_ORIGINALS = 30
"""The Union has 24 languages."""
_PLANNED_ONLY = ("PRI_ONLY", "PER_ONLY")


def read(source: Source) -> Iterator[Notice]:
    """The notice of a document. Several originals are one notice in several languages; translations are not read."""
    root = source.root()
    coded: dict[str, str] = {}
    forms: list[Element] = []
    for section in root:
        name = local_name(section)
        if name == "CODED_DATA_SECTION":
            coded = read_coded(section)
        elif name == "FORM_SECTION":
            forms = [each for each in section if isinstance(each.tag, str)]
    if not forms:
        raise NotANotice(source.name, "TED_EXPORT without a form")
    originals = [each for each in forms if each.get("CATEGORY") == "ORIGINAL"] or forms[:1]
    yield _notice(source, root, coded, originals[:_MOST_ORIGINALS])


def read_coded(section: Element) -> dict[str, str]:
    """What `CODED_DATA_SECTION` says, by the element's name; of several of one name the first."""
    found: dict[str, str] = {}
    for group in section:
        for element in group:
            name = local_name(element)
            if name == "REF_NOTICE":
                for number in element:
                    found.setdefault(f"REF_{local_name(number)}", string_value(number))
            else:
                value = element.get("CODE") or element.get("VALUE") or element.text
                found.setdefault(name, squashed(value))
    return found


def _lefti(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft["lefti"], element, LEFTI)


def _body(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft["body"], element, CONTRACTING_BODY)


def _procedure(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, PROCEDURE)


def _complementary(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, _COMPLEMENTARY)


def _dispatched(form: Form, draft: Draft, element: Element) -> None:
    draft["dispatched"] = form.moment(element)


def _additional(form: Form, draft: Draft, element: Element) -> None:
    texts_into("additional_information")(form, draft["lefti"], element)


def _invoicing(form: Form, draft: Draft, element: Element) -> None:
    draft["lefti"]["electronic_invoicing"] = "allowed"


def _basis(form: Form, draft: Draft, element: Element) -> None:
    draft["legal_basis"] = legal_basis(element.get("VALUE"))


def _notice_kind(form: Form, draft: Draft, element: Element) -> None:
    draft["notice_kind"] = squashed(element.get("TYPE"))
    if draft["notice_kind"] in _PLANNED_ONLY:
        draft["lot_kind"] = "part"


_COMPLEMENTARY: Actions = {
    "INFO_ADD": _additional,
    "EINVOICING": _invoicing,
    "NOTICE_NUMBER_OJ": add_previous,
    "DATE_DISPATCH_NOTICE": _dispatched,
    "ADDRESS_REVIEW_BODY": party_as("review"),
    "ADDRESS_REVIEW_INFO": party_as("review_information"),
    "ADDRESS_MEDIATION_BODY": party_as("mediation"),
}
_FORM: Actions = {
    "LEGAL_BASIS": _basis,
    "DIRECTIVE": _basis,
    "NOTICE": _notice_kind,
    "CONTRACTING_BODY": _body,
    "OBJECT_CONTRACT": object_contract,
    "LEFTI": _lefti,
    "PROCEDURE": _procedure,
    "AWARD_CONTRACT": award_contract,
    "RESULTS": contest_results,
    "COMPLEMENTARY_INFO": _complementary,
    "CHANGES": changes,
    "MODIFICATIONS_CONTRACT": modifications,
}


def _is_older(version: str | None, form: Element) -> bool:
    """Whether a form has the structure before R2.0.9; a version that is not stated is told from the form's name."""
    if version:
        return version.startswith(("R2.0.7", "R2.0.8"))
    name = local_name(form)
    return not name.endswith("_2014") and name != "MOVE"


def _notice(source: Source, root: Element, coded: dict[str, str], originals: list[Element]) -> Notice:
    first = originals[0]
    peers: Peers = {}
    for other in originals[1:]:
        pair(first, other, peers)
    version = root.get("VERSION") or first.get("VERSION")
    form = Form(first, peers)
    lots: list[Lot] = []
    draft: Draft = {"body": {}, "lefti": {}, "totals": {}, "lots": lots, "taken": {}, "lot_kind": "lot"}
    draft["numbers"] = LotNumbers(lots)
    if _is_older(version, first):
        _read_older(form, draft, first)
    else:
        if local_name(first).startswith("F08"):
            draft["lot_kind"] = "part"
        _read_children(form, draft, first)
    fields = _finish(form, draft, coded)
    kinds = form_and_notice_type(first.get("FORM"), draft.get("notice_kind"))
    return Notice(
        format="ted_export",
        version=version,
        source=source.name,
        root=local_name(root),
        publication_id=coded.get("NO_DOC_OJS") or None,
        document_id=root.get("DOC_ID"),
        form=local_name(first),
        form_number=first.get("FORM"),
        form_type=kinds[0],
        notice_type=kinds[1],
        language=first.get("LG"),
        other_languages=tuple(language for each in originals[1:] if (language := each.get("LG"))),
        texts=tuple(form.texts),
        withheld=tuple(form.withheld),
        remarks=tuple(form.remarks),
        **fields,
    )


def _read_children(form: Form, draft: Draft, element: Element) -> None:
    for child in element:
        action = _FORM.get(local_name(child))
        if action is None:
            form.collect(child)
        else:
            action(form, draft, child)


def _read_older(form: Form, draft: Draft, element: Element) -> None:
    draft["whole"] = {}
    for child in element:
        nature = squashed(child.get("CTYPE"))
        OLDER(form, draft, child)
        if nature:
            draft["whole"].setdefault("nature", nature.lower())
    for held, field in (("deadline_day", "deadline"), ("dispatched_day", "dispatched")):
        day = draft.pop(held, None)
        if day:
            draft[field] = Moment(day)


def _finish(form: Form, draft: Draft, coded: dict[str, str]) -> dict[str, Any]:
    """Fields of the `Notice` that the form fills, where it is silent from what is coded apart."""
    whole: Draft = {**draft.get("whole", {}), **draft["lefti"]}
    _coded_defaults(draft, whole, coded)
    finish_procedure(draft, whole)
    terms = whole.pop("subcontracting", None)
    if terms:
        whole["subcontracting"] = SubcontractingTerms(**terms)
    buyers = _buyers(draft, coded)
    draft = frozen(draft)
    previous = draft.get("previous_notices", ())
    if coded.get("REF_NO_DOC_OJS") and coded["REF_NO_DOC_OJS"] not in previous:
        previous = (*previous, coded["REF_NO_DOC_OJS"])
    results = finish_awards(draft.pop("awards", ()))
    lots: tuple[Lot, ...] = draft["lots"]
    contract = next((each.reference for each in results["contracts"]), None)
    return {
        "previous_notices": previous,
        "legal_basis": draft.get("legal_basis"),
        "dispatched": draft.get("dispatched"),
        "published": _coded_day(coded, "DATE_PUB"),
        "country": coded.get("ISO_COUNTRY") or _country(buyers),
        "buyers": tuple(buyers),
        "organisations": distinct([*buyers, *results["winners"], *form.organisations]),
        "procedure_type": draft.get("procedure_type"),
        "procedure_type_stated": draft.get("procedure_type_stated"),
        "procedure_description": draft.get("procedure_description", ()),
        "accelerated": draft.get("accelerated"),
        "direct_award_reasons": draft.get("direct_award_reasons", ()),
        "direct_award_justification": draft.get("direct_award_justification", ()),
        "whole": finish_lot(whole, kind="whole", id=None),
        "lots": tuple(lot for lot in lots if lot.kind == "lot"),
        "parts": tuple(lot for lot in lots if lot.kind == "part"),
        "lot_limits": draft.get("lot_limits"),
        "totals": ValueTotals(**draft["totals"]) if draft["totals"] else None,
        "changes": finish_changes(draft, previous, contract),
        **results,
    }


def _coded_defaults(draft: Draft, whole: Draft, coded: dict[str, str]) -> None:
    if "procedure_type" not in draft:
        draft["procedure_type"] = CODED_PROCEDURES.get(coded.get("PR_PROC", ""))
    if "nature" not in whole:
        whole["nature"] = CODED_NATURES.get(coded.get("NC_CONTRACT_NATURE", ""))
    if not whole.get("cpv_main"):
        whole["cpv_main"] = coded.get("ORIGINAL_CPV") or None
    if draft.get("dispatched") is None:
        draft["dispatched"] = _coded_day(coded, "DS_DATE_DISPATCH")
    if not draft.get("legal_basis"):
        draft["legal_basis"] = legal_basis(coded.get("DIRECTIVE"))


def _coded_day(coded: dict[str, str], name: str) -> Moment | None:
    day = day_of(coded.get(name))
    return Moment(day) if day else None


def _buyers(draft: Draft, coded: dict[str, str]) -> list[Organisation]:
    body: Draft = draft["body"]
    stated = CODED_BUYER_TYPES.get(coded.get("AA_AUTHORITY_TYPE", ""))
    if stated and body.get("buyers"):
        body.setdefault("legal_type", stated)
    return finish_buyers(body)


def _country(buyers: list[Organisation]) -> str | None:
    return next((buyer.address.country for buyer in buyers if buyer.address), None)
