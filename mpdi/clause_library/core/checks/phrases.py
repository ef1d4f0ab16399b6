"""Phrases that a text must not hold, looked for in thousands of paragraphs: the letters first, the pattern where they stand.

A pattern that minds no capitals is tried at every place of a text; whether a few letters stand in it at all is told a
hundred times as quick, and nearly always they do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_OPTIONAL = "?*{"
_OTHERS = (("\u017f", "s"), ("\u0131", "i"), ("\u0130", "i"))
"""What `re.IGNORECASE` takes for s and i, and `lower()` does not: the long s, the i without a dot, the I with one."""


@dataclass(frozen=True)
class Phrase:
    """A pattern, and letters without which it cannot match (perhaps none)."""

    pattern: re.Pattern[str]
    letters: str


def read_phrase(pattern: str) -> Phrase:
    """Read a pattern; capitals do not count."""
    return Phrase(re.compile(pattern, re.IGNORECASE), folded(max(_certain(pattern), key=len, default="")))


def folded(text: str) -> str:
    """Return a text with its letters as they are compared."""
    for letter, plain in _OTHERS:
        text = text.replace(letter, plain)
    return text.lower()


def matches(phrases: Sequence[Phrase], text: str, letters: str) -> Iterator[str]:
    """Yield the first match of each phrase in a text; `letters` is `folded(text)`, made once for all phrases."""
    for each in phrases:
        if each.letters in letters and (match := each.pattern.search(text)):
            yield match.group()


def _certain(pattern: str) -> list[str]:
    """The rows of letters that every match holds: outside groups, classes, escapes; nothing where the whole has cases."""
    rows, depth, place = [""], 0, 0
    while place < len(pattern):
        sign, after = pattern[place], pattern[place + 1 : place + 2]
        if sign == "[":
            # the first sign of a class may be a bracket that closes nothing
            place = pattern.index("]", place + (3 if after == "^" else 2))
        elif sign == "{":
            place = pattern.index("}", place)
        elif sign == "\\":
            place += 1
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and depth == 0:
            return []
        if depth == 0 and (sign.isalnum() or sign in " -'’") and (not after or after not in _OPTIONAL):
            rows[-1] += sign
            if after == "+":
                rows.append("")
        else:
            rows.append("")
        place += 1
    return rows
