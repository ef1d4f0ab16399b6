"""A contract of the DECP put into a `Notice`: one contract is one lot, awarded."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain

from tender_parsers.decp import codes
from tender_parsers.decp.loading import CONCESSION, Award, of_csv, of_json, of_xml, several
from tender_parsers.exceptions import NotANotice
from tender_parsers.loose_values import Json, Sayings, day, moment, number, record, records, truth, whole_number, words
from tender_parsers.notice import (
    Change,
    Contract,
    Duration,
    Framework,
    Identifier,
    Lot,
    LotResult,
    Money,
    Notice,
    Organisation,
    Place,
    Statistic,
    Strategic,
    Subcontracting,
    Tender,
    Text,
    Texts,
    ValueTotals,
    cpv_digits,
)
from tender_parsers.reading import Source

LOT = "1"
"""Identifier of the one lot of a contract: the DECP number none."""
_LANGUAGE = "fr"
_STARTS_JSON = (b"{", b"[")


def read(source: Source) -> Iterator[Notice]:
    """One notice a contract or concession; raises `NotANotice` where there is none."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    of_text = of_json if head.startswith(_STARTS_JSON) else of_csv
    awards = of_xml(source) if head.startswith(b"<") else of_text(source)
    first = next(awards, None)
    if first is None:
        raise NotANotice(source.name, "no contract and no concession in it")
    for award in chain((first,), awards):
        yield notice_of(award, source.name)


def notice_of(award: Award, name: str) -> Notice:
    """The notice of one contract."""
    value, said = award.value, Sayings(_LANGUAGE)
    buyer = _buyer(record(value.get("acheteur")) or record(value.get("autoriteConcedante")))
    identifier, stated = words(value.get("id")), words(value.get("procedure"))
    title = said.text(value.get("objet"), "objet", LOT, "BT-21")
    lot = _lot(value, title)
    holders = tuple(map(_holder, _holders(value)))
    amount = _amount(value, "valeurGlobale" if award.kind == CONCESSION else "montant", said)
    return Notice(
        format="decp",
        version=award.version,
        source=name,
        root=award.kind,
        container=award.container,
        notice_id=words(value.get("uid")) or _unique(buyer, identifier),
        document_id=identifier,
        procedure_id=words(value.get("idAccordCadre")) or identifier,
        form_type="result",
        language=_LANGUAGE,
        published=moment(value.get("datePublicationDonnees")),
        buyers=(buyer,) if buyer else (),
        organisations=((buyer,) if buyer else ()) + holders,
        procedure_type=codes.PROCEDURES.get((stated or "").lower().replace("’", "'")),
        procedure_type_stated=stated,
        whole=Lot("whole", title=title, nature=lot.nature, cpv_main=lot.cpv_main),
        lots=(lot,),
        totals=ValueTotals(awarded=amount) if amount else None,
        results=(_result(value, amount, holders, said),),
        tenders=tuple(_tenders(value, holders, amount)),
        contracts=(
            Contract(
                id=identifier,
                title=title,
                concluded=day(value.get("dateNotification")) or day(value.get("dateSignature")),
                value=amount,
                lots=(LOT,),
                is_framework=lot.framework.type == "fa" if lot.framework else None,
            ),
        ),
        winners=holders,
        changes=tuple(_changes(value, amount, identifier, said)),
        texts=said.texts,
        remarks=said.remarks,
    )


def _unique(buyer: Organisation | None, identifier: str | None) -> str | None:
    """`id` is unique for one buyer only: with the buyer's SIRET before it, as `uid` has it, it is so for all."""
    return f"{buyer.id}{identifier}" if buyer and buyer.id and identifier else identifier


def _buyer(given: Json) -> Organisation | None:
    return _organisation(given, "nom", "acheteur/nom", "buyer") if given else None


def _holders(value: Json) -> Iterable[Json]:
    return records([*several(value, "titulaires"), *several(value, "concessionnaires")])


def _holder(given: Json) -> Organisation:
    return _organisation(given, "denominationSociale", "titulaires/denominationSociale", "winner")


def _organisation(given: Json, name: str, element: str, role: str) -> Organisation:
    found, said = words(given.get("id")), words(given.get(name))
    scheme = words(given.get("typeIdentifiant")) or ("SIRET" if found and len(found) == 14 else None)
    category = (words(given.get("categorie")) or "").lower()
    return Organisation(
        id=found,
        name=(Text(said, _LANGUAGE, element),) if said else (),
        identifiers=(Identifier(found, scheme),) if found else (),
        size=codes.SIZES.get(category),
        roles=(role,),
    )


def _amount(value: Json, key: str, said: Sayings) -> Money | None:
    """In euros, without VAT (the order of 2022 says so for both)."""
    given = value.get(key)
    if given is None or given == "":
        return None
    found = number(given)
    if found is None:
        said.remark(key, given, "no number")
        return None
    return Money(found, "EUR", including_vat=False)


