"""What can be wrong with a guide: one class, one reason."""

from mpdi.exceptions import DataFileError, MpdiError


class UnknownGuideError(MpdiError):
    """There is no guide of that name."""


class GuideFileError(DataFileError):
    """A guide lacks a key, has one too many or a value of a wrong kind."""


class GuideLanguageError(GuideFileError):
    """A text of a guide stands in one language only."""


class GuideClauseError(GuideFileError):
    """A guide names a clause that the library does not have."""


class GuideLawError(GuideFileError):
    """A guide rests on an article that the law file does not have, or claims more of it than was read."""


class GuideNumberError(GuideFileError):
    """A text of a guide uses a number that is not in the law file, or another one in French than in Dutch."""


class GuideTermError(GuideFileError):
    """The glossary names a concept that the list of legal terms does not have."""
