"""What is made to harm is refused by name, with its reason and its byte; and it stops nothing that stands beside it."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hostile import (
    BODY,
    DOCTYPES,
    GOOD,
    TED,
    encrypted,
    gzip_bomb,
    linked,
    nested,
    overlapping,
    symbolic,
    tarred,
    workbook,
    xml,
    zipped,
)

from tender_parsers import NoticeError, iter_notices, parse_notice, to_json
from tender_parsers import exceptions as refused
from tender_parsers.__main__ import main
from tender_parsers.limits import Limits
from tender_parsers.mapped import Mapping, table_reader

ROOT = Path(__file__).resolve().parents[2]


def refusal(data: bytes, **arguments: object) -> NoticeError:
    with pytest.raises(NoticeError) as caught:
        parse_notice(data, name="sent.xml", **arguments)
    assert caught.value.name == "sent.xml"
    assert str(caught.value).startswith("sent.xml")
    return caught.value


def batch_of(path: Path, data: bytes, **arguments: object) -> tuple[int, dict[str, str]]:
    """How many notices a file gives, and what is left out: the part of the name behind the file, and the kind."""
    path.write_bytes(data)
    batch = iter_notices(path, **arguments)
    count = sum(1 for _ in batch)
    return count, {each.name.removeprefix(str(path)): each.kind for each in batch.left_out}


# XML


@pytest.mark.parametrize("prolog", DOCTYPES.values(), ids=DOCTYPES)
@pytest.mark.parametrize("encoding", ["UTF-8", "UTF-16", "UTF-16LE", "ISO-8859-1"])
def test_any_document_type_is_refused_with_its_byte(prolog, encoding):
    began = time.process_time()
    error = refusal(xml(prolog, BODY.encode("ascii", "xmlcharrefreplace").decode(), encoding))
    assert type(error) is refused.DoctypeRefused
    assert time.process_time() - began < 1
    if encoding == "UTF-8":
        assert error.offset is not None
        assert xml(prolog)[error.offset :].startswith(b"<!DOCTYPE TED_EXPORT")


def test_a_document_type_in_an_encoding_that_hides_it_is_refused():
    hidden = b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADw-!DOCTYPE a>" + BODY.encode("ascii", "ignore")
    assert type(refusal(hidden)) in (refused.DoctypeRefused, refused.WrongEncoding, refused.Malformed)


def test_words_that_look_like_a_document_type_are_no_reason_to_refuse():
    for passage in ("<![CDATA[<!DOCTYPE html>]]>", "&lt;!DOCTYPE html&gt;"):
        text = GOOD.decode().replace("Inscription requise.", passage)
        assert "<!DOCTYPE html>" in str(parse_notice(text.encode()))
    assert parse_notice(GOOD.replace(b"<CODED", b"<!-- <!DOCTYPE a> --><CODED"))


def test_nothing_is_fetched_or_included(tmp_path):
    (tmp_path / "secret").write_text("SECRET")
    include = f'<P xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include parse="text" href="{tmp_path}/secret"/></P>'
    found = parse_notice(GOOD.decode().replace("<P>Visite", f"{include}<P>Visite").encode())
    assert "SECRET" not in str(found)
    assert type(refusal(GOOD.replace(b"Visite", b"&x;"))) is refused.Malformed


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", refused.EmptyInput),
        (b" \r\n\t", refused.EmptyInput),
        (b"\xef\xbb\xbf", refused.EmptyInput),
        (b"\0" * 5000, refused.EmptyInput),
        (gzip.compress(b"", mtime=0), refused.EmptyInput),
        (b"<html><body/></html>", refused.NotANotice),
        (b"<TED_EXPORT/>", refused.NotANotice),
        (b"Dear Sir or Madam", refused.NotANotice),
        (b"{}", refused.NotANotice),
        (b"[]", refused.NotANotice),
        (b"null", refused.NotANotice),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", refused.NotANotice),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", refused.NotANotice),
        (b"MZ\x90\0\3\0\0\0", refused.NotANotice),
        (GOOD + GOOD.partition(b"?>")[2], refused.Malformed),
        (GOOD + b"\n<!-- fine --><a/>", refused.Malformed),
        (GOOD.replace(b"</FORM_SECTION>", b"</FORM>"), refused.Malformed),
        (GOOD.replace(b'encoding="UTF-8"', b'encoding="UTF-99"'), refused.WrongEncoding),
        (GOOD.decode().encode("latin-1"), refused.WrongEncoding),
    ],
)
def test_what_is_no_notice_is_named_as_what_it_is(data, kind):
    assert type(refusal(data)) is kind


def test_the_byte_that_does_not_fit_the_encoding_is_told():
    spoilt = GOOD.replace("Le reste est inchangé".encode(), b"Le reste est inchang\xe9")
    error = refusal(spoilt)
    assert type(error) is refused.WrongEncoding
    assert error.offset is not None
    assert abs(error.offset - spoilt.index(b"\xe9</P>")) < 20


@pytest.mark.parametrize("name", ["corrigendum", "award_notice", "r208_contract_notice"])
def test_a_file_cut_anywhere_is_truncated(name):
    whole = (TED / f"{name}.xml").read_bytes()
    last = whole.rindex(b"</TED_EXPORT>")
    for at in range(60, last, max(1, last // 60)):
        error = refusal(whole[:at])
        assert type(error) in (refused.Truncated, refused.WrongEncoding), (at, error)
        if isinstance(error, refused.WrongEncoding):  # in the middle of a letter
            assert whole[at - 1] >= 0x80 or whole[at] >= 0x80


def test_depth_is_read_as_far_as_notices_go_and_refused_beyond():
    assert "Tief" in str(parse_notice(nested(190)))
    error = refusal(nested(260))
    assert type(error) is refused.TooDeep
    assert error.offset
    assert type(refusal(nested(100_000))) is refused.TooDeep


def test_size_is_refused_before_it_is_held():
    assert type(refusal(GOOD, limits=Limits(document_bytes=1000))) is refused.TooLarge
    huge = GOOD.replace(b"Visite", b"V" * (11 << 20))
    assert type(refusal(huge)) in (refused.TooLarge, refused.Malformed)
    with pytest.raises(refused.TooLarge):
        parse_notice(io.BytesIO(GOOD), limits=Limits(document_bytes=1000))


@pytest.mark.parametrize(
    "attack",
    [
        "<X " + " ".join(f'a{n}="1"' for n in range(60_000)) + "/>",
        "".join(f'<X xmlns:n{n}="urn:{n}"/>' for n in range(30_000)),
        "<OBJECT_CONTRACT>" + "<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>" * 20_000 + "</OBJECT_CONTRACT>",
        "<OBJECT_CONTRACT><TITLE>" + "<P>a</P>" * 60_000 + "</TITLE></OBJECT_CONTRACT>",
        "<PROCEDURE>" + "".join(f"<NOTICE_NUMBER_OJ>{n}</NOTICE_NUMBER_OJ>" for n in range(30_000)) + "</PROCEDURE>",
        "<OBJECT_CONTRACT>"
        + "".join(f"<OBJECT_DESCR><LOT_NO>{n}</LOT_NO></OBJECT_DESCR>" for n in range(8000))
        + "</OBJECT_CONTRACT>"
        + "".join(f"<AWARD_CONTRACT><LOT_NO>{n}</LOT_NO></AWARD_CONTRACT>" for n in range(8000)),
        "<OBJECT_CONTRACT>"
        + "<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>" * 4000
        + "</OBJECT_CONTRACT>"
        + "<AWARD_CONTRACT><LOT_NO>1</LOT_NO></AWARD_CONTRACT>" * 4000,
    ],
    ids=[
        "attributes",
        "namespaces",
        "one lot often",
        "paragraphs",
        "references",
        "awards by lots",
        "awards of one number",
    ],
)
def test_repetition_costs_no_more_than_its_length(attack):
    data = f'<TED_EXPORT><FORM_SECTION><F03_2014 LG="FR">{attack}</F03_2014></FORM_SECTION></TED_EXPORT>'.encode()
    began = time.process_time()
    parse_notice(data)
    assert time.process_time() - began < 8


# JSON


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":' + b"[" * 100_000, refused.TooDeep),
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":' + b'{"x":' * 100_000, refused.TooDeep),
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":' + b"9" * 10_000 + b"}", refused.Malformed),
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":NaN}', refused.Malformed),
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":"', refused.Truncated),
        (b'{"ocid":"a","id":"1","tag":["tender"]', refused.Truncated),
        (b'{"ocid":"a","id":"1","tag":["tender"]}}', refused.Malformed),
        (b'{"ocid":"a","id":"1","tag":["tender"],"x":"\xff"}', refused.WrongEncoding),
    ],
)
def test_json_that_is_none_is_refused_with_its_byte(data, kind):
    error = refusal(data)
    assert type(error) is kind
    assert error.offset is not None


def test_numbers_of_json_cannot_grow_when_they_are_written():
    release = {"ocid": "a", "id": "1", "tag": ["tender"], "tender": {"value": {"amount": 0, "currency": "EUR"}}}
    text = json.dumps(release).replace('"amount": 0', '"amount": 1e999999999')
    notice = parse_notice(text.encode())
    assert len(str(notice)) < 10_000


def test_half_a_character_of_json_can_be_written_again():
    release = {"ocid": "a\ud800", "id": "1", "tag": ["tender"], "tender": {"title": "b\ud800"}}
    str(parse_notice(json.dumps(release).encode())).encode()


# Archives


@pytest.mark.parametrize(
    "name", ["../notice.xml", "/etc/notice.xml", "a/../../notice.xml", "..\\notice.xml", "C:\\n.xml"]
)
def test_paths_that_lead_out_of_an_archive_are_refused_and_the_rest_is_read(tmp_path, name):
    for made in (zipped, tarred):
        count, left = batch_of(tmp_path / "sent", made([("a.xml", GOOD), (name, GOOD), ("z.xml", GOOD)]))
        assert count == 2
        assert list(left.values()) == ["UnsafePath"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sent"]


def test_a_member_without_a_name_is_left_out(tmp_path):
    count, left = batch_of(tmp_path / "nameless.zip", zipped([(zipfile.ZipInfo(""), GOOD), ("a.xml", GOOD)]))
    assert (count, left) == (1, {"!": "UnsafePath"})


def test_links_and_devices_are_refused(tmp_path):
    tar = tarred(
        [
            (linked("s.xml", "/etc/passwd", tarfile.SYMTYPE), b""),
            (linked("h.xml", "a.xml", tarfile.LNKTYPE), b""),
            (linked("c.xml", "", tarfile.CHRTYPE), b""),
            (linked("f.xml", "", tarfile.FIFOTYPE), b""),
            ("a.xml", GOOD),
        ]
    )
    count, left = batch_of(tmp_path / "links.tar", tar)
    assert count == 1
    assert left == {f"!{name}.xml": "UnsafePath" for name in "shcf"}
    assert batch_of(tmp_path / "l.zip", zipped([(symbolic("s"), b"/etc/passwd"), ("a", GOOD)])) == (
        1,
        {"!s": "UnsafePath"},
    )


def test_bombs_are_refused_in_no_time(tmp_path):
    began = time.process_time()
    assert type(refusal(gzip_bomb())) is refused.CompressionBomb
    inside = zipped([("bomb.xml", b" " * (64 << 20)), ("a.xml", GOOD)])
    assert batch_of(tmp_path / "bomb.zip", inside) == (1, {"!bomb.xml": "CompressionBomb"})
    assert batch_of(tmp_path / "b.tar", tarred([("b.gz", gzip_bomb()), ("a.xml", GOOD)]))[0] == 1
    assert time.process_time() - began < 10


def test_members_that_overlap_are_a_bomb_together_though_none_is_alone(tmp_path):
    """Fifty members of 8 MB in a file of 12 KB: refused after what its size allows, not after all of it."""
    began = time.process_time()
    count, left = batch_of(tmp_path / "overlap.zip", overlapping(50_000, 8_000_000))
    assert count == 0
    assert "CompressionBomb" in left.values()
    assert len(left) < 100
    assert time.process_time() - began < 10


def test_a_directory_of_too_many_members_is_refused_before_it_is_held(tmp_path):
    made = overlapping(65_000, 100)
    tracemalloc.start()
    count, left = batch_of(tmp_path / "many.zip", made, limits=Limits(members=1000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, left) == (0, {"": "TooManyMembers"})
    assert peak < 3 * len(made)
    many = zipped([(str(number), b"") for number in range(66_000)], zipfile.ZIP_STORED)
    assert batch_of(tmp_path / "long.zip", many, limits=Limits(members=60_000)) == (0, {"": "TooManyMembers"})


def test_archives_in_archives_end_at_the_limit(tmp_path):
    packed = GOOD
    for level in range(3):
        packed = zipped([(f"{level}", packed)])
    assert batch_of(tmp_path / "three.zip", packed)[0] == 1
    count, left = batch_of(tmp_path / "four.zip", zipped([("deep", packed), ("a.xml", GOOD)]))
    assert count == 1
    assert list(left.values()) == ["TooDeep"]


def test_a_member_that_needs_a_password_or_is_spoilt_is_left_out(tmp_path):
    assert batch_of(tmp_path / "locked.zip", encrypted()) == (0, {"!secret.xml": "Encrypted"})
    spoilt = bytearray(zipped([("a.xml", GOOD), ("b.xml", GOOD)]))
    spoilt[60:90] = bytes(30)
    count, left = batch_of(tmp_path / "spoilt.zip", bytes(spoilt))
    assert count == 1
    assert list(left) == ["!a.xml"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_spoilt_or_cut_anywhere_stops_nothing(tmp_path, method):
    whole = zipped([("a.xml", GOOD), ("b.xml", GOOD)], method)
    for at in range(0, len(whole), len(whole) // 40):
        batch_of(tmp_path / "cut.zip", whole[:at])
        spoilt = bytearray(whole)
        spoilt[at : at + 3] = b"\xff\xff\xff"
        batch_of(tmp_path / "spoilt.zip", bytes(spoilt))


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_spoilt_or_cut_anywhere_stops_nothing(tmp_path, mode):
    whole = tarred([("a.xml", GOOD), ("b.xml", GOOD)], mode)
    for at in range(0, len(whole), len(whole) // 60):
        batch_of(tmp_path / "cut.tar", whole[:at])
        spoilt = bytearray(whole)
        spoilt[at : at + 3] = b"\xff\xff\xff"
        batch_of(tmp_path / "spoilt.tar", bytes(spoilt))


BAD_MEMBERS = {
    "gzip cut": gzip.compress(GOOD)[:-30],
    "gzip that is none": b"\x1f\x8b" + b"\xff" * 50,
    "zip cut": zipped([("a", GOOD)])[:-10],
    "doctype": xml(DOCTYPES["empty"]),
    "empty": b"",
    "text": b"Dear Sir or Madam",
    "deep": nested(300),
    "bomb": gzip_bomb(),
}


@pytest.mark.parametrize("bad", BAD_MEMBERS.values(), ids=BAD_MEMBERS)
@pytest.mark.parametrize("made", [zipped, tarred])
def test_one_bad_member_never_stops_an_archive(tmp_path, bad, made):
    count, left = batch_of(tmp_path / "sent", made([("a.xml", GOOD), ("bad", bad), ("z.xml", GOOD)]))
    assert count == 2
    assert len(left) == 1
    assert next(iter(left)).startswith("!bad")


def test_a_folder_of_attacks_gives_its_good_notices_and_says_why_the_rest_is_missing(tmp_path):
    for number, data in enumerate(BAD_MEMBERS.values()):
        (tmp_path / f"m{number}").write_bytes(data)
    (tmp_path / "a.xml").write_bytes(GOOD)
    (tmp_path / "z.xml").write_bytes(GOOD)
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "nowhere").symlink_to(tmp_path / "missing")
    os.mkfifo(tmp_path / "pipe")
    batch = iter_notices(tmp_path)
    assert sum(1 for _ in batch) == 2
    assert {Path(each.name.partition("!")[0]).name for each in batch.left_out} == {
        *(f"m{n}" for n in range(len(BAD_MEMBERS))),
        "nowhere",
    }
    assert all(issubclass(getattr(refused, each.kind), NoticeError) for each in batch.left_out)
    assert all(each.message.endswith(".") for each in batch.left_out)


# Tables


HEADINGS = "<row>" + "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in ("id", "title")) + "</row>"
MAPPING = Mapping.of({"columns": {"notice_id": "id", "title": "title"}, "language": "fr"})


def table(tmp_path: Path, data: bytes) -> tuple[int, list[str]]:
    (tmp_path / "sent.xlsx").write_bytes(data)
    batch = iter_notices(tmp_path / "sent.xlsx", table_reader=table_reader(MAPPING))
    return sum(1 for _ in batch), [each.kind for each in batch.left_out]


def test_a_workbook_made_to_harm_is_refused_by_name(tmp_path):
    row = '<row><c r="A2"><v>1</v></c><c r="B2" t="s"><v>0</v></c></row>'
    fine = workbook(HEADINGS + row, "<si><t>Titre</t></si>")
    assert table(tmp_path, fine) == (1, [])
    doctype = "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
    for encoding in ("UTF-8", "UTF-16"):
        assert table(tmp_path, workbook(doctype + HEADINGS + row, encoding=encoding)) == (0, ["DoctypeRefused"])
    far = '<row><c r="XFD2"><v>1</v></c></row>' * 4000
    assert table(tmp_path, workbook(HEADINGS + far))[1] == ["TooLarge"]
    assert table(tmp_path, workbook(HEADINGS + row, f"<si><t>{'a' * 40_000}</t></si>")) == (0, ["TooLarge"])
    assert table(tmp_path, workbook(HEADINGS + f"<!--{' ' * (30 << 20)}-->")) == (0, ["CompressionBomb"])
    assert table(tmp_path, workbook(HEADINGS + row, target="../../../../etc/passwd")) == (0, ["Malformed"])
    spoilt = bytearray(fine)
    spoilt[fine.index(b"sheet1.xml") + 30 : fine.index(b"sheet1.xml") + 50] = bytes(20)
    assert table(tmp_path, bytes(spoilt)) == (0, ["Malformed"])


def test_a_formula_is_never_worked_out(tmp_path):
    formula = (
        '<row><c r="A2"><f>1+1</f><v>7</v></c><c r="B2" t="str"><f>WEBSERVICE("http://a.example")</f><v>x</v></c></row>'
    )
    (tmp_path / "sent.xlsx").write_bytes(workbook(HEADINGS + formula))
    (notice,) = iter_notices(tmp_path / "sent.xlsx", table_reader=table_reader(MAPPING))
    assert (notice.notice_id, notice.title) == ("7", "x")


# Where it comes from


def test_what_the_system_does_not_give_is_refused_by_name(tmp_path):
    for path in (tmp_path, tmp_path / "missing.xml", f"{tmp_path}/nul\0.xml", f"{tmp_path}/" + "long" * 200):
        with pytest.raises(refused.Unreadable):
            parse_notice(path)
    assert [each.kind for each in _ended(f"{tmp_path}/nul\0.xml")] == ["Unreadable"]
    assert [each.kind for each in _ended(tmp_path / "missing.xml")] == ["Unreadable"]


def _ended(path):
    batch = iter_notices(path)
    assert list(batch) == []
    return batch.left_out


class _Breaking(io.BytesIO):
    """A file on a disk that fails."""

    def read(self, size=-1):
        if self.tell() > 1000:
            raise OSError(5, "Input/output error")
        return super().read(min(size, 600) if size > 0 else 600)


def test_a_file_that_cannot_be_read_to_its_end_is_refused():
    with pytest.raises(refused.Unreadable):
        parse_notice(_Breaking(GOOD))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs /proc")
def test_a_file_of_the_system_that_fails_when_read_does_not_stop_a_batch():
    assert [each.kind for each in _ended("/proc/self/mem")] == ["Unreadable"]


def test_the_command_prints_names_and_texts_that_no_terminal_can_show(tmp_path):
    strange = os.fsencode(tmp_path) + b"/not-utf8-\xff.xml"
    Path(os.fsdecode(strange)).write_bytes(GOOD)
    (tmp_path / "b.json").write_text('{"ocid":"a","id":"1","tag":["tender"],"tender":{"title":"\\ud800"}}')
    for command in ("summary", "json"):
        done = subprocess.run(
            [sys.executable, "-m", "tender_parsers", command, os.fsencode(tmp_path)],
            cwd=ROOT,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        assert done.returncode == 0, done.stderr
        assert len([json.loads(line) for line in done.stdout.decode("utf-8", "strict").splitlines()]) == 2


def test_many_parties_codes_or_rows_cost_no_more_than_their_number(tmp_path):
    suppliers = [{"id": str(number), "name": f"Firm {number}"} for number in range(8000)]
    release = {"ocid": "a", "id": "1", "tag": ["award"], "awards": [{"id": "1", "suppliers": suppliers}]}
    began = time.process_time()
    assert len(parse_notice(json.dumps(release).encode()).organisations) == 8000
    rows = "".join(f"Objet {number};;;;;\n" for number in range(8000))
    (tmp_path / "sent.csv").write_text("objet;montant;codeCPV;nature;procedure;dureeMois\n" + rows)
    assert sum(1 for _ in iter_notices(tmp_path / "sent.csv")) == 8000, "rows without identifiers are not one contract"
    assert time.process_time() - began < 15


def test_originals_without_end_are_read_as_far_as_there_are_languages():
    many = BODY.replace(
        "</FORM_SECTION>", '<F14_2014 CATEGORY="ORIGINAL" LG="NL"><X/></F14_2014>' * 5000 + "</FORM_SECTION>"
    )
    assert len(parse_notice(many.encode()).other_languages) == 29


def test_lots_and_awards_of_one_number_do_not_multiply():
    lots = "<OBJECT_DESCR><LOT_NO>1</LOT_NO></OBJECT_DESCR>" * 300
    awards = "<AWARD_CONTRACT><LOT_NO>1</LOT_NO></AWARD_CONTRACT>" * 300
    form = f'<F03_2014 LG="FR"><OBJECT_CONTRACT>{lots}</OBJECT_CONTRACT>{awards}</F03_2014>'
    notice = parse_notice(f"<TED_EXPORT><FORM_SECTION>{form}</FORM_SECTION></TED_EXPORT>".encode())
    assert len({lot.id for lot in notice.lots}) == 300
    assert {award.lots for award in notice.results} == {("1",)}


def test_a_party_named_thousands_of_times_does_not_make_gigabytes_of_json(tmp_path, capsys):
    party = {"id": "p", "additionalIdentifiers": [{"id": str(number)} for number in range(3000)]}
    release = {"ocid": "a", "id": "1", "tag": ["award"], "parties": [party]}
    release["awards"] = [{"id": "1", "suppliers": [{"id": "p"}] * 3000}]
    (tmp_path / "a.json").write_text(json.dumps(release))
    (tmp_path / "b.xml").write_bytes(GOOD)
    with pytest.raises(refused.TooLarge):
        to_json(parse_notice(tmp_path / "a.json"))
    assert main(["json", str(tmp_path)]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 1
