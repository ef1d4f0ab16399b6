"""The checks of a contract as they stood when its log was begun: plain data that a later edition does not change."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.follow_up.binding_words import binding_words
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.verification import Phase, PlannedCheck, VerificationPlan
from mpdi.specifications.verification_clause import Cap, Penalty

FORMAT = 3
"""1 kept neither conditions, nor the words that bind, nor the penalty; 2 not which figures are looked at on site: such a log
goes on without them."""
ON_SITE = ("site", "check_in_at_work", "limosa")
"""Sources (vocabulary) that are looked at where the work is done."""


@dataclass(frozen=True)
class FrozenPenalty:
    """What the clause says follows a breach, its maximum (None: it fixes none), and what it tolerates, by label."""

    words: Bilingual
    cap: Cap | None
    tolerances: tuple[tuple[Bilingual, Bilingual], ...]


@dataclass(frozen=True)
class FrozenCheck:
    """One check of the execution. `moment`, `who`, `source`, `giver` are values of the vocabulary; texts are in both languages.

    `seen`: the figures among them that a check on site is about. `is_conditional`: made only if something happened first. `binding`: sentences of the clause, for what is seen on site.
    """

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
    is_conditional: bool
    binding: Bilingual
    seen: tuple[tuple[Bilingual, Bilingual], ...]
    penalty: FrozenPenalty | None

    @property
    def reference(self) -> str:
        """Identifier and version of the clause."""
        return f"{self.clause_id}@{self.version}"


@dataclass(frozen=True)
class FrozenPlan:
    """What a log keeps of the purchase. `months`: the duration, None where it is not a whole number of months.

    `publication_date`: None in logs that were begun before it was kept. `language`: the one of its documents; None where they
    are in both, or where the log was begun before it was kept.
    """

    reference: str
    object: Bilingual
    authority: Bilingual
    months: int | None
    checks: tuple[FrozenCheck, ...]
    publication_date: datetime.date | None = None
    language: Language | None = None

    def check(self, key: str) -> FrozenCheck | None:
        """Return a check by its key."""
        return next((each for each in self.checks if each.key == key), None)


def freeze(plan: VerificationPlan) -> dict[str, Any]:
    """Return what a log keeps of a plan, as JSON data: the checks of the execution, none of the tenders or the award."""
    checks = [each for each in plan.checks if each.consequence_phase is Phase.EXECUTION]
    return {
        "format": FORMAT,
        "reference": plan.reference,
        "object": _both(plan.object),
        "authority": _both(plan.authority),
        "months": plan.execution.months,
        "publication_date": plan.publication_date.isoformat(),
        "language": plan.language,
        "checks": [_frozen(each) for each in checks],
        "penalties": {each.clause_id: _penalty(each.penalty) for each in checks if each.penalty is not None},
    }


def _penalty(penalty: Penalty) -> dict[str, Any]:
    cap = penalty.cap
    return {
        "words": _both(penalty.words),
        "tolerances": [[_both(each.label), _both(each.value)] for each in penalty.tolerances],
        "cap": None
        if cap is None
        else {
            "label": _both(cap.label),
            "value": _both(cap.value),
            "number": str(cap.number),
            "is_percent": cap.is_percent,
        },
    }


def _frozen(check: PlannedCheck) -> dict[str, Any]:
    visits = read_document_data("verification")["visits"]
    is_on_site = (check.source in ON_SITE or check.document in visits) and not check.is_conditional
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
        "is_on_site": is_on_site,
        "legal_review": check.legal_review,
        "is_conditional": check.is_conditional,
        "binding": _both(binding_words(check)) if is_on_site else None,
        "seen": [
            [_both(each.label), _both(each.value)] for each in check.figures if each.is_set and each.key in check.seen
        ],
    }


def thaw(data: Mapping[str, Any]) -> FrozenPlan:
    """Return the plan that a log keeps."""
    published = data.get("publication_date")
    return FrozenPlan(
        reference=data["reference"],
        object=Bilingual(**data["object"]),
        authority=Bilingual(**data["authority"]),
        months=data["months"],
        checks=tuple(_thawed(each, data.get("penalties", {}).get(each["clause_id"])) for each in data["checks"]),
        language=next((each for each in LANGUAGES if each == data.get("language")), None),
        publication_date=datetime.date.fromisoformat(published) if published else None,
    )


def _thawed(item: Mapping[str, Any], penalty: Mapping[str, Any] | None) -> FrozenCheck:
    texts: dict[str, Any] = {key: Bilingual(**item[key]) for key in ("title", "receive", "check", "how", "sanction")}
    plain = {key: item[key] for key in ("key", "clause_id", "version", "moment", "giver", "who", "source")}
    flags = {key: item[key] for key in ("is_on_request", "is_on_site", "legal_review")}
    return FrozenCheck(
        **texts,
        **plain,
        **flags,
        figures=_pairs(item["figures"]),
        is_conditional=item.get("is_conditional", False),
        binding=Bilingual(**(item.get("binding") or {"fr": "", "nl": ""})),
        seen=_pairs(item.get("seen", ())),
        penalty=None if penalty is None else _thawed_penalty(penalty),
    )


def _thawed_penalty(item: Mapping[str, Any]) -> FrozenPenalty:
    cap = item["cap"]
    if cap is not None:
        cap = Cap(Bilingual(**cap["label"]), Bilingual(**cap["value"]), Decimal(cap["number"]), cap["is_percent"])
    return FrozenPenalty(Bilingual(**item["words"]), cap, _pairs(item["tolerances"]))


def _pairs(items: Any) -> tuple[tuple[Bilingual, Bilingual], ...]:
    return tuple((Bilingual(**label), Bilingual(**value)) for label, value in items)


def _both(text: Bilingual) -> dict[str, str]:
    return {"fr": text.fr, "nl": text.nl}
