"""What a stored notice says of the whole and of each lot, as `tender` and `tender.lots` of OCDS. Pure."""

from collections.abc import Iterable, Iterator

from mpdi.monitoring import open_data_codes as codes
from mpdi.monitoring.open_data_values import Json, Made, Words, code, kept, moment, money, number
from tender_parsers.notice import cpv_digits

_POLICIES = (
    ("variantPolicy", "variants"),
    ("electronicSubmissionPolicy", "electronic_submission"),
    ("electronicCatalogPolicy", "electronic_catalogue"),
)


def described(given: Json, words: Words) -> Made:
    """The keys that the whole and a lot share."""
    return kept(
        {
            "title": words.one(given.get("title")),
            "description": words.one(given.get("description")),
            "mainProcurementCategory": _nature(given.get("nature")),
            "additionalProcurementCategories": [
                codes.NATURES.get(each, each) for each in given.get("additional_natures") or ()
            ],
            "value": money(given.get("estimated_value")),
            "contractPeriod": _period(given.get("duration") or {}),
            "renewal": kept({"maximumRenewals": given.get("renewals"), "description": words.one(given.get("renewal_description"))}),
            "options": kept({"description": words.one(given.get("options_description"))}),
            "techniques": _techniques(given, words),
            **_sustainability(given.get("strategic") or {}, words),
            "suitability": kept({"sme": given.get("sme_suitable")}),
            "otherRequirements": kept({"reservedParticipation": _reserved(given)}),
            "contractTerms": _terms(given, words),
            "submissionTerms": _submission(given),
            "awardCriteria": _award_criteria(given, words),
            "selectionCriteria": kept({"criteria": [_selection(each, words) for each in given.get("selection_criteria") or ()]}),
            "tenderPeriod": kept({"endDate": moment(given.get("tender_deadline"), is_end=True)}),
            "expressionOfInterestDeadline": moment(given.get("request_deadline"), is_end=True),
            "enquiryPeriod": kept({"endDate": moment(given.get("question_deadline"), is_end=True)}),
        }
    )  # fmt: skip


def _nature(value: object) -> str | None:
    stated = code(value)
    return codes.NATURES.get(stated) if stated else None


def _period(given: Json) -> Made:
    value, unit = number(given.get("value")), str(given.get("unit") or "DAY")
    days = value * codes.DAYS[unit] if value is not None and unit in codes.DAYS else None
    return kept(
        {
            "durationInDays": int(days) if days is not None else None,
            "startDate": moment({"day": given.get("start")}),
            "endDate": moment({"day": given.get("end")}, is_end=True),
        }
    )


def _techniques(given: Json, words: Words) -> Made:
    framework = given.get("framework") or {}
    kind = code(framework.get("type"))
    agreement = {
        "method": codes.FRAMEWORKS.get(kind or ""),
        "maximumParticipants": framework.get("maximum_participants"),
        "value": money(framework.get("maximum_value")),
        "periodRationale": words.one(framework.get("duration_justification")),
        "buyerCategories": words.one(framework.get("buyer_categories")),
    }
    return kept(
        {
            "hasFrameworkAgreement": kind != "none" if kind else None,
            "frameworkAgreement": kept(agreement),
            "hasElectronicAuction": given.get("electronic_auction"),
        }
    )


def _goals(strategic: Json) -> list[str]:
    """Goals by codes of detail; an aim of BT-06 without one is its general goal."""
    goals: list[str] = []
    for aim, key, known in (
        ("env-imp", "environmental", codes.ENVIRONMENTAL),
        ("soc-obj", "social", codes.SOCIAL),
        ("inn-pur", "innovation", codes.INNOVATION),
    ):
        found = [known[each] for each in strategic.get(key) or () if each in known]
        if not found and aim in (strategic.get("aims") or ()):
            found = [codes.AIMS[aim]]
        goals += found
    return list(dict.fromkeys(goals))


