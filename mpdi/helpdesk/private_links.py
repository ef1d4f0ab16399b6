"""The second private link of a ticket: computed from the portal's key, kept nowhere, for mails written later. Pure.

The link a question began with is kept only as a hash, so that it cannot be written into a mail once more. This one opens
the same page, and ends with it: anonymising a ticket changes what both are made of.
"""

import base64
import hashlib
import hmac
import re

_WRITTEN = re.compile(r"([1-9][0-9]{0,8})-[A-Za-z0-9_-]{32}")
"""Nine digits: PostgreSQL compares no row with a number beyond 2,147,483,647."""


def second_token(ticket_id: int, token_hash: str, secret_key: str) -> str:
    """Return the token of the second link: the ticket's row, and 192 bits that only this installation can make."""
    told = f"second link of a ticket:{ticket_id}:{token_hash}"
    digest = hmac.new(secret_key.encode(), told.encode(), hashlib.sha256).digest()
    return f"{ticket_id}-{base64.urlsafe_b64encode(digest[:24]).decode('ascii')}"


def ticket_id_in(token: str) -> int | None:
    """Return which row a second token names, true or not; None where it is no such token."""
    found = _WRITTEN.fullmatch(token)
    return int(found[1]) if found else None


def opens(token: str, ticket_id: int, token_hash: str, secret_key: str) -> bool:
    """Whether a token is the second one of a ticket."""
    return hmac.compare_digest(token, second_token(ticket_id, token_hash, secret_key))
