"""Who buys, tenders, wins, reviews."""

from dataclasses import dataclass

from tender_parsers.notice.values import Code, Place, Texts


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number in a register: BT-501, `NATIONALID`, SIRET."""

    id: str
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A party of the procedure. Names of persons, telephone numbers and mail addresses are left where they are."""

    id: str | None = None
    """Technical identifier within the notice: `ORG-0001`."""
    name: Texts = ()
    identifiers: tuple[Identifier, ...] = ()
    address: Place | None = None
    size: Code = None
    """BT-165: `micro`, `small`, `medium`, `large`, `sme`. TED's `SME` is `sme`, its `NO_SME` is `large`."""
    roles: tuple[str, ...] = ()
    """`buyer`, `tenderer`, `winner`, `subcontractor`, `review`, `service_provider`, …"""
    legal_type: Code = None
    """BT-11 of a buyer, code of `buyer-legal-type`; another format's own code where it has no equal."""
    activity: Code = None
    """BT-10 or BT-610 of a buyer."""
    contracting_type: Code = None
    """BT-740 of a buyer."""
    website: str | None = None
    is_group_lead: bool | None = None
    """OPP-050."""
    is_central_purchasing_body: bool | None = None
    """OPP-051, OPP-052."""
    is_listed: bool | None = None
    """BT-746."""
    is_natural_person: bool | None = None
    """BT-633 (since SDK 1.10)."""
    nationalities: tuple[str, ...] = ()
    """BT-706: of the ultimate owners of a winner."""
