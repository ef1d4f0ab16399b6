"""Award and selection criteria of a lot, or of the tender as a whole."""

from collections.abc import Iterable

from tender_parsers.loose_values import Json, Sayings, number, record, records, truth, words
from tender_parsers.notice import AwardCriterion, CriterionNumber, SelectionCriterion, Texts
from tender_parsers.ocds import codes

_KINDS = ("weight", "fixed", "threshold")


def award_criteria(
    node: Json, at: str, lot: str | None, said: Sayings
) -> tuple[tuple[AwardCriterion, ...], Texts, Texts]:
    """The criteria, why they are in an order, and how weights are used.

    OCDS itself has one code for the whole (`tender.awardCriteria`), the eForms profile an object with the criteria.
    """
    given = node.get("awardCriteria")
    at = f"{at}/awardCriteria"
    details = said.text(node.get("awardCriteriaDetails"), f"{at}Details", lot)
    if not isinstance(given, dict):
        kind = codes.AWARD_CRITERIA.get(words(given) or "")
        return ((AwardCriterion(kind, description=details),) if kind else ()), (), (() if kind else details)
    criteria = tuple(
        AwardCriterion(
            type=words(each.get("type")),
            name=said.text(each.get("name"), f"{at}/criteria/name", lot, "BT-734"),
            description=said.text(each.get("description"), f"{at}/criteria/description", lot, "BT-540"),
            numbers=tuple(_numbers(each)),
        )
        for each in records(given.get("criteria"))
    )
    order = said.text(given.get("orderRationale"), f"{at}/orderRationale", lot, "BT-733")
    formula = said.text(given.get("weightingDescription"), f"{at}/weightingDescription", lot, "BT-543")
    return criteria, order, (*formula, *details)


def selection_criteria(node: Json, at: str, lot: str | None, said: Sayings) -> tuple[SelectionCriterion, ...]:
    """The conditions for taking part."""
    at = f"{at}/selectionCriteria/criteria"
    return tuple(
        SelectionCriterion(
            type=_selection_type(each),
            name=said.text(each.get("title") or each.get("name"), f"{at}/title", lot),
            description=said.text(each.get("description"), f"{at}/description", lot, "BT-750"),
            minimum=said.text(each.get("minimum"), f"{at}/minimum", lot),
            numbers=tuple(_numbers(each)),
            second_stage=truth(each.get("forReduction")),
        )
        for each in records(record(node.get("selectionCriteria")).get("criteria"))
    )


def _selection_type(criterion: Json) -> str | None:
    stated = words(criterion.get("type"))
    return words(criterion.get("subType")) or (codes.SELECTION.get(stated, stated) if stated else None)


def _numbers(criterion: Json) -> Iterable[CriterionNumber]:
    for each in records(criterion.get("numbers")):
        value = number(each.get("number"))
        kind = next((kind for kind in _KINDS if each.get(kind) is not None), "weight")
        stated = words(each.get(kind))
        if value is not None:
            yield CriterionNumber(kind, value, codes.CRITERION_NUMBERS.get(stated, stated) if stated else None)
