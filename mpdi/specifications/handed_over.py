"""Which documents the contractor hands over in execution, and which of them only on request."""

import re
from collections.abc import Iterator

from mpdi.clause_library.core.model import Check, ClauseVersion

_BEFORE_EXECUTION = ("tender", "award")
_ON_REQUEST = re.compile(r"\b(sur|à la) demande\b|réponse à une demande", re.IGNORECASE)


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


def is_on_request(clause: ClauseVersion, check: Check) -> bool:
    """Whether a document is handed over only when the buyer asks for it, as its French title says."""
    titles = (evidence.title.fr for evidence in clause.evidence if evidence.name == check.document)
    return any(_ON_REQUEST.search(title) is not None for title in titles)
