"""`cac:TenderingTerms`: criteria, reservations, conditions, subcontracting, of the whole and of each lot."""

from tender_parsers.eforms.conversion import UNPUBLISHED, indicator_of, integer_of, number_of
from tender_parsers.eforms.leaves import code, codes, converted, identifier, listed, money, texts
from tender_parsers.eforms.privacy import PRIVACY
from tender_parsers.eforms.table import Context, Spec, Values, add, extension, into, many, record
from tender_parsers.notice import WITHHELD, AwardCriterion, CriterionNumber, SelectionCriterion

_NUMBER_KINDS = {"number-weight": "weight", "number-fixed": "fixed", "number-threshold": "threshold"}
_FIXED = ("fix-tot", "fix-unit")
_THRESHOLDS = ("max-pass", "min-score")


def _execution(own: Values, parent: Values, _context: Context) -> None:
    name, value = own.get("list"), own.get("code", "")
    stated = WITHHELD if value == UNPUBLISHED else value
    if name == "reserved-execution":
        parent.setdefault("reserved_execution", stated)
    elif name == "einvoicing":
        parent.setdefault("electronic_invoicing", stated)
    elif name == "ecatalog-submission":
        parent.setdefault("electronic_catalogue", stated)
    elif name == "fsr":
        parent.setdefault("instruments", {}).setdefault("foreign_subsidies", value in ("true", "1", "yes"))
    if "texts" in own and name in ("conditions", "", None):
        parent.setdefault("performance_conditions", []).extend(own["texts"])


def _qualification(own: Values, parent: Values, _context: Context) -> None:
    name, value = own.get("list"), own.get("code", "")
    if name == "reserved-procurement" or value in ("res-ws", "res-pub-ser"):
        parent.setdefault("reserved_participation", []).append(value)
    elif name == "selection-criteria-source":
        add(parent, "selection_sources", value)


def number_build(own: Values, parent: Values, _context: Context) -> None:
    """A number of a criterion: its list says what kind, or its code, or else it is a weight (the commonest by far)."""
    value, name = own.get("code", ""), own.get("list", "")
    kind = _NUMBER_KINDS.get(name)
    if kind is None:
        kind = "fixed" if value in _FIXED else "threshold" if value in _THRESHOLDS else "weight"
    stated = WITHHELD if value == UNPUBLISHED else value or None
    parent.setdefault("numbers", []).append(CriterionNumber(kind, own.get("value"), stated))


PARAMETER = record(
    number_build,
    {
        "efbc:ParameterCode": listed("list"),
        "efbc:ParameterNumeric": converted("value", number_of),
        "efac:FieldsPrivacy": PRIVACY,
    },
)
_AWARD_CRITERION: Spec = {
    "cbc:AwardingCriterionTypeCode": code("type"),
    "cbc:Name": texts("name", "BT-734"),
    "cbc:Description": texts("description", "BT-540"),
    "ext:UBLExtensions": extension({"efac:AwardCriterionParameter": PARAMETER, "efac:FieldsPrivacy": PRIVACY}),
    "cbc:CalculationExpression": texts(None),
}
_NESTED_CRITERION: Spec = {**_AWARD_CRITERION, "cac:SubordinateAwardingCriterion": _AWARD_CRITERION}
"""Some platforms nest the criterion once more: what stands there is of the one criterion around it."""
_SELECTION: Spec = {
    "cbc:CriterionTypeCode": code("type"),
    "cbc:TendererRequirementTypeCode": code("type"),
    "cbc:CalculationExpressionCode": code("used"),
    "cbc:Name": texts("name", "BT-749"),
    "cbc:Description": texts("description", "BT-750"),
    "efbc:SecondStageIndicator": converted("second_stage", indicator_of),
    "efac:CriterionParameter": PARAMETER,
}


def _strategic_instrument(own: Values, parent: Values, _context: Context) -> None:
    below = parent.setdefault("instruments", {})
    key = {"ipi-scope": "international_procurement", "fsr": "foreign_subsidies"}.get(
        own.get("list", ""), "clean_vehicles"
    )
    if own.get("code") in ("true", "false", "1", "0"):
        below.setdefault(key, own["code"] in ("true", "1"))
    for each in own.get("types", ()):
        add(below, "clean_vehicles_contract_types", each)


def _group(own: Values, parent: Values, _context: Context) -> None:
    parent.setdefault("groups", []).append((own.get("id", ""), tuple(own.get("lots", ()))))


