"""Notices in folders and databases, for tests of ingestion."""

import zipfile
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from mpdi.database import Database
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import IngestReport, ingest
from mpdi.monitoring.models import IngestedFile, NoticeLot, NoticeObservation, NoticeRecord

FIXTURES = Path(__file__).resolve().parents[1] / "tender_parsers" / "fixtures"
CONTRACT = FIXTURES / "eforms" / "contract_notice_two_languages.xml"
CHANGE = FIXTURES / "eforms" / "change_notice.xml"
_ID = "22222222-0000-4000-8000-000000000001"
_PROCEDURE = "11111111-0000-4000-8000-000000000001"


def take_in(
    database: Database, home: Path, *paths: object, processes: int = 1, detection: bool = False
) -> IngestReport:
    """Take paths in, with a state folder."""
    return ingest(database, [str(path) for path in paths], ReadingPlan(home, detection), processes)


def many(folder: Path, count: int) -> Path:
    """A folder of so many notices, each of a procedure of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    said = (FIXTURES / "eforms" / "below_threshold.xml").read_text(encoding="utf-8")
    for number in range(count):
        own = said.replace("22222222-0000-4000-8000-000000000007", f"22222222-0000-4000-8000-0{number:011d}")
        own = own.replace("11111111-0000-4000-8000-000000000007", f"11111111-0000-4000-8000-0{number:011d}")
        (folder / f"{number:05}.xml").write_text(own, encoding="utf-8")
    return folder


def packs(home: Path) -> list[Path]:
    """The packs of originals that are kept."""
    return sorted(ReadingPlan(home).store.folder.rglob("*.zip"))


def originals(home: Path) -> dict[str, bytes]:
    """Every original in a pack, by its name there, which no two of them share."""
    found: dict[str, bytes] = {}
    for path in packs(home):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                assert name not in found
                found[name] = archive.read(name)
    return found


def sha256_of(path: Path) -> str:
    """The name of an original."""
    return sha256(path.read_bytes()).hexdigest()


def renamed(source: Path, target: Path, notice: str, procedure: str = _PROCEDURE) -> Path:
    """A copy of a notice under a name, and in a procedure, of its own."""
    said = source.read_text(encoding="utf-8").replace(_ID, notice).replace(_PROCEDURE, procedure)
    target.write_text(said, encoding="utf-8")
    return target


def records(database: Database) -> list[NoticeRecord]:
    """Every record, in the order of the numbers."""
    with database.reading() as session:
        return _apart(session, select(NoticeRecord).order_by(NoticeRecord.id))


def current(database: Database) -> list[str | None]:
    """Versions of the notices that are counted."""
    return sorted(f"{each.notice_id}-{each.notice_version}" for each in records(database) if each.is_current)


def state(database: Database) -> dict[str, list[Any]]:
    """What is stored, whatever the order in which it was."""
    with database.reading() as session:
        notices = select(NoticeRecord.identity, NoticeRecord.is_current, NoticeRecord.whole)
        lots = select(NoticeRecord.identity, NoticeLot.number, NoticeLot.lot).join_from(NoticeRecord, NoticeLot)
        files = select(IngestedFile.digest, IngestedFile.notices, IngestedFile.parser_version)
        return {
            "notices": _sorted(session.execute(notices)),
            "lots": _sorted(session.execute(lots)),
            "files": _sorted(session.execute(files)),
        }


def _sorted(rows: Iterable[Any]) -> list[Any]:
    return sorted((tuple(row) for row in rows), key=str)


def observations(database: Database) -> list[NoticeObservation]:
    """Everything that texts say."""
    with database.reading() as session:
        return _apart(session, select(NoticeObservation).order_by(NoticeObservation.id))


def lots_of(database: Database, record: NoticeRecord) -> list[NoticeLot]:
    """The lots of a record, in its order."""
    with database.reading() as session:
        return _apart(session, select(NoticeLot).where(NoticeLot.record_id == record.id).order_by(NoticeLot.number))


def _apart(session: Session, found: Select[Any]) -> list[Any]:
    """What is found, to be looked at when the session has ended."""
    held = list(session.scalars(found))
    session.expunge_all()
    return held
