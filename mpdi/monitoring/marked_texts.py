"""Texts of a notice with the words that prove something marked in them. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LONG = 700
"""Characters beyond which a text is shown by the surroundings of its marks."""
_AROUND = 140
"""Characters of surroundings on each side."""
GAP = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text, by offsets in characters, that say one thing."""

    begins: int
    ends: int
    label: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters, and the labels that it proves; none: plain text."""

    text: str
    labels: tuple[str, ...] = ()


def pieces(text: str, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """The whole text cut where marks begin and end; marks that overlap give a piece with both labels.

    Offsets beyond the text are cut to it.
    """
    size = len(text)
    held = [(max(0, each.begins), min(size, each.ends), each.label) for each in marks]
    held = [each for each in held if each[0] < each[1]]
    cuts = sorted({0, size, *(begin for begin, _, _ in held), *(end for _, end, _ in held)})
    made: list[Piece] = []
    for begin, end in pairwise(cuts):
        labels = tuple(sorted({label for first, last, label in held if first <= begin and end <= last}))
        if made and made[-1].labels == labels:
            made[-1] = Piece(made[-1].text + text[begin:end], labels)
        else:
            made.append(Piece(text[begin:end], labels))
    return tuple(made)


def around(text: str, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The marks with what stands beside them, cut at words; the whole text where it is short."""
    if len(text) <= LONG or not marks:
        return pieces(text, marks)
    made: list[Piece] = []
    last = 0
    for begin, end in _windows(text, marks):
        inside = [Mark(each.begins - begin, each.ends - begin, each.label) for each in marks]
        made += [Piece(f"{GAP} " if begin > last else "")] if begin else []
        made += pieces(text[begin:end], inside)
        last = end
    if last < len(text):
        made.append(Piece(f" {GAP}"))
    return tuple(each for each in made if each.text)


def _windows(text: str, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    windows: list[tuple[int, int]] = []
    for each in sorted(marks, key=lambda mark: mark.begins):
        begin = _at_word(text, max(0, each.begins - _AROUND), 1)
        end = _at_word(text, min(len(text), each.ends + _AROUND), -1)
        begin, end = min(begin, each.begins), max(end, each.ends)
        if windows and begin <= windows[-1][1]:
            windows[-1] = windows[-1][0], max(windows[-1][1], end)
        else:
            windows.append((begin, end))
    return windows


def _at_word(text: str, place: int, step: int) -> int:
    """The next place, in this direction and not far, at which a word ends or begins."""
    for moved in range(30):
        here = place + step * moved
        if not 0 < here < len(text):
            return max(0, min(here, len(text)))
        if text[here - 1].isspace() != text[here].isspace():
            return here + 1 if text[here].isspace() and step > 0 else here
    return place
