"""The digest of a clause version: it names one text for good."""

import datetime
import hashlib
import json
import unicodedata
from decimal import Decimal
from typing import Any


def _plain(value: Any) -> Any:
    match value:
        case bool() | int() | None:
            return value
        case str():
            return unicodedata.normalize("NFC", value)
        case Decimal():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case dict():
            return {_plain(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
    raise TypeError(f"a clause text holds no {type(value).__name__}")


def canonical_json(data: Any) -> bytes:
    """Return data as JSON: keys sorted, NFC, not escaped to ASCII, no spaces, decimals as strings, one final newline."""
    text = json.dumps(_plain(data), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8")


def version_digest(data: Any) -> str:
    """Return the SHA-256 of `canonical_json(data)` as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(data)).hexdigest()


def text_digest(text: str) -> str:
    """Return the SHA-256 of a rendered text: NFC, white space collapsed, UTF-8."""
    collapsed = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(collapsed.encode("utf-8", "replace")).hexdigest()
