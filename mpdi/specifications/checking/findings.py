"""What lint says of a specification."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.reasons import REASON_LANGUAGES, Reason
from mpdi.clause_library.core.vocabulary import Severity
from mpdi.resources import folder


@dataclass(frozen=True)
class Finding:
    """One finding: rule (`L01`…`L36`), severity, where (a key of the answers or a clause), what and how to mend it."""

    rule: str
    severity: Severity
    where: str
    message: Reason
    remedy: Reason

    def as_json(self, language: str) -> dict[str, str]:
        """Return the finding as `mpdi specs lint` prints it."""
        return {
            "rule": self.rule,
            "severity": str(self.severity),
            "where": self.where,
            "message": self.message[language],
            "remedy": self.remedy[language],
        }


@cache
def _texts() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "rules" / "lint.yaml")
    return data


def finding(key: str, where: str, **values: str | Mapping[str, str]) -> Finding:
    """Build the finding `key` of `rules/lint.yaml`, its places filled."""
    item = _texts()[key]

    def fill(name: str) -> Reason:
        return Reason(
            *(
                item[name][language].format(
                    **{place: value if isinstance(value, str) else value[language] for place, value in values.items()}
                )
                for language in REASON_LANGUAGES
            )
        )

    return Finding(item["rule"], Severity(item["severity"]), where, fill("message"), fill("remedy"))


def served_options() -> Mapping[str, Any]:
    """Return how options are answered where no clause's own conditions name them: by theme, by clause, or elsewhere."""
    served: Mapping[str, Any] = _texts()["served_options"]
    return served


def attention_level(key: str) -> int:
    """Return a level of attention of the project (not a number of law)."""
    level: int = _texts()["levels"][key]
    return level
