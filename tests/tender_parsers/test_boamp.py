"""BOAMP: notices in the bulletin's own XML."""

import json
from decimal import Decimal
from pathlib import Path

import pairs
import pytest

from tender_parsers import parse_notice, to_plain
from tender_parsers.boamp import READER
from tender_parsers.exceptions import DoctypeRefused, NotANotice
from tender_parsers.notice import Notice

FIXTURES = Path(__file__).parent / "fixtures" / "boamp"
ALL = sorted(FIXTURES.glob("*.xml"))


def notices_of(name: str) -> list[Notice]:
    return pairs.notices_of(FIXTURES / f"{name}.xml")


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_a_notice_gives_the_whole_that_is_expected_of_it(path):
    expected, got = pairs.expected_and_got(path)
    assert got == expected


def test_the_title_is_the_buyers_and_not_the_index_cut_short():
    (notice,) = notices_of("contract_notice")
    assert notice.title == "Nettoyage durable de bâtiments fictifs"
    (untitled,) = notices_of("adapted_procedure")
    assert untitled.title == "Parking fictif"


def test_the_index_states_aims_for_the_whole_and_for_no_lot():
    (notice,) = notices_of("contract_notice")
    assert (notice.whole.is_green, notice.whole.is_social) == (True, True)
    assert [lot.is_green for lot in notice.lots] == [None, None]


def test_criteria_keep_their_weights_and_those_in_the_documents_are_not_none_at_all():
    schools, offices = notices_of("contract_notice")[0].lots
    assert [(each.type, each.weight) for each in schools.award_criteria] == [
        ("quality", 40),
        ("quality", 20),
        ("price", 40),
    ]
    assert (offices.award_criteria, offices.award_criteria_in_documents) == ((), True)


def test_an_amount_in_french_writing_is_read_and_one_in_words_leaves_a_remark():
    (notice,) = notices_of("contract_notice")
    assert notice.whole.estimated_value.amount == Decimal("1234567.89")
    assert notice.lots[1].estimated_value is None
    assert [(remark.lot, remark.value) for remark in notice.remarks] == [("2", "à voir")]


def test_a_lot_written_twice_counts_once():
    (notice,) = notices_of("adapted_procedure")
    assert len(notice.lots) == 1
    assert notice.lot_limits.divided is False


def test_a_lot_in_a_name_space_that_no_address_stands_for_is_read_all_the_same():
    # Found by fuzzing: a canonical form, by which lots were compared, does not exist for it.
    text = (FIXTURES / "adapted_procedure.xml").read_text(encoding="utf-8")
    notice = parse_notice(text.replace("<LOT>", '<LOT xmlns:a="b">').encode())
    assert [lot.id for lot in notice.lots] == ["1"]


def test_a_group_of_firms_is_one_decision_and_its_count_is_taken_once():
    (notice,) = notices_of("award_notice")
    won, lost = notice.results
    assert {each.code: each.number for each in won.received} == {"tenders": 3, "t-sme": 2, "t-esubm": 0}
    assert [winner.size for winner in notice.winners] == ["sme", "large"]
    assert (lost.status, lost.reason, lost.received[0].number) == ("clos-nw", "unsuccessful", 0)
    assert notice.previous_notices == ("16-000001",)


def test_corrections_and_cancellations_name_the_notice_they_change():
    (corrected,) = notices_of("correction")
    assert [change.changed for change in corrected.changes] == ["16-000001"] * 2
    assert corrected.changes[1].new[0].value == "400 heures"
    assert corrected.is_change_notice is True
    cancelled, other = notices_of("cancellation_in_a_list")
    assert (cancelled.is_change_notice, other.is_change_notice) == (True, False)


def test_names_of_persons_are_left_where_they_are():
    whole = json.dumps(to_plain(notices_of("contract_notice")[0]))
    assert "personne" not in whole


def test_the_summary_tells_the_main_values():
    summary = READER.summary(notices_of("award_notice"))
    assert (summary["n_lot_results"], summary["n_winners"]) == (2, 2)
    assert summary["awarded_value"] == Decimal("348852.50")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<ANNONCE><GESTION/></ANNONCE>", NotANotice),
        ("<ANNONCES/>", NotANotice),
        ("<!DOCTYPE ANNONCE><ANNONCE><DONNEES/></ANNONCE>", DoctypeRefused),
    ],
)
def test_what_is_no_notice_is_refused(text, reason):
    with pytest.raises(reason):
        parse_notice(text.encode())
