"""A life-cycle cost that decides in a specification: annex and award clause come from `mpdi.costing` as plain data.

Nothing here counts. The criterion stands among the buyer's own: how its points are given and what proves them is said
by the annex, so the table of criteria points there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.purchase import AwardWeight, Purchase
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.model import Block, Section
from mpdi.exceptions import DataFileError
from mpdi.specifications.words import phrase

AFTER = ("award_scoring", "award")
"""The sections behind which the award clause stands: the first of them that the document has."""
_LEVEL = 2


class CostAnnexRefusedError(DataFileError):
    """The annex is not made: a point of its checklist is not answered.

    `points` says each with its key in the files and its remedy; `said`, as many, what is missing without any key.
    """

    def __init__(self, points: Sequence[str], said: Sequence[str] | None = None) -> None:
        super().__init__("\n".join(points))
        self.points = tuple(points)
        self.said = tuple(points if said is None else said)


class NoCostAnnexWriterError(DataFileError):
    """The answers ask for an annex, and nothing was given that writes one."""


@dataclass(frozen=True, slots=True)
class CostAnnex:
    """One annex in one language: the award clause, the sections of the annex, what identifies it (digests, versions)."""

    clause: tuple[Block, ...]
    sections: tuple[Section, ...]
    identity: Mapping[str, str]


class CostAnnexWriter(Protocol):
    """What writes the annex of a purchase; `CostAnnexRefusedError` where a point of the checklist is open."""

    def __call__(self, purchase: Purchase, language: Language) -> CostAnnex:
        """Return the annex in one language."""
        ...


def written_in(purchase: Purchase) -> tuple[Language, ...]:
    """The languages of the document."""
    return LANGUAGES if purchase.language == "fr+nl" else (purchase.language,)


def criterion_place(purchase: Purchase) -> int | None:
    """Where in the list of award criteria the life-cycle cost stands; None where it does not."""
    held = purchase.cost_annex
    if held is None:
        return None
    names = {held.criterion, *(phrase("cost_criterion", language) for language in LANGUAGES)}
    return next((place for place, item in enumerate(purchase.award) if item.criterion in names), None)


def cost_annex_standing(purchase: Purchase) -> str:
    """How the life-cycle cost of an annex decides: `none` where there is no such annex, `sole`, or `beside` others."""
    held = purchase.cost_annex
    if held is None:
        return "none"
    counting = [item for item in purchase.award if item.weight > 0]
    is_alone = len(counting) == 1 and criterion_place(purchase) is not None
    return "sole" if is_alone or (not counting and _is_sole(held.award)) else "beside"


def with_cost_criterion(purchase: Purchase) -> Purchase:
    """Return the purchase whose criterion of life-cycle cost points to the annex for its scale and its proof.

    Where it is the sole criterion and no list was given, the list is made.
    """
    held = purchase.cost_annex
    if held is None:
        return purchase
    award, texts = list(purchase.award), dict(purchase.texts)
    if not award and _is_sole(held.award):
        award.append(AwardWeight(held.criterion or phrase("cost_criterion", written_in(purchase)[0]), Decimal(100)))
    place = criterion_place(replace(purchase, award=tuple(award)))
    if place is None:
        return purchase
    first = written_in(purchase)[0]
    said = {key: phrase(f"cost_{key}", first) for key in ("scale", "proof")}
    given = {key: getattr(award[place], key) or words for key, words in said.items()}
    award[place] = replace(award[place], **given)
    for key, words in said.items():
        if given[key] == words:
            texts[f"award.{place}.{key}"] = Bilingual(phrase(f"cost_{key}", "fr"), phrase(f"cost_{key}", "nl"))
    if held.criterion is None or award[place].criterion != held.criterion:
        names = Bilingual(phrase("cost_criterion", "fr"), phrase("cost_criterion", "nl"))
        texts.setdefault(f"award.{place}.criterion", names)
    return replace(purchase, award=tuple(award), texts=texts)


def is_sole_cost(purchase: Purchase) -> bool:
    """Whether the buyer's answers say that life-cycle cost is the only award criterion."""
    return purchase.cost_annex is not None and _is_sole(purchase.cost_annex.award)


def without_cost_annex(purchase: Purchase) -> Purchase:
    """Return the purchase as a document without the annex says it: nothing in it points to a clause that is not there."""
    award, texts = [], dict(purchase.texts)
    scales, proofs = ({phrase(f"cost_{key}", language) for language in LANGUAGES} for key in ("scale", "proof"))
    for place, item in enumerate(purchase.award):
        has_scale, has_proof = item.scale not in scales, item.proof not in proofs
        award.append(replace(item, scale=item.scale if has_scale else None, proof=item.proof if has_proof else None))
        for key, is_own in (("scale", has_scale), ("proof", has_proof)):
            if not is_own:
                texts.pop(f"award.{place}.{key}", None)
    return replace(purchase, cost_annex=None, award=tuple(award), texts=texts)


def _is_sole(award: Mapping[str, object]) -> bool:
    annex = award.get("annex")
    criterion = annex.get("criterion") if isinstance(annex, Mapping) else None
    return isinstance(criterion, Mapping) and criterion.get("sole") is True


def with_cost_clause(sections: Sequence[Section], annex: CostAnnex | None, language: Language) -> list[Section]:
    """Put the award clause behind the scoring of the other criteria; the annex itself goes behind all other annexes."""
    made = list(sections)
    if annex is None:
        return made
    ids = [each.id for each in made]
    behind = next((ids.index(each) for each in AFTER if each in ids), None)
    level = _LEVEL if behind is None else max(made[behind].level, _LEVEL)
    clause = Section(phrase("cost_clause", language), level, annex.clause, id="life_cycle_cost_clause")
    made.insert(len(made) if behind is None else behind + 1, clause)
    return made
