"""What the mail holds about a person, for `mpdi privacy` and the retention job."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from mpdi.accounts.privacy import DataSubject, PersonalData
from mpdi.accounts.retention import Retention
from mpdi.helpdesk.mail import upkeep_operations
from mpdi.helpdesk.mail.raw_mail import RawMailStore


def mail_data(home: Path) -> PersonalData:
    """Return what the mail of an installation does with what it holds about people."""
    store = RawMailStore(home)

    def export(session: Session, subject: DataSubject) -> Any:
        return upkeep_operations.mail_of(session, store, subject.email)

    def erase(session: Session, subject: DataSubject) -> int:
        return upkeep_operations.erase_mail_of(session, store, subject.email)

    def retain(session: Session, retention: Retention) -> Mapping[str, int]:
        return {
            "mail": upkeep_operations.delete_old(session, store, retention.incoming_mail),
            "links_sent": upkeep_operations.blank_links(session, retention.mails),
        }

    return PersonalData("mail", export, erase, retain)
