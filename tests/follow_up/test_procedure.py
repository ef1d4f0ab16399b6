"""The penalty procedure: the days of the law on both sides, the order of steps, the arithmetic."""

import datetime
from decimal import Decimal

import pytest
from contract import Contract, words

from mpdi.follow_up.procedure import procedure_of, reckoned
from mpdi.follow_up.state import Entry
from mpdi.follow_up.vocabulary import EntryKind

WRITTEN = datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)


def procedure(library, *steps):
    entries = [
        Entry(number, "K", EntryKind(kind), day, data, WRITTEN) for number, (kind, day, data) in enumerate(steps, 1)
    ]
    return procedure_of(entries, library.reference.numbers, datetime.date(2027, 3, 1))


SHORT = ("shortcoming", datetime.date(2027, 2, 1), {"shortcoming": "Rien"})
REPORT = ("report_sent", datetime.date(2027, 2, 2), {})


def test_the_days_to_answer_are_those_of_the_law_file(clause_library):
    found = procedure(clause_library, SHORT, REPORT)
    days = int(clause_library.reference.numbers.value("breach_answer_days", REPORT[1]))
    assert found.last_day_to_answer == REPORT[1] + datetime.timedelta(days=days)
    assert not found.is_time_to_answer_over(found.last_day_to_answer)
    assert found.is_time_to_answer_over(found.last_day_to_answer + datetime.timedelta(days=1))


def test_for_a_day_on_which_the_law_file_knows_no_number_no_day_is_reckoned(clause_library):
    found = procedure(clause_library, SHORT, ("report_sent", datetime.date(2001, 2, 2), {}))
    assert found.last_day_to_answer is None


def test_steps_follow_each_other_and_a_new_shortcoming_begins_anew(clause_library):
    day = datetime.date(2027, 2, 20)
    assert procedure(clause_library).next is None
    assert procedure(clause_library, SHORT).next is EntryKind.REPORT_SENT
    assert procedure(clause_library, SHORT, REPORT).possible == (EntryKind.ANSWER_RECEIVED, EntryKind.DECISION)
    decided = ("decision", day, {"decision": "penalty"})
    assert procedure(clause_library, SHORT, REPORT, decided).next is EntryKind.PENALTY
    spared = ("decision", day, {"decision": "no_penalty"})
    assert procedure(clause_library, SHORT, REPORT, spared).next is None
    assert procedure(clause_library, SHORT, REPORT, spared, SHORT).next is EntryKind.REPORT_SENT


def test_the_amount_of_a_clause_times_the_number_is_to_the_cent():
    assert reckoned(Decimal("50"), Decimal("3")) == Decimal("150.00")
    assert reckoned(Decimal("33.333"), Decimal("1.5")) == Decimal("50.00")


@pytest.fixture
def key(contract: Contract, frozen: dict) -> str:
    """A check with a shortcoming."""
    found: str = frozen["checks"][0]["key"]
    answer = contract.note(
        found, result="shortcoming", shortcoming="Aucun registre", measure="Le tenir", day="1/2/2027"
    )
    assert answer.status_code == 303
    return found


def step(contract: Contract, key: str, kind: str, day: str, **data: str):
    return contract.post(f"checks/{key}/procedure", {"step": kind, "day": day, **data})


def test_a_procedure_from_report_to_amount(contract: Contract, key: str) -> None:
    assert step(contract, key, "report_sent", "2/2/2027", letter="EX/77").status_code == 303
    page = contract.get(f"checks/{key}/procedure")
    assert "15 jours de calendrier" in page
    assert "Dernier jour pour répondre: 17 février 2027" in page
    assert "article 44" in page
    assert "Avis juridique" in page
    early = step(contract, key, "answer_received", "1/2/2027")
    assert early.status_code == 422
    assert "précède l'étape d'avant" in words(early)
    assert step(contract, key, "answer_received", "10/2/2027").status_code == 303
    without = step(contract, key, "decision", "20/2/2027", decision="penalty")
    assert without.status_code == 422
    assert "Donnez les motifs" in words(without)
    assert step(contract, key, "decision", "20/2/2027", decision="penalty", reasons="Deux rappels").status_code == 303
    wrong = step(contract, key, "penalty", "21/2/2027", unit_amount="50", count="3", amount="200")
    assert wrong.status_code == 422
    assert "150.00 EUR" in words(wrong)
    assert 'value="200"' in words(wrong), "what was typed is kept"
    assert step(contract, key, "penalty", "21/2/2027", unit_amount="1 050,50", count="3").status_code == 303
    page = contract.get(f"checks/{key}/procedure")
    assert "1050.50 EUR × 3 = 3151.50 EUR" in page
    assert "Il ne reste rien à noter" in page


def test_an_amount_without_arithmetic_needs_words(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    step(contract, key, "decision", "20/2/2027", decision="penalty", reasons="Silence")
    refused = step(contract, key, "penalty", "21/2/2027", amount="75")
    assert refused.status_code == 422
    assert "Dites comment le montant est calculé" in words(refused)
    assert step(contract, key, "penalty", "21/2/2027", amount="75", reckoning="Forfait du § 3").status_code == 303


def test_a_step_out_of_order_is_refused(contract: Contract, key: str) -> None:
    assert step(contract, key, "penalty", "21/2/2027", amount="75", reckoning="x").status_code == 409
    assert "Pénalité appliquée, " not in contract.get(f"checks/{key}/procedure")


def test_no_report_goes_before_the_finding(contract: Contract, key: str) -> None:
    refused = step(contract, key, "report_sent", "31/1/2027")
    assert refused.status_code == 422
    assert "précède la constatation du manquement, le 01/02/2027" in words(refused)
    assert step(contract, key, "report_sent", "1/2/2027").status_code == 303


def test_silence_is_punished_only_when_the_time_to_answer_is_over(contract: Contract, key: str) -> None:
    decided = {"decision": "penalty", "reasons": "Silence"}
    step(contract, key, "report_sent", "2/2/2027")
    refused = step(contract, key, "decision", "17/2/2027", **decided)
    assert refused.status_code == 422
    assert "peut répondre jusqu'au 17/02/2027" in words(refused)
    assert step(contract, key, "decision", "18/2/2027", **decided).status_code == 303


def test_who_has_answered_or_is_spared_need_not_wait(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    step(contract, key, "answer_received", "5/2/2027")
    answered = step(contract, key, "decision", "6/2/2027", decision="penalty", reasons="Aveu")
    assert answered.status_code == 303


def test_no_penalty_is_decided_at_once(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    spared = step(contract, key, "decision", "3/2/2027", decision="no_penalty", reasons="Réparé le jour même")
    assert spared.status_code == 303


def test_a_measure_is_not_due_before_what_it_mends(contract: Contract, frozen: dict) -> None:
    found = frozen["checks"][1]["key"]
    typed = {"result": "shortcoming", "shortcoming": "Aucun registre", "day": "1/2/2027"}
    refused = contract.note(found, measure_due="31/1/2027", **typed)
    assert refused.status_code == 422
    assert "précède celui de la constatation" in words(refused)
    assert contract.note(found, measure_due="1/2/2027", **typed).status_code == 303
