"""Authorities that do not exist: known in a demonstration, unknown everywhere else."""

import json
from pathlib import Path

import pytest

from mpdi.accounts.authorities import fold, register
from mpdi.config import is_demonstration, mark_demonstration
from mpdi.monitoring.likeness import likeness_to_register

SCHEMA = Path(__file__).parents[2] / "mpdi" / "accounts" / "data" / "authorities.schema.json"
COMMUNE = "Commune fictive de Valexemple"


@pytest.fixture
def demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this installation be a demonstration."""
    monkeypatch.setenv("MPDI_DEMONSTRATION", "1")


def test_an_installation_knows_no_authority_that_does_not_exist():
    assert register().named(COMMUNE) is None
    assert not any(each.is_fictitious for each in register().authorities)
    assert likeness_to_register().exact(COMMUNE, None) is None


@pytest.mark.usefixtures("demonstration")
def test_a_demonstration_knows_them_beside_the_real_ones():
    found = register().named(COMMUNE)
    assert found is not None
    assert (found.id, found.level, found.is_fictitious) == ("commune-valexemple", "local", True)
    assert likeness_to_register().exact("FICTIEVE GEMEENTE VOORBEELDDAL", None) == found.id
    assert register().get("commune-uccle") is not None


@pytest.mark.usefixtures("demonstration")
def test_nobody_takes_them_for_others():
    invented = [each for each in register().authorities if each.is_fictitious]
    real = [each for each in register().authorities if not each.is_fictitious]
    assert len({each.id for each in register().authorities}) == len(register().authorities)
    assert not {fold(name) for each in invented for name in each.written_names()} & {
        fold(name) for each in real for name in each.written_names()
    }
    for each in invented:
        assert all("ficti" in name.casefold() for name in each.written_names()), each.id
    allowed = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]["authority"]["properties"]
    assert {each.level for each in invented} <= set(allowed["level"]["enum"])
    assert {each.kind for each in invented} <= set(allowed["kind"]["enum"])


def test_a_state_folder_that_holds_a_demonstration_says_so(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("MPDI_DEMONSTRATION", raising=False)
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    assert not is_demonstration()
    mark_demonstration(tmp_path)
    assert is_demonstration()
    monkeypatch.setenv("MPDI_HOME", str(tmp_path / "elsewhere"))
    assert not is_demonstration()
    monkeypatch.setenv("MPDI_HOME", str(tmp_path))
    monkeypatch.setenv("MPDI_DEMONSTRATION", "0")
    assert not is_demonstration()
