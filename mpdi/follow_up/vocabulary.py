"""Closed lists of a follow-up log."""

from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry says. Its words: `labels.ENTRY_KINDS`."""

    DONE = "done"
    SHORTCOMING = "shortcoming"
    RESOLVED = "resolved"
    NOT_APPLICABLE = "not_applicable"
    REMARK = "remark"
    REPORT_SENT = "report_sent"
    ANSWER_RECEIVED = "answer_received"
    DECISION = "decision"
    PENALTY = "penalty"
    VISIT = "visit"
    FACTS = "facts"
    UNDO = "undo"


PROCEDURE = (EntryKind.REPORT_SENT, EntryKind.ANSWER_RECEIVED, EntryKind.DECISION, EntryKind.PENALTY)
"""Steps of the penalty procedure, in their order."""


class Standing(StrEnum):
    """How a check stands today, in the order in which a log shows them."""

    SHORTCOMING = "shortcoming"
    LATE = "late"
    NOW = "now"
    SOON = "soon"
    EACH_TIME = "each_time"
    UNDATED = "undated"
    ONLY_IF = "only_if"
    LATER = "later"
    DONE = "done"


class Decided(StrEnum):
    """What the buyer decided once the contractor could answer."""

    PENALTY = "penalty"
    NO_PENALTY = "no_penalty"
    OTHER = "other"
