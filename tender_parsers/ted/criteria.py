# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""Award criteria of a lot (`AC`), and the conditions for taking part (`LEFTI`)."""

from tender_parsers.notice import AwardCriterion, CriterionNumber, SelectionCriterion, Texts
from tender_parsers.ted.form import Action, Actions, Draft, Form, add, constant_into, frozen, texts_into
from tender_parsers.ted.values import Element, local_name, string_value, weight_of


def criterion(kind: str | None, name: Texts, written: str) -> AwardCriterion:
    """A criterion with its weight as a number where it is one, and always as written."""
    weight = weight_of(written)
    numbers = (CriterionNumber("weight", weight[0], weight[1]),) if weight else ()
    return AwardCriterion(kind, name, numbers=numbers, weight_text=written or None)


def _criterion_of(kind: str | None) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        name: Texts = ()
        written = ""
        if local_name(element) == "AC_CRITERION":
            name = form.text(element)
        outer = form.path
        form.path = f"{outer}/{local_name(element)}"
        for child in element:
            part = local_name(child)
            if part == "AC_CRITERION":
                name = form.text(child)
            elif part == "AC_WEIGHTING":
                written = string_value(child)
        form.path = outer
        draft.setdefault("award_criteria", []).append(criterion(kind, name, written))

    return action


def _group(form: Form, draft: Draft, element: Element) -> None:
    if not form.is_withheld(element):
        form.read(draft, element, AWARD_CRITERIA)


AWARD_CRITERIA: Actions = {
    "AC": _group,
    "AC_QUALITY": _criterion_of("quality"),
    "AC_COST": _criterion_of("cost"),
    "AC_PRICE": _criterion_of("price"),
    "AC_CRITERION": _criterion_of(None),
    "AC_CRITERIA": _criterion_of(None),
    "AC_PROCUREMENT_DOC": constant_into("award_criteria_in_documents", True),
    # Voluntary transparency (F15) puts them under the directive it follows.
    "DIRECTIVE_2014_24_EU": _group,
    "DIRECTIVE_2014_25_EU": _group,
    "DIRECTIVE_2014_23_EU": _group,
    "DIRECTIVE_2009_81_EC": _group,
}


def selection(kind: str) -> Action:
    """An action that makes a selection criterion of a text."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        text = form.text(element)
        if text:
            draft.setdefault("selection", []).append({"type": kind, "description": text})

    return action


def minimum(kind: str) -> Action:
    """An action that adds the least asked for to the criterion before it, of the same kind."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        text = form.text(element)
        held: list[Draft] = draft.setdefault("selection", [])
        if held and held[-1]["type"] == kind and "minimum" not in held[-1]:
            held[-1]["minimum"] = text
        elif text:
            held.append({"type": kind, "minimum": text})

    return action


def reserved(code: str) -> Action:
    """An action that notes to whom participation is reserved (BT-71)."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        add(draft, "reserved_participation", code)

    return action


def _in_documents(form: Form, draft: Draft, element: Element) -> None:
    add(draft, "selection_sources", "epo-procurement-document")


def _qualification(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, {"CONDITIONS": selection("other"), "METHODS": minimum("other")})


LEFTI: Actions = {
    "SUITABILITY": selection("sui-act"),
    "PARTICULAR_PROFESSION": selection("sui-act"),
    "ECONOMIC_FINANCIAL_INFO": selection("ef-stand"),
    "ECONOMIC_FINANCIAL_MIN_LEVEL": minimum("ef-stand"),
    "TECHNICAL_PROFESSIONAL_INFO": selection("tp-abil"),
    "TECHNICAL_PROFESSIONAL_MIN_LEVEL": minimum("tp-abil"),
    "RULES_CRITERIA": selection("other"),
    "CRITERIA_SELECTION": selection("other"),
    "QUALIFICATION": _qualification,
    "ECONOMIC_CRITERIA_DOC": _in_documents,
    "TECHNICAL_CRITERIA_DOC": _in_documents,
    "RESTRICTED_SHELTERED_WORKSHOP": reserved("res-ws"),
    "RESERVED_ORGANISATIONS_SERVICE_MISSION": reserved("res-pub-ser"),
    "RESTRICTED_SHELTERED_PROGRAM": constant_into("reserved_execution", "yes"),
    "PERFORMANCE_CONDITIONS": texts_into("performance_conditions"),
}


def finish_criteria(draft: Draft) -> None:
    """Make the criteria collected in a draft those of a `Lot`."""
    collected: list[Draft] = draft.pop("selection", [])
    draft["selection_criteria"] = tuple(SelectionCriterion(**frozen(each)) for each in collected)
