"""A notice of the BOAMP put into a `Notice`."""

from collections.abc import Iterator

from lxml import etree

from tender_parsers.boamp import codes
from tender_parsers.boamp.lots import limits_of, lots_of, whole_of
from tender_parsers.boamp.nodes import child_names, text_of
from tender_parsers.boamp.results import changes_of, decisions_of, organisation_of, totals_of
from tender_parsers.exceptions import NotANotice
from tender_parsers.loose_values import Sayings, moment
from tender_parsers.notice import Notice, Organisation
from tender_parsers.reading import Source

ROOT = "ANNONCE"
_SCHEMA = "{http://www.w3.org/2001/XMLSchema-instance}noNamespaceSchemaLocation"
_LANGUAGE = "fr"


def read(source: Source) -> Iterator[Notice]:
    """The notice of a file, or each of a list of them (`ANNONCES`)."""
    root = source.root()
    met = False
    for node in (root,) if root.tag == ROOT else root.iterfind(ROOT):
        data = node.find("DONNEES")
        if data is not None:
            met = True
            yield _notice(node, data, source.name)
    if not met:
        raise NotANotice(source.name, "an ANNONCE without DONNEES", 0)


def _notice(root: etree._Element, data: etree._Element, name: str) -> Notice:
    said = Sayings(_LANGUAGE)
    kind = next(child_names(root, "GESTION/REFERENCE/TYPE_AVIS/NATURE"), None)
    status = next(child_names(root, "GESTION/REFERENCE/TYPE_AVIS/STATUT"), None)
    previous = tuple(found for each in root.iterfind("GESTION/MARCHE/ANNONCE_ANTERIEUR") if (found := _reference(each)))
    buyer, stated = _buyer(data), next(child_names(data, "PROCEDURE/TYPE_PROCEDURE"), None)
    whole = whole_of(root, data, said)
    lots = tuple(lots_of(data, said))
    decisions = tuple(decisions_of(data, said))
    results = tuple(result for result, _, _ in decisions)
    winners = _distinct(winner for result in results for winner in result.winners)
    return Notice(
        format="boamp",
        version=(root.get(_SCHEMA) or "").rpartition("/")[2].removesuffix(".xsd") or None,
        source=name,
        root=root.tag,
        notice_id=text_of(root, "GESTION/REFERENCE/IDWEB"),
        publication_id=text_of(root, "GESTION/REFERENCE/IDWEB"),
        procedure_id=text_of(root, "GESTION/MARCHE/ID_CONSULTATION"),
        previous_notices=previous,
        form=next(child_names(root, "GESTION/REFERENCE/TYPE_AVIS/FAMILLE"), None),
        form_type=codes.FORM_TYPES.get(kind or ""),
        notice_type=",".join(each for each in (kind, status) if each) or None,
        language=_LANGUAGE,
        legal_basis=next(child_names(root, "GESTION/REFERENCE/TYPE_AVIS/PERIMETRE"), None),
        dispatched=moment(text_of(root, "GESTION/REFERENCE/DATE_ENVOI")),
        published=moment(text_of(root, "GESTION/INDEXATION/DATE_PUBLICATION")),
        buyers=(buyer,) if buyer else (),
        organisations=((buyer,) if buyer else ()) + winners,
        procedure_type=codes.PROCEDURES.get(stated or ""),
        procedure_type_stated=stated,
        accelerated=True if data.find("PROCEDURE//ACCELERE") is not None else None,
        whole=whole,
        lots=lots,
        lot_limits=limits_of(data),
        totals=totals_of(data, said),
        results=results,
        tenders=tuple(tender for _, tender, _ in decisions if tender),
        contracts=tuple(contract for _, _, contract in decisions if contract),
        winners=winners,
        changes=tuple(changes_of(data, status, previous, said)),
        texts=said.texts,
        remarks=said.remarks,
    )


def _reference(node: etree._Element) -> str | None:
    return text_of(node, "REFERENCE/IDWEB")


def _buyer(data: etree._Element) -> Organisation | None:
    node = data.find("IDENTITE")
    if node is None:
        return None
    bare = organisation_of(node, "buyer", "IDENTITE")
    kinds = [*child_names(data, "TYPE_ORGANISME"), *child_names(data, "TYPE_POUVOIR_ADJUDICATEUR")]
    activities = [
        name
        for section in ("POUVOIR_ADJUDICATEUR", "ENTITE_ADJUDICATRICE")
        for name in child_names(data, f"ACTIVITE_PRINCIPALE/{section}")
    ]
    return Organisation(
        id=bare.id,
        name=bare.name,
        identifiers=bare.identifiers,
        address=bare.address,
        roles=bare.roles,
        legal_type=next((codes.BUYER_TYPES.get(name, name) for name in kinds), None),
        activity=next((codes.ACTIVITIES.get(name, name) for name in activities), None),
        website=bare.website,
        is_central_purchasing_body=bare.is_central_purchasing_body,
    )


def _distinct(winners: Iterator[Organisation]) -> tuple[Organisation, ...]:
    found: dict[object, Organisation] = {}
    for each in winners:
        key = each.id or (tuple(text.value for text in each.name), each.address.postal_code if each.address else None)
        found.setdefault(key, each)
    return tuple(found.values())
