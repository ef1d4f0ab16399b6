"""The register of contracting authorities as the code reads it."""

import pytest

from mpdi.accounts.authorities import fold, register


def test_a_body_is_found_by_identifier() -> None:
    found = register().get("commune-uccle")
    assert found is not None
    assert found.name_in("fr") == "Commune d'Uccle"
    assert found.name_in("nl") == "Gemeente Ukkel"
    assert found.name_in("en") == found.name_in("fr")
    assert found.is_supervised is True
    assert register().get("nobody") is None


@pytest.mark.parametrize(
    ("written", "identifier"),
    [("OUDERGEM", "commune-auderghem"), ("C.P.A.S. d'Uccle", "cpas-uccle"), ("mivb", "stib"), ("  I B G E ", None)],
)
def test_a_body_is_found_by_any_spelling_and_by_nothing_less(written: str, identifier: str | None) -> None:
    found = register().named(written)
    assert (found.id if found else None) == identifier


def test_every_spelling_of_every_body_leads_back_to_it() -> None:
    for authority in register().authorities:
        assert all(register().named(name) is authority for name in authority.written_names())


def test_beginnings_of_words_find_in_both_languages_best_first() -> None:
    assert register().search("uccl")[0].id == "commune-uccle"
    assert {"commune-uccle", "cpas-uccle"} <= {each.id for each in register().search("Ukkel")}
    assert register().search("ocmw elsene")[0].id == "cpas-ixelles"
    assert register().search("STIB")[0].id == "stib"
    assert register().search("zzqx") == []
    assert register().search("  ") == []
    assert len(register().search("commune", limit=5)) == 5


def test_lists_are_by_name_without_regard_to_accents() -> None:
    names = [fold(each.name_in("nl")) for each in register().listed("nl")]
    assert names == sorted(names)
    assert len(names) == len(register().authorities) > 100
