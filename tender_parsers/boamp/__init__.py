"""BOAMP: notices of the French bulletin in its own XML (root `ANNONCE`), before eForms and below the thresholds."""

from tender_parsers.boamp.notices import ROOT, read
from tender_parsers.boamp.summary import summary
from tender_parsers.reader import Reader

READER = Reader("boamp", read, summary, roots=frozenset({ROOT, f"{ROOT}S"}))

__all__ = ["READER", "read"]
