"""What is held about a person: exported, erased, and deleted in time, feature by feature.

A feature that holds personal data describes itself with `PersonalData` and is registered by `mpdi/personal_data.py` when
the application is built or a command begins: accounts is below the others and knows none of them.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from mpdi.accounts import audit, operations
from mpdi.accounts.emails import email_key
from mpdi.accounts.retention import Retention
from mpdi.accounts.roles import Person


@dataclass(frozen=True)
class DataSubject:
    """Whose data: an address, and the account where there is one. Who asked without account has only the address."""

    email: str
    user_id: int | None = None

    @property
    def email_key(self) -> str:
        """The address as addresses are compared."""
        return email_key(self.email)


@dataclass(frozen=True)
class ToRead:
    """A record that is tied to nobody, made of what a person wrote: somebody reads whether it still tells who that was."""

    title: str
    link: str
    """Where those who may change it read it."""
    public_link: str = ""
    """Where everybody reads it; empty where nobody else does."""


Export = Callable[[Session, DataSubject], Any]
Erase = Callable[[Session, DataSubject], int]
Retain = Callable[[Session, Retention], Mapping[str, int]]
FindToRead = Callable[[Session, DataSubject], Sequence[ToRead]]


def _nothing_to_read(_session: Session, _subject: DataSubject) -> Sequence[ToRead]:
    return ()


@dataclass(frozen=True)
class PersonalData:
    """What one feature does with what it holds about people.

    `export` returns JSON data (empty where it holds nothing); `erase` takes the person out of its records and returns
    of how many; `retain` deletes or anonymises what is older than its period and returns counts by name; `to_read` names,
    before erasing, what erasing leaves as it is and may still hold the person's words.
    """

    feature: str
    export: Export
    erase: Erase
    retain: Retain
    to_read: FindToRead = _nothing_to_read


FEATURES: dict[str, PersonalData] = {}


def register(*described: PersonalData) -> None:
    """Register features; again, the newer description holds."""
    FEATURES.update({each.feature: each for each in described})


def data_subject(session: Session, email: str) -> DataSubject:
    """Return whose data an address stands for."""
    user = operations.find_user(session, email)
    return DataSubject(email.strip(), None) if user is None else DataSubject(user.email, user.id)


def collect(session: Session, subject: DataSubject) -> dict[str, Any]:
    """Return everything held about a person as JSON data, by feature."""
    found = {name: described.export(session, subject) for name, described in sorted(FEATURES.items())}
    return {name: data for name, data in found.items() if data}


def to_read(session: Session, subject: DataSubject) -> list[ToRead]:
    """Return what erasing a person leaves and may still hold her words. Asked before: afterwards nothing leads there."""
    return [found for _name, described in sorted(FEATURES.items()) for found in described.to_read(session, subject)]


def note_export(session: Session, actor: Person | str, subject: DataSubject) -> None:
    """Note that a person's data left the portal."""
    audit.note(session, actor, "data_exported", _reference(subject))


def erase(session: Session, actor: Person | str, subject: DataSubject) -> dict[str, int]:
    """Take a person out of every feature, then close the account; return how many records each feature changed."""
    counts = {name: described.erase(session, subject) for name, described in sorted(FEATURES.items())}
    if subject.user_id is not None:
        operations.erase(session, actor, operations.get_user(session, subject.user_id))
    audit.note(session, actor, "person_erased", _reference(subject), counts)
    return counts


def _reference(subject: DataSubject) -> str:
    return "person:without_account" if subject.user_id is None else str(operations.user_reference(subject.user_id))


def carry_out(session: Session, actor: str, retention: Retention) -> dict[str, int]:
    """Delete or anonymise what has been kept long enough; return counts by name. Noted where anything was."""
    counts: Counter[str] = Counter()
    for _name, described in sorted(FEATURES.items()):
        counts.update(described.retain(session, retention))
    if any(counts.values()):
        audit.note(session, actor, "retention_carried_out", "jobs:retention", {k: v for k, v in counts.items() if v})
    return dict(counts)
