"""How long what concerns people is kept: defaults here, `MPDI_RETENTION_<NAME>` in the environment overrides them."""

import datetime
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from mpdi.exceptions import MpdiError

_DAY = datetime.timedelta(days=1)
_UNITS = {"h": datetime.timedelta(hours=1), "d": _DAY, "y": 365 * _DAY}
_WRITTEN = re.compile(r"([0-9]{1,5})([hdy])")


class RetentionSettingError(MpdiError):
    """A period in the environment that cannot be read."""


@dataclass(frozen=True)
class Retention:
    """The periods. Each is named in docs/operating.md; `MPDI_RETENTION_DRAFTS=200d` (h hours, d days, y years)."""

    attempts: datetime.timedelta = datetime.timedelta(hours=1)
    """Failed sign-ins, as hashes."""
    sessions: datetime.timedelta = 14 * _DAY
    """Sessions after their last use; they stop working earlier."""
    links: datetime.timedelta = 30 * _DAY
    """Single-use links after they were made; they stop working earlier."""
    mails: datetime.timedelta = _DAY
    """Mails with a link, after they were handed to the outgoing mail."""
    drafts: datetime.timedelta = 400 * _DAY
    """Drafts of specifications after their last change."""
    follow_up: datetime.timedelta = 2 * 365 * _DAY
    """Follow-up logs of contracts after their last change: a check may be due only once a year."""
    plans: datetime.timedelta = 2 * 365 * _DAY
    """Adopted action plans after their last day and their last change; drafts never adopted go as other drafts do."""
    tickets: datetime.timedelta = 3 * 365 * _DAY
    """Who asked, after the ticket was closed; the question stays, without the person."""
    attachments: datetime.timedelta = 365 * _DAY
    """Files of tickets, after the ticket was closed."""
    incoming_mail: datetime.timedelta = 90 * _DAY
    """Mails as they came in, after they were filed."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Retention":
        """Read the periods; `RetentionSettingError` for one that cannot be read."""
        values = os.environ if environ is None else environ
        names = {each.name: f"MPDI_RETENTION_{each.name.upper()}" for each in fields(cls)}
        return cls(**{name: _period(key, values[key]) for name, key in names.items() if values.get(key)})


def _period(key: str, text: str) -> datetime.timedelta:
    found = _WRITTEN.fullmatch(text.strip())
    if found is None:
        raise RetentionSettingError(f"{key}: “{text}” is not a period. Write 12h, 90d or 3y.")
    return int(found[1]) * _UNITS[found[2]]
