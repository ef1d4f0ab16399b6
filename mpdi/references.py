"""A reference: how any record points at any other without importing its feature."""

from dataclasses import dataclass
from enum import StrEnum


class ReferenceKind(StrEnum):
    """The kinds of record that can be pointed at."""

    CLAUSE = "clause"
    CLAUSE_VERSION = "clause_version"
    SPECIFICATION = "specification"
    USER = "user"
    TICKET = "ticket"
    ARTICLE = "article"
    NOTICE = "notice"
    PILOT = "pilot"
    INSTRUMENT = "instrument"


@dataclass(frozen=True)
class Reference:
    """Kind and identifier: `clause:ENV-CLEAN-001`."""

    kind: ReferenceKind
    identifier: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.identifier}"

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Read `clause:ENV-CLEAN-001`; `ValueError` on an unknown kind or no identifier."""
        kind, separator, identifier = text.partition(":")
        if not separator or not identifier:
            raise ValueError(f"“{text}” is not a reference: write kind:identifier")
        return cls(ReferenceKind(kind), identifier)
