"""The closed lists of the agenda."""

from enum import StrEnum


class EventKind(StrEnum):
    """What an event is. The strategy asks for trainings of both kinds every quarter (lines 5375-5377)."""

    TRAINING = "training"
    CHANGE_TRAINING = "change_training"
    MEET_YOUR_BUYER = "meet_your_buyer"
    INFORMATION = "information"
    CONSULTATION = "consultation"


class Audience(StrEnum):
    """Whom an event is for."""

    BUYERS = "buyers"
    FIRMS = "firms"
    BOTH = "both"


TRAININGS = frozenset({EventKind.TRAINING, EventKind.CHANGE_TRAINING})
"""The kinds that count for the quarter."""
EVENT_LANGUAGES = ("fr", "nl", "fr+nl")
