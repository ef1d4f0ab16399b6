"""Codes of eForms put into the words of OCDS: the lists by which `tender_parsers` reads OCDS, turned round. Pure."""

from collections.abc import Mapping

from tender_parsers.ocds import codes


def _turned(known: Mapping[str, str]) -> dict[str, str]:
    """Code → word; of several words the first."""
    made: dict[str, str] = {}
    for word, code in known.items():
        if code:
            made.setdefault(code, word)
    return made


NATURES = {"supplies": "goods", "works": "works", "services": "services"}
PROCEDURES = _turned(codes.PROCEDURES)
METHODS = {
    "open": "open",
    "restricted": "selective",
    "neg-w-call": "selective",
    "comp-dial": "selective",
    "innovation": "selective",
    "neg-wo-call": "limited",
}
ENVIRONMENTAL = _turned(codes.ENVIRONMENTAL)
SOCIAL = _turned(codes.SOCIAL)
INNOVATION = _turned(codes.INNOVATION)
GPP_CRITERIA = _turned(codes.GPP_CRITERIA)
AIMS = {"env-imp": "environmental", "soc-obj": "social", "inn-pur": "economic.innovativePurchase"}
"""BT-06, where no code of detail says more."""
MEASURES = _turned(codes.MEASURES)
REASONS = {code: f"{word[:1].upper()}{word[1:]}." for code, word in _turned(codes.REASONS).items()}
STATUSES = {"selec-w": "active", "clos-nw": "unsuccessful", "open-nw": "pending"}
ROLES = _turned(codes.ROLES)
FRAMEWORKS = _turned(codes.FRAMEWORKS)
POLICIES = _turned(codes.POLICIES)
RESERVED = _turned(codes.RESERVED)
CRITERION_NUMBERS = _turned(codes.CRITERION_NUMBERS)
SELECTION = _turned(codes.SELECTION)
SELECTION_KINDS = (("slc-suit", "suitability"), ("slc-stand", "economic"), ("slc-abil", "technical"))
"""Beginnings of the codes of BT-809."""
TAGS = {
    "planning": ("planning",),
    "consultation": ("planning",),
    "competition": ("tender",),
    "change": ("tenderUpdate",),
    "result": ("award", "contract"),
    "dir-awa-pre": ("award",),
    "cont-modif": ("contractAmendment",),
    "completion": ("contractTermination",),
}
"""BT-03 → tags."""
DAYS = {"DAY": 1, "WEEK": 7, "MONTH": 30, "YEAR": 365}
"""Of the units of BT-36, as the eForms profile of OCDS turns periods into days."""
