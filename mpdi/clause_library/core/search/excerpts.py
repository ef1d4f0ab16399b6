"""Excerpts: the stretch of a clause with most of the words asked for, cut from the stored text as it is."""

from collections import Counter
from collections.abc import Collection
from typing import Any

import numpy as np

from mpdi.clause_library.core.search.schema import stem_number

Piece = tuple[str, bool]
"""A stretch of text, and whether it is a word asked for. Plain text: the page escapes and marks it."""
WINDOW = 32
"""Words of an excerpt."""
_MAX_MATCHES = 200


def excerpt(text: bytes, marks: bytes, wanted: Collection[str]) -> tuple[Piece, ...]:
    """Return the best stretch of a text, in pieces; its beginning when it holds none of the stems wanted."""
    places, numbers = np.frombuffer(marks, dtype=np.uint32).reshape(2, -1)
    decoded = text.decode("utf-8")
    if not len(places):
        return ((decoded[:200], False),) if decoded else ()
    matches = np.flatnonzero(np.isin(numbers, np.fromiter(map(stem_number, wanted), np.uint32, len(wanted))))
    first = _best_start(matches[:_MAX_MATCHES].tolist(), numbers)
    last = min(first + WINDOW, len(places)) - 1
    inside = matches[(matches >= first) & (matches <= last)]
    return _pieces(decoded, _spans(places, inside), _span(places[first])[0], _span(places[last])[1])


def _best_start(matches: list[int], numbers: "np.ndarray[Any, Any]") -> int:
    """Slide a window over the matches; more different words win, then more words, then the earlier."""
    if not matches:
        return 0
    best, best_score, left = matches[0], (0, 0), 0
    inside: Counter[int] = Counter()
    for right, match in enumerate(matches):
        inside[int(numbers[match])] += 1
        while match - matches[left] >= WINDOW - 6:
            number = int(numbers[matches[left]])
            inside[number] -= 1
            if not inside[number]:
                del inside[number]
            left += 1
        if (score := (len(inside), right - left)) > best_score:
            best, best_score = matches[left], score
    return max(best - 6, 0)


def _span(place: Any) -> tuple[int, int]:
    start, length = divmod(int(place), 256)
    return start, start + length


def _spans(places: "np.ndarray[Any, Any]", matches: "np.ndarray[Any, Any]") -> list[tuple[int, int]]:
    return [_span(places[match]) for match in matches]


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces: list[Piece] = [("… ", False)] if start > 0 else []
    for span_start, span_end in spans:
        pieces += [(text[start:span_start], False), (text[span_start:span_end], True)]
        start = span_end
    tail = text[end : end + 1] if text[end : end + 1] in (".", ";", "!", "?") else ""
    pieces.append((text[start:end] + tail + (" …" if end + 1 < len(text) else ""), False))
    return tuple((piece, marked) for piece, marked in pieces if piece)
