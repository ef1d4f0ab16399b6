"""What counts once and what counts each time, on notices of every format."""

from dataclasses import replace
from pathlib import Path

import pytest

from tender_parsers import Notice, each_once, iter_notices, parse_notice
from tender_parsers.mapped import table_reader
from tender_parsers.notice import Change

FIXTURES = Path(__file__).parent / "fixtures"


def notices(name: str) -> list[Notice]:
    mapping = (FIXTURES / name).with_suffix(".mapping.json")
    return list(iter_notices(FIXTURES / name, table_reader=table_reader(mapping) if mapping.is_file() else None))


def every_fixture() -> list[Notice]:
    files = [path for path in sorted(FIXTURES.glob("*/*")) if ".expected." not in path.name]
    return [notice for path in files for notice in notices(f"{path.parent.name}/{path.name}")]


CONTRACT = "eforms/contract_notice_two_languages.xml"


def changed(notice: Notice, name: str, **other: object) -> Notice:
    """A change notice of it, under a name of its own."""
    fresh = replace(notice, notice_id="00000000-0000-4000-8000-000000000001", publication_id=None)
    return replace(fresh, changes=(Change("notice", changed=name),), **other)


def test_a_change_notice_of_eforms_stands_for_the_notice_that_it_names_whatever_the_order():
    [old] = notices(CONTRACT)
    new = changed(old, f"{old.notice_id}-{old.notice_version}")
    assert each_once([old, new]) == (new,)
    assert each_once([new, old]) == (new,)


@pytest.mark.parametrize("name", ["123456-2024", "00123456-2024"])
def test_it_may_name_the_publication_of_eforms_or_of_ted(name):
    [old] = notices(CONTRACT)
    published = replace(old, publication_id="00123456-2024")
    new = changed(old, name)
    assert each_once([published, new]) == (new,)
    ted = replace(parse_notice(FIXTURES / "ted/contract_notice_two_languages.xml"), publication_id="2024/S 045-123456")
    assert each_once([ted, new]) == (new,)


def test_of_a_chain_the_last_stays_and_of_a_circle_all_stay():
    [first] = notices(CONTRACT)
    one = f"{first.notice_id}-{first.notice_version}"
    second = changed(first, one)
    third = changed(second, f"{second.notice_id}-01", notice_version="02")
    assert second.notice_version == "01"
    assert each_once([first, second, third]) == (third,)
    again = replace(first, changes=(Change("notice", changed=f"{second.notice_id}-01"),))
    assert each_once([again, second]) == (again, second)
    itself = replace(first, changes=(Change("notice", changed=one),))
    assert each_once([itself]) == (itself,)


def test_a_procedure_keeps_its_contract_notice_and_every_award():
    [call] = notices(CONTRACT)
    [award] = notices("eforms/award_notice_withheld_values.xml")
    first = replace(award, procedure_id=call.procedure_id)
    second = replace(first, notice_id="00000000-0000-4000-8000-000000000002")
    assert each_once([call, first, second]) == (call, first, second)


def test_the_modification_of_a_contract_leaves_the_award_standing():
    [modification] = notices("eforms/contract_modification.xml")
    [award] = notices("eforms/award_notice_withheld_values.xml")
    named = next(change.changed for change in modification.changes if change.of == "contract")
    told = replace(award, publication_id=named)
    assert each_once([told, modification]) == (told, modification)


def test_a_corrigendum_of_ted_or_boamp_leaves_the_notice_that_it_corrects_standing():
    [corrigendum] = notices("ted/corrigendum.xml")
    [call] = notices("ted/contract_notice_two_languages.xml")
    told = replace(call, publication_id=corrigendum.changes[0].changed)
    assert corrigendum.is_change_notice
    assert corrigendum.lots == ()
    assert each_once([told, corrigendum]) == (told, corrigendum)
    [correction] = notices("boamp/correction.xml")
    [adapted] = notices("boamp/adapted_procedure.xml")
    corrected = replace(adapted, publication_id=correction.changes[0].changed)
    assert correction.is_change_notice
    assert each_once([corrected, correction]) == (corrected, correction)


@pytest.mark.parametrize("name", [CONTRACT, "ted/award_notice.xml", "boamp/contract_notice.xml"])
def test_one_notice_found_in_two_files_counts_once(name):
    [notice] = notices(name)
    again = replace(notice, source="elsewhere.zip!1.xml")
    assert each_once([notice, again]) == (notice,)
    assert each_once([notice, replace(again, remarks=(), texts=())]) == (notice,)


def test_another_version_is_another_notice_unless_a_change_says_otherwise():
    [first] = notices(CONTRACT)
    second = replace(first, notice_version="02")
    assert each_once([first, second]) == (first, second)


def test_a_contract_of_the_decp_counts_once_only_where_everything_is_the_same():
    contract = notices("decp/contracts_2022.json")[0]
    again = replace(contract, source="another_month.json")
    assert each_once([contract, again]) == (contract,)
    other = replace(again, totals=None)
    elsewhere = replace(again, buyers=(), notice_id="00000000000002X1")
    assert each_once([contract, other, elsewhere]) == (contract, other, elsewhere)


def test_releases_of_one_process_all_count_but_the_one_that_another_amends():
    release = notices("ocds/plain_release.json")[0]
    tender = replace(release, notice_id="1", results=(), contracts=(), changes=())
    award = replace(release, notice_id="2", changes=())
    amended = replace(tender, notice_id="3", changes=(Change("notice", changed="1"),))
    assert each_once([tender, award]) == (tender, award)
    assert each_once([tender, award, amended]) == (award, amended)
    elsewhere = replace(tender, document_id="ocds-000000-another")
    assert each_once([elsewhere, amended]) == (elsewhere, amended)
    [awarded] = notices("eforms/award_notice_withheld_values.xml")
    told = replace(tender, results=awarded.results)
    assert each_once([told, amended]) == (told, amended)


def test_of_all_fixtures_only_what_a_change_names_is_left_out():
    found = every_fixture()
    assert {notice.format for notice in found} >= {"eforms", "ted_export", "ocds", "decp", "boamp", "bda", "mapped"}
    kept = {id(notice) for notice in each_once(found)}
    left = [
        (notice.format, f"{notice.notice_id}-{notice.notice_version}") for notice in found if id(notice) not in kept
    ]
    named = {change.changed for notice in found if notice.format == "eforms" for change in notice.changes}
    assert left
    assert all(kind == "eforms" and name in named for kind, name in left)


def test_a_notice_without_any_name_is_never_taken_for_another():
    bare = Notice("mapped")
    assert each_once([bare, bare]) == (bare, bare)
