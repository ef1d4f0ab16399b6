"""What a single-use link is for and how long it works."""

import datetime
from enum import StrEnum


class LinkPurpose(StrEnum):
    """What the link lets its holder do, once."""

    INVITATION = "invitation"
    NEW_PASSWORD = "new_password"  # noqa: S105 (a purpose, no secret)


LIFETIME = {LinkPurpose.INVITATION: datetime.timedelta(days=7), LinkPurpose.NEW_PASSWORD: datetime.timedelta(hours=1)}
