"""A first register entry for a new text."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import register_path, text_files
from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.clause_library.core.vocabulary import Certainty


def draft_register(data: Mapping[str, Any], reference: ReferenceData, day: datetime.date) -> dict[str, Any]:
    """Return the register entry of a text just written: in review, information only, not signed, nothing read yet.

    The certainty of each article is what `law/instruments.yaml` says of it today.
    """
    return {
        "status": "in_review",
        "valid_from": day,
        "valid_to": None,
        "review_due": day + datetime.timedelta(days=365),
        "obligation": [
            {"category": category, "status": "information", "from": day, "source": None}
            for category in data.get("categories", [])
        ],
        "legal_review": {"state": "pending"},
        "certainty": [_certainty(item, reference, day) for item in data.get("legal_basis", [])],
        "readings": [],
        "market_check": {"date": None, "note": None},
    }


def _certainty(basis: Mapping[str, str], reference: ReferenceData, day: datetime.date) -> dict[str, Any]:
    instrument = reference.instruments.get(basis["act"])
    known = instrument.articles.get(basis["article"]) if instrument else None
    return {
        "act": basis["act"],
        "article": basis["article"],
        "certainty": str(known or Certainty.GENERAL_KNOWLEDGE),
        "checked_on": day,
    }


def write_missing_registers(clauses_folder: Path, reference: ReferenceData, day: datetime.date) -> list[Path]:
    """Write a first register entry beside each text that has none; return the files written."""
    written = []
    for path in text_files(clauses_folder / "library"):
        target = register_path(path)
        if not target.exists():
            target.write_text(register_yaml(draft_register(strict_yaml.read(path), reference, day)), encoding="utf-8")
            written.append(target)
    return written


def register_yaml(register: Mapping[str, Any]) -> str:
    """Return a register entry as YAML, each obligation, certainty and reading on a line of its own."""
    lines = []
    for key, value in register.items():
        if isinstance(value, list) and value:
            lines += [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
        else:
            lines.append(f"{key}: {_flow(value)}")
    return "\n".join(lines) + "\n"


def _flow(value: Any) -> str:
    text = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, width=1_000_000, sort_keys=False)
    return text.removesuffix("...\n").strip()