def _sustainability(strategic: Json, words: Words) -> Made:
    """The sustainability extension. `x_strategicProcurement` keeps BT-06 itself, which the goals cannot give back."""
    aims = list(strategic.get("aims") or ())
    goals = _goals(strategic)
    criteria = [codes.GPP_CRITERIA[each] for each in strategic.get("gpp_criteria") or () if each in codes.GPP_CRITERIA]
    entries: list[Made] = [{"goal": goal} for goal in goals]
    why = words.one(strategic.get("description"))
    if (criteria or why) and not entries:
        entries = [{}]
    if criteria:
        entries[0]["strategies"] = criteria
    if why:
        entries[0]["description"] = why
    accessible = (strategic.get("accessibility") or [None])[0]
    has = True if goals or criteria else False if aims == ["none"] else None
    return {
        "hasSustainability": has,
        "sustainability": entries,
        "hasAccessibilityCriteria": accessible == "inc" if accessible else None,
        "noAccessibilityCriteriaRationale": _no_access(accessible, strategic, words),
        "x_strategicProcurement": aims,
    }


def _no_access(accessible: str | None, strategic: Json, words: Words) -> str | None:
    if accessible == "n-inc":
        return "Procurement is not intended for use by natural persons"
    return words.one(strategic.get("accessibility_justification")) if accessible == "n-inc-just" else None


def _reserved(given: Json) -> list[str]:
    return [codes.RESERVED[each] for each in given.get("reserved_participation") or () if each in codes.RESERVED]


def _terms(given: Json, words: Words) -> Made:
    return kept(
        {
            "reservedExecution": {"yes": True, "no": False}.get(code(given.get("reserved_execution")) or ""),
            "performanceTerms": words.all(given.get("performance_conditions")),
            "electronicInvoicingPolicy": codes.POLICIES.get(code(given.get("electronic_invoicing")) or ""),
        }
    )


def _submission(given: Json) -> Made:
    policies = {name: codes.POLICIES.get(code(given.get(key)) or "") for name, key in _POLICIES}
    return kept({**policies, "languages": list(given.get("submission_languages") or ())})


def _award_criteria(given: Json, words: Words) -> Made:
    criteria = [
        kept(
            {
                "type": code(each.get("type")),
                "name": words.one(each.get("name")),
                "description": words.one(each.get("description")),
                "numbers": list(_numbers(each)),
            }
        )
        for each in given.get("award_criteria") or ()
    ]
    return kept(
        {
            "criteria": criteria,
            "orderRationale": words.one(given.get("award_criteria_order")),
            "weightingDescription": words.one(given.get("award_criteria_formula")),
        }
    )


def _numbers(criterion: Json) -> Iterator[Made]:
    for each in criterion.get("numbers") or ():
        value, word = number(each.get("value")), codes.CRITERION_NUMBERS.get(code(each.get("code")) or "")
        if value is not None and (word or each.get("kind") == "weight"):
            yield kept({"number": value, str(each.get("kind")): word})


def _selection(given: Json, words: Words) -> Made:
    kind = code(given.get("type"))
    known = codes.SELECTION.get(kind or "")
    begun = next((word for beginning, word in codes.SELECTION_KINDS if (kind or "").startswith(beginning)), "other")
    return kept(
        {
            "type": (known or begun) if kind else None,
            "subType": None if known else kind,
            "title": words.one(given.get("name")),
            "description": words.one(given.get("description")),
            "minimum": words.one(given.get("minimum")),
            "forReduction": given.get("second_stage"),
        }
    )


def items(parts: Iterable[tuple[str | None, Json]]) -> list[Made]:
    """CPV codes and places of the whole (`None`) and of each lot, an item each."""
    made: list[Made] = []
    for lot, given in parts:
        main = cpv_digits(given.get("cpv_main"))
        more = [digits for each in given.get("cpv_additional") or () if (digits := cpv_digits(each))]
        item = kept(
            {
                "classification": _cpv(main) if main else None,
                "additionalClassifications": [_cpv(each) for each in dict.fromkeys(more)],
                "deliveryAddresses": [place for each in given.get("places") or () if (place := _place(each))],
                "relatedLot": lot,
            }
        )
        if item.keys() - {"relatedLot"}:
            made.append({"id": str(len(made) + 1), **item})
    return made


def _cpv(digits: str) -> Made:
    return {"scheme": "CPV", "id": digits}


def _place(given: Json) -> Made:
    return kept(
        {"region": code(given.get("nuts")), "country": code(given.get("country")), "locality": code(given.get("city"))}
    )
