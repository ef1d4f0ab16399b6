"""The digest names one text for good: `vocabulary.md` says of which bytes it is."""

import datetime
import hashlib
import json
import unicodedata
from decimal import Decimal

import pytest
import yaml
from clause_samples import clause_data, version_of
from hypothesis import given
from hypothesis import strategies as st

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.digest import canonical_json, text_digest, version_digest
from mpdi.resources import folder


class _TextLoader(yaml.SafeLoader):
    """A second reader: dates and decimals stay the words they are in the file, as the digest's JSON has them."""


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.rsplit(":", 1)[-1] not in ("timestamp", "float")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def independent_digest(text: str) -> str:
    data = yaml.load(text, Loader=_TextLoader)
    words = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((unicodedata.normalize("NFC", words) + "\n").encode()).hexdigest()


def test_every_digest_of_the_edition_is_found_independently(clause_library):
    for version in clause_library:
        text = (folder("clauses") / "library" / version.id / f"{version.version}.yaml").read_text(encoding="utf-8")
        assert version.digest == independent_digest(text), version.reference
    assert any(version.id == "ENV-CLEAN-001" for version in clause_library)


def test_the_bytes_are_those_of_the_vocabulary():
    data = {
        "b": Decimal("1.50"),
        "a": ["e\u0301", True, None, 2, datetime.date(2026, 12, 1)],
        "c": {"z": 1, "y": "«é»"},
    }
    assert canonical_json(data) == '{"a":["é",true,null,2,"2026-12-01"],"b":"1.50","c":{"y":"«é»","z":1}}\n'.encode()


def test_order_of_keys_form_of_letters_and_layout_do_not_count():
    one = strict_yaml.parse("b: é\na: [1, 2]\n", "f")
    other = strict_yaml.parse("a:\n  - 1\n  - 2\nb: 'e\u0301'\n", "f")
    assert version_digest(one) == version_digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"a": 1}, {"a": "1"}),
        ({"a": "x"}, {"a": "x "}),
        ({"a": [1, 2]}, {"a": [2, 1]}),
        ({"a": Decimal("1.0")}, {"a": Decimal("1.00")}),
        ({"a": None}, {}),
    ],
)
def test_another_text_has_another_digest(one, other):
    assert version_digest(one) != version_digest(other)


def test_the_register_entry_is_no_part_of_it():
    data = clause_data()
    assert version_of(data).digest == version_of(data, status="withdrawn", review_due=datetime.date(2030, 1, 1)).digest


def test_what_a_text_cannot_hold_is_refused():
    with pytest.raises(TypeError, match="float"):
        canonical_json({"a": 1.5})


def test_a_rendered_text_is_the_same_however_its_white_space_falls():
    assert text_digest("un  été\n\tlong") == text_digest(" un e\u0301te\u0301 long ") != text_digest("un été court")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_the_canonical_form_reads_back_equal(data):
    raw = canonical_json(data) if _is_encodable(data) else None
    if raw is not None:
        assert raw.endswith(b"\n")
        assert canonical_json(json.loads(raw)) == raw


def _is_encodable(data) -> bool:
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True
