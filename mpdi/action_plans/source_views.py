"""The pages that fill what is bought: from a spreadsheet, from the authority's notices."""

from mpdi.action_plans import award_views
from mpdi.action_plans.spreadsheet_views import plan_sources

__all__ = ["award_views", "plan_sources"]
