"""`efac:FieldsPrivacy`: which field is withheld, why and until when (BT-195 to BT-198)."""

from tender_parsers.eforms.conversion import date_of
from tender_parsers.eforms.leaves import converted, identifier, texts
from tender_parsers.eforms.table import Context, Values, frozen, record
from tender_parsers.notice import WithheldField


def _build(own: Values, _parent: Values, context: Context) -> None:
    own.setdefault("field", None)
    context.withheld.append(WithheldField(where=context.lot, **frozen(own)))


PRIVACY = record(
    _build,
    {
        "efbc:FieldIdentifierCode": identifier("field"),
        "cbc:ReasonCode": identifier("reason"),
        "efbc:ReasonDescription": texts("description", "BT-196"),
        "efbc:PublicationDate": converted("until", date_of),
    },
)
