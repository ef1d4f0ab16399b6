"""Why texts cannot be searched: one class, one reason."""

from mpdi.exceptions import DataFileError


class DetectionRulesError(DataFileError):
    """A file of detection rules is not what it should be; the message names file, place and remedy."""
