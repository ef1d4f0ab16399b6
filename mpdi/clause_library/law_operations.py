"""Recording that a legal instrument has another status, and reading what was recorded."""

import datetime
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.clause_library.core.law_register import InstrumentStatus
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.reference_data import Instrument
from mpdi.clause_library.law_models import InstrumentStatusRecord
from mpdi.exceptions import MpdiError
from mpdi.jobs.events import InstrumentStatusChanged
from mpdi.jobs.operations import record
from mpdi.references import Reference, ReferenceKind

LONGEST_REASON = 1_000


class UnknownInstrumentError(MpdiError):
    """The register has no such instrument."""


class StatusReasonError(MpdiError):
    """A status is changed without a reason, or with one that is too long."""


class SameStatusError(MpdiError):
    """The instrument has this status already."""


def change_status(
    session: Session,
    instrument: Instrument,
    status: InstrumentStatus,
    since: datetime.date,
    reason: str,
    actor: Person | str,
) -> InstrumentStatusRecord:
    """Record a status from a day, and tell those who keep what rests on the instrument (`InstrumentStatusChanged`).

    Setting it back to that of the register clears the mark. `StatusReasonError`, `SameStatusError`.
    """
    words = " ".join(reason.split())
    if not 3 <= len(words) <= LONGEST_REASON:
        raise StatusReasonError(f"Say why in 3 to {LONGEST_REASON} characters, with where the change is published.")
    if status == current_status(session, instrument):
        raise SameStatusError(f"{instrument.id} has the status “{status}” already.")
    user_id = actor.user_id if isinstance(actor, Person) else None
    made = InstrumentStatusRecord(
        instrument=instrument.id,
        status=status.value,
        since=since,
        reason=words,
        changed_by_id=user_id,
        changed_at=clock.now(),
    )
    session.add(made)
    is_open = status != instrument.status
    record(session, InstrumentStatusChanged(instrument.id, status.value, since.isoformat(), is_open, user_id))
    about = Reference(ReferenceKind.INSTRUMENT, instrument.id)
    audit.note(session, actor, "instrument_status_changed", about, {"status": status.value})
    session.flush()
    return made


def current_status(session: Session, instrument: Instrument) -> str:
    """Return the status recorded last, or that of the register."""
    made = newest_records(session).get(instrument.id)
    return made.status if made else instrument.status


def newest_records(session: Session) -> dict[str, InstrumentStatusRecord]:
    """Return the newest record of each instrument that has one."""
    newest = select(func.max(InstrumentStatusRecord.id)).group_by(InstrumentStatusRecord.instrument)
    rows = session.scalars(select(InstrumentStatusRecord).where(InstrumentStatusRecord.id.in_(newest)))
    return {row.instrument: _kept(session, row) for row in rows}


def history(session: Session, identifier: str) -> Sequence[InstrumentStatusRecord]:
    """Return the records of an instrument, newest first."""
    query = select(InstrumentStatusRecord).where(InstrumentStatusRecord.instrument == identifier)
    return [_kept(session, row) for row in session.scalars(query.order_by(InstrumentStatusRecord.id.desc()))]


def _kept(session: Session, row: InstrumentStatusRecord) -> InstrumentStatusRecord:
    """Take a record out of its session, so that a page can still read it once that is closed."""
    session.expunge(row)
    return row


def changed_instruments(
    session: Session, instruments: Mapping[str, Instrument], identifiers: set[str] | None = None
) -> dict[str, InstrumentStatusRecord]:
    """Return the newest records, among some instruments or all, whose status is not that of the register: the marks."""
    return {
        key: made
        for key, made in newest_records(session).items()
        if key in instruments and made.status != instruments[key].status and (identifiers is None or key in identifiers)
    }


def rests_on(clause: ClauseVersion, instrument: str, article: str | None = None) -> bool:
    """Whether a clause cites an instrument, or one article of it."""
    return any(each.act == instrument and article in (None, each.article) for each in clause.legal_basis)
