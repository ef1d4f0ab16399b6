"""Pages of accounts: signing in, one's own account, people, the audit log."""

from mpdi.accounts import account_views, people_views, sign_in_views
from mpdi.accounts.account_pages import accounts

__all__ = ["account_views", "accounts", "people_views", "sign_in_views"]
