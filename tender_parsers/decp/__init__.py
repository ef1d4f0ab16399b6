"""DECP: essential data of French public contracts and concessions, orders of 2019 and 2022, JSON, XML and CSV."""

from tender_parsers.decp.loading import is_table
from tender_parsers.decp.notices import read
from tender_parsers.decp.summary import summary
from tender_parsers.json_keys import first_keys
from tender_parsers.reader import Reader


def recognises(head: bytes) -> bool:
    """Whether a file is JSON with `marches`, or a table with the columns of the DECP."""
    return "marches" in first_keys(head) if head.startswith((b"{", b"[")) else is_table(head)


READER = Reader("decp", read, summary, roots=frozenset({"marches"}), recognises=recognises)

__all__ = ["READER", "read", "recognises"]
