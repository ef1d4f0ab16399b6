"""Which documents firms hand over, and which of them only on request (`documents.yaml` of `templates/documents/`)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from mpdi.clause_library.core.model import Check, ClauseVersion, Evidence
from mpdi.specifications.skeleton import Condition, read_document_data

Holds = Callable[[Condition], bool | None]
_BEFORE_EXECUTION = ("tender", "award")


def handed_over(clause: ClauseVersion) -> Iterator[Check]:
    """Yield the checks of execution for which the contractor hands a document over, each document and moment once.

    What is shown before the award belongs to the tender; a document handed over before and only looked at on site is a
    control of the buyer.
    """
    names = {evidence.name for evidence in clause.evidence}
    seen: set[tuple[str, str]] = set()
    for check in clause.execution_checks:
        name, moment = check.document or "", str(check.moment)
        is_looked_at_again = check.source == "site" and any(each == name for each, _when in seen)
        if name not in names or moment in _BEFORE_EXECUTION or is_looked_at_again or (name, moment) in seen:
            continue
        seen.add((name, moment))
        yield check


def tendered(clause: ClauseVersion, holds: Holds) -> Iterator[Evidence]:
    """Yield what the tenderer hands over for a clause, with the tender or on request, each document once."""
    asked = {check.document for check in clause.tender_checks}
    for evidence in clause.evidence:
        if evidence.name in asked and holds(_known(clause, evidence.name).get("only_when", {})) is not False:
            yield evidence


def is_on_request(clause: ClauseVersion, document: str | None, holds: Holds) -> bool:
    """Whether a document is handed over only when the buyer asks for it."""
    return _is_asked(_known(clause, document or "").get("on_request"), holds)


def is_on_request_of_tenderer(clause: ClauseVersion, document: str, holds: Holds) -> bool:
    """Whether the tenderer hands a document over only when the buyer asks for it, before the award."""
    asked = _known(clause, document).get("on_request_of_tenderer")
    return _is_asked(asked, holds) or is_on_request(clause, document, holds)


def _is_asked(asked: bool | Condition | None, holds: Holds) -> bool:
    return asked is True or (isinstance(asked, Mapping) and holds(asked) is True)


def is_in_form(clause_id: str, document: str) -> bool:
    """Whether it is a place of the offer form."""
    return bool(read_document_data("documents").get(clause_id, {}).get(document, {}).get("in_form"))


def _known(clause: ClauseVersion, name: str) -> Mapping[str, Any]:
    known: Mapping[str, Any] = read_document_data("documents").get(clause.id, {}).get(name, {})
    return known
