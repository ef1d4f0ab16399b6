"""The words of a `Notice` that hold for every format."""

from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

import tender_parsers.notice as words
from tender_parsers import to_json, to_plain
from tender_parsers.notice import (
    WITHHELD,
    AwardCriterion,
    CriterionNumber,
    Lot,
    Money,
    Notice,
    Strategic,
    Text,
    cpv_digits,
    in_language,
    three_letters,
    two_letters,
    weight_total,
)

CLASSES = [each for each in vars(words).values() if isinstance(each, type) and is_dataclass(each)]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_part_is_frozen_small_and_makes_no_claim_of_its_own(kind):
    assert kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)
    for field in fields(kind):
        assert (
            field.default is None
            or field.default == ()
            or field.name in ("whole", "kind", "element")
            or "MISSING" in repr(field.default)
        )


def test_what_is_not_stated_is_none_never_zero_or_false():
    lot = Lot()
    assert (lot.is_green, lot.is_social, lot.is_innovative) == (None, None, None)
    assert Lot(strategic=Strategic(environmental=("other",))).is_green is None
    assert Lot(strategic=Strategic(aims=("none",))).is_green is False
    assert (lot.sme_suitable, lot.estimated_value, Notice("ocds").title) == (None, None, None)


def test_json_leaves_out_what_is_not_stated_and_says_what_is_withheld():
    notice = Notice("ocds", whole=Lot("whole", estimated_value=Money(Decimal("1234567890123456789.10"), "EUR")))
    assert to_plain(notice) == {
        "format": "ocds",
        "whole": {"kind": "whole", "estimated_value": {"amount": "1234567890123456789.10", "currency": "EUR"}},
    }
    hidden = to_plain(Notice("ocds", procedure_type=WITHHELD, whole=Lot("whole", sme_suitable=False)))
    assert hidden["procedure_type"] == {"withheld": True}
    assert hidden["whole"] == {"kind": "whole", "sme_suitable": False}
    assert "é" in to_json(Notice("ocds", procedure_id="é"))


@pytest.mark.parametrize(
    ("written", "read"),
    [("FRA", "fr"), ("FR", "fr"), ("fr-BE", "fr"), ("NLD", "nl"), ("sv_SE", "sv"), ("", None), (None, None)],
)
def test_languages_of_all_formats_meet_in_two_letters(written, read):
    assert two_letters(written) == read


def test_a_text_is_found_by_language_else_the_first():
    texts = (Text("un", "FRA"), Text("een", "nl"))
    assert [in_language(texts, each) for each in ("NL", "fra", "DEU", None)] == ["een", "un", "un", "un"]
    assert in_language(()) is None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("BEL", "BEL"),
        ("BE", "BEL"),
        ("uk", "GBR"),
        ("GB", "GBR"),
        ("EL", "GRC"),
        ("1A0", "1A0"),
        ("Belgium", None),
        (None, None),
    ],
)
def test_countries_of_all_formats_meet_in_three_letters(written, read):
    assert three_letters(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("45000000", "45000000"),
        ("45000000-7", "45000000"),
        ("45233130.0", "45233130"),
        ("4500", None),
        ("450000001", None),
    ],
)
def test_a_cpv_code_is_its_eight_digits(written, read):
    assert cpv_digits(written) == read


def test_weights_are_summed_only_where_all_are_stated():
    def criterion(value: object) -> AwardCriterion:
        return AwardCriterion("price", numbers=(CriterionNumber("weight", value),))

    assert weight_total((criterion(Decimal(60)), criterion(Decimal(40)))) == 100
    assert weight_total((criterion(Decimal(60)), criterion(WITHHELD))) is None
    assert weight_total((criterion(Decimal(60)), AwardCriterion("quality"))) is None
    assert weight_total(()) is None
