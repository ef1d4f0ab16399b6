"""The regional view from what is stored: what the command writes and what the page of the coordination shows."""

import datetime
from collections.abc import Iterable

from sqlalchemy.orm import Session

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.regional import EVERYTHING, Body, Chosen, RegionalView
from mpdi.action_plans.core.regional_counting import regional_view
from mpdi.action_plans.regional_queries import bodies, stored_plans
from mpdi.monitoring.dashboard.kept_facts import KeptFacts


def region_on(
    session: Session,
    kept: KeptFacts,
    day: datetime.date,
    chosen: Chosen = EVERYTHING,
    register: Iterable[Body] | None = None,
) -> RegionalView:
    """Return the view on a day, narrowed to what was chosen; indicators are named as the newest canevas names them.

    `register`: the authorities told of; `None`: those of the register.
    """
    told = list(bodies() if register is None else register)
    return regional_view(told, stored_plans(session, kept, day, told), edition_canevas().indicators, day, chosen)
