"""What can be wrong with the search index. Each message says how to mend it."""

from mpdi.exceptions import DataFileError, MpdiError


class SearchIndexError(MpdiError):
    """The search index is missing, damaged or of another version."""


class IndexBusyError(MpdiError):
    """Another process writes the search index and did not finish in time."""


class SynonymFileError(DataFileError):
    """The synonym file does not hold groups of the form it should."""
