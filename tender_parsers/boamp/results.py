"""Decisions of an award notice (`ATTRIBUTION/DECISION`), and corrections of an earlier one."""

from collections.abc import Iterator

from lxml import etree

from tender_parsers.boamp import codes
from tender_parsers.boamp.nodes import child_names, count_of, money_of, text_of, yes_no
from tender_parsers.loose_values import Sayings, day
from tender_parsers.notice import (
    Change,
    Contract,
    Identifier,
    LotResult,
    MoneyRange,
    Organisation,
    Place,
    Statistic,
    Subcontracting,
    Tender,
    Text,
    ValueTotals,
)

Node = etree._Element


def decisions_of(data: Node, said: Sayings) -> Iterator[tuple[LotResult, Tender | None, Contract | None]]:
    """Each decision with the tender and the contract it tells of."""
    for node in data.iterfind("ATTRIBUTION/DECISION"):
        lot = text_of(node, "NUM_LOT")
        said.text(text_of(node, "DESCRIPTION"), "ATTRIBUTION/DECISION/DESCRIPTION", lot)
        title = said.text(text_of(node, "INTITULE"), "ATTRIBUTION/DECISION/INTITULE", lot)
        holders = tuple(
            organisation_of(each, "winner", "ATTRIBUTION/DECISION/TITULAIRE") for each in node.iterfind("TITULAIRE")
        )
        result = _result(node, lot, holders, said)
        if not holders:
            yield result, None, None
            continue
        facts = node.find("RENSEIGNEMENT")
        outsourced = yes_no(facts, "SOUSTRAITANCE")
        tender = Tender(
            lot=lot,
            value=result.value,
            tenderers=holders,
            subcontracting=None if outsourced is None else Subcontracting("yes" if outsourced else "no"),
        )
        decided = day(text_of(facts, "DATE_ATTRIBUTION")) or day(text_of(data, "ATTRIBUTION/DATE_DECISION"))
        contract = Contract(
            id=text_of(node, "NUM_MARCHE"), title=title, decided=decided, value=result.value, lots=(lot,) if lot else ()
        )
        yield result, tender, contract


def _result(node: Node, lot: str | None, holders: tuple[Organisation, ...], said: Sayings) -> LotResult:
    # A group of firms repeats the facts behind each of its members: only the first that tells a count or amount is taken.
    facts = next((each for each in node.iterfind("RENSEIGNEMENT") if len(each) > 1), node.find("RENSEIGNEMENT"))
    stated = next((name for name in codes.NOT_AWARDED if node.find(name) is not None), None)
    low, high = (money_of(facts, f"MONTANT_{end}", said, lot) for end in ("MINI", "MAXI"))
    return LotResult(
        lots=(lot,) if lot else (),
        status="selec-w" if holders else "clos-nw",
        status_stated=stated or ("ATTRIBUE" if node.find("ATTRIBUE") is not None else None),
        reason=codes.NOT_AWARDED[stated] if stated else None,
        received=tuple(
            Statistic(code, count, name)
            for name, code in codes.RECEIVED.items()
            if (count := count_of(facts, name)) is not None
        ),
        lowest=money_of(facts, "OFFRE_BASSE", said, lot),
        highest=money_of(facts, "OFFRE_ELEVEE", said, lot),
        value=money_of(facts, "MONTANT", said, lot),
        value_range=MoneyRange(low, high) if low or high else None,
        estimated_value=money_of(facts, "ESTIMATION_INITIALE", said, lot),
        winners=holders,
    )


def totals_of(data: Node, said: Sayings) -> ValueTotals | None:
    """Value of all decisions together."""
    awarded = money_of(data, "ATTRIBUTION/VALEUR_TOTALE", said)
    low, high = (money_of(data, f"ATTRIBUTION/VALEUR_{end}", said) for end in ("MIN", "MAX"))
    if awarded is None and low is None and high is None:
        return None
    return ValueTotals(awarded, MoneyRange(low, high) if low or high else None)


def organisation_of(node: Node, role: str, at: str) -> Organisation:
    """A buyer or a holder. Names of persons, telephone numbers and mail addresses are left where they are."""
    name, number = text_of(node, "DENOMINATION"), text_of(node, "CODE_IDENT_NATIONAL")
    is_small = yes_no(node, "PME")
    nuts = text_of(node, "ADJUDICATEUR_NUTS") or text_of(node, "CODE_NUTS")
    country, city, code, street = (text_of(node, each) for each in ("PAYS", "VILLE", "CP", "ADRESSE"))
    return Organisation(
        id=number,
        name=(Text(name, "fr", f"{at}/DENOMINATION"),) if name else (),
        identifiers=(Identifier(number),) if number else (),
        address=Place(country, nuts, city, code, street) if country or nuts or city or code or street else None,
        size=None if is_small is None else "sme" if is_small else "large",
        roles=(role,),
        website=text_of(node, "URL"),
        is_central_purchasing_body=yes_no(node, "ORGANISME_ACHETEUR_CENTRAL"),
    )


def changes_of(data: Node, status: str | None, previous: tuple[str, ...], said: Sayings) -> Iterator[Change]:
    """Corrections (`RECTIF`) and a cancellation (`ANNULATION`) of the notice before."""
    changed = previous[-1] if previous else None
    count = 0
    for node in data.iterfind("RECTIF/MODIFICATION"):
        count += 1
        lot = node.get("LOT")
        yield Change(
            of="notice",
            changed=changed,
            sections=(lot,) if lot else (),
            description=said.text(text_of(node, "RUBRIQUE"), "RECTIF/MODIFICATION/RUBRIQUE", lot),
            old=_one_of(node, "INIT", lot, said),
            new=_one_of(node, "LIRE", lot, said),
        )
    reason = said.text(text_of(data, "ANNULATION/MOTIF"), "ANNULATION/MOTIF")
    if not count and (status in codes.CHANGES or data.find("ANNULATION") is not None):
        yield Change(of="notice", changed=changed, reason_description=reason)


def _one_of(node: Node, which: str, lot: str | None, said: Sayings) -> tuple[Text, ...]:
    for kind in child_names_of(node):
        found = text_of(node, f"{kind}/{which}")
        if found:
            return said.text(found, f"RECTIF/MODIFICATION/{kind}/{which}", lot)
    return ()


def child_names_of(node: Node) -> Iterator[str]:
    """Kinds of what is corrected: `TEXTE`, `DATE`, `CPV`."""
    return child_names(node, ".")
