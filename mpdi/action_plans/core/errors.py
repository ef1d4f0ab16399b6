"""What can go wrong with a profile, a canevas or a workbook: one class a reason."""

from collections.abc import Sequence

from mpdi.exceptions import DataFileError, MpdiError


class ProfileError(MpdiError):
    """A profile holds values that are wrong: each is named with its remedy, all at once."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnknownCanevasError(MpdiError):
    """There is no canevas of that version."""


class CanevasError(DataFileError):
    """A file of the canevas contradicts itself or lacks a key."""


class PlanWorkbookError(MpdiError):
    """A workbook cannot be read back as a plan: each fault is named with its place and remedy."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)
