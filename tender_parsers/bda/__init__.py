"""Search output of the Belgian publication platform (publicprocurement.be): read from synthetic samples of its shape."""

from tender_parsers.bda.notices import KEYS, read
from tender_parsers.bda.summary import summary
from tender_parsers.json_keys import first_keys
from tender_parsers.reader import Reader


def recognises(head: bytes) -> bool:
    """Whether two keys of a publication stand at the top, below `publications`, or below `json/publications`."""
    keys = first_keys(head)
    places = ("", "publications/", "json/publications/")
    return any(len({f"{place}{key}" for key in KEYS} & keys) > 1 for place in places)


READER = Reader("bda", read, summary, recognises=recognises)

__all__ = ["READER", "read", "recognises"]
