"""Mail that features below the helpdesk want sent."""

from mpdi.database import Database
from mpdi.helpdesk.mail.operations import want
from mpdi.jobs.events import DomainEvent, MailWanted


class MailWriter:
    """Puts every mail that an event wants into the outbox, once, however often the event is handled."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def __call__(self, event: DomainEvent) -> None:
        """Want the mail sent."""
        if isinstance(event, MailWanted):
            with self._database.writing() as session:
                want(
                    session,
                    event.recipient,
                    event.subject,
                    event.body,
                    event.language,
                    key=event.key,
                    headers={"Auto-Submitted": "auto-generated"},
                )
