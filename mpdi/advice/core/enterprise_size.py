"""The size of an enterprise as article 12/3 of the Law of 17 June 2016 counts it."""

from decimal import Decimal

from mpdi.advice.core.case import Case


def size_of(case: Case, staff: Decimal, turnover: Decimal | None, balance: Decimal | None) -> str:
    """Return `micro`, `small`, `medium` or `large`: staff under a number, and turnover or balance up to an amount (EUR)."""
    for size in ("micro", "small"):
        limit = case.law(f"sme_{size}_amount")
        if staff < case.law(f"sme_{size}_staff") and (_up_to(turnover, limit) or _up_to(balance, limit)):
            return size
    by_turnover = _up_to(turnover, case.law("sme_medium_turnover"))
    by_balance = _up_to(balance, case.law("sme_medium_balance"))
    return "medium" if staff < case.law("sme_medium_staff") and (by_turnover or by_balance) else "large"


def _up_to(amount: Decimal | None, limit: Decimal) -> bool:
    return amount is not None and amount <= limit
