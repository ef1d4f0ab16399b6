"""The annex and the award clause of life-cycle cost for a specification made here: plain data, in French or Dutch.

What the purchase says already is not asked twice: authority, object, reference, day of publication, weight.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.purchase import CostAnnexAnswer, Purchase
from mpdi.clause_library.core.two_languages import in_language
from mpdi.costing.annex import annex_parts
from mpdi.costing.annex_words import AnnexLanguage, problem_words
from mpdi.costing.checklist import ChecklistProblem, ChecklistRefusedError, GreenCase, check
from mpdi.costing.fault_words import fault_in
from mpdi.exceptions import MpdiError
from mpdi.lcc.award import AwardFormula
from mpdi.specifications.cost_annex import CostAnnex, CostAnnexRefusedError, criterion_place

OWN_CLAUSE = "ENV-GEN-001"
"""The clause of the library with a calculation of its own, which excludes any other formula."""
_STANDINGS = ("weight", "order", "equal", "sole")


def specification_annex(purchase: Purchase, language: AnnexLanguage) -> CostAnnex:
    """Return the annex that the answers ask for; `CostAnnexRefusedError` names every point that is not green."""
    green = green_case(purchase, language)
    clause, sections = annex_parts(green, language)
    return CostAnnex(clause, sections, _identity(green))


def green_case(purchase: Purchase, language: AnnexLanguage) -> GreenCase:
    """Return the checked case behind the annex of these answers; `CostAnnexRefusedError` as `specification_annex`."""
    held = purchase.cost_annex
    if held is None:
        raise CostAnnexRefusedError(["The answers ask for no life-cycle cost."])
    said = in_language(purchase, language)
    problems = list(_beside(purchase, language))
    try:
        green = check(held.case, _award_file(held, said), language)
    except ChecklistRefusedError as error:
        raise _refused((*error.problems, *problems)) from error
    except MpdiError as error:
        raise CostAnnexRefusedError([fault_in(error, language), *map(str, problems)]) from error
    problems += _weights(green, said, language)
    if problems:
        raise _refused(problems)
    return green


def _refused(problems: Sequence[ChecklistProblem]) -> CostAnnexRefusedError:
    said = [f"{each.what[:1].upper()}{each.what[1:]}" for each in problems]
    return CostAnnexRefusedError([str(each) for each in problems], said)


def _identity(green: GreenCase) -> dict[str, str]:
    held = green.parameters
    return {
        "sheet": held.sheet.id,
        "version": held.sheet.version,
        "sheet_digest": held.sheet.digest,
        "frozen": held.date.isoformat(),
        "digest": held.digest,
    }


def _award_file(held: CostAnnexAnswer, purchase: Purchase) -> dict[str, Any]:
    """The award file with what the purchase says already."""
    given = held.award.get("annex")
    annex: dict[str, Any] = dict(given) if isinstance(given, Mapping) else {}
    known = {
        "authority": purchase.authority.name,
        "subject": purchase.object,
        "reference": purchase.reference,
        "frozen": purchase.publication_date if purchase.date_is_stated else None,
    }
    annex = {key: value for key, value in known.items() if value} | annex
    place, criterion = criterion_place(purchase), annex.get("criterion")
    has_none = isinstance(criterion, Mapping) and not any(key in criterion for key in _STANDINGS)
    if place is not None and has_none and isinstance(criterion, Mapping):
        annex["criterion"] = {**criterion, "weight": purchase.award[place].weight}
    return {**held.award, "annex": annex}


def _beside(purchase: Purchase, language: AnnexLanguage) -> Iterator[ChecklistProblem]:
    """What cannot stand beside this criterion: its own list without it, the price again, another calculation.

    Nor can quality in euros: its criteria stand in no table here, so that nothing would publish their scale and proof.
    """
    held = purchase.cost_annex
    if held is not None and held.award.get("formula") == AwardFormula.QUALITY_IN_EUROS:
        yield _problem("quality_unlisted", language)
    listed = {item.criterion: item.weight for item in purchase.award if item.weight > 0}
    if purchase.award and criterion_place(purchase) is None:
        yield _problem("not_listed", language)
    if "price" in listed:
        yield _problem("price_twice", language)
    override = purchase.overrides.get(OWN_CLAUSE)
    if OWN_CLAUSE in listed or (override is not None and override.decision == "in"):
        yield _problem("other_calculation", language, clause=OWN_CLAUSE)


def _weights(green: GreenCase, purchase: Purchase, language: AnnexLanguage) -> Iterator[ChecklistProblem]:
    place, standing = criterion_place(purchase), green.standing
    if place is None:
        if not purchase.award and standing.kind == "weight":
            yield _problem("not_listed", language)
        return
    weight = purchase.award[place].weight
    if standing.kind == "weight" and standing.value != weight:
        yield _problem("two_weights", language, listed=f"{weight:f}", weight=f"{standing.value:f}")
    if standing.kind == "sole" and len([item for item in purchase.award if item.weight > 0]) > 1:
        yield _problem("not_sole", language)


def _problem(key: str, language: AnnexLanguage, /, **values: str) -> ChecklistProblem:
    return ChecklistProblem("weight", *problem_words(key, language, **values))
