"""Settings of the mail, from the environment: where mail is fetched, where it is sent, in whose name."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

from mpdi.config import Settings
from mpdi.helpdesk.mail.errors import MailSettingsError

_DEFAULT_FROM = "MPDI <helpdesk@localhost>"
LARGEST_FILES = 7 * 1024 * 1024
"""Files grow by a third on the way: 10 MB is what most servers of public bodies take."""
_PORTS = {"imap": 143, "imaps": 993, "smtp": 25, "smtps": 465}
_MOST_DIGITS = 3
_SECURITY = ("tls", "starttls", "none")


@dataclass(frozen=True)
class Server:
    """A mail server: where, as whom, and how the connection is protected (`tls`, `starttls`, `none`)."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    security: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class MailSettings:
    """Everything the mail needs to know. A server that is not set is one that is not used."""

    imap: Server | None
    smtp: Server | None
    sender_name: str
    sender_address: str
    secret_key: str = field(repr=False)
    takes_plus_addresses: bool = False
    portal: str = Settings.public_address
    """Where links in mails lead."""
    largest_files: int = LARGEST_FILES
    """Bytes of files that leave with one mail; above it the mail carries the private link instead."""


def load_mail_settings(
    secret_key: str, environ: Mapping[str, str] | None = None, portal: str = Settings.public_address
) -> MailSettings:
    """Read `MPDI_IMAP_URL`, `MPDI_SMTP_URL`, `MPDI_MAIL_FROM`, `MPDI_MAIL_PLUS`, `MPDI_MAIL_FILES`; a wrong one: `MailSettingsError`."""
    values = os.environ if environ is None else environ
    name, address = sender(values)
    return MailSettings(
        imap=_server(values, "MPDI_IMAP_URL", ("imap", "imaps")),
        smtp=_server(values, "MPDI_SMTP_URL", ("smtp", "smtps")),
        sender_name=name,
        sender_address=address,
        secret_key=secret_key,
        takes_plus_addresses=values.get("MPDI_MAIL_PLUS") == "1",
        portal=portal,
        largest_files=largest_files(values),
    )


def largest_files(environ: Mapping[str, str] | None = None) -> int:
    """Return how many bytes of files leave with one mail: `MPDI_MAIL_FILES`, in MB."""
    text = (os.environ if environ is None else environ).get("MPDI_MAIL_FILES")
    if not text:
        return LARGEST_FILES
    if not text.isascii() or not text.isdecimal() or len(text) > _MOST_DIGITS:
        raise MailSettingsError("MPDI_MAIL_FILES: write a number of megabytes, such as 7.")
    return int(text) * 1024 * 1024


def sender(environ: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Return the name and the address that mail is sent from."""
    values = os.environ if environ is None else environ
    text = values.get("MPDI_MAIL_FROM") or _DEFAULT_FROM
    name, address = parseaddr(text)
    local, _at, domain = address.rpartition("@")
    if not local or not domain or not address.isascii():
        raise MailSettingsError("MPDI_MAIL_FROM: write an address such as “Helpdesk <helpdesk@example.org>”.")
    return name or "MPDI", address.lower()


def published_address() -> str | None:
    """Return the address that people write to; None where the helpdesk has none."""
    return sender()[1] if os.environ.get("MPDI_MAIL_FROM") else None


def _server(values: Mapping[str, str], name: str, schemes: tuple[str, ...]) -> Server | None:
    text = values.get(name)
    if not text:
        return None
    # The value itself is never repeated: it holds a password.
    try:
        parts = urlsplit(text)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError as error:
        raise MailSettingsError(f"{name}: not an address of a server. See docs/mail.md.") from error
    if parts.scheme not in schemes or not parts.hostname:
        raise MailSettingsError(f"{name}: begin with {schemes[1]}:// or {schemes[0]}:// and a host. See docs/mail.md.")
    return Server(
        host=parts.hostname,
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        security=_security(name, parts.scheme, parts.query),
    )


def _security(name: str, scheme: str, query: str) -> str:
    """`…s` is TLS from the start; else STARTTLS is required, unless `?security=none` says otherwise."""
    if scheme.endswith("s"):
        return "tls"
    asked = parse_qs(query).get("security", ["starttls"])[0]
    if asked not in _SECURITY:
        raise MailSettingsError(f"{name}: security is one of {', '.join(_SECURITY)}.")
    return asked
