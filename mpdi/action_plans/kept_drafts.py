"""Plans drafted lately: most pages of a plan are opened several times before it changes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.page_charts import ChartWithTable, reach_chart, spending_chart
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.vocabulary import Language

EXTENSION = "mpdi_drafted_plans"
_KEPT = 64
"""Plans; some 200 kB each."""


@dataclass(frozen=True)
class _Draft:
    canevas: Canevas
    library: ClauseLibrary
    document: ActionPlanDocument
    charts: dict[Language, tuple[ChartWithTable, ...]]


class DraftedPlans:
    """Drafts in memory, the last one of each plan. One is given only for the very profile, canevas and library it is made of."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[int, _Draft] = OrderedDict()
        self._lock = threading.Lock()

    def document(
        self, plan_id: int, profile: PlanProfile, canevas: Canevas, library: ClauseLibrary
    ) -> ActionPlanDocument:
        """Return the plan of a profile, as `draft_plan` makes it."""
        return self._draft(plan_id, profile, canevas, library).document

    def charts(
        self, plan_id: int, profile: PlanProfile, canevas: Canevas, library: ClauseLibrary, language: Language
    ) -> tuple[ChartWithTable, ...]:
        """Return the charts of its first page in a language; none where nothing is bought yet."""
        draft = self._draft(plan_id, profile, canevas, library)
        if language not in draft.charts:
            made = spending_chart(draft.document, language), reach_chart(draft.document, language)
            draft.charts[language] = tuple(each for each in made if each)
        return draft.charts[language]

    def _draft(self, plan_id: int, profile: PlanProfile, canevas: Canevas, library: ClauseLibrary) -> _Draft:
        with self._lock:
            kept = self._drafts.get(plan_id)
            if kept is not None and _is_of(kept, profile, canevas, library):
                self._drafts.move_to_end(plan_id)
                return kept
        made = _Draft(canevas, library, draft_plan(profile, canevas, library), {})
        with self._lock:
            self._drafts[plan_id] = made
            self._drafts.move_to_end(plan_id)
            while len(self._drafts) > _KEPT:
                self._drafts.popitem(last=False)
        return made


def _is_of(draft: _Draft, profile: PlanProfile, canevas: Canevas, library: ClauseLibrary) -> bool:
    return draft.canevas is canevas and draft.library is library and draft.document.profile == profile