def _lot(value: Json, title: Texts) -> Lot:
    cpv = words(value.get("codeCPV"))
    strategic = _strategic(value)
    goals = {goal.lower() for goal in strategic.goals} if strategic else set()
    nature = codes.CONCESSION_NATURES.get((words(value.get("nature")) or "").lower())
    place, months = _place(record(value.get("lieuExecution"))), number(value.get("dureeMois"))
    start = day(value.get("dateDebutExecution"))
    return Lot(
        id=LOT,
        title=title,
        nature=nature or codes.nature_of_cpv(cpv_digits(cpv)),
        cpv_main=cpv,
        places=(place,) if place else (),
        duration=None if months is None else Duration(months, "MONTH", start),
        framework=_framework(value),
        strategic=strategic,
        reserved_participation=(codes.RESERVED_UNSPECIFIED,) if goals & codes.RESERVED else (),
    )


def _strategic(value: Json) -> Strategic | None:
    social = [found for each in several(value, "considerationsSociales") if (found := words(each))]
    green = [found for each in several(value, "considerationsEnvironnementales") if (found := words(each))]
    innovative = truth(value.get("marcheInnovant"))
    if not social and not green and innovative is None:
        return None
    aims = {
        "env-imp": any(each.lower() != codes.NO_ENVIRONMENTAL for each in green),
        "soc-obj": any(each.lower() != codes.NO_SOCIAL for each in social),
        "inn-pur": innovative is True,
    }
    named = tuple(aim for aim, stated in aims.items() if stated)
    # Only where both are denied is the whole denied; of one alone the other is not known.
    none = ("none",) if social and green and not innovative else ()
    innovation = ("marcheInnovant",) if innovative else ()
    return Strategic(aims=named or none, goals=(*social, *green, *innovation))


def _framework(value: Json) -> Framework | None:
    stated = {(words(each) or "").lower() for each in several(value, "techniques")}
    nature = (words(value.get("nature")) or "").lower()
    is_framework = "accord-cadre" in stated or nature.startswith("accord-cadre")
    dynamic = any("acquisition dynamique" in each for each in stated)
    if not stated - {""} and not is_framework:
        return None
    return Framework("fa" if is_framework else "none", "dps" if dynamic else None)


def _place(given: Json) -> Place | None:
    code, kind, name = words(given.get("code")), words(given.get("typeCode")), words(given.get("nom"))
    if code is None and name is None:
        return None
    is_postal = (kind or "").lower() == "code postal"
    is_country = (kind or "").lower() == "code pays"
    rest = "" if is_postal or is_country or code is None else f"{kind or 'code'} {code}"
    return Place(
        country=code if is_country else None,
        city=name,
        postal_code=code if is_postal else None,
        description=(Text(rest, _LANGUAGE, "lieuExecution/code"),) if rest else (),
    )


def _result(value: Json, amount: Money | None, holders: tuple[Organisation, ...], said: Sayings) -> LotResult:
    given = value.get("offresRecues")
    received = whole_number(given)
    if received is None and given not in (None, ""):
        said.remark("offresRecues", given, "no count", LOT)
    return LotResult(
        lots=(LOT,),
        status="selec-w",
        received=(Statistic("tenders", Decimal(received), "offresRecues"),) if received is not None else (),
        value=amount,
        winners=holders,
    )


def _tenders(value: Json, holders: tuple[Organisation, ...], amount: Money | None) -> Iterator[Tender]:
    """The tender that won, where the file tells of a holder or of subcontractors."""
    acts = list(records(several(value, "actesSousTraitance")))
    declared = truth(value.get("sousTraitanceDeclaree"))
    amounts = [found for act in acts if (found := number(act.get("montant"))) is not None]
    total = Money(sum(amounts, Decimal(0)), "EUR", including_vat=False) if amounts else None
    applies = "yes" if declared or acts else None if declared is None else "no"
    if not holders and applies is None:
        return
    yield Tender(
        lot=LOT,
        value=amount,
        subcontracting=Subcontracting(applies, total) if applies else None,
        tenderers=holders,
        subcontractors=tuple(
            _organisation(record(act.get("sousTraitant")), "denominationSociale", "sousTraitant", "subcontractor")
            for act in acts
            if record(act.get("sousTraitant"))
        ),
    )


def _changes(value: Json, amount: Money | None, identifier: str | None, said: Sayings) -> Iterator[Change]:
    before = amount
    for each in records(several(value, "modifications")):
        after = _amount(each, "montant", said) or _amount(each, "valeurGlobale", said)
        on = each.get("dateNotificationModification") or each.get("dateSignatureModification")
        yield Change(
            of="contract",
            changed=identifier,
            description=said.text(each.get("objetModification"), "modifications/objetModification", LOT, "BT-202"),
            value_before=before if after else None,
            value_after=after,
            holders=tuple(_holder(holder) for holder in _holders(each)),
            on=moment(on),
        )
        before = after or before
