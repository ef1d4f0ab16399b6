"""The pages of plans: everything under `/plans`, and one's own under `/my/plans`."""

from mpdi.action_plans import (
    adoption_views,
    canevas_views,
    file_views,
    history_views,
    merger_views,
    overview_views,
    workbook_views,
)
from mpdi.action_plans.overview_views import my_plans
from mpdi.action_plans.plan_pages import plans
from mpdi.action_plans.steps import views as step_views

__all__ = [
    "adoption_views",
    "canevas_views",
    "file_views",
    "history_views",
    "merger_views",
    "my_plans",
    "overview_views",
    "plans",
    "step_views",
    "workbook_views",
]
