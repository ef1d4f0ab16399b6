# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""What is bought: `OBJECT_CONTRACT` (the whole) and its `OBJECT_DESCR` (the lots)."""

from dataclasses import replace

from tender_parsers.notice import Duration, Lot, LotLimits, Place, Texts
from tender_parsers.ted.codes import NATURES
from tender_parsers.ted.criteria import AWARD_CRITERIA, finish_criteria
from tender_parsers.ted.form import (
    Action,
    Actions,
    Draft,
    Form,
    add,
    constant_into,
    extend,
    frozen,
    plain,
    reference_into,
    texts_into,
)
from tender_parsers.ted.values import Element, local_name, squashed, string_value


def cpv_of(element: Element) -> str | None:
    """The code in `CPV_CODE/@CODE`; supplementary codes are another list."""
    for child in element:
        if local_name(child) == "CPV_CODE":
            return squashed(child.get("CODE")) or None
    return None


def main_cpv(form: Form, draft: Draft, element: Element) -> None:
    """Put `CPV_MAIN` into a draft."""
    draft.setdefault("cpv_main", cpv_of(element))


def additional_cpv(form: Form, draft: Draft, element: Element) -> None:
    """Add `CPV_ADDITIONAL` to a draft."""
    code = cpv_of(element)
    if code:
        draft.setdefault("cpv_additional", []).append(code)


def place(form: Form, draft: Draft, element: Element) -> None:
    """Add a `NUTS` to the places of a draft."""
    code = squashed(element.get("CODE"))
    if code:
        draft.setdefault("places", []).append(Place(nuts=code))


def site(form: Form, draft: Draft, element: Element) -> None:
    """Put the words for the place (`MAIN_SITE`) to the first place, or make one of them."""
    extend(draft, "site", form.text(element))


def _nature(form: Form, draft: Draft, element: Element) -> None:
    value = squashed(element.get("CTYPE") or element.get("VALUE"))
    if value:
        draft["nature"] = NATURES.get(value, value)


def _value(form: Form, draft: Draft, element: Element) -> None:
    draft["estimated_value"] = form.money(element)


def _duration(form: Form, draft: Draft, element: Element) -> None:
    number = form.decimal(element)
    if number is not None:
        draft.setdefault("duration", {}).update(value=number, unit=squashed(element.get("TYPE")) or None)


