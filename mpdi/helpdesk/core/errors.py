"""What can be wrong with the data of the suggestions."""

from mpdi.exceptions import DataFileError


class RoutingFileError(DataFileError):
    """A file of mpdi/helpdesk/data does not hold what it should."""
