"""eForms: what a reader of notices must find in each kind, from SDK 1.0 to 1.15, traps of real notices included."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest

from tender_parsers import parse_notice, to_plain
from tender_parsers.exceptions import TooLarge
from tender_parsers.notice import WITHHELD, Lot, Money, Notice, in_language

FIXTURES = Path(__file__).parent / "fixtures" / "eforms"
ALL = sorted(FIXTURES.glob("*.xml"))


def notice_of(name: str, old: str = "", new: str = "") -> Notice:
    """The notice of a fixture, with one passage changed."""
    text = (FIXTURES / f"{name}.xml").read_text(encoding="utf-8")
    assert old in text
    return parse_notice(text.replace(old, new, 1).encode())


def lot_of(name: str, old: str = "", new: str = "") -> Lot:
    return notice_of(name, old, new).lots[0]


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_a_notice_gives_the_whole_that_is_expected_of_it(path):
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    notice = parse_notice(path.read_bytes(), name=path.name)
    assert json.loads(json.dumps(to_plain(notice))) == expected


def test_there_is_a_fixture_of_every_kind_of_notice_from_the_first_sdk_to_the_newest():
    notices = [notice_of(path.stem) for path in ALL]
    forms = {notice.form_type for notice in notices}
    assert forms == {
        *("planning", "competition", "result", "dir-awa-pre", "cont-modif", "bri"),
        *("completion", "consultation"),
    }
    assert {"4", "16", "25", "29", "38", "E1", "E3", "E5", "X01", "N4"} <= {notice.subtype for notice in notices}
    versions = {notice.version.removeprefix("eforms-sdk-") for notice in notices if notice.version}
    assert {"1.0", "1.3", "1.8", "1.9", "1.10", "1.11", "1.12", "1.13", "1.14", "1.15"} <= versions


def test_the_strict_measure_of_green_is_bt_06_alone():
    declared, refused = notice_of("contract_notice_two_languages").lots
    assert (declared.is_green, declared.is_social, declared.is_innovative) == (True, True, False)
    assert (refused.is_green, refused.strategic.environmental) == (False, ("other",))
    silent = lot_of("below_threshold")
    assert silent.is_green is None, "a platform that writes BT-774 `other` for every lot declares nothing"
    assert silent.strategic.environmental == ("other",)
    assert notice_of("prior_information_parts").parts[0].strategic is None


def test_what_stands_at_the_whole_is_not_taken_for_a_lot():
    notice = notice_of("contract_notice_two_languages")
    assert (notice.whole.sme_suitable, [lot.sme_suitable for lot in notice.lots]) == (True, [True, False])
    assert [lot.id for lot in notice.lots] == ["LOT-0001", "LOT-0002"]
    assert ([group.id for group in notice.lot_groups], notice.parts) == (["GLO-0001"], ())
    assert notice.lot_limits.groups == (("GLO-0001", ("LOT-0001", "LOT-0002")),)
    assert (notice.lot_limits.max_awarded, notice.lot_limits.max_submitted, notice.lot_limits.all_required) == (
        1,
        2,
        False,
    )


def test_texts_keep_their_languages_and_a_title_is_never_a_concatenation():
    notice = notice_of("contract_notice_two_languages")
    assert notice.title == "Nettoyage des écoles"
    assert in_language(notice.whole.title, "nl") == "Schoonmaak van scholen"
    assert in_language(notice.whole.title, "NLD") == "Schoonmaak van scholen"
    assert in_language(notice.whole.title, "DEU") == "Nettoyage des écoles"
    assert in_language(notice.buyers[0].name, notice.language) == "Commune fictive d’Exemple"


def test_all_free_text_is_there_once_with_its_element_its_lot_and_its_language():
    notice = notice_of("contract_notice_two_languages")
    found = {(text.field, text.lot, text.language): text.value for text in notice.texts}
    assert found["BT-777", "LOT-0001", "NLD"] == "Minder chemicaliën."
    assert found["BT-750", "LOT-0001", "FRA"] == "Système de gestion environnementale."
    assert found["BT-77", "LOT-0001", "FRA"] == "Paiement à trente jours."
    assert found["BT-24", None, "FRA"] == "Nettoyage quotidien de quatre écoles."
    assert {text.element for text in notice.texts if text.field == "BT-70"} == {
        "TenderingTerms/ContractExecutionRequirement/Description"
    }
    assert max(Counter(notice.texts).values()) == 1
    assert not any("fictive d’Exemple" in text.value for text in notice.texts), "a name declares nothing"


def test_a_field_of_a_national_variant_is_kept_as_text_and_an_unknown_subtype_read():
    notice = notice_of("national_variant")
    assert notice.subtype == "N4"
    assert "Et felt som ingen tabell kjenner." in [text.value for text in notice.texts]


def test_criteria_keep_weights_thresholds_and_order():
    lot = lot_of("contract_notice_two_languages")
    assert [criterion.type for criterion in lot.award_criteria] == ["price", "quality", "quality"]
    assert [criterion.weight for criterion in lot.award_criteria] == [Decimal(60), Decimal("40.5"), None]
    assert lot.award_criteria[2].numbers[0].kind == "threshold"
    assert [criterion.is_turnover for criterion in lot.selection_criteria] == [True, False]
    assert lot_of("first_sdk").selection_criteria[0].numbers[0].code == "max-pass"


def test_reservations_and_union_instruments_are_told_apart_from_silence():
    lot, other = notice_of("contract_notice_two_languages").lots
    assert (lot.reserved_participation, other.reserved_participation) == (("res-ws",), ("none",))
    assert (lot.reserved_execution, other.reserved_execution) == ("yes", "no")
    assert (lot.instruments.clean_vehicles, lot.instruments.international_procurement) == (True, False)
    silent = lot_of("voluntary_transparency")
    assert (silent.reserved_participation, silent.reserved_execution, silent.instruments) == ((), None, None)


def test_a_withheld_value_is_neither_zero_nor_absent():
    notice = notice_of("award_notice_withheld_values")
    assert notice.totals.awarded == Money(WITHHELD, "EUR")
    assert notice.tenders[2].value == Money(WITHHELD, WITHHELD)
    assert notice.procedure_type is WITHHELD
    assert notice.results[5].status is WITHHELD
    counts = {each.code: each.number for each in notice.results[3].received}
    assert counts == {WITHHELD: WITHHELD, "tenders": WITHHELD, "t-micro": Decimal(1), "t-small": Decimal(2)}
    assert {each.field for each in notice.withheld} >= {
        "not-val",
        "rec-sub-cou",
        "win-ten-val",
        "awa-cri-typ",
        "pro-typ",
    }
    assert (notice.withheld[0].until, notice.withheld[0].where) == (date(2030, 1, 1), None)
    assert "unpublished" not in [text.value for text in notice.texts]


def test_counts_of_vehicles_and_complaints_are_no_tenders():
    result = notice_of("award_notice_withheld_values").results[0]
    assert [each.code for each in result.received] == ["tenders", "t-sme", "t-micro"]
    assert [each.code for each in result.complaints] == ["complainants"]
    assert [each.number for each in result.vehicles] == [4, 2]


def test_winners_are_those_whose_tender_a_contract_was_settled_on():
    notice = notice_of("award_notice_withheld_values")
    assert [winner.id for winner in notice.winners] == ["ORG-0002", "ORG-0003", "ORG-0004"]
    assert [winner.size for winner in notice.winners] == ["micro", "large", "sme"]
    assert notice.winners[0].nationalities == ("BEL",)
    roles = {party.id: party.roles for party in notice.organisations}
    assert (roles["ORG-0005"], roles["ORG-0006"]) == (("tenderer",), ("subcontractor",))
    assert [result.reason for result in notice.results] == [None, None, "no-rece", None, None, None]
    assert (notice.tenders[0].subcontracting.percent, notice.tenders[1].subcontracting.applies) == (Decimal(10), "no")


def test_a_change_is_known_and_names_what_it_replaces():
    change = notice_of("change_notice")
    assert change.is_change_notice
    assert change.changes[0].sections == ("LOT-0001",)
    assert change.changes[0].on.day == date(2026, 1, 28)
    assert not notice_of("contract_modification").is_change_notice
    assert notice_of("contract_modification").changes[0].of == "contract"


def test_a_moment_is_there_only_where_its_zone_is_told():
    winter = timezone(timedelta(hours=1))
    lot = lot_of("contract_notice_two_languages")
    assert lot.tender_deadline.at == datetime(2026, 2, 20, 11, tzinfo=winter)
    assert (lot.question_deadline.day, lot.question_deadline.at) == (date(2026, 2, 10), None)
    assert notice_of("award_notice_withheld_values").dispatched.at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert notice_of("below_threshold").dispatched.at is None


@pytest.mark.parametrize(("written", "read"), [("1", True), ("true", True), ("FALSE", False), ("0", False), ("", None)])
def test_an_indicator_may_be_written_in_several_ways(written, read):
    assert lot_of("below_threshold", ">TRUE<", f">{written}<").sme_suitable is read


@pytest.mark.parametrize("written", ["many", "1,5", "NaN", "Infinity", "1e999999", "1_000", "9" * 50])
def test_what_is_no_number_leaves_a_remark_and_no_value(written):
    notice = notice_of("below_threshold", ">30000<", f">{written}<")
    assert notice.lots[0].estimated_value is None
    assert (notice.remarks[0].value, notice.remarks[0].lot) == (written, "LOT-0001")


def test_an_identifier_on_two_lots_is_remarked_and_counted_once():
    notice = notice_of("national_variant")
    assert len(notice.lots) == 2
    assert "the identifier stands on more than one lot" in [remark.reason for remark in notice.remarks]


def test_a_notice_cannot_be_changed():
    notice = notice_of("below_threshold")
    with pytest.raises(AttributeError):
        notice.format = "other"  # type: ignore[misc]
    assert hash(notice) == hash(notice_of("below_threshold"))


def test_identifiers_that_multiply_one_another_are_refused():
    text = (FIXTURES / "voluntary_transparency.xml").read_text(encoding="utf-8")
    party = '<efac:Tenderer><cbc:ID schemeName="organization">ORG-{0}</cbc:ID></efac:Tenderer>'
    tender = (
        "<efac:LotTender><cbc:ID>TEN-{0}</cbc:ID><efac:TenderingParty><cbc:ID>TPA-0001</cbc:ID></efac:TenderingParty>"
        "</efac:LotTender>"
    )
    for part, place in (
        (party, "</efac:TenderingParty>\n          </efac:NoticeResult>"),
        (tender, "</efac:NoticeResult>"),
    ):
        assert text.count(place) == 1
        text = text.replace(place, "".join(map(part.format, range(1000))) + place)
    with pytest.raises(TooLarge, match="links"):
        parse_notice(text.encode())


def test_an_award_criterion_nested_once_more_is_read_and_not_left_empty():
    text = (FIXTURES / "contract_notice_two_languages.xml").read_bytes()
    tag = b"cac:SubordinateAwardingCriterion>"
    nested = text.replace(b"<" + tag, b"<" + tag + b"<" + tag).replace(b"</" + tag, b"</" + tag + b"</" + tag)
    plain, deeper = parse_notice(text), parse_notice(nested)
    assert nested != text

    def told(notice):
        return [(each.type, [text.value for text in each.name]) for lot in notice.lots for each in lot.award_criteria]

    assert told(deeper) == told(plain)
    assert all(kind for kind, _ in told(deeper))
