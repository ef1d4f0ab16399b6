"""OCDS: releases, records and packages, with what the EU profile and the sustainability extension add."""

import gzip
import json
from decimal import Decimal
from pathlib import Path

import pairs
import pytest

from tender_parsers import iter_notices, parse_notice, to_plain
from tender_parsers.exceptions import Malformed, NotANotice, TooDeep, Truncated
from tender_parsers.notice import Notice
from tender_parsers.ocds import READER
from tender_parsers.reading import Source

FIXTURES = Path(__file__).parent / "fixtures" / "ocds"
ALL = sorted(path for path in FIXTURES.iterdir() if not path.name.endswith(".expected.json"))


def notices_of(name: str) -> list[Notice]:
    return pairs.notices_of(FIXTURES / name)


def release(**sections: object) -> Notice:
    return parse_notice(json.dumps({"ocid": "ocds-000000-x", **sections}).encode())


@pytest.mark.parametrize("path", ALL, ids=[path.stem for path in ALL])
def test_every_container_gives_the_whole_notices_expected_of_it(path):
    expected, got = pairs.expected_and_got(path)
    assert got == expected


PLANNED = {"id": "t", "title": "Plan of purchases", "status": "planned", "lots": [{"id": "1"}]}


@pytest.mark.parametrize(
    ("changed", "form"),
    [
        ({}, "planning"),
        ({"status": "active"}, "competition"),
        ({"procurementMethod": "open"}, "competition"),
        ({"tenderPeriod": {"endDate": "2026-02-01T12:00:00Z"}}, "competition"),
        ({"lots": [{"id": "1", "tenderPeriod": {"endDate": "2026-02-01T12:00:00Z"}}]}, "competition"),
    ],
    ids=["planned", "active", "method", "last-day", "last-day-of-a-lot"],
)
def test_what_is_only_planned_is_no_call_under_the_tag_of_one(changed, form):
    assert release(tag=["tender"], tender=PLANNED | changed).form_type == form


def test_a_lot_is_green_by_its_goals_and_denied_where_sustainability_is_denied():
    schools, offices = notices_of("eu_profile_release.json")[0].lots
    assert (schools.is_green, schools.is_social, schools.is_innovative) == (True, True, False)
    assert schools.strategic.goals[0] == "environmental.circularEconomy"
    assert schools.strategic.gpp_criteria == ("eu",)
    assert offices.is_green is False
    silent = release(tender={"lots": [{"id": "1"}]}).lots[0]
    assert silent.is_green is None
    assert silent.sme_suitable is None


def test_a_gpp_criterion_without_a_goal_declares_no_aim():
    sustainability = [{"strategies": ["nationalGPPCriteria"]}]
    lot = release(tender={"lots": [{"id": "1", "hasSustainability": True, "sustainability": sustainability}]}).lots[0]
    assert (lot.is_green, lot.strategic.gpp_criteria) == (None, ("national",))


def test_the_buyer_is_found_among_the_parties_by_reference_or_by_role():
    municipality, welfare = notices_of("eu_profile_release.json")[0].buyers
    assert municipality.name[0].value == "Commune d'Exemple"
    assert (municipality.legal_type, municipality.activity, municipality.address.nuts) == ("la", "hc-am", "BE100")
    assert welfare.name[0].value == "CPAS d'Exemple"
    by_role = notices_of("award_package.json")[1]
    assert by_role.buyers[0].name[0].value == "Gemeente Voorbeeld"


def test_names_of_persons_and_their_addresses_are_left_where_they_are():
    whole = json.dumps(to_plain(notices_of("eu_profile_release.json")[0]))
    assert "personne" not in whole


def test_statistics_belong_to_the_lot_and_are_not_counted_again_for_a_second_award():
    notice = notices_of("award_package.json")[0]
    first, second, none, *alone = notice.results
    received = {each.code: each.number for each in first.received}
    assert received == {"tenders": 4, "t-sme": 3, "t-oth-eea": 1}
    assert (first.lowest.amount, first.highest.amount) == (Decimal("90000.10"), Decimal(120000))
    assert second.received == ()
    assert [(result.lots, result.received[0].code) for result in alone] == [(("3",), "tenders"), ((), "tenderers")]
    assert (none.status, none.reason, none.winners) == ("clos-nw", "no-rece", ())
    assert READER.summary([notice])["n_awards"] == 3


