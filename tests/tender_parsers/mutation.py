"""Notices spoilt in ways that keep them readable enough to reach deep, and what must hold of whatever comes out."""

import copy
import dataclasses
import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from random import Random

from lxml import etree

from tender_parsers.__main__ import _number as json_number
from tender_parsers.archives import members
from tender_parsers.exceptions import NoticeError
from tender_parsers.limits import Limits
from tender_parsers.mapped import table_reader
from tender_parsers.reading import Source
from tender_parsers.serialise import to_json
from tender_parsers.sources import reader_for

FIXTURES = Path(__file__).parent / "fixtures"
SEEDS = sorted(
    path
    for path in FIXTURES.glob("*/*")
    if path.is_file()
    and path.parent.name != "found"
    and not path.name.endswith((".expected.json", ".mapping.json", ".zip", ".gz"))
)
_TABLES = {path.name.partition(".")[0]: table_reader(path) for path in sorted(FIXTURES.glob("mapped/*.mapping.json"))}
_LIMITS = Limits(document_bytes=4 << 20, stream_bytes=8 << 20, object_bytes=4 << 20)
_PLAIN = (str, bool, int, Decimal, date, Enum, type(None))

WRITTEN = (
    "", " ", "x", "-1", "0", "1", "1e400", "9" * 400, "NaN", "1,2", "1.2.3", "unpublished", "true", "maybe", "EUR",
    "2024-02-30", "0000-00-00Z", "9999-12-31-14:00", "2024-01-01+99:99", "24:00:00", "12:99:99Z", "LOT-0001", "ORG-0001",
    "RES-0001", "TEN-0001", "CON-0001", "\u202f1", "\uff11\uff12", "\u0660\u0661\u0662", "\u00b2", "e\u0301" * 40,
    "1#2", "1, 3", "None", "${x}", "=1+1",
)  # fmt: skip
VALUES = (
    None, [], {}, "", "x", 1, -1, 0, 1.5, 1e300, True, False, [None], [[]], [1], ["a"], {"id": None}, {"a": {}}, 10**60,
    [{}], [{"id": 1}, {"id": 1}], "2024-13-40T00:00:00Z", "9999-12-31T23:59:59-14:00", "\ud800", "EUR", "9" * 22,
)  # fmt: skip


def hold(data: bytes, mapping: str = "export_3p_like", name: str = "sent") -> str:
    """Read bytes as a batch would; the kinds of what came out. Fails where anything but a refusal is raised.

    A table of no known kind is read by the `mapping` of that fixture, if there is one of that name. What is read is made
    of plain values only, can be written as JSON in UTF-8, and summed up.
    """
    left: list[NoticeError] = []
    kinds = set()
    try:
        for source in members(Source(name, [data], _LIMITS), left.append):
            kinds.add(_held(source, mapping))
    except NoticeError as error:
        left.append(error)
    return " ".join(sorted(kinds | {_refused(error, name) for error in left}))


def _held(source: Source, mapping: str) -> str:
    try:
        reader = reader_for(source, _TABLES.get(mapping))
        notices = list(reader.read(source))
    except NoticeError as error:
        return _refused(error, source.name)
    for notice in notices:
        sound(notice)
        json.loads(to_json(notice).encode())
    json.dumps(reader.summary(iter(notices)), default=json_number, allow_nan=False).encode() if notices else None
    return reader.format


def _refused(error: NoticeError, name: str) -> str:
    assert error.name.startswith(name)
    assert error.offset is None or error.offset >= 0
    str(error).encode()
    return type(error).__name__


