"""The key of a notice in addresses: the beginning of its identity, which lasts when files are read again. Pure."""

import re

_HEX = 24
_KEY = re.compile(rf"n[0-9a-f]{{{_HEX}}}")
_AFTER_F = "g"


def key_of(identity: str) -> str:
    """The key: `n` and 24 of the 64 hexadecimal digits."""
    return f"n{identity[:_HEX]}"


def identities_of(key: str) -> tuple[str, str]:
    """The first identity with this key, and the first beyond them; what is no key has none between."""
    beginning = key[1:] if _KEY.fullmatch(key) else ""
    return (beginning, beginning + _AFTER_F) if beginning else (_AFTER_F, "")
