"""Secrets that are handed out once; the database keeps only their hash."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Token:
    """A fresh secret and what is kept of it."""

    text: str
    hash: str


def new_token() -> Token:
    """Make a secret of 256 bits."""
    text = secrets.token_urlsafe(32)
    return Token(text, token_hash(text))


def token_hash(text: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def derived_token(key: str, about: str) -> str:
    """Return the token that only who has the key can make of what it is about: always the same, kept nowhere in clear."""
    digest = hmac.new(key.encode("utf-8"), about.encode("utf-8"), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode("ascii").rstrip("=")


def keyed_hash(key: str, kind: str, text: str) -> str:
    """Hash a text that could be guessed (an address), so that only who has the key can compare."""
    message = f"{kind}\0{text}".encode("utf-8", "replace")
    return hmac.new(key.encode("utf-8"), message, hashlib.sha256).hexdigest()
