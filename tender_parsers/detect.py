"""Which format a file has, by its content alone; names and extensions say nothing."""

from tender_parsers import bda, boamp, decp, eforms, ocds, ted
from tender_parsers.exceptions import EmptyInput, NotANotice
from tender_parsers.reader import Reader
from tender_parsers.reading import Source

READERS: tuple[Reader, ...] = (eforms.READER, ted.READER, ocds.READER, decp.READER, boamp.READER, bda.READER)
"""Every format, asked in this order. A new format is one line here."""

_BY_ROOT = {root: reader for reader in READERS for root in reader.roots}
_XML_STARTS = (b"<", b"\xff\xfe<\0", b"\xfe\xff\0<", b"<\0", b"\0<")


def find_reader(source: Source) -> Reader:
    """The reader of a source's format; raises `EmptyInput`, `NotANotice`, or what makes the XML unreadable."""
    head = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not head.strip(b"\0"):
        raise EmptyInput(source.name)
    if head.startswith(_XML_STARTS):
        return _by_root(source)
    for reader in READERS:
        if reader.recognises(head):
            return reader
    raise NotANotice(source.name, "neither XML, JSON nor a table of a known kind", 0)


def _by_root(source: Source) -> Reader:
    tag = source.root().tag
    name = tag.rpartition("}")[2] if isinstance(tag, str) else ""
    reader = _BY_ROOT.get(name)
    if reader is None:
        raise NotANotice(source.name, f"root element {name}", 0)
    return reader
