"""TED's words put into the code lists of eForms, where they mean the same; a word without an equal stays as it is."""

PROCEDURES = {
    "PT_OPEN": "open",
    "PT_RESTRICTED": "restricted",
    "PT_COMPETITIVE_NEGOTIATION": "neg-w-call",
    "PT_NEGOTIATED_WITH_PRIOR_CALL": "neg-w-call",
    "PT_COMPETITIVE_DIALOGUE": "comp-dial",
    "PT_INNOVATION_PARTNERSHIP": "innovation",
    "PT_AWARD_CONTRACT_WITHOUT_CALL": "neg-wo-call",
    "PT_NEGOTIATED_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_AWARD_CONTRACT_WITHOUT_PUBLICATION": "neg-wo-call",
    "PT_COMPETITIVE_TENDERING": "comp-tend",
    # Before R2.0.9 and in defence.
    "PT_ACCELERATED_RESTRICTED": "restricted",
    "PT_ACCELERATED_RESTRICTED_CHOICE": "restricted",
    "PT_NEGOTIATED": "neg-w-call",
    "PT_NEGOTIATED_CHOICE": "neg-w-call",
    "PT_ACCELERATED_NEGOTIATED": "neg-w-call",
    "PT_NEGOTIATED_WITH_COMPETITION": "neg-w-call",
    "PT_NEGOTIATED_WITH_PUBLICATION_CONTRACT_NOTICE": "neg-w-call",
    "PT_NEGOTIATED_WITHOUT_COMPETITION": "neg-wo-call",
    "PT_AWARD_WITHOUT_PRIOR_PUBLICATION": "neg-wo-call",
}
"""Element below `PROCEDURE` → `procurement-procedure-type` (BT-105)."""

CODED_PROCEDURES = {
    "1": "open",
    "2": "restricted",
    "3": "restricted",
    "4": "neg-w-call",
    "6": "neg-w-call",
    "B": "neg-w-call",
    "C": "comp-dial",
    "G": "innovation",
    "T": "neg-wo-call",
    "V": "neg-wo-call",
}
"""`PR_PROC/@CODE` → the same list, for forms that name no procedure themselves."""

DIRECT_AWARDS = {
    "D_EXTREME_URGENCY": "urgency",
    "D_TECHNICAL": "technical",
    "D_EXCLUSIVE_RIGHT": "exclusive",
    "D_PROTECT_RIGHTS": "exclusive",
    "D_CONTRACT_AWARDED_DESIGN_CONTEST": "contest",
}
"""Element below `D_ACCORDANCE_ARTICLE` → `direct-award-justification` (BT-136)."""

BUYER_TYPES = {
    "MINISTRY": "cga",
    "REGIONAL_AUTHORITY": "rl-aut",
    "EU_INSTITUTION": "eu-int-org",
    "BODY_PUBLIC": "body-pl",
}
"""`CA_TYPE/@VALUE` → `buyer-legal-type` (BT-11). Agencies have no equal in it."""

CODED_BUYER_TYPES = {"1": "cga", "3": "rl-aut", "5": "eu-int-org", "6": "body-pl"}
"""`AA_AUTHORITY_TYPE/@CODE` → the same list, for forms that name no type themselves."""

