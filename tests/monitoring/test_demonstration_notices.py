"""The notices that feed the plans of the demonstration: fictitious, of two formats, and nobody else's numbers."""

import importlib.util
from collections import defaultdict

import pytest

from mpdi.resources import folder
from tender_parsers import iter_notices

EXAMPLES = folder("examples")
FOLDER = EXAMPLES / "demonstration" / "notices"
BUYERS = ("commune", "hospital", "agency")


def _writer():
    spec = importlib.util.spec_from_file_location("write_notices", EXAMPLES / "write_notices" / "write.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def by_buyer():
    found = defaultdict(list)
    batch = iter_notices(str(FOLDER))
    for notice in batch:
        found[next(each for each in BUYERS if f"-{each}-" in notice.source)].append(notice)
    assert not batch.left_out
    return found


def test_the_files_are_those_that_the_procedures_make(tmp_path):
    _writer().write_more(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in FOLDER.iterdir()}


@pytest.mark.parametrize("buyer", BUYERS)
def test_each_authority_has_calls_and_results_of_both_formats_in_both_languages(by_buyer, buyer):
    notices = by_buyer[buyer]
    assert {each.format for each in notices} == {"eforms", "ted_export"}
    for each in ("eforms", "ted_export"):
        assert {notice.form_type for notice in notices if notice.format == each} == {"competition", "result"}
    assert {str(each.language)[:2].casefold() for each in notices} == {"fr", "nl"}
    assert [each.source for each in notices if each.remarks] == []


@pytest.mark.parametrize("buyer", BUYERS)
def test_each_authority_says_offers_small_winners_and_strategic_aims(by_buyer, buyer):
    notices = by_buyer[buyer]
    received = {count.code for each in notices for result in each.results for count in result.received}
    assert received >= {"tenders", "t-sme"}
    assert {winner.size for each in notices for winner in each.winners} & {"micro", "small", "medium", "sme"}
    aims = {aim for each in notices for lot in each.lots if lot.strategic for aim in lot.strategic.aims}
    assert "env-imp" in aims


def test_they_share_no_number_with_the_other_notices_and_none_that_could_be_given(by_buyer):
    others = {each.notice_id for each in iter_notices(str(EXAMPLES / "notices"))}
    own = [each.notice_id or each.publication_id for notices in by_buyer.values() for each in notices]
    assert len(set(own)) == len(own)
    assert not others & set(own)
    parties = [party for notices in by_buyer.values() for each in notices for party in each.organisations]
    assert all(number.id.startswith("0000.") for party in parties for number in party.identifiers)
    assert all("ficti" in text.value.casefold() for party in parties for text in party.name)
