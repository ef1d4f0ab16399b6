"""What one can do with the library: load the released edition, publish, withdraw, export."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import register_path, text_files, version_of_texts
from mpdi.clause_library.core.drafts import register_yaml
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.exceptions import MpdiError
from mpdi.jobs.events import ClausePublished
from mpdi.jobs.operations import record
from mpdi.references import Reference, ReferenceKind


class PublishedTextChangedError(MpdiError):
    """A published text differs from the one known under the same version: a published text never changes."""


@dataclass(frozen=True)
class LoadReport:
    """What a load did: versions added, register entries changed, versions left as they were."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int


def load_edition(session: Session, clauses_folder: Path, actor: str = "mpdi_init") -> LoadReport:
    """Bring the released edition into the database; repeated, it changes nothing. Noted in the audit log.

    A text known and published is never overwritten: `PublishedTextChangedError`. A register entry may change.
    """
    known = {(row.clause_id, row.version): row for row in session.scalars(select(ClauseVersionRecord))}
    added: list[str] = []
    changed: list[str] = []
    files = text_files(clauses_folder / "library")
    for path in files:
        version, text = _read(path)
        row = known.get((version.id, str(version.version)))
        if row is None:
            session.add(_record(version, text))
            added.append(version.reference)
        elif _update(row, version, text):
            changed.append(version.reference)
    for reference in (*added, *changed):
        clause_id, _, number = reference.partition("@")
        record(session, ClausePublished(clause_id, number))
        verb = "clause_added" if reference in added else "clause_changed"
        audit.note(session, actor, verb, Reference(ReferenceKind.CLAUSE_VERSION, reference))
    return LoadReport(tuple(added), tuple(changed), len(files) - len(added) - len(changed))


def _read(path: Path) -> tuple[ClauseVersion, str]:
    text = path.read_text(encoding="utf-8")
    file = f"{path.parent.name}/{path.name}"
    return version_of_texts(text, strict_yaml.read_text(register_path(path)), file), text


def _record(version: ClauseVersion, text: str) -> ClauseVersionRecord:
    row = ClauseVersionRecord(clause_id=version.id, version=str(version.version), digest=version.digest, text=text)
    _set_register(row, version)
    return row


def _set_register(row: ClauseVersionRecord, version: ClauseVersion) -> None:
    row.register = register_json(version.register_data)
    row.status = str(version.register.status)
    row.valid_from = version.register.valid_from
    row.valid_to = version.register.valid_to
    row.changed_at = clock.now()


def _update(row: ClauseVersionRecord, version: ClauseVersion, text: str) -> bool:
    if row.digest != version.digest:
        if row.status not in ("draft", "in_review"):
            raise PublishedTextChangedError(
                f"{version.reference}: the text differs from the one published under this version. Give the new text a new version number."
            )
        row.text, row.digest = text, version.digest
        _set_register(row, version)
        return True
    if row.register == register_json(version.register_data):
        return False
    _set_register(row, version)
    return True


def register_json(register: Mapping[str, Any]) -> dict[str, Any]:
    """Return a register entry as JSON data: dates as ISO text."""

    def plain(value: Any) -> Any:
        match value:
            case datetime.date():
                return value.isoformat()
            case dict():
                return {key: plain(item) for key, item in value.items()}
            case list():
                return [plain(item) for item in value]
        return value

    return {key: plain(item) for key, item in register.items()}


def export_edition(session: Session, target: Path) -> int:
    """Write every version back as files, same texts and same digests; return how many."""
    rows = session.scalars(
        select(ClauseVersionRecord).order_by(ClauseVersionRecord.clause_id, ClauseVersionRecord.id)
    ).all()
    for row in rows:
        place = target / "library" / row.clause_id
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{row.version}.yaml").write_text(row.text, encoding="utf-8")
        (place / f"{row.version}.register.yaml").write_text(register_yaml(with_dates(row.register)), encoding="utf-8")
    return len(rows)


_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def _date_or_text(value: str) -> datetime.date | str:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        return value


def with_dates(value: Any) -> Any:
    """Return JSON data with ISO dates turned back into dates."""
    match value:
        case dict():
            return {key: with_dates(item) for key, item in value.items()}
        case list():
            return [with_dates(item) for item in value]
        case str() if _ISO_DATE.fullmatch(value):
            return _date_or_text(value)
    return value
