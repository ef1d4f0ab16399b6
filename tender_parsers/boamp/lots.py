"""What is bought, of the whole (`OBJET`) and of each `LOT`."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from tender_parsers.boamp import codes
from tender_parsers.boamp.nodes import child_names, count_of, money_of, text_of, whole_text, yes_no
from tender_parsers.loose_values import Sayings, day, moment, number
from tender_parsers.notice import (
    AwardCriterion,
    CriterionNumber,
    Duration,
    Framework,
    Lot,
    LotLimits,
    Money,
    Place,
    SelectionCriterion,
    Strategic,
    Text,
    Texts,
)

Node = etree._Element
_RESERVED: Final = "res-ws"
_CONDITION: Final = "CONDITION_PARTICULIERE_EXECUTION"
_MORE: Final = "RENSEIGNEMENTS_COMPLEMENTAIRES/RENS_COMPLEMENT"


def lots_of(data: Node, said: Sayings) -> Iterator[Lot]:
    """Each lot; one that has no number takes its place in the list, one that is written twice counts once."""
    met: set[str] = set()
    for at, node in enumerate(data.iterfind("OBJET/LOTS/LOT"), 1):
        written = etree.tostring(node, encoding="unicode", with_tail=False)
        if written in met and node.find("NUM") is None:
            continue
        met.add(written)
        yield _lot(node, text_of(node, "NUM") or str(at), said)


def _lot(node: Node, name: str, said: Sayings) -> Lot:
    main, more = cpv_of(node)
    return Lot(
        id=name,
        title=said.text(text_of(node, "INTITULE"), "OBJET/LOTS/LOT/INTITULE", name, "BT-21"),
        description=said.text(text_of(node, "DESCRIPTION"), "OBJET/LOTS/LOT/DESCRIPTION", name, "BT-24"),
        cpv_main=main,
        cpv_additional=more,
        places=_places(node, "OBJET/LOTS/LOT"),
        estimated_value=money_of(node, "VALEUR", said, name) or money_of(node, "ESTIMATION_INITIALE", said, name),
        duration=_duration(node),
        renewal_description=said.text(
            text_of(node, "RENOUVELLEMENT_DESCRIPTION"), "OBJET/LOTS/LOT/RENOUVELLEMENT_DESCRIPTION", name, "BT-57"
        ),
        options_description=said.text(
            text_of(node, "OPTIONS_DESCRIPTION"), "OBJET/LOTS/LOT/OPTIONS_DESCRIPTION", name, "BT-54"
        ),
        award_criteria=_criteria(node.find("CRITERES_ATTRIBUTION"), "OBJET/LOTS/LOT/CRITERES_ATTRIBUTION", name, said),
        award_criteria_in_documents=_in_documents(node.find("CRITERES_ATTRIBUTION")),
        variants=_allowed(yes_no(node, "VARIANTES")),
        eu_funds=_funds(node),
        additional_information=said.text(text_of(node, "INFO_COMPL"), "OBJET/LOTS/LOT/INFO_COMPL", name, "BT-300"),
    )


def whole_of(root: Node, data: Node, said: Sayings) -> Lot:
    """What is said once."""
    subject, procedure = data.find("OBJET"), data.find("PROCEDURE")
    delays, part = data.find("CONDITION_DELAI"), data.find("CONDITION_PARTICIPATION")
    main, more = cpv_of(subject)
    natures = [codes.NATURES[name] for name in child_names(subject, "TYPE_MARCHE") if name in codes.NATURES]
    place = subject.find("LIEU_EXEC_LIVR") if subject is not None else None
    criteria = procedure.find("CRITERES_ATTRIBUTION") if procedure is not None else None
    return Lot(
        kind="whole",
        internal_id=text_of(subject, "REF_MARCHE"),
        title=_title(root, subject, said),
        description=said.text(text_of(subject, "OBJET_COMPLET"), "OBJET/OBJET_COMPLET", None, "BT-24"),
        nature=natures[0] if natures else None,
        additional_natures=tuple(natures[1:]),
        cpv_main=main,
        cpv_additional=more,
        places=_places(place, "OBJET/LIEU_EXEC_LIVR") if place is not None else (),
        estimated_value=_estimate(data, said),
        duration=_duration(subject.find("DUREE_DELAI")) if subject is not None else None,
        framework=_framework(procedure, subject, said),
        strategic=_strategic(root),
        reserved_participation=_reserved(part, subject),
        selection_criteria=tuple(_selection(part, said)),
        award_criteria=_criteria(criteria, "PROCEDURE/CRITERES_ATTRIBUTION", None, said),
        award_criteria_in_documents=_in_documents(criteria),
        performance_conditions=said.text(
            text_of(part, _CONDITION), f"CONDITION_PARTICIPATION/{_CONDITION}", None, "BT-70"
        ),
        variants=_allowed(yes_no(procedure, "VARIANTES")),
        electronic_auction=yes_no(procedure, "ENCHERE_ELECTRONIQUE"),
        submission_languages=tuple(
            (node.text or "").strip() for node in data.iterfind("CONDITION_RELATIVE_MARCHE/LANGUES/LANGUE") if node.text
        ),
        candidates_minimum=_whole(procedure, "NB_CANDIDATS/NB_MIN_OFFRE"),
        candidates_maximum=_whole(procedure, "NB_CANDIDATS/NB_MAX_OFFRE"),
        tender_deadline=moment(text_of(delays, "RECEPT_OFFRES")),
        request_deadline=moment(text_of(delays, "RECEPT_CANDIDAT")),
        additional_information=said.text(text_of(data, _MORE), _MORE, None, "BT-300"),
    )


def _title(root: Node, subject: Node | None, said: Sayings) -> Texts:
    """The buyer's own title; the summary of the bulletin's index, cut at 200 characters, only where there is none."""
    index = "GESTION/INDEXATION/RESUME_OBJET"
    own = said.text(text_of(subject, "TITRE_MARCHE"), "OBJET/TITRE_MARCHE", None, "BT-21")
    return own or said.text(text_of(root, index), index, None, "BT-21")


def cpv_of(node: Node | None) -> tuple[str | None, tuple[str, ...]]:
    """Main and additional CPV codes; of several `CPV` the first is the main one."""
    given = node.findall("CPV") if node is not None else []
    main = [code for each in given if (code := text_of(each, "PRINCIPAL"))]
    more = [code for each in given for found in each.iterfind("SUPPLEMENTAIRE") if (code := (found.text or "").strip())]
    return (main[0] if main else None), tuple(dict.fromkeys((*main[1:], *more)))


def limits_of(data: Node) -> LotLimits | None:
    """Whether it is divided, and how many lots one tenderer may have."""
    subject = data.find("OBJET")
    division = subject.find("DIV_EN_LOTS") if subject is not None else None
    if subject is None or division is None:
        return None
    choices = set(child_names(subject, "DIV_EN_LOTS"))
    return LotLimits(
        divided=True if "OUI" in choices else False if "NON" in choices else None,
        max_submitted=_whole(subject, "NB_LOT_OFFRE_MAX") or _whole(division, "OFFRE_MAX"),
        max_awarded=_whole(subject, "NB_LOT_ATTRIB_MAX"),
        one_only=True if "OFFRE_UN" in choices else None,
        any_number=True if "OFFRE_TOUS" in choices else None,
    )


def _whole(node: Node | None, path: str) -> int | None:
    found = count_of(node, path)
    return int(found) if found is not None else None


def _estimate(data: Node, said: Sayings) -> Money | None:
    places = ("OBJET/CARACTERISTIQUES/VALEUR_TOTALE", "OBJET/CARACTERISTIQUES/VALEUR", "OBJET/VALEUR_TOTALE")
    return next((found for path in places if (found := money_of(data, path, said))), None)


def _places(node: Node, at: str) -> tuple[Place, ...]:
    nuts, said = text_of(node, "CODE_NUTS"), text_of(node, "LIEU_PRINCIPAL") or text_of(node, "ADRESSE")
    city, code = text_of(node, "VILLE"), text_of(node, "CP")
    if not (nuts or said or city or code):
        return ()
    described: Texts = (Text(said, "fr", f"{at}/LIEU_PRINCIPAL"),) if said else ()
    return (Place(nuts=nuts, city=city, postal_code=code, description=described),)


def _duration(node: Node | None) -> Duration | None:
    months, years, days = (number(text_of(node, f"DUREE_{unit}")) for unit in ("MOIS", "AN", "JOURS"))
    start, end = day(text_of(node, "DATE_DEBUT")), day(text_of(node, "DATE_FIN"))
    for value, unit in ((months, "MONTH"), (years, "YEAR"), (days, "DAY")):
        if value is not None:
            return Duration(value, unit, start, end)
    return Duration(start=start, end=end) if start or end else None


def _allowed(answer: bool | None) -> str | None:
    return None if answer is None else "allowed" if answer else "not-allowed"


def _funds(node: Node) -> str | None:
    answer = yes_no(node, "FONDS_COMMUNAUTAIRES")
    return None if answer is None else "eu-funds" if answer else "no-eu-funds"


def _framework(procedure: Node | None, subject: Node | None, said: Sayings) -> Framework | None:
    implied = procedure.find("AVIS_IMPLIQUE") if procedure is not None else None
    agreement = procedure.find("ACCORD_CADRE") if procedure is not None else None
    is_framework = True if agreement is not None else yes_no(implied, "ACCORD_CADRE")
    is_dynamic = yes_no(implied, "SAD")
    if is_framework is None and is_dynamic is None:
        return None
    single = agreement is not None and agreement.find("UN_SEUL_OPERATEUR") is not None
    return Framework(
        type=None if is_framework is None else "fa" if is_framework else "none",
        dynamic_purchasing=None if is_dynamic is None else "dps" if is_dynamic else "none",
        maximum_participants=1 if single else _whole(agreement, "NB_MAX_PARTICIPANTS"),
        maximum_value=money_of(subject, "ACCORD_CADRE/VALEUR_MAX", said),
    )


def _strategic(root: Node) -> Strategic | None:
    stated = list(child_names(root, "GESTION/INDEXATION/CRITERES_SOCIAUX_ENV"))
    if not stated:
        return None
    return Strategic(aims=tuple(codes.AIMS[each] for each in stated if each in codes.AIMS), goals=tuple(stated))


def _reserved(part: Node | None, subject: Node | None) -> tuple[str, ...]:
    for node in (part, subject):
        answer = yes_no(node, "MARCHE_RESERVE")
        if answer is not None:
            return (_RESERVED,) if answer else ("none",)
    return ()


def _selection(part: Node | None, said: Sayings) -> Iterator[SelectionCriterion]:
    for name, kind in codes.SELECTION.items():
        at = f"CONDITION_PARTICIPATION/{name}"
        description = said.text(text_of(part, name), at, None, "BT-750")
        minimum = said.text(text_of(part, f"{name}_NIVEAU_MINI"), f"{at}_NIVEAU_MINI")
        if description or minimum:
            yield SelectionCriterion(type=kind, description=description, minimum=minimum)


def _in_documents(criteria: Node | None) -> bool | None:
    return True if criteria is not None and criteria.find("CRITERES_CCTP") is not None else None


def _criteria(node: Node | None, at: str, lot: str | None, said: Sayings) -> tuple[AwardCriterion, ...]:
    """Weighted, in order, or in free words; a price that is the only criterion has no weight."""
    found = []
    for path, kind in (("PONDERES", None), ("PRIORITES", None), ("QUALITE", "quality"), ("COUT", "cost")):
        for each in node.iterfind(f"CRITERES_{path}/CRITERE") if node is not None else ():
            name = said.text(whole_text(each), f"{at}/CRITERES_{path}/CRITERE", lot, "BT-734")
            found.append(AwardCriterion(kind, name, numbers=_weight(each.get("POIDS"), each.get("ORDRE"))))
    price = node.find("CRITERES_PRIX") if node is not None else None
    if price is not None:
        found.append(AwardCriterion("price", numbers=_weight(text_of(price, "POIDS"), None)))
    free = said.text(text_of(node, "CRITERES_LIBRE"), f"{at}/CRITERES_LIBRE", lot, "BT-540")
    return (*found, AwardCriterion(description=free)) if free else tuple(found)


def _weight(weight: str | None, order: str | None) -> tuple[CriterionNumber, ...]:
    value, code = (number(weight), None) if weight else (number(order), "ord-imp")
    return (CriterionNumber("weight", value, code),) if value is not None else ()
