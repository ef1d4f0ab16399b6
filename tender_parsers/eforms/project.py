"""`cac:ProcurementProject`: what is bought, of the whole and of each lot, with its strategic aims."""

from tender_parsers.eforms.conversion import date_of, indicator_of, integer_of, number_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, listed, money, texts
from tender_parsers.eforms.table import Context, Element, Spec, Take, Values, add, extension, frozen, into, record
from tender_parsers.notice import Place

ADDRESS: Spec = {
    "cbc:StreetName": identifier("street"),
    "cbc:CityName": identifier("city"),
    "cbc:PostalZone": identifier("postal_code"),
    "cbc:CountrySubentityCode": identifier("nuts"),
    "cbc:Region": identifier("region_code"),
    "cac:Country": {"cbc:IdentificationCode": identifier("country"), "cbc:Name": None},
    "cbc:AdditionalStreetName": None,
    "cac:AddressLine": None,
    "cbc:Department": None,
    "cbc:Description": texts("description"),
}

_STRATEGIC_LISTS = {
    "strategic-procurement": "aims",
    "environmental-impact": "environmental",
    "social-objective": "social",
    "social-procurement": "social",  # its name in SDK 1.0
    "innovative-acquisition": "innovation",
    "gpp-criteria": "gpp_criteria",
    "accessibility": "accessibility",
}
_AIMS = ("env-imp", "soc-obj", "inn-pur")
_NATURES = ("works", "supplies", "services", "combined")


def _type_texts(path: str) -> Take:
    """Free text beside a code: what it tells depends on the list of the code, which stands before it."""
    other = texts(None)(path)
    by_list = {
        "strategic-procurement": texts("description", "BT-777")(path),
        "accessibility": texts("accessibility_justification", "BT-755")(path),
    }

    def take(element: Element, values: Values, context: Context) -> None:
        by_list.get(values.get("list", ""), other)(element, values, context)

    return take


def _additional_type(own: Values, parent: Values, _context: Context) -> None:
    value, name = own.pop("code", ""), own.pop("list", "")
    key = _STRATEGIC_LISTS.get(name)
    if key is None and value in _AIMS:
        key = "aims"
    if key is not None:
        below = parent.setdefault("strategic", {})
        add(below, key, value)
        for kind, found in own.items():
            below.setdefault(kind, []).extend(found)
    elif value in _NATURES:
        add(parent, "additional_natures", value)


_ADDITIONAL: Spec = {"cbc:ProcurementTypeCode": listed("list"), "cbc:ProcurementType": _type_texts}


def _cpv(path: str) -> Take:
    take_code = codes("cpv_additional")(path)

    def take(element: Element, values: Values, context: Context) -> None:
        if element.get("listName", "cpv") == "cpv":
            take_code(element, values, context)

    return take


def duration(key: str) -> Spec:
    """A period: measure with its unit, days, or a code."""
    return {
        "cbc:DurationMeasure": into(key, _measure),
        "cbc:StartDate": into(key, converted("start", date_of)),
        "cbc:EndDate": into(key, converted("end", date_of)),
        "cbc:DescriptionCode": into(key, identifier("other")),
        "cbc:Description": texts(None),
    }


def _measure(path: str) -> Take:
    number = converted("value", number_of)(path)

    def take(element: Element, values: Values, context: Context) -> None:
        number(element, values, context)
        unit = element.get("unitCode")
        if unit:
            values["unit"] = unit.upper().removesuffix("S")

    return take


def _place(own: Values, parent: Values, _context: Context) -> None:
    parent.setdefault("places", []).append(Place(**frozen(own)))


PROJECT: Spec = {
    "cbc:ID": identifier("internal_id"),
    "cbc:Name": texts("title", "BT-21"),
    "cbc:Description": texts("description", "BT-24"),
    "cbc:ProcurementTypeCode": code("nature"),
    "cbc:Note": texts("additional_information", "BT-300"),
    "cbc:SMESuitableIndicator": converted("sme_suitable", indicator_of),
    "cac:ProcurementAdditionalType": record(_additional_type, _ADDITIONAL),
    "cac:RequestedTenderTotal": {
        "cbc:EstimatedOverallContractAmount": money("estimated_value"),
        "cbc:EstimatedOverallFrameworkContractsAmount": into("framework", money("maximum_value")),  # SDK 1.2
        "ext:UBLExtensions": extension({"efbc:FrameworkMaximumAmount": into("framework", money("maximum_value"))}),
    },
    "cac:MainCommodityClassification": {"cbc:ItemClassificationCode": identifier("cpv_main")},
    "cac:AdditionalCommodityClassification": {"cbc:ItemClassificationCode": _cpv},
    "cac:RealizedLocation": record(_place, {"cac:Address": ADDRESS, "cbc:Description": texts("description", "BT-728")}),
    "cac:PlannedPeriod": duration("duration"),
    "cac:ContractExtension": {
        "cbc:MaximumNumberNumeric": converted("renewals", integer_of),
        "cbc:OptionsDescription": texts("options_description", "BT-54"),
        "cac:Renewal": {"cac:Period": {"cbc:Description": texts("renewal_description", "BT-57")}},
    },
}
