"""What a mail says, as plain data: no part of it is trusted, all of it is bounded and printable."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum


class ThreadBy(StrEnum):
    """What told which ticket a mail belongs to."""

    TOKEN = "token"  # noqa: S105 (a word, no secret)
    HEADERS = "headers"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Thread:
    """The ticket a mail belongs to, or the one it only mentions without the right token."""

    ticket_id: int | None = None
    mentioned_ticket_id: int | None = None
    by: ThreadBy = ThreadBy.NOTHING


@dataclass(frozen=True)
class ParsedAttachment:
    """A file of a mail. The name is safe to store and show; the media type is that of the bytes, not of the sender."""

    file_name: str
    media_type: str
    content: bytes = field(repr=False)
    is_inline: bool = False

    @property
    def size(self) -> int:
        """Size in bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Bounce:
    """What a delivery report says: who could not be reached, by which mail of ours, and whether for good."""

    failed_recipient: str = ""
    original_mail_id: str = ""
    status: str = ""
    is_final: bool = True


@dataclass(frozen=True)
class ParsedMail:
    """One mail read. `text` is what its writer wrote now, `quoted` what was quoted below or between."""

    mail_id: str
    from_name: str
    from_address: str
    to: tuple[str, ...]
    subject: str
    sent_at: datetime.datetime | None
    language: str
    text: str
    quoted: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    attachments: tuple[ParsedAttachment, ...] = ()
    left_out: int = 0
    """How many attachments were beyond our bounds: they are in the raw mail only."""
    is_auto_reply: bool = False
    is_loop: bool = False
    bounce: Bounce | None = None
    is_damaged: bool = False
    """Whether its structure could not be read: the text is then the raw body."""
    thread: Thread = Thread()

    @property
    def is_bounce(self) -> bool:
        """Whether it is a report that a mail could not be delivered."""
        return self.bounce is not None
