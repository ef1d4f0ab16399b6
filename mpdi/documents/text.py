"""The text of a clause as it is compared: one normal form, one digest, shared by writer and reader."""

import re
import unicodedata
from collections.abc import Iterable
from hashlib import sha256

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
# Outside the Char production of XML 1.0, plus U+FFF9-FFFC, which word processors use for themselves.
_FORBIDDEN = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufff8\\ufffd\\U00010000-\\U0010ffff]")
_WHITE_SPACE = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"[\t\n\r\x85\u2028\u2029]+")
_OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
# Soft hyphen, zero-width space, word joiner, byte order mark: layout, not words.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")


def safe_text(text: str) -> str:
    """``text`` with every character that XML 1.0 forbids replaced by U+FFFD."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def single_spaced(text: str) -> str:
    """``text`` safe for a run: line breaks and tabs are single spaces, no-break spaces stay."""
    if text.isprintable() and _OBJECT not in text:
        return text
    return _LINE_ENDS.sub(" ", safe_text(text))


def is_blank(text: str) -> bool:
    """Whether nothing of ``text`` would be seen."""
    return not text[:1].isalnum() and not normalised_text(text)


def normalised_text(text: str) -> str:
    """NFC, white space (of any kind) collapsed to one space, layout characters dropped, ends trimmed.

    A non-breaking hyphen counts as a hyphen: word processors store it as an element of their own.
    """
    visible = _INVISIBLE.sub("", safe_text(text)).replace("\N{NON-BREAKING HYPHEN}", "-")
    return unicodedata.normalize("NFC", _WHITE_SPACE.sub(" ", visible).strip())


def joined_text(paragraphs: Iterable[str]) -> str:
    """The normalised text of successive paragraphs: where one ends and the next begins is white space."""
    return normalised_text(" ".join(paragraphs))


def text_digest(text: str) -> str:
    """SHA-256, 64 hex digits, of the UTF-8 of ``normalised_text(text)``."""
    return sha256(normalised_text(text).encode("utf-8")).hexdigest()
