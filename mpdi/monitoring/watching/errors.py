"""Why an address gives no notices: one class, one reason."""

import datetime

from mpdi.exceptions import MpdiError


class WatchSettingsError(MpdiError):
    """A setting of what is watched cannot be read."""


class DownloadError(MpdiError):
    """An address gave nothing that can be taken in. `retry_after`: how long the server asks to wait, if it does."""

    retry_after: datetime.timedelta | None = None


class AddressRefusedError(DownloadError):
    """An address that is not to be asked: no http(s), a password in it, a machine of one's own network."""


class RedirectRefusedError(DownloadError):
    """The server sends on in a circle, too often, nowhere, or from https to http."""


class UnreachableError(DownloadError):
    """The server does not answer, or its name is not known."""


class TooSlowError(DownloadError):
    """The server takes longer than a download may last."""


class CutOffError(DownloadError):
    """The download ended before its end."""


class DownloadTooLargeError(DownloadError):
    """The download, as sent or unpacked, is larger than is taken."""


class WrongTypeError(DownloadError):
    """What is sent is of a kind that holds no notices: a page, a picture, a compression that was not asked for."""


class ServerRefusedError(DownloadError):
    """The server answered that it does not give the file."""


class ServerBusyError(ServerRefusedError):
    """The server asks to come back later (429, 503)."""

    def __init__(self, message: str, retry_after: datetime.timedelta | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class FolderGoneError(MpdiError):
    """A folder that is watched cannot be read."""
