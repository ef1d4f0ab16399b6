"""The closed lists of the helpdesk."""

from enum import StrEnum


class Route(StrEnum):
    """The body that answers: see `data/routes.yaml` for names and themes. `unknown`: the text does not tell, people sort it."""

    MPD = "mpd"
    MPI = "mpi"
    SME = "sme"
    SOCIAL = "social"
    ANTI_DUMPING = "anti_dumping"
    FOOD = "food"
    UNKNOWN = "unknown"


BODIES: tuple[Route, ...] = tuple(each for each in Route if each is not Route.UNKNOWN)
"""The routes that lead to a body."""


class QuestionNature(StrEnum):
    """Nature of a question."""

    TECHNICAL = "technical"
    LEGAL = "legal"
    ECONOMIC = "economic"


class Stage(StrEnum):
    """Where the purchase stands when the question is asked."""

    PREPARATION = "preparation"
    PUBLISHED = "published"
    AWARD = "award"
    EXECUTION = "execution"


class TicketKind(StrEnum):
    """A question, or a specification to read again."""

    QUESTION = "question"
    REREAD = "reread"


class AskerKind(StrEnum):
    """Who asks, as the door they came in by tells; `unknown`: a mail tells nothing until somebody states it."""

    BUYER = "buyer"
    FIRM = "firm"
    UNKNOWN = "unknown"


DOORS: tuple[AskerKind, ...] = (AskerKind.BUYER, AskerKind.FIRM)
"""The doors of the portal."""


class TicketState(StrEnum):
    """Where a ticket stands; the moves between them are in `states.py`."""

    NEW = "new"
    OPEN = "open"
    WAITING_FOR_ASKER = "waiting_for_asker"
    WAITING_FOR_EXPERT = "waiting_for_expert"
    RESOLVED = "resolved"
    CLOSED = "closed"
    MERGED = "merged"


class Direction(StrEnum):
    """Who a message goes to."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"
    NOTE = "note"


class MailState(StrEnum):
    """What became of a message sent; `uncertain` when the server broke off after it may have taken it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


class Obstacle(StrEnum):
    """Obstacles of buyers (A) and firms (E) that the strategy names."""

    A1 = "O-A1"
    A2 = "O-A2"
    A3 = "O-A3"
    A4 = "O-A4"
    E1 = "O-E1"
    E2 = "O-E2"
    E3 = "O-E3"
    E4 = "O-E4"
    E5 = "O-E5"
    E6 = "O-E6"


class ArticleState(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
