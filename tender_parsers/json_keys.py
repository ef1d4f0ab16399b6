"""Which keys a JSON file has, seen from its first bytes: enough to tell its format."""

from dataclasses import dataclass
from typing import Any

from tender_parsers.json_blocks import DECODER, encoding_of

_SPACES = frozenset(" \t\r\n")
_LEVELS = 3
_ARRAYS = 16
"""Arrays that do not end within the text and are gone into; more are no notice."""


def first_keys(head: bytes) -> frozenset[str]:
    """Keys of the first object of a JSON file, and of the objects and first elements in it, from its first bytes alone.

    Each with the keys above it: `releases`, `releases/ocid`. Where the first bytes end, so do the keys; empty where
    they are no JSON.
    """
    try:
        text = head.decode(encoding_of(head), "ignore").lstrip()
    except UnicodeError:
        return frozenset()
    if text[:1] not in ("{", "["):
        return frozenset()
    found: set[str] = set()
    _Glance(text, found).value("")
    return frozenset(found)


@dataclass(slots=True)
class _Glance:
    """Notes keys as far as the text goes, three levels down."""

    text: str
    found: set[str]
    at: int = 0
    arrays: int = 0

    def value(self, above: str, depth: int = 0) -> bool:
        """Step over one value; false where the text ends within it, or is no JSON."""
        self._space()
        try:
            value, self.at = DECODER.raw_decode(self.text, self.at)
        except (ValueError, RecursionError):
            return self._cut(above, depth)
        self._note(value, above, depth)
        return True

    def _note(self, value: Any, above: str, depth: int) -> None:
        while isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict) and depth < _LEVELS:
            for key, each in value.items():
                path = f"{above}/{key}" if above else key
                self.found.add(path)
                self._note(each, path, depth + 1)

    def _cut(self, above: str, depth: int) -> bool:
        """Of a value that does not end within the text, what can be seen; always false."""
        start, self.at = self.text[self.at : self.at + 1], self.at + 1
        if depth >= _LEVELS:
            return False
        if start == "[":
            self.arrays += 1
            return self.arrays <= _ARRAYS and self.value(above, depth) and False
        while start in ("{", ","):
            self._space()
            try:
                key, self.at = DECODER.raw_decode(self.text, self.at)
            except (ValueError, RecursionError):
                return False
            self._space()
            if not isinstance(key, str) or self.text[self.at : self.at + 1] != ":":
                return False
            self.at += 1
            path = f"{above}/{key}" if above else key
            self.found.add(path)
            if not self.value(path, depth + 1):
                return False
            self._space()
            start, self.at = self.text[self.at : self.at + 1], self.at + 1
        return False

    def _space(self) -> None:
        while self.text[self.at : self.at + 1] in _SPACES:
            self.at += 1
