"""The file of buyers' words: its form, and that each group leads somewhere."""

import pytest

from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.search import SynonymFileError
from mpdi.clause_library.core.search.synonyms import read_synonyms, shipped_synonyms


def test_there_are_many_groups_for_clauses_and_for_cpv() -> None:
    groups = shipped_synonyms().groups
    assert len(groups) >= 150
    assert sum(bool(group.means) for group in groups) >= 50
    assert sum(bool(group.cpv) for group in groups) >= 80


def test_each_group_speaks_both_languages_and_its_codes_exist() -> None:
    codes = sorted(cpv_table())
    for group in shipped_synonyms().groups:
        assert set(group.says) == {"fr", "nl"}, group.says
        assert not group.means or set(group.means) == {"fr", "nl"}, group.says
        for prefix in group.cpv:
            assert any(code.startswith(prefix) for code in codes), prefix


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("la réfection des trottoirs communaux", "trottoir"),
        ("De POETSVROUWEN", "poetsvrouw"),
        ("retards de paiement", "retard de paiement"),
    ],
)
def test_groups_are_found_by_stems(query: str, says: str) -> None:
    groups = [each.group for each in shipped_synonyms().find(query)]
    assert says in [phrase for group in groups for phrases in group.says.values() for phrase in phrases]


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"groups": 1},
        {"groups": [{}]},
        {"groups": ["x"]},
        {"groups": [{"says": {"fr": ["a"]}}]},
        {"groups": [{"says": {"de": ["a"]}, "cpv": ["90"]}]},
        {"groups": [{"says": {"fr": [1]}, "cpv": ["90"]}]},
        {"groups": [{"says": {"fr": ["a"]}, "cpv": [90]}]},
        {"groups": [{"says": {"fr": ["a"]}, "cpv": ["9"]}]},
        {"groups": [{"says": {"fr": ["a"]}, "means": {"fr": ["…"]}}]},
        {"groups": [{"says": {"fr": ["a"]}, "cpv": ["90"], "x": 1}]},
        {"groups": [{"says": {"fr": "ab"}, "cpv": ["90"]}]},
    ],
)
def test_a_malformed_file_is_refused(data: object) -> None:
    with pytest.raises(SynonymFileError):
        read_synonyms(data, "synonyms.yaml")
