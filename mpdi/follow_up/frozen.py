"""The checks of a contract as they stood when its log was begun: plain data that a later edition does not change."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mpdi.clause_library.core.model import Bilingual
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.verification import Phase, PlannedCheck, VerificationPlan

FORMAT = 1
ON_SITE = ("site", "check_in_at_work", "limosa")
"""Sources (vocabulary) that are looked at where the work is done."""


@dataclass(frozen=True)
class FrozenCheck:
    """One check of the execution. `moment`, `who`, `source`, `giver` are values of the vocabulary; texts are in both languages."""

    key: str
    clause_id: str
    version: str
    title: Bilingual
    moment: str
    receive: Bilingual
    giver: str
    is_on_request: bool
    who: str
    check: Bilingual
    how: Bilingual
    source: str | None
    figures: tuple[tuple[Bilingual, Bilingual], ...]
    sanction: Bilingual
    is_on_site: bool
    legal_review: str

    @property
    def reference(self) -> str:
        """Identifier and version of the clause."""
        return f"{self.clause_id}@{self.version}"


@dataclass(frozen=True)
class FrozenPlan:
    """What a log keeps of the purchase. `months`: the duration, None where it is not a whole number of months."""

    reference: str
    object: Bilingual
    authority: Bilingual
    months: int | None
    checks: tuple[FrozenCheck, ...]

    def check(self, key: str) -> FrozenCheck | None:
        """Return a check by its key."""
        return next((each for each in self.checks if each.key == key), None)


def freeze(plan: VerificationPlan) -> dict[str, Any]:
    """Return what a log keeps of a plan, as JSON data: the checks of the execution, none of the tenders or the award."""
    return {
        "format": FORMAT,
        "reference": plan.reference,
        "object": _both(plan.object),
        "authority": _both(plan.authority),
        "months": plan.execution.months,
        "checks": [_frozen(each) for each in plan.checks if each.consequence_phase is Phase.EXECUTION],
    }


def _frozen(check: PlannedCheck) -> dict[str, Any]:
    visits = read_document_data("verification")["visits"]
    return {
        "key": check.key,
        "clause_id": check.clause_id,
        "version": check.version,
        "title": _both(check.title),
        "moment": check.moment,
        "receive": _both(check.receive),
        "giver": str(check.giver),
        "is_on_request": check.is_on_request,
        "who": check.who,
        "check": _both(check.check),
        "how": _both(check.how),
        "source": check.source,
        "figures": [[_both(each.label), _both(each.value)] for each in check.figures],
        "sanction": _both(check.sanction),
        "is_on_site": check.source in ON_SITE or check.document in visits,
        "legal_review": check.legal_review,
    }


def thaw(data: Mapping[str, Any]) -> FrozenPlan:
    """Return the plan that a log keeps."""
    return FrozenPlan(
        reference=data["reference"],
        object=Bilingual(**data["object"]),
        authority=Bilingual(**data["authority"]),
        months=data["months"],
        checks=tuple(_thawed(each) for each in data["checks"]),
    )


def _thawed(item: Mapping[str, Any]) -> FrozenCheck:
    texts: dict[str, Any] = {key: Bilingual(**item[key]) for key in ("title", "receive", "check", "how", "sanction")}
    plain = {key: item[key] for key in ("key", "clause_id", "version", "moment", "giver", "who", "source")}
    flags = {key: item[key] for key in ("is_on_request", "is_on_site", "legal_review")}
    figures = tuple((Bilingual(**label), Bilingual(**value)) for label, value in item["figures"])
    return FrozenCheck(**texts, **plain, **flags, figures=figures)


def _both(text: Bilingual) -> dict[str, str]:
    return {"fr": text.fr, "nl": text.nl}
