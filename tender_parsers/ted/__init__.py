"""`TED_EXPORT`: R2.0.9 (S01 to S05), R2.0.8 and R2.0.7; contracts, utilities, concessions, design contests, defence."""

from tender_parsers.reader import Reader
from tender_parsers.ted.export import read
from tender_parsers.ted.summary import summary

READER = Reader("ted_export", read, summary, roots=frozenset({"TED_EXPORT"}))
