"""The progress report of a profile from what is stored: what the command writes and what the page shows."""

import datetime

from sqlalchemy.orm import Session

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.progress import ProgressReport, progress_report
from mpdi.action_plans.core.progress_drafting import dashboard_basis, with_progress_words
from mpdi.action_plans.progress_figures import progress_facts
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.monitoring.dashboard.kept_facts import KeptFacts


def report_on(
    session: Session,
    profile: PlanProfile,
    library: ClauseLibrary,
    day: datetime.date,
    kept: KeptFacts | None = None,
) -> ProgressReport:
    """Return the report on a day. `kept`: the facts of all notices, where they are in memory already."""
    canevas = with_progress_words(edition_canevas(profile.canevas))
    plan = draft_plan(profile, canevas, library)
    return progress_report(plan, progress_facts(session, plan, day, kept), day, dashboard_basis(canevas, library))
