"""`efac:Changes` of an earlier notice, `efac:ContractModification` of a contract."""

from tender_parsers.eforms.conversion import date_of, indicator_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, texts
from tender_parsers.eforms.table import Context, Part, Spec, Values, frozen, record
from tender_parsers.notice import Change, Moment


def _change(kind: str) -> Part:
    def build(own: Values, parent: Values, _context: Context) -> None:
        day = own.pop("day", None)
        parent.setdefault("changes", []).append(Change(of=kind, on=Moment(day) if day else None, **frozen(own)))

    description = "BT-141" if kind == "notice" else "BT-202"
    reason = "BT-762" if kind == "notice" else "BT-201"
    change: Spec = {
        "efbc:ChangeDescription": texts("description", description),
        "efbc:ProcurementDocumentsChangeDate": converted("day", date_of),
        "efbc:ProcurementDocumentsChangeIndicator": converted("documents_changed", indicator_of),
        "efbc:ChangedSectionIdentifier": codes("sections"),  # SDK 1.0
        "efac:ChangedSection": {"efbc:ChangedSectionIdentifier": codes("sections")},
    }
    return record(
        build,
        {
            "efbc:ChangedNoticeIdentifier": identifier("changed"),
            "efbc:ModifiedContractIdentifier": codes("sections"),
            "efac:Change": change,
            "efac:ChangeReason": {
                "cbc:ReasonCode": code("reason"),
                "efbc:ReasonDescription": texts("reason_description", reason),
            },
        },
    )


CHANGES: Spec = {"efac:Changes": _change("notice"), "efac:ContractModification": _change("contract")}
