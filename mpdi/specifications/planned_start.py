"""The start of the execution typed for the plan of a draft, kept in the session: the follow-up takes it over."""

import datetime
from collections.abc import Mapping, MutableMapping
from typing import Any

from mpdi.accounts.tokens import token_hash

_KEPT, _MOST = "planned_starts", 5


def keep_start(session: MutableMapping[str, Any], token: str, start: datetime.date) -> None:
    """Keep the start of the draft of a link; of the last few drafts only."""
    kept = {key: day for key, day in session.get(_KEPT, {}).items() if key != _mark(token)}
    session[_KEPT] = dict([*kept.items(), (_mark(token), start.isoformat())][-_MOST:])


def kept_start(session: Mapping[str, Any], token: str) -> datetime.date | None:
    """Return the start typed for the draft of a link, in this browser; None where none was."""
    day = session.get(_KEPT, {}).get(_mark(token))
    return datetime.date.fromisoformat(day) if day else None


def _mark(token: str) -> str:
    """What tells one draft from another in a cookie without being its link."""
    return token_hash(token)[:12]
