# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""How it is bought: `PROCEDURE`."""

from tender_parsers.notice import Framework
from tender_parsers.ted.codes import DIRECT_AWARDS, PROCEDURES
from tender_parsers.ted.form import Action, Actions, Draft, Form, add, constant_into, frozen, texts_into
from tender_parsers.ted.objects import add_previous
from tender_parsers.ted.values import Element, local_name, squashed


def procedure_type(form: Form, draft: Draft, element: Element) -> None:
    """Take the kind of procedure from the name of a `PT_…` element, and its reasons where it is without a call."""
    name = local_name(element)
    draft.setdefault("procedure_type_stated", name)
    draft.setdefault("procedure_type", PROCEDURES.get(name))
    if "ACCELERATED" in name:
        draft["accelerated"] = True
    form.read(draft, element, _DIRECT)


def _reasons(form: Form, draft: Draft, element: Element) -> None:
    for child in element:
        name = local_name(child)
        add(draft, "direct_award_reasons", DIRECT_AWARDS.get(name, name))
        form.collect(child)


def _outside(form: Form, draft: Draft, element: Element) -> None:
    add(draft, "direct_award_reasons", local_name(element))
    form.collect(element)


_DIRECT: Actions = {
    "D_ACCORDANCE_ARTICLE": _reasons,
    "D_OUTSIDE_SCOPE": _outside,
    "D_SERVICES_LISTED": _outside,
    "D_JUSTIFICATION": texts_into("direct_award_justification"),
}


def _framework(form: Form, draft: Draft, element: Element) -> None:
    own: Draft = {"type": "fa"}
    form.read(own, element, FRAMEWORK)
    draft.setdefault("framework", {}).update(own)


def _participants(form: Form, draft: Draft, element: Element) -> None:
    draft["maximum_participants"] = form.count(element)


FRAMEWORK: Actions = {
    "SINGLE_OPERATOR": constant_into("maximum_participants", 1),
    "NB_PARTICIPANTS": _participants,
    "JUSTIFICATION": texts_into("duration_justification"),
}


def _dynamic(code: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault("framework", {})["dynamic_purchasing"] = code

    return action


def _accelerated(form: Form, draft: Draft, element: Element) -> None:
    draft["accelerated"] = True
    form.collect(element)


def _deadline(form: Form, draft: Draft, element: Element) -> None:
    draft["deadline"] = form.moment(element)


def _languages(form: Form, draft: Draft, element: Element) -> None:
    for child in element:
        value = squashed(child.get("VALUE"))
        if value:
            add(draft, "submission_languages", value)


def _under_directive(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, PROCEDURE)


PROCEDURE: Actions = {
    **dict.fromkeys((name for name in PROCEDURES if name.startswith("PT_")), procedure_type),
    "PT_INVOLVING_NEGOTIATION": procedure_type,
    "PT_AWARD_CONTRACT_WITH_PRIOR_PUBLICATION": procedure_type,
    "PT_DA_INTERNAL_OPERATOR": procedure_type,
    "PT_DA_MEDIUM_ENTERPRISE": procedure_type,
    "PT_DA_RAILWAY_TRANSPORT": procedure_type,
    "PT_DA_SMALL_CONTRACT": procedure_type,
    "PT_EMERGENCY_MEASURE": procedure_type,
    # Voluntary transparency (F15) puts the procedure under the directive it follows.
    "DIRECTIVE_2014_24_EU": _under_directive,
    "DIRECTIVE_2014_25_EU": _under_directive,
    "DIRECTIVE_2014_23_EU": _under_directive,
    "DIRECTIVE_2009_81_EC": _under_directive,
    "ACCELERATED_PROC": _accelerated,
    "FRAMEWORK": _framework,
    "DPS": _dynamic("dps-list"),
    "DPS_ADDITIONAL_PURCHASERS": _dynamic("dps-nlist"),
    "EAUCTION_USED": constant_into("electronic_auction", True),
    "NOTICE_NUMBER_OJ": add_previous,
    "DATE_RECEIPT_TENDERS": _deadline,
    "LANGUAGES": _languages,
    "MAIN_FEATURES_AWARD": texts_into("procedure_description"),
}

_STAGED = frozenset(("restricted", "neg-w-call", "comp-dial", "innovation"))
OF_THE_WHOLE = ("electronic_auction", "submission_languages")
"""What the procedure says and a `Notice` keeps with the whole."""


def finish_procedure(draft: Draft, whole: Draft) -> None:
    """Put what a procedure says of the whole there; the one date is of requests where the procedure has stages."""
    for field in OF_THE_WHOLE:
        if field in draft:
            whole[field] = draft.pop(field)
    deadline = draft.pop("deadline", None)
    staged = draft.get("procedure_type") in _STAGED
    if deadline is not None:
        whole["request_deadline" if staged else "tender_deadline"] = deadline
    framework = draft.pop("framework", None)
    if framework is not None:
        whole["framework"] = Framework(**frozen(framework))