def sound(value: object) -> None:
    """Every value within is what its class promises: frozen, of plain kinds, in tuples."""
    if isinstance(value, tuple):
        for each in value:
            sound(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            sound(getattr(value, field.name))
    else:
        assert isinstance(value, _PLAIN), value
        assert not isinstance(value, Decimal) or value.is_finite()


def spoil(data: bytes, random: Random, others: Sequence[bytes] = ()) -> bytes:
    """A file changed in one of three ways: as a tree, as values, as bytes."""
    start = data.lstrip()[:1]
    if random.random() < 0.7:
        if start == b"<":
            return _spoilt_tree(data, random)
        if start in (b"{", b"["):
            return _spoilt_values(data, random)
    return _spoilt_bytes(data, random, others)


def _spoilt_tree(data: bytes, random: Random) -> bytes:
    root = etree.fromstring(data)
    for _ in range(random.choice((1, 2, 4, 12))):
        elements = list(root.iter(etree.Element))
        random.choice(_ON_TREES)(random.choice(elements), elements, random)
    return etree.tostring(root)


def _remove(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _repeat(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    if element.getparent() is not None:
        for _ in range(random.choice((1, 3))):
            element.addnext(copy.deepcopy(element))


def _write(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    element.text = random.choice(WRITTEN)


def _attributes(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    for name in element.attrib:
        element.attrib[name] = random.choice(WRITTEN)


def _bare(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    element.attrib.clear()


def _graft(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    if len(elements) < 3000:
        element.append(copy.deepcopy(random.choice(elements)))


def _rename(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    element.tag = random.choice(elements).tag


def _reverse(element: etree._Element, elements: list[etree._Element], random: Random) -> None:
    element[:] = list(element)[::-1]


_ON_TREES: tuple[Callable[[etree._Element, list[etree._Element], Random], None], ...] = (
    _remove,
    _repeat,
    _write,
    _attributes,
    _bare,
    _graft,
    _rename,
    _reverse,
)


def _spoilt_values(data: bytes, random: Random) -> bytes:
    lines = data.split(b"\n")
    try:
        value = json.loads(data)
    except json.JSONDecodeError:  # JSON Lines
        at = random.randrange(len(lines))
        return b"\n".join((*lines[:at], _spoilt_values(lines[at], random) if lines[at] else b"", *lines[at + 1 :]))
    for _ in range(random.choice((1, 2, 6))):
        places = list(_places(value))
        if not places:
            break
        where, key = random.choice(places)
        what = random.randrange(5)
        if what == 0:
            del where[key]
        elif what == 1:
            other, at = random.choice(places)
            where[key] = copy.deepcopy(other[at])
        else:
            where[key] = copy.deepcopy(random.choice(VALUES))
    return json.dumps(value).encode()


def _places(value: object):
    """Each container within, with a key of it."""
    inside = (
        list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    )
    for key, each in inside:
        yield value, key
        yield from _places(each)


_TOKENS = (
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>", b"&x;", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"</", b"<![CDATA[", b"<!--",
    b'"', b"{", b"}", b"[", b"]", b",", b":", b"null", b"1e999999", b"NaN", b'"\\ud800"', b"\r", b"\n", b";", b"\t", b"\x1a",
    b"PK\x03\x04", b"\x1f\x8b", b"\xc3", b"\xf4\x90\x80\x80", b"'", b"\\",
)  # fmt: skip


def _spoilt_bytes(data: bytes, random: Random, others: Sequence[bytes]) -> bytes:
    made = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 6))):
        at = random.randrange(len(made) + 1)
        what = random.randrange(6)
        if what == 0:
            made[at : at + 1] = bytes([random.randrange(256)])
        elif what == 1:
            del made[at : at + random.choice((1, 8, 100, 3000))]
        elif what == 2:
            made[at:at] = random.choice(_TOKENS)
        elif what == 3:
            del made[at:]
        elif what == 4:
            begin = random.randrange(len(made) + 1)
            made[at:at] = made[begin : begin + random.choice((5, 80, 900))]
        elif others:
            other = random.choice(others)
            begin = random.randrange(len(other) + 1)
            made[at:at] = other[begin : begin + random.choice((10, 400))]
    return bytes(made)
