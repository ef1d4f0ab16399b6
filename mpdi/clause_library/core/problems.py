"""What a check of the library found: file, key, what is wrong, how to mend it."""

from dataclasses import dataclass

from mpdi.clause_library.core.vocabulary import Severity


@dataclass(frozen=True, order=True)
class Problem:
    """One finding in a data file. `rule` is a lint rule (`L01`…) or the name of a check."""

    file: str
    key: str
    rule: str
    message: str
    remedy: str
    severity: Severity = Severity.BLOCK

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place}: [{self.rule}, {self.severity}] {self.message} {self.remedy}".strip()
