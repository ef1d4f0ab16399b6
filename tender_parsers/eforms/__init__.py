"""eForms: the notices of Regulation (EU) 2019/1780 in UBL."""

from tender_parsers.eforms.reader import ROOTS, read
from tender_parsers.eforms.summary import summary
from tender_parsers.reader import Reader

READER = Reader("eforms", read, summary, roots=ROOTS)