def _duration_day(end: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        day = form.day(element)
        if day:
            draft.setdefault("duration", {})[end] = day

    return action


def _indefinite(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("duration", {})["other"] = "UNLIMITED"


def _count(field: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft[field] = form.count(element)

    return action


def _funds(form: Form, draft: Draft, element: Element) -> None:
    draft["eu_funds"] = "eu-funds"
    form.text(element)


def _within(form: Form, draft: Draft, element: Element) -> None:
    form.read(draft, element, LOT)


LOT: Actions = {
    **AWARD_CRITERIA,
    "TITLE": texts_into("title"),
    "LOT_NO": reference_into("internal_id"),
    "CPV_MAIN": main_cpv,
    "CPV_ADDITIONAL": additional_cpv,
    "NUTS": place,
    "MAIN_SITE": site,
    "SHORT_DESCR": texts_into("description"),
    "VAL_OBJECT": _value,
    "DURATION": _duration,
    "DATE_START": _duration_day("start"),
    "DATE_END": _duration_day("end"),
    "INDEFINITE_DURATION": _indefinite,
    "QS": _within,
    "RENEWAL_DESCR": texts_into("renewal_description"),
    "OPTIONS_DESCR": texts_into("options_description"),
    "ACCEPTED_VARIANTS": constant_into("variants", "allowed"),
    "NO_ACCEPTED_VARIANTS": constant_into("variants", "not-allowed"),
    "NB_ENVISAGED_CANDIDATE": _count("candidates_maximum"),
    "NB_MIN_LIMIT_CANDIDATE": _count("candidates_minimum"),
    "NB_MAX_LIMIT_CANDIDATE": _count("candidates_maximum"),
    "ECATALOGUE_REQUIRED": constant_into("electronic_catalogue", "required"),
    "EU_PROGR_RELATED": _funds,
    "NO_EU_PROGR_RELATED": constant_into("eu_funds", "no-eu-funds"),
    "INFO_ADD": texts_into("additional_information"),
}


def finish_lot(draft: Draft, **fields: object) -> Lot:
    """A `Lot` of what was collected."""
    finish_criteria(draft)
    words: Texts = tuple(draft.pop("site", ()))
    if words:
        places: list[Place] = draft.setdefault("places", [])
        places[:1] = [replace(places[0], description=words) if places else Place(description=words)]
    if "duration" in draft:
        draft["duration"] = Duration(**draft["duration"])
    return Lot(**{**frozen(draft), **fields})


def read_lot(form: Form, element: Element, taken: dict[str, int], kind: str) -> Lot:
    """A lot from its `OBJECT_DESCR`. `taken`: identifiers already given, so that each lot of the notice has its own."""
    stated = element.find(form.lot_tag)
    number = string_value(stated) if stated is not None else ""
    form.lot = unused(number or squashed(element.get("ITEM")) or str(len(taken) + 1), taken)
    draft: Draft = {}
    form.read(draft, element, LOT)
    lot = finish_lot(draft, kind=kind, id=form.lot)
    form.lot = None
    return lot


def unused(wanted: str, taken: dict[str, int]) -> str:
    """The identifier, or with a count behind it where another lot has it already (two objects with a lot 1 each)."""
    identifier = wanted
    while identifier in taken:
        taken[wanted] += 1
        identifier = f"{wanted}#{taken[wanted]}"
    taken[identifier] = 1
    return identifier


def _total_range(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("totals", {})["awarded_range"] = form.money_range(element)


def _total(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("totals", {})["awarded"] = form.money(element)


def _division(form: Form, draft: Draft, element: Element) -> None:
    limits: Draft = {"divided": True}
    form.read(limits, element, _DIVISION)
    draft["lot_limits"] = LotLimits(**frozen(limits))


def _no_division(form: Form, draft: Draft, element: Element) -> None:
    draft["lot_limits"] = LotLimits(divided=False)


def _combination(form: Form, draft: Draft, element: Element) -> None:
    draft["combinations"] = form.text(element)


_DIVISION: Actions = {
    "LOT_ALL": constant_into("any_number", True),
    "LOT_ONE_ONLY": constant_into("one_only", True),
    "LOT_MAX_NUMBER": _count("max_submitted"),
    "LOT_MAX_ONE_TENDERER": _count("max_awarded"),
    "LOT_COMBINING_CONTRACT_RIGHT": _combination,
}


def _lot(form: Form, draft: Draft, element: Element) -> None:
    draft["lots"].append(read_lot(form, element, draft["taken"], draft["lot_kind"]))


OBJECT: Actions = {
    "TITLE": texts_into("title"),
    "REFERENCE_NUMBER": reference_into("internal_id"),
    "CPV_MAIN": main_cpv,
    "TYPE_CONTRACT": _nature,
    "SHORT_DESCR": texts_into("description"),
    "VAL_ESTIMATED_TOTAL": _value,
    "VAL_TOTAL": _total,
    "VAL_RANGE_TOTAL": _total_range,
    "LOT_DIVISION": _division,
    "NO_LOT_DIVISION": _no_division,
    "OBJECT_DESCR": _lot,
}


def object_contract(form: Form, draft: Draft, element: Element) -> None:
    """Read an `OBJECT_CONTRACT`: the first is the whole; of those that follow (F01, F04) the lots say what they are of."""
    own: Draft = {"lots": [], "taken": draft["taken"], "lot_kind": draft["lot_kind"]}
    form.read(own, element, OBJECT)
    lots: list[Lot] = own.pop("lots")
    del own["taken"], own["lot_kind"]
    draft.setdefault("totals", {}).update(own.pop("totals", {}))
    limits: LotLimits | None = own.pop("lot_limits", None)
    if limits and (limits.divided or "lot_limits" not in draft):
        draft["lot_limits"] = limits
    if "whole" in draft:
        lots = [_of_object(lot, own) for lot in lots]
    draft.setdefault("whole", own)
    draft.setdefault("lots", []).extend(lots)


def _of_object(lot: Lot, own: Draft) -> Lot:
    return replace(
        lot,
        title=lot.title or tuple(own.get("title", ())),
        cpv_main=lot.cpv_main or own.get("cpv_main"),
        nature=lot.nature or own.get("nature"),
    )


def add_previous(form: Form, draft: Draft, element: Element) -> None:
    """Note the number of an earlier notice of the procedure."""
    number = plain(element)
    if number:
        add(draft, "previous_notices", number)