ACTIVITIES = {
    "GENERAL_PUBLIC_SERVICES": "gen-pub",
    "DEFENCE": "defence",
    "PUBLIC_ORDER_AND_SAFETY": "pub-os",
    "ENVIRONMENT": "env-pro",
    "ECONOMIC_AND_FINANCIAL_AFFAIRS": "econ-aff",
    "HEALTH": "health",
    "HOUSING_AND_COMMUNITY_AMENITIES": "hc-am",
    "SOCIAL_PROTECTION": "soc-pro",
    "RECREATION_CULTURE_AND_RELIGION": "rcr",
    "EDUCATION": "education",
    "AIRPORT_RELATED_ACTIVITIES": "airport",
    "ELECTRICITY": "electricity",
    "EXPLORATION_EXTRACTION_COAL_OTHER_SOLID_FUEL": "solid-fuel",
    "EXPLORATION_EXTRACTION_GAS_OIL": "gas-oil",
    "PORT_RELATED_ACTIVITIES": "port",
    "POSTAL_SERVICES": "post",
    "PRODUCTION_TRANSPORT_DISTRIBUTION_GAS_HEAT": "gas-heat",
    "RAILWAY_SERVICES": "rail",
    "URBAN_RAILWAY_TRAMWAY_TROLLEYBUS_BUS_SERVICES": "urttb",
    "WATER": "water",
}
"""`CA_ACTIVITY` and `CE_ACTIVITY` → `main-activity` (BT-10, BT-610)."""

NATURES = {"WORKS": "works", "SUPPLIES": "supplies", "SERVICES": "services"}
CODED_NATURES = {"1": "works", "2": "supplies", "4": "services"}

_PLANNED = {"ONLY": ("planning", "pin-only"), "LIMITS": ("planning", "pin-rtl")}
_FORMS = {
    "F01": ("planning", "pin-only"),
    "F02": ("competition", "cn-standard"),
    "F03": ("result", "can-standard"),
    "F04": ("planning", "pin-only"),
    "F05": ("competition", "cn-standard"),
    "F06": ("result", "can-standard"),
    "F07": ("competition", "qu-sy"),
    "F08": ("planning", "pin-buyer"),
    "F12": ("competition", "cn-desg"),
    "F13": ("result", "can-desg"),
    "F15": ("dir-awa-pre", "veat"),
    "F20": ("cont-modif", "can-modif"),
    "F21": ("competition", "cn-social"),
    "F22": ("competition", "cn-social"),
    "F23": ("competition", "cn-social"),
    "F24": ("competition", "cn-standard"),
    "F25": ("result", "can-standard"),
    "T01": ("planning", "pin-tran"),
    "T02": ("result", "can-tran"),
    # Before R2.0.9 the form has a number alone.
    "1": ("planning", "pin-only"),
    "2": ("competition", "cn-standard"),
    "3": ("result", "can-standard"),
    "4": ("planning", "pin-only"),
    "5": ("competition", "cn-standard"),
    "6": ("result", "can-standard"),
    "7": ("competition", "qu-sy"),
    "8": ("planning", "pin-buyer"),
    "10": ("competition", "cn-standard"),
    "12": ("competition", "cn-desg"),
    "13": ("result", "can-desg"),
    "15": ("dir-awa-pre", "veat"),
    "16": ("planning", "pin-only"),
    "17": ("competition", "cn-standard"),
    "18": ("result", "can-standard"),
    "19": ("competition", "subco"),
}


def form_and_notice_type(number: str | None, notice: str | None) -> tuple[str | None, str | None]:
    """BT-03 and BT-02 of a form's number (`F21`, `17`) and of `NOTICE/@TYPE`; a corrigendum (F14) has neither."""
    known = _FORMS.get(number or "")
    if known is None:
        return None, None
    stated = notice or ""
    social = known[1] == "cn-social"
    if "AWARD" in stated:
        return "result", "can-social" if social else "can-standard"
    if "QSU" in stated:
        return "competition", "qu-sy"
    if stated == "PRI" or ("CALL_COMPETITION" in stated and ("PRI" in stated or "PER" in stated)):
        return "competition", "pin-cfc-social" if social else "pin-cfc-standard"
    return _PLANNED.get(stated.rpartition("_")[2], known)


def legal_basis(value: str | None) -> str | None:
    """`2014/24/EU` as the number of the act, `32014L0024`, which newer forms state themselves."""
    if not value:
        return None
    parts = value.strip().split("/")
    if len(parts) == 3 and len(parts[0]) == 4 and parts[0].isdigit() and parts[1].isdigit():
        return f"3{parts[0]}L{parts[1]:0>4}"
    return value.strip()
