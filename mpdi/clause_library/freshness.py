"""How fresh the library is: which clauses are past the date on which they were to be looked at again."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion


@dataclass(frozen=True)
class Freshness:
    """Clauses in force: how many, which are due for review, and the next date on which one will be."""

    day: datetime.date
    total: int
    due: Sequence[ClauseVersion]
    next_due: datetime.date | None
    signed: int

    @property
    def fresh(self) -> int:
        """Clauses whose review date has not passed."""
        return self.total - len(self.due)


def freshness(library: ClauseLibrary, day: datetime.date) -> Freshness:
    """Look at every clause in force on a day."""
    current = library.all_in_force(day)
    due = sorted(
        (clause for clause in current if clause.register.review_due < day),
        key=lambda clause: (clause.register.review_due, clause.id),
    )
    coming = [clause.register.review_due for clause in current if clause.register.review_due >= day]
    signed = sum(clause.register.is_signed for clause in current)
    return Freshness(day, len(current), due, min(coming, default=None), signed)
