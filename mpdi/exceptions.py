"""The root of our errors. Each feature derives its own: one class, one reason."""


class MpdiError(Exception):
    """Something a user can understand and mend. ``str(error)`` says what, where and how."""


class DataFileError(MpdiError):
    """A file of data that ships with MPDI, or that a user gave, cannot be read as what it should be."""
