"""OCDS words put into the codes of eForms, by the official mapping of eForms to OCDS, read backwards."""

ENVIRONMENTAL = {
    "environmental": "other",
    "environmental.biodiversityProtectionRestoration": "biodiv-eco",
    "environmental.circularEconomy": "circ-econ",
    "environmental.climateChangeAdaptation": "clim-adapt",
    "environmental.climateChangeMitigation": "clim-mitig",
    "environmental.pollutionPrevention": "pollu-prev",
    "environmental.waterResources": "water-mar",
    "environmental.waterResourcesProtection": "water-mar",
}
"""Goals → BT-774. Only `environmental` alone is also what BT-06 = `env-imp` becomes: the two cannot be told apart."""

SOCIAL = {
    "social": "other",
    "social.accessibility": "acc-all",
    "social.ethnicEquality": "et-eq",
    "social.genderEquality": "gen-eq",
    "social.humanRightsInSupplyChains": "hum-right",
    "social.disadvantagedEmploymentOpportunities": "opp",
    "social.laborRightsPromotion": "work-cond",
}
"""Goals → BT-775."""

INNOVATION = {
    "economic.innovativePurchase": "",
    "economic.marketInnovationPromotion": "mar-nov",
    "economic.processInnovationPromotion": "proc-innov",
    "economic.productInnovationPromotion": "prod-innov",
    "economic.researchDevelopmentActivities": "rd-act",
}
"""Goals → BT-776; `economic.innovativePurchase` is what BT-06 = `inn-pur` becomes, no detail."""

GPP_CRITERIA = {"euGPPCriteria": "eu", "nationalGPPCriteria": "national", "otherGPPCriteria": "other"}
"""Strategies → BT-805."""

MEASURES = {
    "requests": "part-req",
    "bids": "tenders",
    "electronicBids": "t-esubm",
    "smeBids": "t-sme",
    "microBids": "t-micro",
    "smallBids": "t-small",
    "mediumBids": "t-med",
    "largeBids": "t-large",
    "foreignBidsFromEU": "t-oth-eea",
    "foreignBidsFromNonEU": "t-no-eea",
    "disqualifiedBids": "t-verif-inad",
    "tendersAbnormallyLow": "t-verif-inad-low",
}
"""`bids.statistics[].measure` → BT-760; others stay as they are."""

NATURES = {"goods": "supplies", "works": "works", "services": "services"}

PROCEDURES = {
    "open": "open",
    "restricted": "restricted",
    "negotiated with prior publication of a call for competition / competitive with negotiation": "neg-w-call",
    "negotiated without prior call for competition": "neg-wo-call",
    "competitive dialogue": "comp-dial",
    "innovation partnership": "innovation",
    "other single stage procedure": "oth-single",
    "other multiple stage procedure": "oth-mult",
}
"""English labels of `procurement-procedure-type`, as they stand in `procurementMethodDetails` → BT-105."""

METHODS = {"open": "open", "limited": "neg-wo-call", "direct": "neg-wo-call"}
"""`procurementMethod` → BT-105. `selective` has several: restricted, negotiated, dialogue, partnership."""

FORM_TYPES = (
    ("contractAmendment", "cont-modif"),
    ("contractUpdate", "cont-modif"),
    ("award", "result"),
    ("awardUpdate", "result"),
    ("contract", "result"),
    ("tender", "competition"),
    ("tenderAmendment", "competition"),
    ("tenderUpdate", "competition"),
    ("planning", "planning"),
    ("planningUpdate", "planning"),
)
"""Tags → BT-03; the first that a release has decides."""

STATUSES = {"active": "selec-w", "unsuccessful": "clos-nw", "cancelled": "clos-nw"}
"""`awards[].status` → BT-142; `pending` says neither."""

REASONS = {
    "all tenders, requests to participate or projects were withdrawn or found inadmissible": "all-rej",
    "decision of the buyer, because of a change in needs": "chan-need",
    "decision of the buyer, because of insufficient funds": "ins-fund",
    "no tenders, requests to participate or projects were received": "no-rece",
    "the highest ranked tenderer(s) refused to sign the contract": "no-signed",
    "only one admissible tender, request to participate or project was received": "one-admis",
    "decision of a review body or another judicial body": "rev-body",
    "decision of the buyer following a tenderer's request to review the award": "rev-buyer",
    "decision of the buyer, not following a tenderer's request to review the award, because of technical or "
    "procedural errors": "tch-pr-error",
    "other": "other",
}
"""English labels of `non-award-justification`, as they stand in `statusDetails` → BT-144."""

ROLES = {
    "supplier": "winner",
    "reviewBody": "review",
    "procuringEntity": "procuring_entity",
    "centralPurchasingBody": "central_purchasing_body",
    "leadBuyer": "group_lead",
}

ACTIVITIES = {
    "01": "gen-pub",
    "02": "defence",
    "03": "pub-os",
    "04": "econ-aff",
    "05": "env-pro",
    "06": "hc-am",
    "07": "health",
    "08": "rcr",
    "09": "education",
    "10": "soc-pro",
}
"""Divisions of COFOG → BT-10."""

FRAMEWORKS = {
    "withReopeningCompetition": "fa-w-rc",
    "withoutReopeningCompetition": "fa-wo-rc",
    "withAndWithoutReopeningCompetition": "fa-mix",
}
DYNAMIC_PURCHASING = {"open": "dps-nlist", "closed": "dps-list"}
POLICIES = {"allowed": "allowed", "required": "required", "notAllowed": "not-allowed"}
RESERVED = {"shelteredWorkshop": "res-ws", "publicServiceMissionOrganization": "res-pub-ser"}

CRITERION_NUMBERS = {
    "percentageExact": "per-exa",
    "percentageRangeMiddle": "per-mid",
    "pointsExact": "poi-exa",
    "pointsRangeMiddle": "poi-mid",
    "decimalExact": "dec-exa",
    "decimalRangeMiddle": "dec-mid",
    "order": "ord-imp",
    "total": "fix-tot",
    "unit": "fix-unit",
    "minimumScore": "min-score",
    "maximumBids": "max-pass",
}

AWARD_CRITERIA = {"priceOnly": "price", "lowestCost": "price", "costOnly": "cost", "qualityOnly": "quality"}
"""`tender.awardCriteria` of OCDS itself, one code for the whole → BT-539; `ratedCriteria` names no type."""

SELECTION = {"suitability": "sui-act", "economic": "ef-stand", "technical": "tp-abil", "other": "other"}
"""`selectionCriteria.criteria[].type` without `subType` → BT-747."""

NOT_FOR_PERSONS = "procurement is not intended for use by natural persons"
"""What BT-754 = `n-inc` becomes."""
