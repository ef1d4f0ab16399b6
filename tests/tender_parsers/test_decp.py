"""DECP: contracts and concessions of both orders, in JSON, XML and tables."""

from decimal import Decimal
from pathlib import Path

import pairs
import pytest

from tender_parsers import parse_notice
from tender_parsers.decp import READER
from tender_parsers.exceptions import NotANotice, TooLarge, WrongEncoding
from tender_parsers.notice import Notice
from tender_parsers.reading import Source

FIXTURES = Path(__file__).parent / "fixtures" / "decp"
ALL = sorted(path for path in FIXTURES.iterdir() if not path.name.endswith(".expected.json"))


def notices_of(name: str) -> list[Notice]:
    return pairs.notices_of(FIXTURES / name)


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_every_form_of_a_file_gives_the_whole_notices_expected_of_it(path):
    expected, got = pairs.expected_and_got(path)
    assert got == expected


def test_the_same_identifier_at_two_buyers_is_two_notices():
    first, second, _ = notices_of("contracts_2019.json")
    assert first.document_id == second.document_id == "2019F01"
    assert first.notice_id != second.notice_id


def test_considerations_become_aims_and_their_denial_is_a_no_only_where_both_are_denied():
    vehicles, none, half, car_park = (notice.lots[0] for notice in notices_of("contracts_2022.json"))
    assert (vehicles.is_green, vehicles.is_social, vehicles.is_innovative) == (True, True, True)
    assert vehicles.reserved_participation == ("reserved",)
    assert (none.is_green, none.is_social) == (False, False)
    assert (half.is_green, half.is_social) == (None, None)
    assert car_park.is_green is True
    assert notices_of("contracts_2019.json")[0].lots[0].is_green is None


def test_an_amount_that_is_none_is_not_zero():
    _, second, _ = notices_of("contracts_2019.json")
    assert second.totals is None
    assert [(remark.element, remark.value) for remark in second.remarks] == [("montant", "NC")]
    assert notices_of("contracts_2022.json")[1].totals.awarded.amount == 0


def test_modifications_follow_one_another_and_do_not_change_what_was_awarded():
    first, *_ = notices_of("contracts_2019.json")
    extended, prolonged = first.changes
    assert (extended.value_before.amount, extended.value_after.amount) == (Decimal("80000.55"), 90000)
    assert (prolonged.value_before, prolonged.value_after) == (None, None)
    assert first.totals.awarded.amount == Decimal("80000.55")
    assert first.is_change_notice is False


def test_who_holds_a_contract_after_a_change_stands_with_the_change():
    data = b"""{"marches": {"marche": [{"id": "1", "acheteur": {"id": "20000000000011"}, "montant": 10,
        "titulaires": [{"titulaire": {"id": "30000000000011", "typeIdentifiant": "SIRET"}}],
        "modifications": [{"modification": {"id": 1, "dateNotificationModification": "2026-03-02",
            "titulaires": [{"titulaire": {"id": "40000000000011", "typeIdentifiant": "SIRET"}}]}}]}]}}"""
    notice = parse_notice(data)
    assert [holder.id for holder in notice.changes[0].holders] == ["40000000000011"]
    assert [winner.id for winner in notice.winners] == ["30000000000011"]


def test_rows_of_one_contract_are_one_notice_with_all_its_holders_and_no_outdated_row():
    printing, advice = notices_of("rows_by_holder.csv")
    assert [winner.name[0].value for winner in printing.winners] == ["Imprimerie Fictive", "Papier d'Exemple"]
    assert printing.totals.awarded.amount == Decimal("21800.10")
    assert (printing.lots[0].is_green, printing.lots[0].is_social) == (True, True)
    assert advice.lots[0].strategic is None


def test_sums_leave_concessions_apart():
    summary = READER.summary(notices_of("contracts_2022.json"))
    assert (summary["n_marches"], summary["n_concessions"]) == (3, 1)
    assert (summary["montant_sum"], summary["offres_recues_sum"]) == (Decimal("575000.25"), 5)
    assert (summary["marches_social"], summary["marches_environment"], summary["marches_innovant"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b'{"marches": {"marche": []}}', NotANotice),
        (b'{"marches": ["x"]}', NotANotice),
        (b"<marches><autre/></marches>", NotANotice),
        ("id;objet;codeCPV;montant\n1;caf\xe9;1;2\n".encode("latin-1"), WrongEncoding),
        (b'id;objet;codeCPV;montant\n1;"' + b"a" * 140_000 + b'";1;2\n', TooLarge),
    ],
)
def test_what_holds_no_contract_is_refused(data, reason):
    with pytest.raises(reason):
        parse_notice(data)


def test_a_table_of_something_else_is_no_decp():
    assert READER.recognises(b"id;objet;prix\n1;2;3\n") is False
    assert READER.recognises(b"") is False


def test_an_endless_line_is_refused_before_it_fills_the_memory():
    blocks = (b"id;objet;codeCPV;montant\n1;" + b"a" * 65_000, *(b"a" * 65_000 for _ in range(100)))
    with pytest.raises(TooLarge, match="line 2"):
        list(READER.read(Source("x.csv", blocks)))
