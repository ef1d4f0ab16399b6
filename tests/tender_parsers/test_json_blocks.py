"""Large JSON by blocks: the same objects as in memory, however the bytes come, and no more memory than one of them."""

import contextlib
import json
import tracemalloc
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tender_parsers import json_blocks
from tender_parsers.exceptions import Malformed, NoticeError, TooLarge, Truncated, WrongEncoding
from tender_parsers.json_blocks import json_items
from tender_parsers.json_keys import first_keys
from tender_parsers.limits import Limits
from tender_parsers.reading import Source

BELOW, OWN = {"releases", "records"}, {"ocid"}
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@pytest.fixture
def small_portions(monkeypatch):
    """Portions so small that every object crosses several."""
    monkeypatch.setattr(json_blocks, "_PORTION", 16)


def items_of(data: bytes, size: int, limits: Limits | None = None) -> list[object]:
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    source = Source("x.json", blocks, limits) if limits else Source("x.json", blocks)
    return [item.value for item in json_items(source, BELOW, OWN)]


def written(value: object) -> str:
    return json.dumps(value, default=float, ensure_ascii=False)


def read_again(value: object) -> object:
    return json.loads(written(value), parse_float=Decimal)


@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(VALUES, min_size=1, max_size=4),
    size=st.integers(4, 40),
    form=st.sampled_from(["array", "package", "lines"]),
)
def test_objects_are_the_same_however_the_bytes_come(values, size, form):
    objects = [{"ocid": str(at), "v": value} for at, value in enumerate(values)]
    text = {
        "array": written(objects),
        "package": f'{{"version": "1.1", "releases": {written(objects)}, "after": [1.5]}}',
        "lines": "\n".join(map(written, objects)),
    }[form]
    portion, json_blocks._PORTION = json_blocks._PORTION, 16
    try:
        assert items_of(text.encode("utf-8", "surrogatepass"), size) == [read_again(each) for each in objects]
    finally:
        json_blocks._PORTION = portion


def test_a_record_is_taken_whole_though_it_has_releases(small_portions):
    record = {"ocid": "1", "releases": [{"ocid": "1", "tag": ["tender"]}], "compiledRelease": {"ocid": "1"}}
    assert items_of(json.dumps(record).encode(), 7) == [record]
    package = {"records": [record]}
    assert items_of(json.dumps(package).encode(), 7) == [record]


@pytest.mark.parametrize(
    ("data", "reason", "offset"),
    [
        (b'[{"ocid": "1"}, {"ocid": "2"', Truncated, 28),
        (b'[{"ocid": "1"} {"ocid": "2"}]', Malformed, 15),
        ('[{"ocid": "é"}, x]'.encode(), Malformed, 17),
        (b'[{"ocid": "1"}, {"ocid": "\xff"}]', WrongEncoding, 26),
        (b'{"releases": [{"ocid": "1"}', Truncated, 27),
        (b'{1: 2, "ocid": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}', Malformed, 1),
    ],
)
def test_faults_are_told_by_their_byte(small_portions, data, reason, offset):
    with pytest.raises(reason) as refused:
        items_of(data, 5)
    assert refused.value.offset == offset


def test_what_stands_before_a_fault_is_read(small_portions):
    items = json_items(Source("x", [b'[{"ocid": "1"}, {"ocid": "2"}, {"o']), BELOW, OWN)
    assert [next(items).value, next(items).value] == [{"ocid": "1"}, {"ocid": "2"}]
    with pytest.raises(Truncated):
        next(items)


def test_one_object_beyond_the_limit_is_refused(small_portions):
    data = b'[{"ocid": "' + b"a" * 400_000 + b'"}]'
    with pytest.raises(TooLarge):
        items_of(data, 1000, Limits(object_bytes=100_000))


def releases(count: int) -> Iterator[bytes]:
    yield b'{"version": "1.1", "publisher": {"name": "x"}, "releases": ['
    for at in range(count):
        yield b'%s{"ocid": "%d", "tender": {"description": "%s"}}' % (b"," if at else b"", at, b"a" * 600)
    yield b"]}"


def peak_of(count: int) -> tuple[int, int]:
    """Objects of a generated package, and the most memory that reading it took."""
    tracemalloc.start()
    try:
        read = sum("tender" in item.value for item in json_items(Source("x.json", releases(count)), BELOW, OWN))
        return read, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_package():
    few, of_few = peak_of(4000)
    many, of_many = peak_of(16_000)
    assert (few, many) == (4000, 16_000)
    assert of_many < of_few * 1.3, f"{of_few} and {of_many} bytes"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60) | VALUES.map(lambda value: written(value).encode("utf-8", "surrogatepass")))
def test_keys_are_looked_for_in_anything_without_harm(head):
    assert all(isinstance(key, str) for key in first_keys(head) | first_keys(head[:-1]))


def test_keys_are_seen_where_the_first_bytes_end_within_an_object():
    head = b'{"extensions": ["a", "b"], "version": "1.1", "releases": [{"ocid": "1", "tender": {"id": "2'
    assert {"extensions", "version", "releases", "releases/ocid", "releases/tender"} <= first_keys(head)
    assert first_keys(b"<xml/>") == frozenset()


def test_nothing_but_its_own_errors_comes_out(small_portions):
    whole = b'{"releases": [{"ocid": "1", "v": [1.5, true, "\\u00e9", null]}]}'
    for cut in range(len(whole)):
        for data in (whole[:cut], whole[:cut] + b"]" + whole[cut:], whole[cut:]):
            with contextlib.suppress(NoticeError):
                items_of(data, 9)
