"""How a format's reader is plugged in: each package of a format has one `READER`, listed in `detect.py`."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tender_parsers.notice import Notice
from tender_parsers.reading import Source


def _never(head: bytes) -> bool:
    return not head


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how it is recognised, read and summed up."""

    format: str
    read: Callable[[Source], Iterator[Notice]]
    """Every notice of a source, one at a time (`source.root()`, `.json()`, `.blocks()` or `.stream()`); each notice
    carries `source.name`. Raises a `NoticeError` where the file as a whole is none."""
    summary: Callable[[Iterable[Notice]], dict[str, object]]
    """The keys of `python -m tender_parsers summary` for the notices of one file, without `path` and `format`."""
    roots: frozenset[str] = frozenset()
    """XML: local names of the root elements it reads."""
    recognises: Callable[[bytes], bool] = _never
    """Not XML: whether the first bytes of a file (unpacked, white space before them taken off) are of this format."""


def summary_of_first(
    main_values: Callable[[Notice], dict[str, object]],
) -> Callable[[Iterable[Notice]], dict[str, object]]:
    """The summary of a format that tells how many notices a file holds, and the main values of its first."""

    def summary(notices: Iterable[Notice]) -> dict[str, object]:
        first: Notice | None = None
        count = 0
        for notice in notices:
            first, count = first or notice, count + 1
        return {"n_notices": count, **(main_values(first) if first else {})}

    return summary
