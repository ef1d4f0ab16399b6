"""The pages of uptake, each in its module; importing this one registers them all."""

from mpdi.monitoring import market_views, notice_views, open_data_views
from mpdi.monitoring.dashboard import authority_views, dashboard_views
from mpdi.monitoring.pages import uptake

__all__ = ["authority_views", "dashboard_views", "market_views", "notice_views", "open_data_views", "uptake"]
