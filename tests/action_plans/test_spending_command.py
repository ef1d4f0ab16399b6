"""`mpdi plans spending` as a civil servant meets it."""

import json

import pytest

from mpdi.clause_library.core import strict_yaml

LINES = (
    "Date;Rubrique;CPV;Montant",
    "15/01/2025;;90911200;1.200,00",
    "15/12/2025;Cantines;;600,00",
    "16/12/2025;Cantines;;-100,00",
    "16/12/2025;Cantines;;50,00 USD",
)


@pytest.fixture
def ledger(tmp_path):
    path = tmp_path / "factures.csv"
    path.write_bytes("\r\n".join(LINES).encode("cp1252"))
    return path


def test_without_columns_a_proposal_is_printed_and_nothing_written(mpdi, ledger, tmp_path):
    result = mpdi("plans", "spending", ledger, "--output", tmp_path / "new.yaml")
    assert result.exit_code == 1
    assert "--columns cpv=C,date=A,amount=D,category=B" in result.stdout
    assert "D · Montant: 1.200,00 | 600,00" in result.stderr
    assert not (tmp_path / "new.yaml").exists()


def test_columns_give_a_profile_to_complete_and_every_line_left_out(mpdi, ledger, tmp_path):
    target, left = tmp_path / "new.yaml", tmp_path / "left.csv"
    columns = "amount=Montant,date=A,cpv=C,category=B"
    result = mpdi("plans", "spending", ledger, "--columns", columns, "--output", target, "--left", left)
    assert result.exit_code == 0
    assert "cleaning: 1200.00 EUR a year" in result.stdout
    assert "Cantines: 500.00 EUR in 2 lines" in result.stderr
    data = strict_yaml.read(target)
    assert [(each["category"], str(each["amount"])) for each in data["spending"]] == [("cleaning", "1200.00")]
    assert "non comptées: 3 lignes" in data["spending_note"]
    said = left.read_text(encoding="utf-8-sig").splitlines()
    assert len(said) == 4
    assert said[2] == "4;unknown_label;-100;EUR;Cantines · 16/12/2025 · -100,00"


def test_labels_of_the_profile_are_used_and_the_profile_completed(mpdi, ledger, tmp_path):
    profile, target = tmp_path / "plan.yaml", tmp_path / "plan-new.yaml"
    profile.write_text(
        "authority: {name: C, type: local}\nperiod: {from: 2027-01-01, to: 2028-12-31}\ndate: 2026-12-02\n"
        "language: nl\nspending_labels: {cantines: food}\n",
        encoding="utf-8",
    )
    columns = "amount=D,date=A,cpv=C,category=B"
    result = mpdi("plans", "spending", ledger, "--columns", columns, "--profile", profile, "--output", target)
    assert result.exit_code == 0
    data = strict_yaml.read(target)
    assert {each["category"]: str(each["amount"]) for each in data["spending"]} == {
        "cleaning": "1200.00",
        "food": "500.00",
    }
    assert data["spending_note"].startswith("Bestand factures.csv: 3 lijnen voor 1.700")
    assert mpdi("plans", "draft", target, "--output", tmp_path / "plan.ics").exit_code == 0


def test_json_holds_everything(mpdi, ledger):
    result = mpdi("plans", "spending", ledger, "--columns", "amount=D,date=A,cpv=C,category=B", "--format", "json")
    data = json.loads(result.stdout)
    assert (data["lines"], data["amount"]) == (1, "1200.00")
    assert [each["reason"] for each in data["not_counted"]] == ["unknown_label", "unknown_label", "currency"]


def test_what_cannot_be_done_says_what_to_do(mpdi, ledger, tmp_path):
    existing = tmp_path / "kept.yaml"
    existing.write_text("mine", encoding="utf-8")
    for arguments, words in (
        (("--output", existing), "is there already"),
        (("--columns", "amount=ZZZ,cpv=C"), "there is no column"),
        (("--columns", "cpv=C"), "no column has the amounts"),
        (("--columns", "amount=D"), "nothing says what is bought"),
        (("--columns", "sum=D"), "is not understood"),
    ):
        result = mpdi("plans", "spending", ledger, *arguments)
        assert result.exit_code == 2
        assert words in result.stderr
    assert existing.read_text(encoding="utf-8") == "mine"
    assert "cannot be read" in mpdi("plans", "spending", tmp_path / "none.csv").stderr
