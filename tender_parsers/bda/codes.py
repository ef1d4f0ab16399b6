"""Words of the Belgian publication platform put into the codes of eForms, where they mean the same."""

LEGAL_BASES = {"D23": "32014L0023", "D24": "32014L0024", "D25": "32014L0025", "D81": "32009L0081"}

PROCEDURES = frozenset(
    {
        "open",
        "restricted",
        "neg-w-call",
        "neg-wo-call",
        "comp-dial",
        "innovation",
        "oth-single",
        "oth-mult",
        "comp-tend",
        "exp-int-rail",
    }
)
"""Codes of BT-105. The platform writes them in capitals, some with the number of a directive: `NEG_WO_CALL_24`."""

FRAMEWORK = "FRAMEWORK"
DYNAMIC = "DYNAMIC"
"""Parts of `specialPurchasingTechnique`."""

_FORM_TYPES = (
    (range(1, 10), "planning"),
    (range(10, 25), "competition"),
    (range(25, 29), "dir-awa-pre"),
    (range(29, 38), "result"),
    (range(38, 41), "cont-modif"),
)
_BELOW_THRESHOLD = {
    "E1": "consultation",
    "E2": "planning",
    "E3": "competition",
    "E4": "result",
    "E5": "completion",
    "E6": "cont-modif",
}


def form_type_of(subtype: str | None) -> str | None:
    """BT-03 of a notice subtype (OPP-070), by the table of eForms; `None` for one that is not known."""
    if subtype is None:
        return None
    if subtype.isdecimal() and len(subtype) < 3:
        return next((form for numbers, form in _FORM_TYPES if int(subtype) in numbers), None)
    return _BELOW_THRESHOLD.get(subtype.upper())


def procedure_of(stated: str | None) -> str | None:
    """BT-105 of the platform's word."""
    words = (stated or "").lower().split("_")
    code = "-".join(word for word in words if not word.isdecimal())
    return code if code in PROCEDURES else None
