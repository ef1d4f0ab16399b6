"""`cac:ProcurementProjectLot`, and what stands on the same elements once for the whole."""

from tender_parsers.eforms.conversion import moment
from tender_parsers.eforms.process import PROCESS
from tender_parsers.eforms.project import PROJECT
from tender_parsers.eforms.table import Context, Element, Spec, Take, Values, clark, compiled, frozen, walk
from tender_parsers.eforms.terms import TERMS
from tender_parsers.notice import Duration, Framework, LegalInstruments, Lot, Moment, Strategic, SubcontractingTerms

_ID = clark("cbc:ID")
_KINDS = {"Lot": "lot", "Part": "part", "LotsGroup": "group"}
_PREFIXES = {"LOT": "lot", "PAR": "part", "GLO": "group"}
_BELOW = {
    "duration": Duration,
    "framework": Framework,
    "strategic": Strategic,
    "instruments": LegalInstruments,
    "subcontracting": SubcontractingTerms,
}
_LOT: Spec = {
    "cbc:ID": None,
    "cac:ProcurementProject": PROJECT,
    "cac:TenderingProcess": PROCESS,
    "cac:TenderingTerms": TERMS,
}


def take_lot(path: str) -> Take:
    """One lot, part or group: its identifier first, so that every text of it knows where it belongs."""
    read = walk(compiled(_LOT))

    def take(element: Element, values: Values, context: Context) -> None:
        own: Values = {}
        # The identifier stands first in every notice met; a search costs as much as twenty fields.
        name = element[0] if len(element) and element[0].tag == _ID else element.find(_ID)
        if name is not None:
            own["id"] = (name.text or "").strip() or None
            scheme = name.get("schemeName", "")
        else:
            scheme = ""
        own["kind"] = _KINDS.get(scheme) or _PREFIXES.get((own.get("id") or "")[:3].upper(), "lot")
        context.lot = own.get("id")
        read(element, own, context)
        for each in own.pop("previous_notices", ()):
            values.setdefault("previous_notices", []).append(each)
        values.setdefault("all_lots", []).append(lot_of(own, context, path))
        context.lot = None

    return take


def lot_of(own: Values, context: Context, path: str) -> Lot:
    """The frozen lot of what was read of it."""
    for key, kind in _BELOW.items():
        if key in own:
            own[key] = kind(**frozen(own[key]))
    for key, parts in own.pop("moments", {}).items():
        own[key] = _moment(parts, context, f"{path}/{key}")
    own.pop("limits", None)
    return Lot(**frozen(own))


def _moment(parts: Values, context: Context, path: str) -> Moment | None:
    day, time = parts.get("day"), parts.get("time")
    try:
        return moment(day, time)
    except ValueError as error:
        context.remark(path, f"{day} {time}", str(error))
        return None
