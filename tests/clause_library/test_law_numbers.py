"""Numbers of law are dated: the day of publication decides, and a day without a value is a message."""

import datetime
import itertools
from decimal import Decimal

import pytest
from clause_samples import as_yaml, both

from mpdi.clause_library.core.facts import eu_threshold, facts_of
from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError, UnknownLawNumberError, read_law_numbers
from mpdi.clause_library.core.purchase import Authority, Purchase
from mpdi.clause_library.core.vocabulary import AuthorityType, Nature, Procedure
from mpdi.exceptions import DataFileError

LAST_OF_2025, FIRST_OF_2026 = datetime.date(2025, 12, 31), datetime.date(2026, 1, 1)
NUMBER = {
    "unit": "EUR",
    "label": both("Seuil"),
    "values": [{"value": 10, "valid_from": FIRST_OF_2026, "valid_to": None, "certainty": "verified", "source": "Loi"}],
}


@pytest.fixture(scope="module")
def numbers(clause_library):
    return clause_library.reference.numbers


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("eu_threshold_works", 5_538_000, 5_404_000),
        ("eu_threshold_central", 143_000, 140_000),
        ("eu_threshold_other", 221_000, 216_000),
        ("lots_reason", 143_000, 140_000),
        ("negotiated_without_publication", 143_000, 140_000),
    ],
)
def test_thresholds_change_with_the_year(numbers, key, before, after):
    assert numbers.value(key, LAST_OF_2025) == before
    assert numbers.value(key, FIRST_OF_2026) == after


def test_a_day_without_a_value_names_the_number_and_the_known_days(numbers):
    with pytest.raises(LawNumberNotInForceError) as caught:
        numbers.value("eu_threshold_other", datetime.date(2028, 1, 1))
    message = str(caught.value)
    assert "2028-01-01" in message
    assert "2026-01-01 – 2027-12-31" in message
    assert numbers.number("eu_threshold_other").label.fr in message


def test_an_unknown_key_says_where_to_add_it(numbers):
    with pytest.raises(UnknownLawNumberError, match=r"“no_such”.*numbers\.yaml"):
        numbers.value("no_such", FIRST_OF_2026)


def test_no_number_has_two_values_on_one_day_or_ends_before_it_begins(numbers):
    for number in numbers:
        spans = sorted((value.valid_from, value.valid_to or datetime.date.max) for value in number.values)
        assert all(start <= end for start, end in spans), number.key
        assert all(before[1] < after[0] for before, after in itertools.pairwise(spans)), number.key


@pytest.mark.parametrize("lacking", ["value", "valid_from", "valid_to", "certainty", "source"])
def test_a_number_without_source_or_date_cannot_be_loaded(tmp_path, lacking):
    value = {key: item for key, item in NUMBER["values"][0].items() if key != lacking}
    path = tmp_path / "numbers.yaml"
    path.write_text(as_yaml({"threshold": {**NUMBER, "values": [value]}}), encoding="utf-8")
    with pytest.raises(DataFileError, match=rf"numbers\.yaml.*{lacking}"):
        read_law_numbers(path)


@pytest.mark.parametrize(
    "changed",
    [
        {"source": ""},
        {"certainty": "sure"},
        {"value": "dix"},
        {"value": True},
        {"valid_from": "hier"},
        {"valid_to": "demain"},
    ],
)
def test_a_number_with_a_wrong_value_cannot_be_loaded(tmp_path, changed):
    path = tmp_path / "numbers.yaml"
    path.write_text(
        as_yaml({"threshold": {**NUMBER, "values": [{**NUMBER["values"][0], **changed}]}}), encoding="utf-8"
    )
    with pytest.raises(DataFileError, match=r"numbers\.yaml"):
        read_law_numbers(path)


def bought(**changes) -> Purchase:
    return Purchase(
        **{
            "publication_date": datetime.date(2026, 6, 1),
            "nature": Nature.SERVICES,
            "authority": Authority("A", AuthorityType.LOCAL),
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("changes", "threshold"),
    [
        ({}, 216_000),
        ({"authority": Authority("A", AuthorityType.FEDERAL)}, 140_000),
        ({"nature": Nature.WORKS}, 5_404_000),
        ({"nature": Nature.CONCESSION}, 5_404_000),
        ({"cpv": ("55524000",)}, 750_000),
        ({"cpv": ("55524000",), "nature": Nature.SUPPLIES}, 216_000),
        ({"publication_date": LAST_OF_2025}, 221_000),
        ({"nature": None}, None),
        ({"authority": Authority("A", None)}, None),
    ],
)
def test_which_european_threshold_concerns_a_purchase(numbers, changes, threshold):
    assert eu_threshold(bought(**changes), numbers) == threshold


@pytest.mark.parametrize(
    ("value", "stands"), [("215999.99", "below"), ("216000", "at_or_above"), ("216000.01", "at_or_above")]
)
def test_the_threshold_itself_counts_as_reached(numbers, value, stands):
    assert facts_of(bought(estimated_value=Decimal(value)), numbers)["value_against_eu_threshold"] == stands


@pytest.mark.parametrize(
    ("changes", "low"),
    [
        ({"estimated_value": Decimal("29999.99")}, True),
        ({"estimated_value": Decimal(30_000)}, False),
        ({}, None),
        ({"procedure": Procedure.LOW_VALUE}, True),
        ({"procedure": Procedure.OPEN}, False),
    ],
)
def test_when_a_contract_is_of_low_value(numbers, changes, low):
    assert facts_of(bought(**changes), numbers)["low_value"] is low
