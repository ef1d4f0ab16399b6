"""One's own account."""

from flask import render_template

from mpdi.accounts.account_pages import accounts
from mpdi.accounts.current import require_user


@accounts.get("/account")
def account() -> str:
    """Show one's own account."""
    return render_template("accounts/account.html", user=require_user())
