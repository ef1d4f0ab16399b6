"""The CPV table, and the category and regime that follow from a code."""

import re

import pytest
from clause_samples import purchase

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.categories import find_category, is_fraud_sensitive, is_labour_intensive, is_light_regime
from mpdi.clause_library.core.cpv import UnknownCpvError, cpv_table, find_cpv
from mpdi.clause_library.core.vocabulary import Category, Nature
from mpdi.resources import folder


def test_the_table_is_whole():
    table = cpv_table()
    assert len(table) == 9454
    assert all(
        re.fullmatch("[0-9]{8}", code) and re.fullmatch("[0-9]", entry.check_digit) for code, entry in table.items()
    )
    assert all(entry.fr.strip() and entry.nl.strip() and entry.en.strip() for entry in table.values())


@pytest.mark.parametrize("written", ["90919200", "90919200-4", " 90919200 "])
def test_a_code_is_found_however_it_is_written(written):
    code = find_cpv(written)
    assert code.full == "90919200-4"
    assert len({code.name("fr"), code.name("nl"), code.name("en")}) == 3


@pytest.mark.parametrize(
    "written", ["90919201", "9091920", "", "abc", "90919200-9", "-4", "９０９１９２００", "9" * 5000]
)
def test_a_code_that_does_not_exist_is_a_message(written):
    with pytest.raises(UnknownCpvError) as caught:
        find_cpv(written)
    assert "CPV" in str(caught.value)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("codes", "category", "prefix"),
    [
        (["90919200"], "cleaning", "9091"),
        (["15700000"], "general", "157"),
        (["15811000"], "food", "15"),
        (["79110000"], "general", None),
        (["79110000", "90919200"], "cleaning", "9091"),
        (["45112700"], "green_spaces", "451127"),
        ([], "general", None),
    ],
)
def test_the_longest_prefix_of_the_main_code_decides(codes, category, prefix):
    found = find_category(purchase(cpv=tuple(codes)))
    assert (found.used, found.found, found.prefix, found.differs) == (category, category, prefix, False)


def test_the_buyers_own_category_wins_and_the_difference_is_told():
    found = find_category(purchase(cpv=("90919200",), category=Category.FOOD))
    assert (found.used, found.found, found.differs) == (Category.FOOD, Category.CLEANING, True)


def test_every_prefix_of_the_rules_begins_a_code():
    categories = strict_yaml.read(folder("clauses") / "rules" / "categories.yaml")["categories"]
    regimes = strict_yaml.read(folder("clauses") / "law" / "regimes.yaml")
    prefixes = [*categories, *(item["prefix"] for regime in regimes.values() for item in regime)]
    assert len(prefixes) > 200
    lost = [prefix for prefix in prefixes if prefix.ljust(8, "0") not in cpv_table()]
    assert not lost


REGIMES = [
    (
        is_light_regime,
        ["55524000", "79713000", "79952000", "64110000"],
        ["64121200", "90919200", "79992000", "75131100"],
    ),
    (
        is_fraud_sensitive,
        ["90919200", "79713000", "60161000", "77310000", "45000000"],
        ["55524000", "72000000", "90511000"],
    ),
    (is_labour_intensive, ["90919200", "79713000", "55524000", "77310000"], ["72000000", "66510000", "60161000"]),
]


@pytest.mark.parametrize(("regime", "inside", "outside"), REGIMES, ids=["light", "fraud_sensitive", "labour_intensive"])
def test_regimes_of_services_follow_the_main_code(regime, inside, outside):
    assert all(regime(purchase(cpv=(code,))) is True for code in inside)
    assert all(regime(purchase(cpv=(code,))) is False for code in outside)
    assert regime(purchase()) is None, "no code: not known, never no"


@pytest.mark.parametrize(
    ("regime", "works", "supplies"),
    [(is_light_regime, False, False), (is_fraud_sensitive, True, False), (is_labour_intensive, True, False)],
)
def test_works_and_supplies_are_decided_by_their_nature(regime, works, supplies):
    assert regime(purchase(nature=Nature.WORKS, cpv=("55524000",))) is works
    assert regime(purchase(nature=Nature.SUPPLIES, cpv=("90919200",))) is supplies
