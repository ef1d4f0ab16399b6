"""What a firm looks for among open notices, as the address of the page says it. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

MAX_WORDS = 200
LEFT = (7, 14, 30, 60)
"""Days that may be asked to be left; an assumption of ours."""
REASONS = ("suitable", "reserved", "small")
"""What may be asked to speak for a small firm: declared suitable (BT-726), reserved (BT-71), a lot of a small value."""
NATURES = ("works", "supplies", "services")
PAGE = 20
_DIGITS = re.compile(r"\d{2,8}")
_CPV = re.compile(r"\s*(\d{2,8})(?:-\d?)?\s*")
_NUTS = re.compile(r"[A-Za-z]{2}[A-Za-z0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class MarketQuery:
    """The filters; what is empty does not narrow."""

    cpv: str = ""
    """Digits of a code, or words."""
    place: str = ""
    """NUTS code, or its beginning, in capitals."""
    nature: str = ""
    buyer: str = ""
    left: int = 0
    """Days that must be left at least."""
    reason: str = ""
    page: int = 1
    is_place_unknown: bool = False
    """Whether a place was typed that is no NUTS code: it does not narrow."""

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.arguments(page=1))

    @property
    def digits(self) -> str | None:
        """The digits of a CPV code, where digits were typed."""
        found = _CPV.fullmatch(self.cpv)
        return found[1] if found else None

    def arguments(self, **changed: str | int) -> dict[str, str | int]:
        """The query of the address, with some filters changed; without what does not narrow."""
        told = replace(self, **changed)  # type: ignore[arg-type]
        filters: dict[str, str | int] = {
            "cpv": told.cpv,
            "place": told.place,
            "nature": told.nature,
            "buyer": told.buyer,
            "left": told.left,
            "reason": told.reason,
            "page": told.page if told.page > 1 else 0,
        }
        return {name: value for name, value in filters.items() if value}


def read_query(given: Mapping[str, str]) -> MarketQuery:
    """Read the query of an address; what cannot be is left out."""
    place = _words(given, "place")
    is_nuts = bool(_NUTS.fullmatch(place))
    return MarketQuery(
        cpv=_words(given, "cpv"),
        place=place.upper() if is_nuts else "",
        nature=_one_of(given, "nature", NATURES),
        buyer=_words(given, "buyer"),
        left=int(_one_of(given, "left", [str(days) for days in LEFT]) or 0),
        reason=_one_of(given, "reason", REASONS),
        page=_page(given.get("page", "")),
        is_place_unknown=bool(place) and not is_nuts,
    )


def _words(given: Mapping[str, str], name: str) -> str:
    return " ".join(given.get(name, "")[:MAX_WORDS].replace("\0", " ").split())


def _one_of(given: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    value = given.get(name, "")
    return value if value in known else ""


def _page(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


def prefixes(codes: Sequence[str]) -> list[str]:
    """The beginnings that a code and all below it share: `90910000` → `9091`; one that another covers is left out."""
    short = sorted({code.rstrip("0").ljust(2, "0") for code in codes if _DIGITS.fullmatch(code)})
    kept: list[str] = []
    for each in short:
        if not any(each.startswith(other) for other in kept):
            kept.append(each)
    return kept
