"""`mpdi mail …`: one round of fetching or of sending."""

import click

from mpdi.clause_library.core.search.combined import ClauseSearch
from mpdi.command_line import open_database, say
from mpdi.config import load_settings
from mpdi.helpdesk.core.service import SuggestionService
from mpdi.helpdesk.mail.worker import MailRounds, mail_rounds
from mpdi.helpdesk.routing import understanding_by


@click.group("mail")
def mail() -> None:
    """The helpdesk's mail: fetch what came in, deliver what waits."""


@mail.command("fetch")
def fetch_mail() -> None:
    """Take in unread mail from MPDI_IMAP_URL and file it as tickets; nothing is marked as read before it is safe."""
    say(_rounds().fetch_and_file())


@mail.command("deliver")
def deliver_mail() -> None:
    """Send the mail that is due to MPDI_SMTP_URL; each is sent once, or shown as uncertain."""
    say(_rounds().deliver())


def _rounds() -> MailRounds:
    settings = load_settings()
    service = SuggestionService(settings.cache_folder, ClauseSearch(settings.index_folder, settings.cache_folder))
    return mail_rounds(settings, open_database(), understanding_by(service))
