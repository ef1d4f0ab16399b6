"""Which body a specification written here goes to when it is sent to be read again: its market and its clauses tell.

The words that come with it seldom say more than “please read this”. Pure.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mpdi.clause_library.core.vocabulary import Category
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.errors import ReadDocumentError
from mpdi.helpdesk.vocabulary import Route

_ROUTE_OF: Mapping[str, Route] = {
    "ENV": Route.MPD,
    "ETH": Route.MPD,
    "SOC": Route.SOCIAL,
    "DMP": Route.ANTI_DUMPING,
    "SME": Route.SME,
    "INN": Route.MPI,
}
_GENERAL = "GEN"


@dataclass(frozen=True)
class FileRoute:
    """Where a file leads, and the market it names."""

    route: Route
    category: Category | None


def route_of_file(data: bytes) -> FileRoute | None:
    """Return where a file written here leads; None for any other file, and for one that cannot be read."""
    try:
        manifest = read_specification(data).manifest
    except ReadDocumentError:
        return None
    if manifest is None or manifest.get("kind") != "specification":
        return None
    category = _category(manifest)
    if category is Category.FOOD:
        return FileRoute(Route.FOOD, category)
    return FileRoute(_of_clauses(manifest), category)


def _category(manifest: Mapping[str, Any]) -> Category | None:
    named = manifest.get("category")
    used = named.get("used") if isinstance(named, dict) else None
    return Category(used) if used in tuple(Category) else None


def _of_clauses(manifest: Mapping[str, Any]) -> Route:
    """Return the body of more than half of the clauses written for the market; else the general facilitator."""
    entries = manifest.get("clauses")
    parts = (
        [str(each.get("id", "")).split("-") for each in entries if isinstance(each, dict)]
        if isinstance(entries, list)
        else []
    )
    own = Counter(
        _ROUTE_OF[part[0]] for part in parts if len(part) == 3 and part[0] in _ROUTE_OF and part[1] != _GENERAL
    )
    route, count = next(iter(own.most_common(1)), (Route.MPD, 0))
    return route if count * 2 > own.total() else Route.MPD
