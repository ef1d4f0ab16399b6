"""The fictitious notices of `examples/`: what they are made of, that they read whole, and what they show."""

import datetime
import importlib.util

import pytest

from mpdi.monitoring.detection import Label, detect, labels_of
from mpdi.resources import folder
from tender_parsers import iter_notices

EXAMPLES = folder("examples")


def _writer():
    spec = importlib.util.spec_from_file_location("write_notices", EXAMPLES / "write_notices" / "write.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def notices():
    batch = iter_notices(str(EXAMPLES / "notices"))
    read = list(batch)
    assert not batch.left_out
    return read


def test_the_files_are_those_that_the_procedures_make(tmp_path):
    _writer().write(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in (EXAMPLES / "notices").iterdir()}


def test_they_read_without_a_remark_and_say_that_they_are_fictitious(notices):
    assert len(notices) >= 60
    assert [each.source for each in notices if each.remarks] == []
    names = {text.value for each in notices for buyer in each.buyers for text in buyer.name}
    assert [name for name in names if not any(word in name.lower() for word in ("fictif", "fictive", "fictie"))] == []


def test_they_show_everything_that_is_measured(notices, rules):
    said = [labels_of(detect(each, rules)) for each in notices]
    assert {label for label in Label if any(each[label] for each in said)} == set(Label)
    lots = [lot for each in notices for lot in each.lots]
    assert {lot.nature for lot in lots} == {"works", "supplies", "services"}
    aims = {aim for lot in lots if lot.strategic for aim in lot.strategic.aims}
    assert aims == {"env-imp", "soc-obj", "inn-pur", "none"}
    sizes = {winner.size for each in notices for winner in each.winners}
    assert sizes == {"micro", "small", "medium", "large", None}
    assert any(result.reason == "no-rece" for each in notices for result in each.results)
    assert any(each.is_change_notice for each in notices)


def test_some_stay_open_for_years(notices):
    deadlines = [lot.tender_deadline.day for each in notices for lot in each.lots if lot.tender_deadline]
    assert sum(day >= datetime.date(2027, 1, 1) for day in deadlines) >= 10
    assert max(deadlines) >= datetime.date(2030, 1, 1)


def test_no_number_of_a_register_is_one_that_could_be_given(notices):
    numbers = {number.id for each in notices for party in each.organisations for number in party.identifiers}
    assert all(number.startswith("0000.") for number in numbers)
