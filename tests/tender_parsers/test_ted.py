"""TED_EXPORT: what a reader of notices must find in each form, whatever the version."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from tender_parsers.exceptions import NotANotice
from tender_parsers.notice import WITHHELD, Lot, Notice, in_language
from tender_parsers.reading import Source
from tender_parsers.serialise import to_plain
from tender_parsers.ted import READER

FIXTURES = Path(__file__).parent / "fixtures" / "ted"
ALL = sorted(FIXTURES.glob("*.xml"))


def notice_of(name: str, old: str = "", new: str = "") -> Notice:
    """The notice of a fixture, with one passage changed."""
    text = (FIXTURES / f"{name}.xml").read_text(encoding="utf-8")
    assert old in text
    found = list(READER.read(Source(f"{name}.xml", [text.replace(old, new, 1).encode()])))
    assert len(found) == 1
    return found[0]


def words(lot: Lot, field: str) -> list[str]:
    return [text.value for text in getattr(lot, field)]


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_a_form_gives_the_whole_notice_expected_of_it(path):
    expected = json.loads(path.with_name(f"{path.stem}.expected.json").read_text(encoding="utf-8"))
    (notice,) = READER.read(Source(path.name, [path.read_bytes()]))
    assert json.loads(json.dumps(to_plain(notice))) == expected


def test_there_is_a_fixture_of_every_form_and_version():
    notices = [notice_of(path.stem) for path in ALL]
    forms = {notice.form for notice in notices}
    numbers = ["01", "02", "03", "04", "05", "06", "07", "08", "12", "13", "14", "15", *map(str, range(20, 26))]
    assert {f"F{number}_2014" for number in numbers} <= forms
    assert {"MOVE", "CONTRACT", "CONTRACT_AWARD", "OTH_NOT"} <= forms
    assert {"CONTRACT_DEFENCE", "CONTRACT_AWARD_DEFENCE", "PRIOR_INFORMATION_DEFENCE"} <= forms
    assert {"R2.0.7", "R2.0.8", "R2.0.9"} == {(notice.version or "")[:6] for notice in notices}


def test_a_notice_in_two_original_languages_is_counted_once_and_keeps_both():
    notice = notice_of("contract_notice_two_languages")
    assert [lot.id for lot in notice.lots] == ["1", "2"]
    assert len(notice.buyers) == 2
    assert (notice.language, notice.other_languages) == ("FR", ("NL",))
    assert notice.title == "Nettoyage durable"
    assert in_language(notice.whole.title, "nl") == "Duurzame schoonmaak"
    assert in_language(notice.lots[1].title, "NL") == "Scholen"
    assert {text.language for text in notice.texts} == {"FR", "NL"}
    assert "Sustainable" not in str(notice)


def test_inline_elements_belong_to_the_text_and_paragraphs_stay_apart():
    notice = notice_of("contract_notice_two_languages")
    assert words(notice.whole, "description")[0] == "Nettoyage de 450 m2 de bureaux.\nDeuxième alinéa."


def test_what_ted_has_no_field_for_is_not_stated_rather_than_zero():
    summary = READER.summary([notice_of("contract_notice_two_languages")])
    assert [summary[f"lots_{aim}"] for aim in ("green", "social", "innovative", "sme_suitable")] == [None] * 4
    assert notice_of("contract_notice_two_languages").lots[0].is_green is None


def test_criteria_left_to_the_documents_are_not_no_criteria():
    first, second = notice_of("contract_notice_two_languages").lots
    assert [criterion.type for criterion in first.award_criteria] == ["quality", "quality", "price"]
    assert first.award_criteria[0].weight == 40
    assert first.award_criteria_in_documents is None
    assert second.award_criteria == ()
    assert second.award_criteria_in_documents is True


@pytest.mark.parametrize(
    ("written", "weight"),
    [("40 %", 40), ("18,3", Decimal("18.3")), ("50.0", 50), ("50/50", None), ("sans objet", None), ("", None)],
)
def test_a_weight_is_a_number_only_where_it_is_one_and_always_as_written(written, weight):
    notice = notice_of("contract_notice_two_languages", "<AC_WEIGHTING>40 %", f"<AC_WEIGHTING>{written}")
    criterion = notice.lots[0].award_criteria[0]
    assert criterion.weight == weight
    assert criterion.weight_text == (written or None)


def test_limits_on_lots_reserved_markets_and_selection_with_its_minimum():
    notice = notice_of("contract_notice_two_languages")
    limits = notice.lot_limits
    assert limits
    assert (limits.divided, limits.max_submitted, limits.max_awarded) == (True, 2, 1)
    assert notice.whole.reserved_participation == ("res-ws",)
    economic = next(each for each in notice.whole.selection_criteria if each.type == "ef-stand")
    assert in_language(economic.minimum, "fr") == "300 000 EUR par an"
    assert words(notice.whole, "performance_conditions")[0].startswith("Dix pour cent")


def test_awards_link_to_lots_by_their_number_however_it_is_written():
    notice = notice_of("award_notice")
    assert [award.lots for award in notice.results] == [("Perceel 1",), ("Perceel 2",), ("Perceel 3",)]
    assert [award.status for award in notice.results] == ["selec-w", "selec-w", "clos-nw"]
    assert notice.results[2].reason == "unsuccessful"
    two = notice_of(
        "award_notice",
        "<LOT_NO>Perceel 1</LOT_NO><TITLE><P>Groenten</P></TITLE><AW",
        "<LOT_NO>Perceel 1, Perceel 3</LOT_NO><AW",
    )
    assert two.results[0].lots == ("Perceel 1", "Perceel 3")
    strange = notice_of(
        "award_notice", "<LOT_NO>Perceel 1</LOT_NO><TITLE><P>Groenten</P></TITLE><AW", "<LOT_NO>9</LOT_NO><AW"
    )
    assert strange.results[0].lots == ("9",)


def test_an_award_names_a_lot_of_the_notice_before_or_writes_its_number_with_a_nought():
    only = notice_of("award_notice_first_subversion", "<CONTRACT_NO>1</CONTRACT_NO>", "<LOT_NO>2.08</LOT_NO>")
    assert only.results[0].lots == ("1",)
    nought = notice_of("modification", "<LOT_NO>3</LOT_NO><AWARDED", "<LOT_NO>03</LOT_NO><AWARDED")
    assert nought.results[0].lots == ("3",)


def test_tenders_winners_values_and_subcontracting_of_an_award():
    notice = notice_of("award_notice")
    first, second, _ = notice.results
    assert {each.code: each.number for each in first.received} == {
        "tenders": 5,
        "t-sme": 3,
        "t-oth-eea": 1,
        "t-no-eea": 0,
        "t-esubm": 5,
    }
    assert [winner.size for winner in first.winners] == ["sme", "large"]
    assert second.winners[0].size is None
    assert first.value
    assert first.value.amount == Decimal("50000.50")
    assert second.value is None
    assert second.value_range
    assert second.value_range.high
    assert second.value_range.high.amount == 35000
    parts = notice.tenders[0].subcontracting
    assert parts
    assert (parts.applies, parts.percent) == ("yes", 10)
    assert notice.contracts[0].reference == "C-1"


def test_winners_and_counts_of_the_first_subversions_lie_one_level_higher():
    notice = notice_of("award_notice_first_subversion")
    assert [winner.size for winner in notice.results[0].winners] == ["large", "sme"]
    assert READER.summary([notice])["received_tenders"] == 4
    assert [award.lots for award in notice.results] == [("1",), ("1",)], "the only lot there is"
    assert notice.country == "UK"


def test_what_a_buyer_wants_unpublished_is_withheld_and_never_counted():
    notice = notice_of("utilities_award_not_published")
    hidden, shown = notice.results
    assert hidden.value
    assert hidden.value.amount is WITHHELD
    assert [each.number for each in hidden.received] == [WITHHELD, WITHHELD]
    assert hidden.winners == ()
    assert "Secrets" not in str(notice)
    assert "900000" not in str(notice).replace(str(notice.document_id), "")
    assert notice.lots[0].award_criteria == ()
    assert {field.field for field in notice.withheld} == {"VAL_TOTAL", "AC", "TENDERS", "CONTRACTORS", "VALUES"}
    summary = READER.summary([notice])
    assert (summary["received_tenders"], summary["received_tenders_sme"], summary["awarded_value"]) == (3, None, None)
    assert shown.winners[0].size == "sme"


def test_several_objects_with_a_lot_one_each_keep_their_lots_apart():
    notice = notice_of("prior_information_several_objects")
    assert notice.lots == (), "announced for information only: parts, as eForms has them"
    assert [(part.id, part.internal_id, part.cpv_main) for part in notice.parts] == [
        ("1", None, None),
        ("1#2", "1", "45221110"),
        ("2", "2", "45221110"),
    ]
    assert READER.summary([notice])["n_lots"] == 3


def test_a_corrigendum_says_what_was_and_what_is():
    notice = notice_of("corrigendum")
    assert notice.is_change_notice
    assert [(change.changed, change.sections) for change in notice.changes] == [
        ("2022/S 100-900001", ("IV.2.2)", "2")),
        ("2022/S 100-900001", ("II.1.2)",)),
        ("2022/S 100-900001", ("VI.3)",)),
    ]
    assert [text.value for text in notice.changes[0].old + notice.changes[0].new] == [
        "2022-06-30",
        "09:30",
        "2022-07-14",
        "09:30",
    ]
    assert notice.changes[1].new[0].value == "90919200"
    assert notice.changes[2].old == ()
    assert notice.previous_notices == ("2022/S 100-900001",)


def test_a_modification_tells_the_price_before_and_after():
    (change,) = notice_of("modification").changes
    assert (change.of, change.changed, change.reason) == ("contract", "7", "add-wss")
    assert change.value_before
    assert change.value_after
    assert change.value_after.amount - change.value_before.amount == 30000
    assert not notice_of("modification").is_change_notice


def test_a_design_contest_has_participants_and_no_tenders():
    notice = notice_of("design_contest_result")
    assert {each.code for each in notice.results[0].received} == {
        "participants",
        "participants-sme",
        "participants-other-eu",
    }
    summary = READER.summary([notice])
    assert (summary["received_tenders"], summary["n_award_contracts"]) == (None, 0)


@pytest.mark.parametrize("version", ["r207", "r208"])
def test_older_forms_give_the_same_as_newer_ones(version):
    notice = notice_of(f"{version}_contract_notice")
    assert in_language(notice.buyers[0].name) == "Mairie de Fictiville"
    assert notice.whole.nature == "supplies"
    assert notice.whole.estimated_value
    assert notice.whole.estimated_value.amount == 30000
    assert [lot.internal_id for lot in notice.lots] == ["1", "2", "2"]
    assert READER.summary([notice])["n_lots"] == 2
    assert [in_language(each.name) for each in notice.whole.award_criteria] == ["Prix", "Développement durable"]
    award = notice_of(f"{version}_award_notice")
    assert [each.number for each in award.results[0].received] == [6, 2]
    assert [in_language(winner.name) for winner in award.winners] == ["Papeterie Rêvée SARL", "Cahiers Inventés SA"]


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("14 040 133,70", Decimal("14040133.70")),
        ("14.040.133,70", Decimal("14040133.70")),
        ("14,040,133.70", Decimal("14040133.70")),
        ("14\u202f040\u00a0133,70", Decimal("14040133.70")),
        ("7526881.72", Decimal("7526881.72")),
        ("12,500", None),
        ("1,2,3", None),
        ("to be agreed", None),
    ],
)
def test_an_amount_that_can_be_read_in_two_ways_is_not_guessed_at(written, amount):
    notice = notice_of("defence_award_notice", "<VALUE_COST>14 040 133,70", f"<VALUE_COST>{written}")
    stated = notice.totals.awarded.amount if notice.totals and notice.totals.awarded else None
    assert stated == amount
    assert bool(notice.remarks) == (amount is None)


def test_the_code_of_a_lot_is_not_that_of_the_whole_though_it_stands_first():
    notice = notice_of("defence_prior_information")
    assert notice.whole.cpv_main == "90910000"
    assert [part.cpv_main for part in notice.parts] == ["90911000", None]


def test_numbers_and_days_that_are_none_are_remarked_and_the_rest_is_read():
    notice = notice_of("award_notice", "<NB_TENDERS_RECEIVED>5<", "<NB_TENDERS_RECEIVED>five<")
    assert [(remark.value, remark.lot) for remark in notice.remarks] == [("five", "Perceel 1")]
    assert READER.summary([notice])["received_tenders"] == 2
    late = notice_of("award_notice", "<DATE_CONCLUSION_CONTRACT>2022-04-01", "<DATE_CONCLUSION_CONTRACT>2022-02-30")
    assert late.contracts[0].concluded is None
    assert late.remarks[0].value == "2022-02-30"


def test_a_form_that_nobody_knows_gives_its_texts():
    notice = notice_of(
        "contract_notice_two_languages", "<OBJECT_CONTRACT>", "<BT_NEW><P>Novelty</P></BT_NEW><OBJECT_CONTRACT>"
    )
    assert "Novelty" in [text.value for text in notice.texts]
    unknown = Source(
        "x",
        [
            b'<TED_EXPORT><FORM_SECTION><F99_2030 LG="FR"><A><TITLE><P>Titre</P></TITLE></A></F99_2030></FORM_SECTION></TED_EXPORT>'
        ],
    )
    (read,) = READER.read(unknown)
    assert [text.value for text in read.texts] == ["Titre"]
    assert read.form == "F99_2030"


def test_an_export_without_a_form_is_no_notice():
    with pytest.raises(NotANotice, match="without a form"):
        list(READER.read(Source("x", [b"<TED_EXPORT><FORM_SECTION/></TED_EXPORT>"])))


def test_names_of_persons_and_mail_addresses_stay_where_they_are():
    for path in ALL:
        assert "@ville.example" not in str(notice_of(path.stem))
        assert "Madame Inventée" not in str(notice_of(path.stem))
