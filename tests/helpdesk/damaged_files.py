"""Archives as a broken transfer, a bad disk or somebody's hand leaves them."""

import zipfile
from io import BytesIO

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TYPES = "[Content_Types].xml"


def office(packed: int, *parts: str) -> bytes:
    """An Office file, packed in one of the ways a zip archive knows."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name in (_TYPES, "word/document.xml", *parts):
            archive.writestr(name, f"<{name}>" * 30)
    return made.getvalue()


def wrong_size() -> bytes:
    """A file stored as it is, of which the list of parts says that its first part is longer than all there is."""
    content = bytearray(office(zipfile.ZIP_STORED))
    entry = content.index(b"PK\x01\x02")
    for place in (20, 24):
        content[entry + place : entry + place + 4] = (900_000).to_bytes(4, "little")
    return bytes(content)


def damaged(packed: int, *parts: str) -> bytes:
    """An Office file of which the first part is overwritten where its packed bytes stand."""
    content = bytearray(office(packed, *parts))
    start = 30 + len(_TYPES) + 12
    content[start : start + 20] = b"\xff" * 20
    return bytes(content)


def no_such_place() -> bytes:
    """A file whose list of parts is said to begin before the file does."""
    content = office(zipfile.ZIP_STORED)
    entry = content.index(b"PK\x01\x02")
    return content[:4] + content[entry - 1 :]


def old_office(*names: str) -> bytes:
    """An Office file from before 2007, as far as its list of parts is concerned: names in entries of 128 bytes."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", "WordDocument", *names))
    return _OLE.ljust(512, b"\0") + b"Geachte _VBA_PROJECT".ljust(300_000, b"\0") + entries.ljust(512, b"\0")


DAMAGED = {
    "wrong size": wrong_size(),
    "deflated": damaged(zipfile.ZIP_DEFLATED),
    "bz2": damaged(zipfile.ZIP_BZIP2),
    "lzma": damaged(zipfile.ZIP_LZMA),
    "no such place": no_such_place(),
    "cut off": office(zipfile.ZIP_DEFLATED)[:-40],
}
