"""The audit log: who changed what, each entry holding the hash of the one before.

`note(session, person, "role_granted", reference, {"role": "expert"})` in the transaction that makes the change. The
detail holds identifiers only, never a name, an address or a text: so a person can be erased and the chain still holds.
Entries are written when the transaction commits, one transaction at a time, so that two never follow the same entry
and nobody waits for the log while holding a ticket.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.locks import wait_for_turn
from mpdi.accounts.models import AuditEntry
from mpdi.accounts.roles import Person
from mpdi.exceptions import MpdiError
from mpdi.references import Reference

FIRST_HASH = "0" * 64
_WAITING = "mpdi_audit_entries"
_IDENTIFIER = re.compile(r"[^\s@]{0,120}|[A-Z]+-[A-Z]+-[0-9]+@[0-9a-z.+]{1,40}")
Detail = Mapping[str, Any]


class AuditDetailError(MpdiError):
    """The detail of an entry holds something that is no identifier: a text, a name, an address."""


@dataclass(frozen=True)
class AuditReport:
    """What a check of the chain found: how many entries, the last hash, the first entry that does not fit and why."""

    entries: int
    last_hash: str
    broken_entry: int | None = None
    reason: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every entry fits the one before."""
        return self.broken_entry is None and not self.reason


def note(
    session: Session, actor: Person | str, action: str, reference: Reference | str, detail: Detail | None = None
) -> None:
    """Note who did what to which record; written with the transaction. `actor`: a person, or a command's name."""
    kept = dict(detail or {})
    if not all(_is_identifier(value) for value in kept.values()):
        raise AuditDetailError(f"{action}: the detail of an audit entry holds identifiers only")
    values = {
        "occurred_at": clock.now().isoformat(),
        "actor": actor_name(actor),
        "action": action,
        "reference": str(reference),
        "detail": kept,
    }
    session.info.setdefault(_WAITING, []).append(values)


def actor_name(actor: Person | str) -> str:
    """Return how the log names who acts: `user:12`, `visitor`, or the name of a command."""
    if isinstance(actor, str):
        return actor
    return "visitor" if actor.user_id is None else f"user:{actor.user_id}"


def entry_hash(previous_hash: str, values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of the canonical JSON of an entry and the hash before it."""
    keys = ("occurred_at", "actor", "action", "reference", "detail")
    data = {key: values[key] for key in keys} | {"previous_hash": previous_hash}
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def verify(session: Session, known_hash: str | None = None) -> AuditReport:
    """Follow the whole chain. `known_hash`: a last hash kept elsewhere earlier, which must still be in it."""
    previous, count, is_known = FIRST_HASH, 0, known_hash in (None, FIRST_HASH)
    for entry_id, values in _entries(session):
        if values["previous_hash"] != previous:
            return AuditReport(count, previous, entry_id, "the entry before it was changed, taken out or put in")
        if entry_hash(previous, values) != values["entry_hash"]:
            return AuditReport(count, previous, entry_id, "its content was changed")
        previous, count = values["entry_hash"], count + 1
        is_known = is_known or previous == known_hash
    return AuditReport(count, previous, reason="" if is_known else "entries were taken off its end")


def _entries(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    columns = AuditEntry.__table__.columns
    for row in session.execute(select(*columns).order_by(columns.id)).yield_per(1_000).mappings():
        yield row["id"], dict(row)


def _is_identifier(value: object) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_identifier(item) for item in value)
    if isinstance(value, str):
        return _IDENTIFIER.fullmatch(value) is not None
    return value is None or isinstance(value, bool | int)


@event.listens_for(Session, "before_commit")
def _write_entries(session: Session) -> None:
    waiting = session.info.get(_WAITING)
    if not waiting or session.in_nested_transaction():
        return
    session.info[_WAITING] = []
    wait_for_turn(session, "audit_entry")
    previous = session.scalar(select(AuditEntry.entry_hash).order_by(AuditEntry.id.desc()).limit(1)) or FIRST_HASH
    for values in waiting:
        current = entry_hash(previous, values)
        session.execute(insert(AuditEntry).values(**values, previous_hash=previous, entry_hash=current))
        previous = current


@event.listens_for(Session, "after_rollback")
def _forget_entries(session: Session) -> None:
    session.info.pop(_WAITING, None)
