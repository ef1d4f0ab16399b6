"""The library in memory: all versions, and the one in force at a date."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

from mpdi.clause_library.core.clause_files import read_clause_version, text_files
from mpdi.clause_library.core.model import ClauseVersion, VersionNumber
from mpdi.clause_library.core.reference_data import ReferenceData, read_reference_data
from mpdi.exceptions import MpdiError


class UnknownClauseError(MpdiError):
    """The library has no such clause, or not in that version."""


class ClauseLibrary:
    """Clause versions with the data they are rendered with."""

    def __init__(self, versions: Iterable[ClauseVersion], reference: ReferenceData) -> None:
        self.reference = reference
        self._versions: dict[str, list[ClauseVersion]] = defaultdict(list)
        for version in versions:
            self._versions[version.id].append(version)
        for known in self._versions.values():
            known.sort(key=lambda version: version.version)

    @classmethod
    def from_folder(cls, clauses_folder: Path) -> "ClauseLibrary":
        """Read the released edition from its folder."""
        reference = read_reference_data(clauses_folder)
        return cls((read_clause_version(path) for path in text_files(clauses_folder / "library")), reference)

    def __iter__(self) -> Iterator[ClauseVersion]:
        """Yield every version, by identifier then version."""
        for identifier in sorted(self._versions):
            yield from self._versions[identifier]

    @cached_property
    def identifiers(self) -> tuple[str, ...]:
        """All identifiers, sorted."""
        return tuple(sorted(self._versions))

    def versions(self, identifier: str) -> list[ClauseVersion]:
        """Return the versions of a clause, oldest first; `UnknownClauseError` when there is none."""
        if identifier not in self._versions:
            raise UnknownClauseError(
                f"There is no clause “{identifier[:40]}”. Identifiers look like ENV-CLEAN-001; search by words to find one."
            )
        return self._versions[identifier]

    def version(self, identifier: str, number: str) -> ClauseVersion:
        """Return one version of a clause."""
        try:
            wanted = VersionNumber.parse(number)
        except ValueError as error:
            raise UnknownClauseError(str(error)) from error
        for version in self.versions(identifier):
            if version.version == wanted:
                return version
        known = ", ".join(str(version.version) for version in self.versions(identifier))
        raise UnknownClauseError(f"{identifier} has no version {number}. Versions: {known}.")

    def in_force(self, identifier: str, day: datetime.date) -> ClauseVersion | None:
        """Return the newest version of a clause that a document published on that day may use."""
        current = [version for version in self.versions(identifier) if version.register.is_in_force(day)]
        return current[-1] if current else None

    def latest(self, identifier: str, day: datetime.date) -> ClauseVersion:
        """Return the version in force, or the newest known when none is."""
        return self.in_force(identifier, day) or self.versions(identifier)[-1]

    def all_in_force(self, day: datetime.date) -> list[ClauseVersion]:
        """Return the version in force of every clause that has one, by identifier."""
        found = (self.in_force(identifier, day) for identifier in self.identifiers)
        return [version for version in found if version is not None]
