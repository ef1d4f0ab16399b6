"""A publication found by the Belgian search put into a `Notice`: object and lots, no value, no criterion, no strategic field."""

from collections.abc import Iterator
from typing import Any

from tender_parsers.bda import codes
from tender_parsers.exceptions import NotANotice
from tender_parsers.json_blocks import json_items
from tender_parsers.loose_values import Json, Sayings, moment, record, records, several_words, words
from tender_parsers.notice import Framework, Identifier, Lot, Notice, Organisation, Place, Text, Texts
from tender_parsers.reading import Source

BELOW = frozenset({"publications", "json"})
KEYS = frozenset(
    {"publicationWorkspaceId", "noticeSubType", "cpvMainCode", "publicationReferenceNumbersBDA", "procedureId"}
)
"""Keys of a publication, of which each has at least two."""


def read(source: Source) -> Iterator[Notice]:
    """One notice a publication; raises `NotANotice` where an object is none, or the search found nothing."""
    met = False
    for item in json_items(source, BELOW):
        met = True
        if not isinstance(item.value, dict) or len(KEYS & item.value.keys()) < 2:
            raise NotANotice(source.name, "an object without the keys of a publication", item.offset)
        yield notice_of(item.value, source.name, item.path or None)
    if not met:
        raise NotANotice(source.name, "the search found no publication")


def notice_of(given: Json, name: str, container: str | None) -> Notice:
    """The notice of one publication."""
    languages = several_words(given.get("publicationLanguages"))
    said = Sayings(languages[0] if languages else None)
    dossier, subtype = record(given.get("dossier")), words(given.get("noticeSubType"))
    identifiers = several_words(given.get("noticeIds"))
    references = several_words(given.get("publicationReferenceNumbersBDA"))
    ted = several_words(given.get("publicationReferenceNumbersTED"))
    buyer, stated = _buyer(record(given.get("organisation"))), words(dossier.get("procurementProcedureType"))
    if (cancelled := words(given.get("cancelledAt"))) is not None:
        said.remark("cancelledAt", cancelled, "the publication was cancelled")
    return Notice(
        format="bda",
        source=name,
        root="publication",
        container=container,
        notice_id=identifiers[-1] if identifiers else None,
        publication_id=ted[-1] if ted else None,
        document_id=words(given.get("referenceNumber")) or (references[-1] if references else None),
        procedure_id=words(given.get("procedureId")),
        previous_notices=identifiers[:-1],
        subtype=subtype,
        form_type=codes.form_type_of(subtype),
        language=said.language,
        other_languages=languages[1:],
        legal_basis=_legal_basis(words(dossier.get("legalBasis"))),
        dispatched=moment(given.get("dispatchDate")),
        published=moment(given.get("publicationDate")),
        buyers=(buyer,) if buyer else (),
        organisations=(buyer,) if buyer else (),
        procedure_type=codes.procedure_of(stated),
        procedure_type_stated=stated,
        whole=_whole(given, dossier, said),
        lots=tuple(_lots(given, said)),
        texts=said.texts,
        remarks=said.remarks,
    )


def _legal_basis(stated: str | None) -> str | None:
    return codes.LEGAL_BASES.get(stated, stated) if stated else None


def _pairs(value: Any) -> Iterator[tuple[Any, str | None]]:
    """Texts and their languages: `[{"language": "FR", "text": …}]`."""
    for each in records(value):
        yield each.get("text"), words(each.get("language"))


def _buyer(given: Json) -> Organisation | None:
    if not given:
        return None
    name: Texts = tuple(
        Text(found, language, "organisation/organisationNames")
        for value, language in _pairs(given.get("organisationNames"))
        if (found := words(value))
    )
    number = words(given.get("organisationId"))
    scheme = "publicprocurement.be"
    return Organisation(
        id=number, name=name, identifiers=(Identifier(number, scheme),) if number else (), roles=("buyer",)
    )


def _whole(given: Json, dossier: Json, said: Sayings) -> Lot:
    natures = tuple(each.lower() for each in several_words(given.get("natures")))
    additional = (_code(each) for each in records(given.get("cpvAdditionalCodes")))
    return Lot(
        kind="whole",
        internal_id=words(dossier.get("referenceNumber")) or words(dossier.get("number")),
        title=said.in_languages(_pairs(dossier.get("titles")), "dossier/titles", None, "BT-21"),
        description=said.in_languages(_pairs(dossier.get("descriptions")), "dossier/descriptions", None, "BT-24"),
        nature=natures[0] if natures else None,
        additional_natures=natures[1:],
        cpv_main=_code(record(given.get("cpvMainCode"))),
        cpv_additional=tuple(filter(None, additional)),
        places=tuple(Place(nuts=each) for each in several_words(given.get("nutsCodes"))),
        framework=_framework(words(dossier.get("specialPurchasingTechnique"))),
        tender_deadline=moment(given.get("vaultSubmissionDeadline")),
    )


def _code(cpv: Json) -> str | None:
    return words(cpv.get("code"))


def _framework(technique: str | None) -> Framework | None:
    if technique is None:
        return None
    upper = technique.upper()
    return Framework("fa" if codes.FRAMEWORK in upper else "none", "dps" if codes.DYNAMIC in upper else "none")


def _lots(given: Json, said: Sayings) -> Iterator[Lot]:
    """The search numbers no lots: they take their place in the list."""
    for at, each in enumerate(records(given.get("lots")), 1):
        name = str(at)
        execution = several_words(each.get("reservedExecution"))
        yield Lot(
            id=name,
            title=said.in_languages(_pairs(each.get("titles")), "lots/titles", name, "BT-21"),
            description=said.in_languages(_pairs(each.get("descriptions")), "lots/descriptions", name, "BT-24"),
            reserved_participation=tuple(map(_dashed, several_words(each.get("reservedParticipation")))),
            reserved_execution=_dashed(execution[0]) if execution else None,
        )


def _dashed(code: str) -> str:
    """`RES_WS` → `res-ws`."""
    return code.lower().replace("_", "-")
