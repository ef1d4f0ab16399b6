"""E-mail addresses: what is accepted, and how two ways of writing one are the same."""

import re
import unicodedata

from mpdi.exceptions import MpdiError

_FORM = re.compile(r"[^\s@,;<>\"()\[\]\\]+@[^\s@,;<>\"()\[\]\\.]+(\.[^\s@,;<>\"()\[\]\\.]+)+")
_LONGEST = 254


class InvalidEmailError(MpdiError):
    """What was given is not an e-mail address."""


def cleaned(text: str) -> str:
    """Return an address as it is kept; `InvalidEmailError` when it is none."""
    address = unicodedata.normalize("NFKC", text).strip()
    if len(address) > _LONGEST or not address.isprintable() or not _FORM.fullmatch(address):
        raise InvalidEmailError("This is not an e-mail address: write it whole, such as name@example.brussels.")
    return address


def email_key(text: str) -> str:
    """Return what two ways of writing an address have in common; any text has one."""
    return unicodedata.normalize("NFKC", text).strip().casefold()[:_LONGEST]
