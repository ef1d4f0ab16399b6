"""Readers of procurement notices: any format in, one frozen `Notice` out. Standard library and lxml only.

    from tender_parsers import iter_notices, parse_notice

`parse_notice` reads one notice, `iter_notices` a file, a folder or an archive of any mixture. See README.md.
"""

from tender_parsers.exceptions import NoticeError
from tender_parsers.limits import Limits
from tender_parsers.notice import WITHHELD, Notice
from tender_parsers.once import each_once
from tender_parsers.serialise import to_json, to_plain
from tender_parsers.sources import Batch, LeftOut, iter_notices, parse_notice

__all__ = [
    "WITHHELD",
    "Batch",
    "LeftOut",
    "Limits",
    "Notice",
    "NoticeError",
    "each_once",
    "iter_notices",
    "parse_notice",
    "to_json",
    "to_plain",
]