TERMS: Spec = {
    "cbc:RecurringProcurementIndicator": None,
    "cbc:RequiredCurriculaCode": None,
    "cbc:MultipleTendersCode": None,
    "cac:TenderValidityPeriod": None,
    "cac:ProcurementLegislationDocumentReference": {"cbc:ID": None, "cbc:DocumentDescription": texts(None, "BT-01")},
    "cbc:VariantConstraintCode": code("variants"),
    "cbc:FundingProgramCode": code("eu_funds"),
    "cbc:FundingProgram": texts(None),
    "cac:AwardingTerms": {
        "cac:AwardingCriterion": {
            "cac:SubordinateAwardingCriterion": many("award_criteria", AwardCriterion, _NESTED_CRITERION),
            "cbc:Description": texts("award_criteria_order", "BT-733"),
            "cbc:CalculationExpression": texts("award_criteria_formula", "BT-543"),
            "ext:UBLExtensions": extension({"efac:FieldsPrivacy": PRIVACY}),
            "cbc:AwardingCriterionTypeCode": None,
        },
        "cac:TechnicalCommitteePerson": None,
        "cac:Prize": {"cbc:Description": texts(None, "BT-45")},
    },
    "cac:ContractExecutionRequirement": record(
        _execution, {"cbc:ExecutionRequirementCode": listed("list"), "cbc:Description": texts("texts", "BT-70")}
    ),
    "cac:TendererQualificationRequest": {
        "cac:SpecificTendererRequirement": record(
            _qualification,
            {"cbc:TendererRequirementTypeCode": listed("list"), "cbc:Description": texts(None)},
        ),
        "cbc:CompanyLegalForm": texts(None, "BT-76"),
        "cbc:CompanyLegalFormCode": None,
        "cbc:Description": texts(None),
    },
    "cac:AllowedSubcontractTerms": {
        "cbc:SubcontractingConditionsCode": into("subcontracting", codes("obligations")),
        "cbc:MinimumPercent": into("subcontracting", converted("minimum_percent", number_of)),
        "cbc:MaximumPercent": into("subcontracting", converted("maximum_percent", number_of)),
        "cbc:Description": into("subcontracting", texts("description")),
    },
    "cac:Language": {"cbc:ID": codes("submission_languages")},
    "ext:UBLExtensions": extension(
        {
            "efac:SelectionCriteria": many("selection_criteria", SelectionCriterion, _SELECTION),
            "efac:StrategicProcurement": record(
                _strategic_instrument,
                {
                    "efbc:ApplicableLegalBasis": listed("list"),
                    "efac:StrategicProcurementInformation": {"efbc:ProcurementCategoryCode": codes("types")},
                },
            ),
            "efac:TenderSubcontractingRequirements": {
                "efbc:TenderSubcontractingRequirementsCode": into("subcontracting", codes("indications"))
            },
            "efac:Funding": {"cbc:Description": texts(None, "BT-6140")},
            "efbc:FrameworkMaximumAmount": into("framework", money("maximum_value")),
        }
    ),
    "cac:LotDistribution": {
        "cbc:MaximumLotsSubmittedNumeric": into("limits", converted("max_submitted", integer_of)),
        "cbc:MaximumLotsAwardedNumeric": into("limits", converted("max_awarded", integer_of)),
        "cac:LotsGroup": into(
            "limits",
            record(
                _group,
                {"cbc:LotsGroupID": identifier("id"), "cac:ProcurementProjectLotReference": {"cbc:ID": codes("lots")}},
            ),
        ),
    },
    "cac:PaymentTerms": {"cbc:Note": texts(None, "BT-77")},
    "cac:RequiredFinancialGuarantee": {"cbc:Description": texts(None, "BT-75"), "cbc:GuaranteeTypeCode": None},
    "cac:SecurityClearanceTerm": {"cbc:Description": texts(None, "BT-732"), "cbc:Code": None},
    "cac:AppealTerms": {
        "cac:PresentationPeriod": {"cbc:Description": texts(None, "BT-99")},
        "cbc:Description": texts(None),
        "cac:AppealReceiverParty": None,
        "cac:AppealInformationParty": None,
        "cac:MediationParty": None,
    },
    "cac:CallForTendersDocumentReference": None,
    "cac:AdditionalInformationParty": None,
    "cac:DocumentProviderParty": None,
    "cac:TenderEvaluationParty": None,
    "cac:TenderRecipientParty": None,
    "cac:FiscalLegislationDocumentReference": None,
    "cac:EnvironmentalLegislationDocumentReference": None,
    "cac:EmploymentLegislationDocumentReference": None,
    "cac:PostAwardProcess": None,
    "cac:EconomicOperatorShortList": None,
}
