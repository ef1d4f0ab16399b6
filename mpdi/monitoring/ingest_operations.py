"""Write what documents gave: each notice once, in transactions that leave nothing half done."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.monitoring.bulk import MANY, among_many, insert_rows, lock_writing, portions, reserve, table_of
from mpdi.monitoring.documents import ReadDocument
from mpdi.monitoring.models import IngestedFile, NoticeLink, NoticeLot, NoticeObservation, NoticeRecord
from mpdi.monitoring.rows import NoticeRows
from mpdi.monitoring.tie_operations import join_procedures, part_procedures, settle
from mpdi.monitoring.values import text
from mpdi.monitoring.versions import Versions
from tender_parsers.sources import LeftOut

_FILE, _NOTICE = table_of(IngestedFile).c, table_of(NoticeRecord).c
_FILES = select(_FILE.digest, _FILE.id, _FILE.parser_version, _FILE.rules_version).where(among_many(_FILE.digest))
_KNOWN = select(_NOTICE.identity).where(among_many(_NOTICE.identity))
_LISTED = 100
"""How many faults of one file are kept by name."""


@dataclass
class Written:
    """How many notices were new, known already, or read again in the place of an older reading."""

    new: int = 0
    known: int = 0
    again: int = 0

    def add(self, other: "Written") -> None:
        """Count those of another portion too."""
        self.new += other.new
        self.known += other.known
        self.again += other.again


def write_documents(session: Session, read: Sequence[ReadDocument], versions: Versions) -> Written:
    """Write documents whole; one that another run has written meanwhile is left as it is."""
    lock_writing(session)
    written = Written()
    portion = _Portion(versions)
    there = _there(session, [each.digest for each in read])
    done = {digest for digest, file in there.items() if file.versions == versions}
    for document in read:
        if document.digest in done:
            written.known += len(document.notices)
            continue
        done.add(document.digest)
        if (older := there.get(document.digest)) is not None:
            portion.take_away(session, older.number)
        portion.documents.append(document)
    portion.begin(session)
    written.add(portion.write(session))
    return written


def begin_large(session: Session, name: str, digest: str, size: int) -> tuple[int, int]:
    """Begin a document that is written in portions; return its row and how many notices of it stood there before."""
    lock_writing(session)
    portion = _Portion(Versions("", ""))
    if (older := _there(session, [digest]).get(digest)) is not None:
        portion.take_away(session, older.number)
    portion.documents.append(ReadDocument(name, digest, size, [], []))
    [file_id] = portion.begin(session)
    portion.write(session)
    return file_id, portion.before


def add_portion(session: Session, file_id: int, notices: Sequence[NoticeRows], versions: Versions) -> Written:
    """Write a portion of a large document."""
    lock_writing(session)
    return _Portion(versions, notices=[(file_id, each) for each in notices]).write(session)


def end_large(session: Session, file_id: int, versions: Versions, count: int, left_out: Sequence[LeftOut]) -> None:
    """Say that a large document was read to its end."""
    values = {
        "parser_version": versions.parser,
        "rules_version": versions.rules,
        "notices": count,
        "left_out": _faults(left_out),
    }
    session.execute(update(IngestedFile).where(IngestedFile.id == file_id).values(values))


@dataclass(frozen=True, slots=True)
class _File:
    """A document that was entered before."""

    number: int
    versions: Versions


def _there(session: Session, digests: Sequence[str]) -> dict[str, _File]:
    """What is entered of these documents, all asked for at once."""
    found = session.execute(_FILES, {MANY: list(digests)})
    return {digest: _File(number, Versions(*read)) for digest, number, *read in found}


def _faults(left_out: Sequence[LeftOut]) -> str:
    said = ({"kind": each.kind, "message": text(each.message), "offset": each.offset} for each in left_out)
    return json.dumps(list(islice(said, _LISTED)))


@dataclass
class _Portion:
    """Notices that are written at once, and what the readings they stand in for leave behind."""

    versions: Versions
    documents: list[ReadDocument] = field(default_factory=list)
    """Whole, to be entered."""
    notices: list[tuple[int, NoticeRows]] = field(default_factory=list)
    """Each with the number of its file."""
    touched: set[int] = field(default_factory=set)
    """Notices of other files that were tied to what was taken away."""
    keys: set[str] = field(default_factory=set)
    """Of the procedures that lost a notice."""
    before: int = 0
    """How many were taken away."""

    def take_away(self, session: Session, file_id: int) -> None:
        """Remove an older reading of a document."""
        own = NoticeRecord.file_id == file_id
        gone = set(session.scalars(select(NoticeRecord.id).where(own)))
        keys = select(NoticeRecord.procedure_key).where(own)
        tied = select(NoticeRecord.id).where(NoticeRecord.procedure_key.in_(keys))
        self.keys |= set(session.scalars(keys))
        self.touched |= set(session.scalars(tied)) | _neighbours(session, gone)
        self.touched -= gone
        self.before += len(gone)
        session.execute(delete(IngestedFile).where(IngestedFile.id == file_id))

    def begin(self, session: Session) -> list[int]:
        """Part what only the notices that are gone held together, enter the documents; return their numbers."""
        part_procedures(session, self.keys)
        numbers = reserve(session, table_of(IngestedFile), len(self.documents))
        now = clock.now()
        rows = [
            {
                "id": number,
                "digest": each.digest,
                "pack": each.pack,
                "name": text(each.name) or "",
                "size": each.size,
                "parser_version": self.versions.parser,
                "rules_version": self.versions.rules,
                "notices": len(each.notices),
                "left_out": _faults(each.left_out),
                "read_at": now,
            }
            for number, each in zip(numbers, self.documents, strict=True)
        ]
        insert_rows(session, table_of(IngestedFile), rows)
        for number, document in zip(numbers, self.documents, strict=True):
            self.notices += [(number, each) for each in document.notices]
        return numbers

    def write(self, session: Session) -> Written:
        """Write the notices that are not there yet, in this order, and tie them to the others."""
        fresh = self._fresh(session)
        numbers = reserve(session, table_of(NoticeRecord), len(fresh))
        names = [each.procedures for _, each in fresh]
        keys = join_procedures(session, names, [each.record["procedure_key"] for _, each in fresh])
        made = {"parser_version": self.versions.parser, "rules_version": self.versions.rules}
        rows = [
            {"id": number, "file_id": file, **made, **each.record, "procedure_key": key}
            for number, (file, each), key in zip(numbers, fresh, keys, strict=True)
        ]
        insert_rows(session, table_of(NoticeRecord), rows)
        _add_parts(session, numbers, [each for _, each in fresh])
        settle(session, {*numbers, *self.touched})
        again = min(self.before, len(fresh))
        return Written(len(fresh) - again, len(self.notices) - len(fresh), again)

    def _fresh(self, session: Session) -> list[tuple[int, NoticeRows]]:
        """The first of each that is not in the database."""
        once = {each.identity: (file, each) for file, each in reversed(self.notices)}
        for portion in portions(list(once)):
            for known in session.scalars(_KNOWN, {MANY: portion}):
                del once[known]
        return list(reversed(once.values()))


def _neighbours(session: Session, records: set[int]) -> set[int]:
    """Notices that share a name with these: one of them may have been replaced by one of these."""
    found: set[int] = set()
    for portion in portions(sorted(records)):
        values = select(NoticeLink.value).where(NoticeLink.record_id.in_(portion))
        found |= set(session.scalars(select(NoticeLink.record_id).where(NoticeLink.value.in_(values))))
    return found


def _add_parts(session: Session, numbers: Sequence[int], fresh: Sequence[NoticeRows]) -> None:
    parts = list(zip(numbers, fresh, strict=True))
    lots = [{"record_id": number, **row} for number, each in parts for row in each.lots]
    insert_rows(session, table_of(NoticeLot), lots)
    said = [{"record_id": number, **row} for number, each in parts for row in each.observations]
    insert_rows(session, table_of(NoticeObservation), said)
    links = [
        {"record_id": number, "kind": kind, "value": value} for number, each in parts for kind, value in each.links
    ]
    insert_rows(session, table_of(NoticeLink), links)
