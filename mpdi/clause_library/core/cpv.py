"""The CPV table: Regulation (EC) No 213/2008, 9,454 codes with their names."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mpdi.clause_library.core.said import Said, said
from mpdi.exceptions import MpdiError


class UnknownCpvError(MpdiError):
    """No CPV code has these digits."""

    def __init__(self, words: Said) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class CpvCode:
    """One code: eight digits, check digit, official names."""

    code: str
    check_digit: str
    fr: str
    nl: str
    en: str

    def name(self, language: str) -> str:
        """Return the official name in French, Dutch or English."""
        return {"fr": self.fr, "nl": self.nl}.get(language, self.en)

    @property
    def full(self) -> str:
        """The code with its check digit: `90919200-4`."""
        return f"{self.code}-{self.check_digit}"


@cache
def cpv_table() -> dict[str, CpvCode]:
    """Return all codes by their eight digits."""
    with (files("mpdi.clause_library") / "data" / "cpv.csv").open("r", encoding="utf-8") as lines:
        return {
            row["code"]: CpvCode(row["code"], row["check_digit"], row["fr"], row["nl"], row["en"])
            for row in csv.DictReader(lines)
        }


def find_cpv(text: str) -> CpvCode:
    """Return the code written as `90919200` or `90919200-4`; `UnknownCpvError` when it does not exist."""
    digits, _, check = text.strip().partition("-")
    code = cpv_table().get(digits)
    if code is None:
        words = said(
            "The CPV code “%(code)s” does not exist: it has eight digits, such as 90919200. Search it by words.",
            code=text[:30],
        )
        raise UnknownCpvError(words)
    if check and check != code.check_digit:
        words = said(
            "The CPV code “%(code)s” has a wrong check digit: it is %(right)s.", code=text[:30], right=code.full
        )
        raise UnknownCpvError(words)
    return code
