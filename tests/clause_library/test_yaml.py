"""YAML is read strictly: what can be misread is a message with file, place and remedy."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.strict_yaml import YamlFileError

REFUSED = {
    "a key twice": ("a: 1\nb: 2\na: 3\n", "line 3", "“a” stands twice"),
    "a key twice, in braces": ("a: {b: 1, b: 2}\n", "line 1", "“b” stands twice"),
    "an anchor's alias": ("a: &x [1]\nb: *x\n", "line 2", "alias"),
    "a merge": ("a: &x {c: 1}\nb:\n  <<: *x\n", "line 3", "alias"),
    "a key that is a number": ("1: a\n", "line 1", "quote it"),
    "a key that is a list": ("? [a]\n: b\n", "line 1", "not a word"),
    "a day that does not exist": ("a: 2026-02-30\n", "line 1", "not a date"),
    "too deep": ("a: " + "[" * 60 + "]" * 60, "line 1", "nested deeper"),
    "deep beyond any stack": ("a: " + "[" * 100_000, "line 1", "nested deeper"),
    "two documents": ("a: 1\n---\nb: 2\n", "line 2", "another document"),
    "an open bracket": ("a: [1, 2\n", "line 2", ""),
    "a tab as indent": ("a:\n\tb: 1\n", "line 2", ""),
    "a Python object": ("a: !!python/object/apply:os.system [echo]\n", "line 1", "tag"),
    "a tag on a number": ("a: !!int x\n", "line 1", "tag"),
    "a tag on a mapping": ("a: !!map x\n", "line 1", "tag"),
    "a tag of one's own": ("a: !secret x\n", "line 1", "tag"),
    "an exponent beyond measure": ("a: 1e9999999999999999999\n", "line 1", "figures"),
    "an exponent that would fill the memory": ("a: 1e999999\n", "line 1", "figures"),
    "a number of five thousand figures": (f"a: {'9' * 5_000}\n", "line 1", "figures"),
}


@pytest.mark.parametrize(("text", "place", "words"), REFUSED.values(), ids=REFUSED)
def test_what_can_be_misread_is_refused_with_its_place(text, place, words):
    with pytest.raises(YamlFileError) as caught:
        strict_yaml.parse(text, "answers.yaml")
    message = str(caught.value)
    assert message.startswith("answers.yaml: ")
    assert place in message
    assert words in message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-7", -7),
        ("0.10", Decimal("0.10")),
        ("1e400", Decimal("1e400")),
        ("1.5e3", Decimal(1500)),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("2026-12-01", datetime.date(2026, 12, 1)),
        ('"2026-12-01"', "2026-12-01"),
        ("1,5", "1,5"),
        ("1 000", "1 000"),
        ("1_000", "1_000"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("True", "True"),
        ("0x10", "0x10"),
        ("0o17", "0o17"),
        (".5", ".5"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("12:30:00", "12:30:00"),
        ("2026-12-01T10:00:00", "2026-12-01T10:00:00"),
        ("010", 10),
    ],
)
def test_plain_scalars_are_what_a_reader_takes_them_for(text, value):
    read = strict_yaml.parse(f"a: {text}\n", "f")["a"]
    assert read == value
    assert type(read) is type(value)


def test_decimals_keep_their_figures():
    assert str(strict_yaml.parse("a: 0.10\n", "f")["a"]) == "0.10"


def test_a_file_above_a_megabyte_is_refused_unread(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_bytes(b"a: " + b"x" * 10_000_000)
    with pytest.raises(YamlFileError, match=r"large\.yaml: larger than 1 MB"):
        strict_yaml.read(path)
    with pytest.raises(YamlFileError, match="larger than 1 MB"):
        strict_yaml.parse("é" * 500_001, "posted")


def test_a_file_just_below_the_limit_is_read(tmp_path):
    path = tmp_path / "full.yaml"
    path.write_bytes(b"a: " + b"x" * (strict_yaml.MAX_BYTES - 3))
    assert len(strict_yaml.read(path)["a"]) == strict_yaml.MAX_BYTES - 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: é\n".encode("latin-1"), "byte 3 is not UTF-8"),
        ("a: b\n".encode("utf-16"), "not UTF-8"),
        (b"a: \x00b\n", "not readable"),
        (b"a: \x1b[2J\n", "not readable"),
    ],
)
def test_a_file_of_other_bytes_is_refused_by_name(tmp_path, content, words):
    path = tmp_path / "bytes.yaml"
    path.write_bytes(content)
    with pytest.raises(YamlFileError) as caught:
        strict_yaml.read(path)
    assert "bytes.yaml" in str(caught.value)
    assert words in str(caught.value)


def test_a_byte_order_mark_is_no_fault(tmp_path):
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert strict_yaml.read(path) == {"a": 1}


@pytest.mark.parametrize("name", ["absent.yaml", "."])
def test_a_file_that_is_not_there_is_a_message(tmp_path, name):
    with pytest.raises(YamlFileError, match="cannot be read"):
        strict_yaml.read(tmp_path / name)


@given(st.text(max_size=80) | st.text(alphabet="{}[]!&*?|>-:,#'\" \n\ta1e9.", max_size=60))
def test_no_text_at_all_raises_anything_else(text):
    message = "f: "
    try:
        strict_yaml.parse(text, "f")
    except YamlFileError as error:
        message = str(error)
    assert message.startswith("f: ")
