"""The penalty procedure: the days of the law on both sides, the order of steps, the arithmetic."""

import datetime
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from contract import Contract, words

from mpdi.follow_up.amounts import eur
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


def plain(page: str) -> str:
    """A page whose no-break spaces are spaces."""
    return page.replace("\N{NO-BREAK SPACE}", " ")


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
    assert "150,00 EUR" in plain(words(wrong))
    assert 'value="200"' in words(wrong), "what was typed is kept"
    assert step(contract, key, "penalty", "21/2/2027", unit_amount="1 050,50", count="3").status_code == 303
    page = contract.get(f"checks/{key}/procedure")
    assert "1 050,50 EUR × 3 = 3 151,50 EUR" in plain(page)
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


# The maximum of the clause


@pytest.fixture
def decided(contract: Contract) -> str:
    """A check of a clause with a maximum of 5 % and a tolerance of 3 %, for which a penalty was decided."""
    found = "DMP-CLEAN-001:execution:1"
    contract.note(found, result="shortcoming", shortcoming="30 heures manquent", day="1/2/2027")
    step(contract, found, "report_sent", "2/2/2027")
    step(contract, found, "decision", "20/2/2027", decision="penalty", reasons="Silence")
    return found


def test_maximum_and_tolerance_stand_beside_the_amount(contract: Contract, decided: str) -> None:
    page = re.sub(r"<[^>]+>", "", contract.get(f"checks/{decided}/procedure"))
    assert (
        "Plafond de la clause: Plafond de la pénalité, en % du prix mensuel HTVA du site: 5\N{NO-BREAK SPACE}%" in page
    )
    assert "en % des heures dues: 3\N{NO-BREAK SPACE}%" in page
    assert "Ce que la clause attache à un manquement" in page


@pytest.mark.parametrize(("base", "is_asked"), [("9000", False), ("8999,80", True), ("", False)])
def test_an_amount_above_the_maximum_asks_to_be_confirmed(
    contract: Contract, decided: str, base: str, is_asked: bool
) -> None:
    """15 EUR × 30 is 450 EUR: 5 % of 9 000 EUR, and a cent above 5 % of 8 999,80 EUR."""
    typed = {"unit_amount": "15", "count": "30", "cap_base": base}
    answer = step(contract, decided, "penalty", "21/2/2027", **typed)
    assert answer.status_code == (422 if is_asked else 303)
    if is_asked:
        assert "450,00 EUR, dépasse le plafond de la clause, 449,99 EUR" in plain(words(answer))
        assert 'name="over_cap"' in words(answer)
        assert step(contract, decided, "penalty", "21/2/2027", **typed, over_cap="y").status_code == 303
        assert "le montant le dépasse, confirmé" in contract.get(f"checks/{decided}/procedure")


def test_the_arithmetic_of_the_maximum_is_kept(contract: Contract, decided: str) -> None:
    step(contract, decided, "penalty", "21/2/2027", unit_amount="15", count="30", cap_base="10 000")
    assert "5 % × 10 000,00 EUR = 500,00 EUR" in plain(contract.get(f"checks/{decided}/procedure"))
    assert "dépasse" not in contract.get(f"checks/{decided}/procedure").split('class="history"')[1]


def test_a_base_that_is_no_number_is_said_at_its_field(contract: Contract, decided: str) -> None:
    refused = step(contract, decided, "penalty", "21/2/2027", unit_amount="15", count="30", cap_base="beaucoup")
    assert refused.status_code == 422
    assert "n'est pas un nombre" in words(refused)


def test_a_decision_is_not_called_optional(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    step(contract, key, "answer_received", "5/2/2027")
    page = contract.get(f"checks/{key}/procedure")
    legend = re.search(r"<legend>Décision(.*?)</legend>", page)
    assert legend
    assert "facultatif" not in legend.group(1)


def test_one_shortcoming_is_said_in_the_singular(contract: Contract, key: str) -> None:
    assert "Manquement ouvert" in contract.get(f"checks/{key}")
    assert "Manquements ouverts" not in contract.get()


# Closed days and the way the report is sent


@pytest.mark.parametrize(
    ("sent", "last", "why", "after"),
    [
        ("5/2/2027", "20 février 2027", "samedi", "22 février 2027"),
        ("14/3/2026", "29 mars 2026", "dimanche", "30 mars 2026"),
        ("22/3/2026", "6 avril 2026", "jour férié: Lundi de Pâques", "7 avril 2026"),
    ],
)
def test_a_last_day_on_which_offices_are_closed_is_named_and_not_moved(
    contract: Contract, frozen: dict, sent: str, last: str, why: str, after: str
) -> None:
    found = frozen["checks"][0]["key"]
    contract.note(found, result="shortcoming", shortcoming="Aucun registre", day="1/2/2026")
    assert step(contract, found, "report_sent", sent).status_code == 303
    page = contract.get(f"checks/{found}/procedure")
    assert f"Dernier jour pour répondre: {last} ({why})" in page
    assert f"qu'après le {after}, premier jour ouvrable" in page
    assert "à vérifier" in page.split("premier jour ouvrable")[1][:200]


def test_an_ordinary_last_day_says_nothing_of_closed_offices(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    page = contract.get(f"checks/{key}/procedure")
    assert "Dernier jour pour répondre: 17 février 2027<" in page
    assert "Les bureaux sont fermés" not in page


def test_what_the_clause_says_of_the_report_is_quoted_and_its_sending_is_not_invented(contract: Contract) -> None:
    key = "DMP-CLEAN-001:execution:1"
    contract.note(key, result="shortcoming", shortcoming="30 heures manquent", day="1/2/2027")
    page = contract.get(f"checks/{key}/procedure")
    quoted = re.search(r"<q>(.*?)</q>", page)
    assert quoted
    assert "il est constaté par procès-verbal" in quoted.group(1)
    assert "lu dans une source comment le procès-verbal s'envoie" in page
    assert "recommandé" not in page


# Amounts as a language writes them


@pytest.mark.parametrize(
    ("amount", "language", "words"),
    [
        ("6000", "fr", "6 000,00 EUR"),
        ("6000.5", "nl", "6.000,50 EUR"),
        ("6000.00", "en", "6,000.00 EUR"),
        ("33.333", "fr", "33,333 EUR"),
    ],
)
def test_an_amount_is_written_as_its_language_does_and_never_rounded(amount, language, words):
    assert plain(eur(amount, language)) == words


def test_amounts_stand_so_on_the_page_in_the_history_and_in_the_workbook(contract: Contract, key: str) -> None:
    step(contract, key, "report_sent", "2/2/2027")
    step(contract, key, "decision", "20/2/2027", decision="penalty", reasons="Silence")
    step(contract, key, "penalty", "21/2/2027", unit_amount="1500", count="4")
    page = plain(contract.get(f"checks/{key}/procedure"))
    assert "<strong>6 000,00 EUR</strong>" in page
    assert "<dd>6 000,00 EUR</dd>" in page
    assert "6000.00" not in page
    for language, amount in (("fr", "6 000,00 EUR"), ("nl", "6.000,00 EUR")):
        content = contract.client.get(f"/follow-up/{contract.token}/log.xlsx?content={language}").data
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[2]
        told = [plain(str(row[6])) for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert any(f": {amount}" in each for each in told), language
