"""OCDS 1.0 to 1.2 (Open Contracting Data Standard), its EU profile and the sustainability extension."""

from tender_parsers.json_keys import first_keys
from tender_parsers.ocds.notices import read
from tender_parsers.ocds.summary import summary
from tender_parsers.reader import Reader

_SURE = frozenset({"ocid", "releases", "records", "compiledRelease", "versionedRelease"})
_PARTS = frozenset({"tender", "awards", "contracts", "bids", "buyer", "parties", "planning"})


def recognises(head: bytes) -> bool:
    """Whether the first object has a key that only OCDS has, or two of its sections."""
    keys = first_keys(head)
    return bool(keys & _SURE) or len(keys & _PARTS) > 1


READER = Reader("ocds", read, summary, recognises=recognises)

__all__ = ["READER", "read", "recognises"]