def test_a_record_is_one_notice_whatever_it_holds():
    compiled, versioned, embedded, links = notices_of("record_package.json")
    assert compiled.title == "Compilé"
    assert versioned.title == "Dernier titre"
    assert versioned.whole.estimated_value.amount == Decimal("12.5")
    assert [lot.title[0].value if lot.title else None for lot in embedded.lots] == ["Titre corrigé", None]
    assert embedded.lots[0].sme_suitable is True, "said by the earlier release, not taken back by the later one"
    assert (links.root, links.procedure_id) == ("record", "ocds-000000-fictif-9")
    assert links.remarks[0].value.endswith("#2")


def test_lines_may_mix_releases_packages_and_records():
    summary = READER.summary(notices_of("lines.jsonl"))
    assert summary["kinds"] == {"release": 1, "release_package": 1, "record": 1}
    assert (summary["n_releases"], summary["n_ocids"], summary["lots_innovative"]) == (4, 4, 1)


def test_a_code_written_as_a_number_is_a_code_and_an_amount_written_as_text_an_amount():
    first, second = notices_of("plain_release.json")
    assert first.whole.cpv_main == "45233130"
    assert first.whole.estimated_value.amount == Decimal("1100000.25")
    assert second.whole.estimated_value is None
    assert [remark.element for remark in second.remarks] == ["tender/value/amount"]


def test_gzip_and_a_byte_order_mark_change_nothing(tmp_path):
    plain = (FIXTURES / "award_package.json").read_bytes()
    (tmp_path / "packed.json.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain))
    (tmp_path / "wide.json").write_bytes(plain.decode().encode("utf-16"))
    batch = iter_notices(tmp_path)
    assert [notice.notice_id for notice in batch] == ["fictif-2-resultat", "fictif-3"] * 2
    assert batch.left_out == []


@pytest.mark.parametrize(
    ("text", "reason", "offset"),
    [
        ('{"x": null}', NotANotice, 0),
        ('{"releases": []}', NotANotice, None),
        ('{"ocid": "1"}\n{"x": 1}', NotANotice, 14),
        ('{"ocid": "1", "tender": {"title": "a', Truncated, 34),
        ('{"ocid": "1", "tender": {"title" "a"}}', Malformed, 33),
        ('{"ocid": "1", "tender": NaN}', Malformed, 0),
        ('{"ocid": "1", "tender": ' + "[" * 300 + "]" * 300 + "}", TooDeep, 0),
    ],
)
def test_what_is_no_release_is_refused_by_reason_and_byte(text, reason, offset):
    with pytest.raises(reason) as refused:
        list(READER.read(Source("x.json", [text.encode()])))
    assert refused.value.offset == offset


@pytest.mark.parametrize("section", ["tender", "parties", "awards", "contracts", "bids", "buyer", "planning", "tag"])
@pytest.mark.parametrize("strange", [None, 0, "x", [], {}, [[{"id": {}}]], {"lots": {"id": [1]}, "value": "1"}, True])
def test_a_section_of_the_wrong_kind_never_stops_the_rest(section, strange):
    assert release(**{section: strange}).document_id == "ocds-000000-x"


def test_a_party_that_only_has_the_role_of_procuring_entity_is_the_buyer():
    party = b'{"id": "1", "name": "Commune d\'Exemple", "roles": ["procuringEntity"]}'
    release = (
        b'{"ocid": "ocds-000000-1", "id": "1", "tag": ["tender"], "parties": [' + party + b'], "tender": {"id": "1"}}'
    )
    notice = parse_notice(release)
    assert [buyer.name[0].value for buyer in notice.buyers] == ["Commune d'Exemple"]
