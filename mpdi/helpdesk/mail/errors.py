"""What can go wrong with mail: one class, one reason."""

from mpdi.exceptions import MpdiError


class MailSettingsError(MpdiError):
    """A setting of the mailbox or of the sending server cannot be read."""


class MailTooLargeError(MpdiError):
    """A mail is larger than we read."""


class MailboxUnreachableError(MpdiError):
    """The mailbox does not answer, or broke off."""


class MailboxRefusedError(MpdiError):
    """The mailbox refuses the user, the password or the folder."""


class MailStorageError(MpdiError):
    """A mail cannot be written to the disk; it stays on the server."""


class MailWordsGoneError(MpdiError):
    """The words of a mail were deleted once it was sent, because they held a link: it cannot be sent again."""


class UnknownMailError(MpdiError):
    """There is no mail of that number."""


class MailNotStoppedError(MpdiError):
    """Only a mail that failed, is uncertain or was left aside can be sent or filed again."""
