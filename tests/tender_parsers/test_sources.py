"""Files, folders and archives of any mixture: every notice is found, and what gives none is named with its reason."""

import gzip
import io
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from tender_parsers import Limits, NoticeError, iter_notices, parse_notice
from tender_parsers.exceptions import (
    DoctypeRefused,
    EmptyInput,
    Malformed,
    NotANotice,
    SeveralNotices,
    TooDeep,
    TooLarge,
    Truncated,
    Unreadable,
    WrongEncoding,
)

FIXTURES = Path(__file__).parent / "fixtures" / "eforms"
GOOD = (FIXTURES / "below_threshold.xml").read_bytes()
CHANGE = (FIXTURES / "change_notice.xml").read_bytes()


def zip_of(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def tar_of(*members: tuple[str, bytes], mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:
        for name, data in members:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return target.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


# One notice


@pytest.mark.parametrize(
    "given",
    [GOOD, gzip.compress(GOOD), b"\xef\xbb\xbf" + GOOD, GOOD.decode().replace("UTF-8", "UTF-16").encode("utf-16")],
    ids=["plain", "gzip", "byte order mark", "UTF-16"],
)
def test_a_notice_is_read_whatever_it_is_wrapped_in(given):
    assert parse_notice(given).title == "Achat de papier"


def test_a_notice_is_read_from_a_path_or_an_open_file(tmp_path):
    path = write(tmp_path / "no-extension", GOOD)
    assert parse_notice(path).source == str(path)
    assert parse_notice(str(path)).title == "Achat de papier"
    with path.open("rb") as opened:
        assert parse_notice(opened).source == str(path)


@pytest.mark.parametrize(
    ("given", "error", "offset"),
    [
        (b"", EmptyInput, None),
        (b" \n\t ", EmptyInput, None),
        (b"hello", NotANotice, 0),
        (b"<html/>", NotANotice, 0),
        (GOOD[: len(GOOD) // 2], Truncated, len(GOOD) // 2),
        (GOOD.replace(b"</cbc:ID>", b"</cbc:IX>", 1), Malformed, None),
        (GOOD.replace("é".encode(), b"\xe9", 1), WrongEncoding, None),
        (GOOD.replace(b"?>", b"?><!DOCTYPE x>", 1), DoctypeRefused, GOOD.index(b"?>") + 2),
        (b"<a>" * 300 + b"</a>" * 300, TooDeep, None),
        (gzip.compress(GOOD)[:-20], Truncated, None),
        (b"\x1f\x8bnothing", Malformed, None),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)
def test_what_is_no_notice_is_refused_by_reason_and_byte(given, error, offset):
    with pytest.raises(error) as refused:
        parse_notice(given, name="given.xml")
    assert (refused.value.name, type(refused.value)) == ("given.xml", error)
    assert refused.value.reason in str(refused.value)
    assert str(refused.value).endswith(refused.value.remedy)
    if offset is not None:
        assert abs(refused.value.offset - offset) <= 60


def test_a_doctype_in_another_encoding_is_refused_as_well():
    text = GOOD.decode().replace("UTF-8", "UTF-16").replace("?>", '?><!DOCTYPE x [<!ENTITY e "e">]>', 1)
    with pytest.raises(DoctypeRefused):
        parse_notice(text.encode("utf-16"))


def test_words_of_a_doctype_within_a_text_are_no_doctype():
    given = GOOD.replace(b"Achat de papier", b"<![CDATA[<!DOCTYPE x>]]>")
    assert parse_notice(given).title == "<!DOCTYPE x>"


def test_a_document_beyond_the_limit_is_refused():
    with pytest.raises(TooLarge):
        parse_notice(GOOD, limits=Limits(document_bytes=1000))
    with pytest.raises(TooLarge):
        parse_notice(gzip.compress(GOOD), limits=Limits(document_bytes=1000))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(Unreadable, match=r"nowhere\.xml"):
        parse_notice(tmp_path / "nowhere.xml")


def test_several_notices_are_not_taken_for_one():
    release = '{"ocid": "ocds-000000-%d", "id": "1", "tag": ["tender"], "tender": {"id": "1"}}'
    lines = "\n".join(release % number for number in (1, 2)).encode()
    with pytest.raises(SeveralNotices):
        parse_notice(lines)


# Many


def test_a_folder_of_everything_gives_every_notice_and_tells_what_was_left_out(tmp_path):
    write(tmp_path / "a.xml", GOOD)
    write(tmp_path / "b" / "change.xml.gz", gzip.compress(CHANGE))
    write(tmp_path / "c.zip", zip_of(inner__one=GOOD, bad=b"<a><b></a>", inner__two=zip_of(three=CHANGE)))
    write(
        tmp_path / "d.tgz",
        tar_of(("x/1.xml", GOOD), ("x/2.xml", b""), ("x/3.tar", tar_of(("y.xml", CHANGE), mode="w"))),
    )
    write(tmp_path / "e.txt", b"not a notice")
    batch = iter_notices(tmp_path)
    sources = [Path(notice.source or "").relative_to(tmp_path).as_posix() for notice in batch]
    assert sources == [
        "a.xml",
        "b/change.xml.gz",
        "c.zip!inner/one",
        "c.zip!inner/two!three",
        "d.tgz!x/1.xml",
        "d.tgz!x/3.tar!y.xml",
    ]
    left = {Path(each.name).relative_to(tmp_path).as_posix(): each.kind for each in batch.left_out}
    assert left == {"c.zip!bad": "Malformed", "d.tgz!x/2.xml": "EmptyInput", "e.txt": "NotANotice"}
    assert (batch.notices, batch.files) == (6, 9)


def test_a_folder_is_read_in_the_order_of_names_and_links_to_folders_are_not_followed(tmp_path):
    for name in ("2.xml", "10.xml", "a/1.xml"):
        write(tmp_path / name, GOOD)
    (tmp_path / "again").symlink_to(tmp_path, target_is_directory=True)
    assert [Path(notice.source).name for notice in iter_notices(tmp_path)] == ["10.xml", "2.xml", "1.xml"]


def test_a_path_that_is_not_there_ends_the_batch_with_its_reason(tmp_path):
    batch = iter_notices(tmp_path / "nowhere")
    assert list(batch) == []
    assert [each.kind for each in batch.left_out] == ["Unreadable"]


@pytest.mark.parametrize(
    "name", ["../outside.xml", "/etc/outside.xml", "C:/outside.xml", "a/../../outside.xml", "..\\outside.xml"]
)
def test_a_member_that_leads_outside_is_left_out_and_the_next_one_read(tmp_path, name):
    for data in (tar_of((name, GOOD), ("good.xml", GOOD)), zip_of(**{name: GOOD, "good.xml": GOOD})):
        batch = iter_notices(write(tmp_path / "archive", data))
        assert [notice.source for notice in batch] == [f"{tmp_path / 'archive'}!good.xml"]
        assert [each.kind for each in batch.left_out] == ["UnsafePath"]


def test_links_and_devices_in_an_archive_are_left_out(tmp_path):
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo("link")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    batch = iter_notices(write(tmp_path / "links.tar", target.getvalue()))
    assert (list(batch), [each.kind for each in batch.left_out]) == ([], ["UnsafePath"] * 4)


def test_a_member_that_cannot_be_unpacked_does_not_stop_the_archive(tmp_path):
    for data in (
        tar_of(("bad.gz", b"\x1f\x8bnothing"), ("cut.gz", gzip.compress(GOOD)[:-30]), ("good.xml", GOOD)),
        zip_of(**{"bad.gz": b"\x1f\x8bnothing", "cut.gz": gzip.compress(GOOD)[:-30], "good.xml": GOOD}),
    ):
        batch = iter_notices(write(tmp_path / "archive", data))
        assert len(list(batch)) == 1
        assert [each.kind for each in batch.left_out] == ["Malformed", "Truncated"]


def test_a_cut_archive_gives_what_it_still_has(tmp_path):
    whole = tar_of(*((f"{number}.xml", GOOD) for number in range(200)), mode="w")
    batch = iter_notices(write(tmp_path / "cut.tar", whole[: len(whole) // 2]))
    assert 50 < len(list(batch)) < 150
    assert {each.kind for each in batch.left_out} == {"Truncated"}
    batch = iter_notices(write(tmp_path / "cut.zip", zip_of(a=GOOD, b=GOOD)[:-40]))
    assert (list(batch), [each.kind for each in batch.left_out]) == ([], ["Truncated"])


def test_an_encrypted_or_damaged_member_is_named(tmp_path):
    whole = bytearray(zip_of(a=GOOD, b=GOOD))
    flags = whole.index(b"PK\x01\x02") + 8
    whole[flags] |= 1
    batch = iter_notices(write(tmp_path / "locked.zip", bytes(whole)))
    assert (len(list(batch)), [each.kind for each in batch.left_out]) == (1, ["Encrypted"])
    damaged = bytearray(zip_of(a=GOOD, b=GOOD))
    damaged[60] ^= 0xFF
    batch = iter_notices(write(tmp_path / "damaged.zip", bytes(damaged)))
    assert (len(list(batch)), [each.kind for each in batch.left_out]) == (1, ["Malformed"])


def test_a_bomb_is_refused_before_it_unpacks(tmp_path):
    zeros = b"<a>" + b" " * (20 << 20) + b"</a>"
    for name, data in (("bomb.zip", zip_of(a=zeros, b=GOOD)), ("bomb.gz", gzip.compress(zeros))):
        batch = iter_notices(write(tmp_path / name, data))
        assert len(list(batch)) == (name == "bomb.zip")
        assert [each.kind for each in batch.left_out] == ["CompressionBomb"]


def test_archives_within_archives_have_an_end(tmp_path):
    packed = GOOD
    for _ in range(6):
        packed = zip_of(member=packed)
    batch = iter_notices(write(tmp_path / "deep.zip", packed))
    assert (list(batch), [each.kind for each in batch.left_out]) == ([], ["TooDeep"])


def test_limits_on_members_and_on_all_bytes_of_an_archive(tmp_path):
    path = write(tmp_path / "many.tar", tar_of(*((f"{number}.xml", GOOD) for number in range(10)), mode="w"))
    batch = iter_notices(path, limits=Limits(members=4))
    assert (len(list(batch)), [each.kind for each in batch.left_out]) == (4, ["TooManyMembers"])
    batch = iter_notices(path, limits=Limits(archive_bytes=3 * len(GOOD)))
    assert (len(list(batch)), [each.kind for each in batch.left_out]) == (3, ["TooLarge"])


def test_a_workbook_is_one_file_and_no_archive_of_notices(tmp_path):
    workbook = zip_of(**{"[Content_Types].xml": b"<Types/>", "xl__workbook.xml": b"<workbook/>"})
    batch = iter_notices(write(tmp_path / "table.xlsx", workbook))
    assert (list(batch), [each.kind for each in batch.left_out]) == ([], ["NotANotice"])


def test_memory_does_not_grow_with_the_number_of_notices(tmp_path):
    path = write(tmp_path / "many.tgz", tar_of(*((f"{number}.xml", GOOD) for number in range(800))))
    batch = iter_notices(path)
    tracemalloc.start()
    for _ in range(200):
        next(batch)
    early = tracemalloc.get_traced_memory()[0]
    rest = sum(1 for _ in batch)
    late = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert rest == 600
    assert late - early < 100_000


def test_a_refusal_can_be_caught_by_one_class():
    with pytest.raises(NoticeError):
        parse_notice(b"hello")


def test_a_link_that_leads_nowhere_is_named_and_not_passed_over(tmp_path):
    (tmp_path / "gone.xml").symlink_to(tmp_path / "never_there.xml")
    batch = iter_notices(tmp_path)
    assert list(batch) == []
    [left] = batch.left_out
    assert (left.kind, left.name) == ("Unreadable", str(tmp_path / "gone.xml"))
    assert "a link that leads to no file" in left.message
