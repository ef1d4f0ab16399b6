"""Tables, CSV or XLSX, read by a mapping file that says which column is what; see the README of `tender_parsers`.

iter_notices("export.csv", table_reader=table_reader("mapping.json"))
"""

import os
from collections.abc import Iterable
from functools import partial

from tender_parsers.mapped.mapping import FIELDS, Mapping
from tender_parsers.mapped.notices import read
from tender_parsers.notice import Notice
from tender_parsers.reader import Reader

__all__ = ["FIELDS", "Mapping", "table_reader"]


def table_reader(mapping: Mapping | str | os.PathLike[str]) -> Reader:
    """The reader of tables by a mapping, or by the mapping file of a path; raises `MappingError` where it does not fit."""
    checked = mapping if isinstance(mapping, Mapping) else Mapping.load(mapping)
    return Reader("mapped", partial(read, mapping=checked), summary)


def summary(notices: Iterable[Notice]) -> dict[str, object]:
    """Counts over the notices of one table."""
    count = lots = green = stated = remarks = 0
    for notice in notices:
        count += 1
        lots += len(notice.lots)
        stated += sum(lot.is_green is not None for lot in notice.lots)
        green += sum(lot.is_green is True for lot in notice.lots)
        remarks += len(notice.remarks)
    return {"n_notices": count, "n_lots": lots, "lots_bt06_stated": stated, "lots_green": green, "n_remarks": remarks}
