"""One SMTP connection, and what is known after each mail: taken, refused for now, refused for good, or uncertain."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from mpdi.helpdesk.mail.settings import Server

TIMEOUT = 60
_ABOUT_US = (530, 534, 535, 538)
"""Refusals of our sign-in, not of the mail: they pass when the settings are mended."""
_LEADING_DOT = re.compile(rb"(?m)^\.")


class Outcome(StrEnum):
    """What became of one mail on the line."""

    TAKEN = "taken"
    REFUSED_FOR_NOW = "refused_for_now"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Transmission:
    """What became of one mail, the server's words, and whether the connection can be used on."""

    outcome: Outcome
    words: str = ""
    is_connected: bool = True


class SmtpUnusableError(Exception):
    """The server cannot be reached, or takes nothing from us: no mail was offered to it."""


@contextmanager
def connected(server: Server) -> Iterator[smtplib.SMTP]:
    """Connect and sign in; `SmtpUnusableError` says why that is not possible."""
    try:
        line = _open(server)
    except (OSError, smtplib.SMTPException) as error:
        raise SmtpUnusableError(f"{server}: {_words_of(error)}") from error
    try:
        yield line
    finally:
        line.close()


def _open(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        line.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            line.starttls(context=context)
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


def transmit(line: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> Transmission:
    """Offer one mail. Only after the last byte has begun to leave can a broken line mean that it was taken."""
    try:
        # A sender refused is a setting of ours to mend: the mail waits.
        for command, is_about_us in (
            (lambda: line.mail(sender), True),
            (lambda: line.rcpt(recipient), False),
            (lambda: line.docmd("DATA"), False),
        ):
            code, words = command()
            if code not in (250, 251, 252, 354):
                return _refusal(line, code, words, is_about_us)
    except (OSError, smtplib.SMTPException) as error:
        return Transmission(Outcome.REFUSED_FOR_NOW, _words_of(error), is_connected=False)
    try:
        line.send(_LEADING_DOT.sub(b"..", content) + (b"" if content.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        code, words = line.getreply()
    except (OSError, smtplib.SMTPException) as error:
        return Transmission(Outcome.UNCERTAIN, _words_of(error), is_connected=False)
    if code == 250:
        return Transmission(Outcome.TAKEN)
    if 400 <= code < 600:
        return _refusal(line, code, words)
    return Transmission(Outcome.UNCERTAIN, f"{code} {_text(words)}", is_connected=False)


def _refusal(line: smtplib.SMTP, code: int, words: bytes, is_about_us: bool = False) -> Transmission:
    is_final = 500 <= code < 600 and code not in _ABOUT_US and not is_about_us
    outcome = Outcome.REFUSED if is_final else Outcome.REFUSED_FOR_NOW
    is_connected = code != 421
    if is_connected:
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            is_connected = False
    return Transmission(outcome, f"{code} {_text(words)}", is_connected)


def _text(words: bytes | str) -> str:
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(text.split())[:250]


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return _text(str(error)) or type(error).__name__
