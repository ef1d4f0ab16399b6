"""The mapping file: which column of a table is which field of a notice, and what its words mean."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tender_parsers.exceptions import MappingError

FIELDS: dict[str, str] = {
    "notice_id": "words",
    "publication_id": "words",
    "procedure_id": "words",
    "subtype": "code",
    "form_type": "code",
    "notice_type": "code",
    "legal_basis": "code",
    "dispatched": "day",
    "published": "day",
    "buyer_name": "words",
    "buyer_id": "words",
    "buyer_country": "code",
    "buyer_nuts": "code",
    "buyer_legal_type": "code",
    "procedure_type": "code",
    "title": "words",
    "description": "words",
    "nature": "code",
    "cpv_main": "words",
    "cpv_additional": "list",
    "nuts": "list",
    "estimated_value": "amount",
    "awarded_value": "amount",
    "lots_max_submitted": "count",
    "lots_max_awarded": "count",
    "tender_deadline": "day",
    "lot_id": "words",
    "lot_title": "words",
    "lot_description": "words",
    "lot_nature": "code",
    "lot_cpv_main": "words",
    "lot_cpv_additional": "list",
    "lot_nuts": "list",
    "lot_estimated_value": "amount",
    "duration_months": "amount",
    "framework": "code",
    "aims": "codes",
    "environmental": "codes",
    "social": "codes",
    "innovation": "codes",
    "gpp_criteria": "codes",
    "sme_suitable": "truth",
    "reserved_participation": "codes",
    "reserved_execution": "code",
    "clean_vehicles": "truth",
    "selection_criteria": "words",
    "award_criteria": "list",
    "award_criteria_weights": "list",
    "performance_conditions": "words",
    "result_status": "code",
    "non_award_reason": "code",
    "received_tenders": "count",
    "received_tenders_sme": "count",
    "lot_awarded_value": "amount",
    "concluded": "day",
    "winner_name": "list",
    "winner_id": "list",
    "winner_size": "codes",
    "subcontracting": "truth",
}
"""Every field a column can be, and what its cells hold: words, a code, codes or words in a list, a day, an amount, a
count, yes or no. Those from `lot_id` on are of a lot."""

LOT_FIELDS = frozenset(list(FIELDS)[list(FIELDS).index("lot_id") :])
_KNOWN = frozenset(
    {
        "description",
        "sheet",
        "headings_row",
        "delimiter",
        "encoding",
        "language",
        "currency",
        "decimal",
        "days",
        "separator",
        "yes",
        "no",
        "columns",
        "texts",
        "codes",
    }
)
_MOST = 1 << 20
_YES = ["oui", "ja", "yes", "true", "1", "x"]
_NO = ["non", "nee", "no", "false", "0"]


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping file, checked."""

    name: str
    columns: dict[str, str]
    """Field → heading of the column."""
    texts: tuple[str, ...] = ()
    """Headings of columns kept as free text."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    """Field → word of the table (any case) → code of eForms."""
    sheet: str | None = None
    headings_row: int = 1
    delimiter: str | None = None
    encoding: str | None = None
    language: str | None = None
    currency: str | None = None
    decimal: str = ","
    days: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y")
    separator: str = "|"
    yes: frozenset[str] = frozenset(_YES)
    no: frozenset[str] = frozenset(_NO)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Mapping":
        """Read a mapping file (JSON); raises `MappingError` with what to mend."""
        try:
            text = Path(path).read_bytes()[:_MOST].decode("utf-8-sig")
            given = json.loads(text)
        except OSError as error:
            raise MappingError(str(path), error.strerror or "cannot be opened") from error
        except (ValueError, RecursionError) as error:
            raise MappingError(str(path), f"no JSON: {error}") from error
        return cls.of(given, str(path))

    @classmethod
    def of(cls, given: Any, name: str = "(mapping)") -> "Mapping":
        """Check a mapping given as an object."""
        _must(isinstance(given, dict), name, "an object awaited")
        unknown = sorted(set(given) - _KNOWN)
        _must(not unknown, name, f"unknown keys {', '.join(unknown)}; known: {', '.join(sorted(_KNOWN))}")
        columns = _words(given.get("columns"), name, "columns")
        strange = sorted(set(columns) - set(FIELDS))
        _must(not strange, name, f"unknown fields {', '.join(strange)}; known: {', '.join(FIELDS)}")
        _must(bool(columns), name, "columns: at least one field")
        codes = given.get("codes", {})
        _must(isinstance(codes, dict) and set(codes) <= set(FIELDS), name, "codes: a table for each of some fields")
        plain = {
            key: given[key]
            for key in ("sheet", "delimiter", "encoding", "language", "currency", "decimal", "separator")
            if key in given
        }
        _must(
            all(isinstance(each, str) and each for each in plain.values()), name, f"texts awaited: {', '.join(plain)}"
        )
        _must(len(plain.get("delimiter", ";")) == 1, name, "delimiter: one character")
        _must(plain.get("decimal", ",") in (",", "."), name, "decimal: a comma or a point")
        _must(_is_encoding(plain.get("encoding", "utf-8")), name, "encoding: a name such as utf-8 or cp1252")
        row = given.get("headings_row", 1)
        _must(
            isinstance(row, int) and not isinstance(row, bool) and 0 < row < 1000, name, "headings_row: a number from 1"
        )
        return cls(
            name=name,
            columns=columns,
            texts=_list(given.get("texts", []), name, "texts"),
            codes={field: _folded(each, name, field) for field, each in codes.items()},
            headings_row=row,
            days=_list(given.get("days", ["%Y-%m-%d", "%d/%m/%Y"]), name, "days"),
            yes=frozenset(each.casefold() for each in _list(given.get("yes", _YES), name, "yes")),
            no=frozenset(each.casefold() for each in _list(given.get("no", _NO), name, "no")),
            **plain,
        )

    def missing(self, headings: list[str]) -> list[str]:
        """Headings that the mapping names and the table has not."""
        return [each for each in (*self.columns.values(), *self.texts) if each not in headings]


def _must(holds: bool, name: str, detail: str) -> None:
    if not holds:
        raise MappingError(name, detail)


def _is_encoding(name: str) -> bool:
    try:
        "a".encode(name)
    except (LookupError, ValueError):
        return False
    return True


def _words(given: Any, name: str, key: str) -> dict[str, str]:
    fine = isinstance(given, dict) and all(isinstance(each, str) for pair in given.items() for each in pair)
    _must(fine, name, f"{key}: an object of texts awaited")
    return dict(given)


def _folded(given: Any, name: str, key: str) -> dict[str, str]:
    """A table of codes whose words stand in any case."""
    return {word.casefold(): code for word, code in _words(given, name, f"codes/{key}").items()}


def _list(given: Any, name: str, key: str) -> tuple[str, ...]:
    fine = isinstance(given, list) and all(isinstance(each, str) and each for each in given)
    _must(fine, name, f"{key}: an array of texts awaited")
    return tuple(given)
