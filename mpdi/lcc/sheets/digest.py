"""The digest of a sheet: of all it says, inputs that it shares with others and factors of nature included.

SHA-256 of JSON as everywhere here: keys sorted, Unicode NFC, not escaped to ASCII, separators `,` and `:`, decimals as
strings, UTF-8, one final newline.
"""

import hashlib
import json
import unicodedata
from dataclasses import fields, is_dataclass
from decimal import Decimal

from mpdi.lcc.sheets.formulas import Formula


def digest_of(parts: dict[str, object]) -> str:
    """Return 64 hex digits; equal for two sheets that say the same, whatever the layout of their files."""
    text = json.dumps(_plain(parts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((unicodedata.normalize("NFC", text) + "\n").encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    return value
