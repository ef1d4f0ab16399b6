"""The words of the mails that carry a link: `templates/accounts/mails/`, the subject on the first line."""

from functools import lru_cache
from string import Template

from mpdi.accounts.links import LinkPurpose
from mpdi.jobs.events import MailWanted
from mpdi.resources import folder

PATHS = {LinkPurpose.INVITATION: "invitation", LinkPurpose.NEW_PASSWORD: "new-password"}
"""Where the page of a link stands: `<portal>/<path>/<token>`."""


def link_address(purpose: LinkPurpose, token: str, portal: str) -> str:
    """Return the address of a link; `portal` is where the portal is reached from outside."""
    return f"{portal.rstrip('/')}/{PATHS[purpose]}/{token}"


def mail(purpose: LinkPurpose, recipient: str, language: str, token: str, portal: str, about: str) -> MailWanted:
    """Return the mail that carries a link, in the language of its reader."""
    known = language if language in ("fr", "nl") else "fr"
    subject, _, body = _words(purpose, known).safe_substitute(link=link_address(purpose, token, portal)).partition("\n")
    return MailWanted(recipient, subject.strip(), body.strip() + "\n", known, about)


@lru_cache
def _words(purpose: LinkPurpose, language: str) -> Template:
    path = folder("templates") / "accounts" / "mails" / f"{purpose.value}.{language}.txt"
    return Template(path.read_text(encoding="utf-8"))
