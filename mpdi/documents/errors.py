"""What can go wrong with a document: one class, one reason."""

from mpdi.exceptions import MpdiError


class DocumentError(MpdiError):
    """Root of the errors of :mod:`mpdi.documents`."""


class DocumentModelError(DocumentError):
    """The plain data of a document contradict themselves (a programming fault of the caller)."""


class TagTooLongError(DocumentError):
    """A clause or parameter does not fit into the 64 characters that Word allows a control's tag."""


class ReadDocumentError(DocumentError):
    """Root of the reasons for which a file is not read."""


class UnreadableFileError(ReadDocumentError):
    """There is no such file, or it may not be read."""


class DocumentTooLargeError(ReadDocumentError):
    """The file, or what it holds once unpacked, is larger than any specification."""


class NotAZipError(ReadDocumentError):
    """The file is not an archive at all: a .doc, a PDF, a cut download."""


class NotAWordDocumentError(ReadDocumentError):
    """The archive is no Word document (.xlsx, .odt, a plain zip)."""


class ZipBombError(ReadDocumentError):
    """The archive holds too many entries or unpacks to far more than its size."""


class UnsafePathError(ReadDocumentError):
    """An entry of the archive points outside it, stands twice or is encrypted."""


class MacrosRefusedError(ReadDocumentError):
    """The document carries macros (.docm, vbaProject)."""


class DoctypeRefusedError(ReadDocumentError):
    """A part of the document declares a DOCTYPE or entities."""


class DamagedPartError(ReadDocumentError):
    """A part of the document is not well-formed XML, or cannot be unpacked."""
