# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""Forms before R2.0.9 (R2.0.7, R2.0.8), which defence notices kept until 2023.

Their elements lie at other depths in each form, under names with the form's number (`F02_ANNEX_B`, `F17_ANNEX_B`);
what an element means is told by its name alone. So one walk goes down everywhere, and a name is acted on where it is met.
"""

from tender_parsers.notice import AwardCriterion, LotLimits, Money, MoneyRange, Organisation
from tender_parsers.ted.anywhere import Anywhere, amounts_of, day_into, says_yes
from tender_parsers.ted.codes import NATURES
from tender_parsers.ted.criteria import criterion, minimum, reserved, selection
from tender_parsers.ted.form import Action, Draft, Form, constant_into, reference_into, texts_into
from tender_parsers.ted.objects import add_previous, additional_cpv, finish_lot, main_cpv, place, site, unused
from tender_parsers.ted.older_awards import award
from tender_parsers.ted.parties import CONTRACTING_BODY, read_party
from tender_parsers.ted.procedure import FRAMEWORK, procedure_type
from tender_parsers.ted.values import Element, day_of_parts, local_name, squashed, string_value


def _of_whole(action: Action) -> Action:
    """The same action on what is said of the whole."""
    return lambda form, draft, element: action(form, draft["whole"], element)


def _of_body(action: Action) -> Action:
    """The same action on what is said of the contracting body."""
    return lambda form, draft, element: action(form, draft["body"], element)


def _estimate(form: Form, draft: Draft, element: Element) -> None:
    amounts = amounts_of(form, element)
    if isinstance(amounts, Money):
        draft.setdefault("estimated_value", amounts)
    elif amounts is not None:
        ends = (end.amount for end in (amounts.low, amounts.high) if end)
        form.remark(element, " - ".join(map(str, ends)), "a range: no one estimated value is stated")


def _total(form: Form, draft: Draft, element: Element) -> None:
    amounts = amounts_of(form, element)
    draft["totals"]["awarded_range" if isinstance(amounts, MoneyRange) else "awarded"] = amounts


_FINAL = Anywhere({"COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE": _total, "COSTS_RANGE_AND_CURRENCY": _total})


def _nature(form: Form, draft: Draft, element: Element) -> None:
    value = squashed(element.get("VALUE") or element.get("CTYPE"))
    if value:
        draft.setdefault("nature", NATURES.get(value, value))


def _months(unit: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        number = form.decimal(element)
        if number is not None:
            draft.setdefault("duration", {}).update(value=number, unit=unit)

    return action


def _end(end: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        day = day_of_parts(element)
        if day:
            draft.setdefault("duration", {})[end] = day

    return action


_PERIOD = Anywhere(
    {"MONTHS": _months("MONTH"), "DAYS": _months("DAY"), "START_DATE": _end("start"), "END_DATE": _end("end")}
)


def _variants(form: Form, draft: Draft, element: Element) -> None:
    draft["variants"] = "allowed" if says_yes(element) else "not-allowed"


def _auction(form: Form, draft: Draft, element: Element) -> None:
    draft["electronic_auction"] = says_yes(element)


def _stated_criterion(form: Form, draft: Draft, element: Element) -> None:
    parts = {local_name(child): child for child in element}
    name = form.text(parts["CRITERIA"]) if "CRITERIA" in parts else ()
    written = string_value(parts["WEIGHTING"]) if "WEIGHTING" in parts else ""
    draft.setdefault("award_criteria", []).append(criterion(None, name, written))


def _lowest_price(form: Form, draft: Draft, element: Element) -> None:
    if says_yes(element):
        draft.setdefault("award_criteria", []).append(AwardCriterion("price"))


def _terms(field: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault("subcontracting", {})[field] = form.decimal(element)

    return action


_OF_A_LOT: dict[str, Action] = {
    "CPV_MAIN": main_cpv,
    "CPV_ADDITIONAL": additional_cpv,
    "NUTS": place,
    "LOCATION": site,
    "COSTS_RANGE_AND_CURRENCY": _estimate,
    "PERIOD_WORK_DATE_STARTING": _PERIOD,
}
_LOT = Anywhere(
    {
        **_OF_A_LOT,
        "LOT_NUMBER": reference_into("internal_id"),
        "LOT_TITLE": texts_into("title"),
        "LOT_DESCRIPTION": texts_into("description"),
        "ADDITIONAL_INFORMATION": texts_into("additional_information"),
        "ADDITIONAL_INFORMATION_ABOUT_LOTS": texts_into("additional_information"),
    }
)


def _lot_of(kind: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        taken: dict[str, int] = draft["taken"]
        number = next((string_value(child) for child in element if local_name(child) == "LOT_NUMBER"), "")
        form.lot = unused(number or squashed(element.get("ITEM")) or str(len(taken) + 1), taken)
        own: Draft = {}
        _LOT(form, own, element)
        draft["lots"].append(finish_lot(own, kind=kind, id=form.lot))
        form.lot = None

    return action


def _divided(form: Form, draft: Draft, element: Element) -> None:
    said = squashed(element.get("VALUE"))
    draft["lot_limits"] = LotLimits(
        divided=True,
        all_required=True if said == "ALL_LOTS" else None,
        one_only=True if said == "ONE_LOT" else None,
        any_number=True if said.startswith("ONE_OR_MORE") else None,
    )
    OLDER(form, draft, element)


def _not_divided(form: Form, draft: Draft, element: Element) -> None:
    draft["lot_limits"] = LotLimits(divided=False)


def _framework(form: Form, draft: Draft, element: Element) -> None:
    if says_yes(element):
        draft.setdefault("framework", {}).setdefault("type", "fa")
        _FRAMEWORK(form, draft, element)


def _involves(form: Form, draft: Draft, element: Element) -> None:
    if "FRAMEWORK" in (element.get("VALUE") or ""):
        draft.setdefault("framework", {}).setdefault("type", "fa")
    else:
        OLDER(form, draft, element)


def _participants(form: Form, draft: Draft, element: Element) -> None:
    draft["framework"]["maximum_participants"] = form.count(element)


def _of_framework(action: Action) -> Action:
    return lambda form, draft, element: action(form, draft["framework"], element)


_FRAMEWORK = Anywhere(
    {
        "SINGLE_OPERATOR": _of_framework(FRAMEWORK["SINGLE_OPERATOR"]),
        "JUSTIFICATION": _of_framework(FRAMEWORK["JUSTIFICATION"]),
        "MAX_NUMBER_PARTICIPANTS": _participants,
        "NUMBER_PARTICIPANTS": _participants,
        "DURATION_FRAMEWORK_MONTH": _of_whole(_months("MONTH")),
        "DURATION_FRAMEWORK_YEAR": _of_whole(_months("YEAR")),
        "COSTS_RANGE_AND_CURRENCY": _of_whole(_estimate),
    }
)


def _party(role: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        contact = next((child for child in element if local_name(child).startswith("CONTACT_DATA")), element)
        form.organisations.append(Organisation(**read_party(form, contact), roles=(role,)))

    return action


_WHOLE: dict[str, Action] = {
    **_OF_A_LOT,
    "TITLE_CONTRACT": texts_into("title"),
    "SHORT_CONTRACT_DESCRIPTION": texts_into("description"),
    "FILE_REFERENCE_NUMBER": reference_into("internal_id"),
    "TYPE_CONTRACT": _nature,
    "ACCEPTED_VARIANTS": _variants,
    "MIN_PERCENTAGE": _terms("minimum_percent"),
    "MAX_PERCENTAGE": _terms("maximum_percent"),
    "ECONOMIC_OPERATORS_PERSONAL_SITUATION": selection("sui-act"),
    "EAF_CAPACITY_INFORMATION": selection("ef-stand"),
    "EAF_CAPACITY_MIN_LEVEL": minimum("ef-stand"),
    "T_CAPACITY_INFORMATION": selection("tp-abil"),
    "T_CAPACITY_MIN_LEVEL": minimum("tp-abil"),
    "RESTRICTED_TO_SHELTERED_WORKSHOPS": reserved("res-ws"),
    "RESTRICTED_TO_FRAMEWORK": constant_into("reserved_execution", "yes"),
    "EXISTENCE_OTHER_PARTICULAR_CONDITIONS": texts_into("performance_conditions"),
    "CRITERIA_DEFINITION": _stated_criterion,
    "LOWEST_PRICE": _lowest_price,
    "CRITERIA_STATED_IN_OTHER_DOCUMENT": constant_into("award_criteria_in_documents", True),
    "ADDITIONAL_INFORMATION": texts_into("additional_information"),
}

OLDER = Anywhere(
    {
        **{name: _of_whole(action) for name, action in _WHOLE.items()},
        "CA_CE_CONCESSIONAIRE_PROFILE": _of_body(CONTRACTING_BODY["ADDRESS_CONTRACTING_BODY"]),
        "TYPE_OF_CONTRACTING_AUTHORITY": _of_body(CONTRACTING_BODY["CA_TYPE"]),
        "TYPE_OF_CONTRACTING_AUTHORITY_OTHER": _of_body(CONTRACTING_BODY["CA_TYPE_OTHER"]),
        "TYPE_OF_ACTIVITY": _of_body(CONTRACTING_BODY["CA_ACTIVITY"]),
        "TYPE_OF_ACTIVITY_OTHER": _of_body(CONTRACTING_BODY["CA_ACTIVITY_OTHER"]),
        "ACTIVITY_OF_CONTRACTING_ENTITY": _of_body(CONTRACTING_BODY["CE_ACTIVITY"]),
        "ACTIVITY_OF_CONTRACTING_ENTITY_OTHER": _of_body(CONTRACTING_BODY["CE_ACTIVITY_OTHER"]),
        "FURTHER_INFORMATION": _party("further_information"),
        "SPECIFICATIONS_AND_ADDITIONAL_DOCUMENTS": _party("further_information"),
        "TENDERS_REQUESTS_APPLICATIONS_MUST_BE_SENT_TO": _party("participation"),
        "APPEAL_PROCEDURE_BODY_RESPONSIBLE": _party("review"),
        "MEDIATION_PROCEDURE_BODY_RESPONSIBLE": _party("mediation"),
        "LODGING_INFORMATION_FOR_SERVICE": _party("review_information"),
        "NOTICE_INVOLVES": _involves,
        "NOTICE_INVOLVES_DEFENCE": _involves,
        "NOTICE_INVOLVES_DESC": _involves,
        "NOTICE_INVOLVES_DESC_DEFENCE": _involves,
        "ESTABLISHMENT_FRAMEWORK_AGREEMENT": _framework,
        "CONCLUSION_FRAMEWORK_AGREEMENT": _framework,
        "FRAMEWORK_AGREEMENT": _framework,
        "F02_FRAMEWORK": _framework,
        "F05_FRAMEWORK": _framework,
        "F17_FRAMEWORK": _framework,
        "TOTAL_FINAL_VALUE": _FINAL,
        "DIV_INTO_LOT_NO": _not_divided,
        "LOT_PRIOR_INFORMATION": _lot_of("part"),
        "NOTICE_NUMBER_OJ": add_previous,
        "RECEIPT_LIMIT_DATE": day_into("deadline_day"),
        "NOTICE_DISPATCH_DATE": day_into("dispatched_day"),
    },
    endings=(
        ("ANNEX_B", _lot_of("lot")),
        ("_DIV_INTO_LOT_YES", _divided),
        ("DIV_INTO_LOT_NO", _not_divided),
        ("IS_ELECTRONIC_AUCTION_USABLE", _of_whole(_auction)),
    ),
    beginnings=(("PT_", procedure_type), ("AWARD_OF_CONTRACT", award)),
)
"""A form before R2.0.9: give it a draft with `whole`, `body`, `totals`, `lots` and `taken`."""
