"""The closed lists of the mail that came in."""

from enum import StrEnum


class IncomingState(StrEnum):
    """Where a mail that came in stands. `failed` is tried again, and seen by everybody who minds the mail."""

    FETCHED = "fetched"
    FILED = "filed"
    IGNORED = "ignored"
    FAILED = "failed"


class IgnoredBecause(StrEnum):
    """Why a mail made no message; it is kept and can be filed by hand."""

    AUTO_REPLY = "auto_reply"
    BOUNCE = "bounce"
    LOOP = "loop"
