"""Where the words of a mark on a chart stand: beside it, over nothing else, within the picture. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

_LETTER, _LINE = 9, 17
"""Width of a letter, rather more than less, and height of a line."""


@dataclass(frozen=True)
class Box:
    """What a mark or its words cover."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two cover the same place."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def is_in(self, other: "Box") -> bool:
        """Whether it lies within another."""
        across = other.left <= self.left and self.right <= other.right
        return across and other.top <= self.top and self.bottom <= other.bottom


def beside(
    mark: tuple[float, float], words: str, taken: Sequence[Box], room: Box
) -> tuple[Box, tuple[float, float], str]:
    """Where the words of a mark stand: the nearest place beside it that nothing covers and that the picture does not cut."""
    (x, y), wide = mark, len(words) * _LETTER
    places = []
    for step in range(0, 8 * _LINE, _LINE):
        below, above = y + 20 + step, y - 8 - step
        # Costs rise with the years: lines are seldom below on the right, nor above on the left.
        for top, is_right in ((below, True), (above, False), (below, False), (above, True)):
            left = x + 8 if is_right else x - 8 - wide
            at, anchor = (x + 8 if is_right else x - 8, top), "start" if is_right else "end"
            places.append((Box(left, top - 13, left + wide, top + 4), at, anchor))
    free = (each for each in places if each[0].is_in(room) and not any(each[0].meets(other) for other in taken))
    return next(free, places[0])
