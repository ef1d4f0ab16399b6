"""Writing the verification plan of 80 clauses as a Word file, against packing the same XML into a zip.

The limit is that of `benchmarks/documents.py`: deflate 6 over the very parts the writer makes, in the same run. Goal: at
most 5. Measured from the plan to the bytes, so that assembling the document counts.
"""

import datetime
import time
from collections.abc import Callable
from decimal import Decimal

from benchmarks.documents import measure
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import Reason
from mpdi.clause_library.core.selection import Decided, Selection
from mpdi.clause_library.core.vocabulary import Decision
from mpdi.resources import folder
from mpdi.specifications.verification import VerificationPlan, plan_verification
from mpdi.specifications.verification_document import plan_document, write_plan

GOAL = 5.0
_CLAUSES = 80
_START = datetime.date(2027, 1, 1)


def plan() -> VerificationPlan:
    """The checks of the first 80 clauses of the library, by identifier, over four years."""
    library = ClauseLibrary.from_folder(folder("clauses"))
    clauses = [
        library.version(each, str(library.versions(each)[-1].version)) for each in library.identifiers[:_CLAUSES]
    ]
    decided = tuple(Decided(each, Decision.IN, "chosen", Reason("", "", ""), Decision.IN) for each in clauses)
    purchase = Purchase(_START, object="Mesure", duration_months=Decimal(48))
    return plan_verification(purchase, Selection(decided, ()), library, _START)


def main() -> None:
    """Print one line."""
    made = plan()
    writer, limit, _ratio = measure(plan_document(made))
    ours = min(_seconds(lambda: write_plan(made)) for _ in range(5))
    print(
        f"verification plan of {_CLAUSES} clauses, {len(made.checks)} checks: {ours * 1000:.1f} ms (writer alone "
        f"{writer * 1000:.1f}); zip alone {limit * 1000:.1f} ms; {ours / limit:.1f} x (goal {GOAL:.0f} x)"
    )


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
