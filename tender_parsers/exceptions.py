# A class is named after the reason it stands for, as the words of a refusal: no suffix.
# ruff: noqa: N818
"""Why a file is refused: one class a reason, each with the file, the byte where known, the reason and the remedy."""

from typing import ClassVar


class NoticeError(Exception):
    """A file, or a part of it, that gives no notice.

    Attributes: `name` of the file (and member of an archive), `offset` in bytes where known, `detail` of what was met;
    `reason` and `remedy` belong to the class.
    """

    reason: ClassVar[str] = "it cannot be read"
    remedy: ClassVar[str] = "Look at the file."

    def __init__(self, name: str, detail: str = "", offset: int | None = None) -> None:
        super().__init__(name, detail, offset)
        self.name = name
        self.detail = detail
        self.offset = offset

    def __str__(self) -> str:
        place = f", byte {self.offset}" if self.offset is not None else ""
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self.name}{place}: {self.reason}{detail}. {self.remedy}"


class EmptyInput(NoticeError):
    """Nothing, or nothing but white space."""

    reason = "the file is empty"
    remedy = "Fetch it again."


class NotANotice(NoticeError):
    """Readable, and none of the formats."""

    reason = "no notice of a known format"
    remedy = "Leave it out; iter_notices reads an archive or a folder, and with a mapping file also a table."


class SeveralNotices(NoticeError):
    """More than one notice where one was asked for."""

    reason = "the file holds more than one notice"
    remedy = "Read it with iter_notices."


class Truncated(NoticeError):
    """The file ends before its end."""

    reason = "the file ends too early"
    remedy = "Fetch it again."


class Malformed(NoticeError):
    """It breaks the rules of XML, JSON, CSV, zip or gzip."""

    reason = "it breaks the rules of its own syntax"
    remedy = "Ask its publisher for a well-formed file."


class WrongEncoding(NoticeError):
    """Bytes that its encoding does not allow."""

    reason = "bytes do not fit the encoding"
    remedy = "Save it as UTF-8, or say its true encoding: in the XML declaration, for a table in the mapping (`encoding`)."


class DoctypeRefused(NoticeError):
    """A document type declaration: no notice has one, and attacks by entities need one."""

    reason = "a document type declaration stands in it"
    remedy = "No notice needs one: take it out if you trust the file."


class TooLarge(NoticeError):
    """More bytes, once unpacked, than the limits allow."""

    reason = "it is larger than the limit"
    remedy = "Raise the limit if you trust the file."


class TooDeep(NoticeError):
    """Elements, objects or archives nested deeper than the limits allow."""

    reason = "it is nested deeper than the limit"
    remedy = "No notice is: leave it out."


class CompressionBomb(NoticeError):
    """An archive whose contents are out of all proportion to it."""

    reason = "it unpacks to far more than its size allows"
    remedy = "Unpack it by hand if you trust it."


class TooManyMembers(NoticeError):
    """An archive with more members than the limits allow."""

    reason = "the archive has more members than the limit"
    remedy = "Raise the limit if you trust the archive."


class UnsafePath(NoticeError):
    """A member that would lie outside the archive's folder, or is a link or a device."""

    reason = "the path of the member leads outside the archive"
    remedy = "Leave it out: nothing is written to disk, but an honest archive has no such member."


class Encrypted(NoticeError):
    """A member that needs a password."""

    reason = "the member is encrypted"
    remedy = "Unpack it with its password first."


class Unreadable(NoticeError):
    """The system does not let us read the file."""

    reason = "the file cannot be opened"
    remedy = "Check that it exists and that you may read it; a folder is read with iter_notices."


class MappingError(NoticeError):
    """A mapping file that does not say what it must, or does not fit the table."""

    reason = "the mapping file does not fit"
    remedy = "Check its path, and compare it with the sample mapping of the README."
