"""Message-IDs: read from headers, and made for our own mail."""

import hashlib
import re
import secrets

MAX_MAIL_ID = 250
_MAIL_ID = re.compile(r"<([^<>\s]{1,990})>")
_MOST = 50


def mail_ids(text: str) -> tuple[str, ...]:
    """Return the identifiers in a header such as References, `<` and `>` kept, the first 50, each once."""
    return tuple(dict.fromkeys(_short(f"<{found}>") for found in _MAIL_ID.findall(text)[:_MOST]))


def _short(mail_id: str) -> str:
    """Return an identifier that the database can hold: a very long one by its digest."""
    if len(mail_id) <= MAX_MAIL_ID:
        return mail_id
    return f"<{hashlib.sha256(mail_id.encode('utf-8', 'replace')).hexdigest()}@long.invalid>"


def digest_of(raw: bytes) -> str:
    """Return the SHA-256 of a mail's bytes, in hex."""
    return hashlib.sha256(raw).hexdigest()


def new_mail_id(domain: str) -> str:
    """Return a Message-ID that nobody can guess: who names it in a reply has received the mail."""
    return f"<{secrets.token_hex(16)}.mpdi@{domain}>"


def mail_id_for(key: str, domain: str) -> str:
    """Return the Message-ID that belongs to a key, always the same: for wishes whose handler may be repeated."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}.mpdi@{domain}>"
