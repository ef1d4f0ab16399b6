"""Each indicator from notices that were taken in: its fixture says what a reader of them would count."""

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from short_notices import FOLDER, read_fixture, write_notices
from taking_in import take_in

from mpdi.database import Base, Database
from mpdi.monitoring.indicators import INDICATORS
from mpdi.monitoring.indicators import __path__ as indicators_path
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import measured
from mpdi.monitoring.report_provenance import provenance
from mpdi.monitoring.report_queries import Scope, facts_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "uptake" / "indicators"
SHARED = {"__init__", "declared", "dimensions", "model", "outcomes", "tally"}
"""Modules that are no indicator."""
PARTS = ["Methodology", "Exclusions", "Assumptions", "Demonstration"]
FIGURES = ("numerator", "denominator", "population")
ALL_DAYS = Scope(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))


@pytest.fixture
def taken_in(tmp_path):
    """A database of the notices of a fixture, their words searched."""
    made = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(made.engine)

    def taken_in(fixture):
        folder = write_notices(fixture["notices"], tmp_path / "published")
        report = take_in(made, tmp_path, folder, detection=True)
        assert (report.notices.new, report.left_out) == (len(fixture["notices"]), [])
        return made

    yield taken_in
    made.engine.dispose()


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_it_counts_what_a_reader_of_its_notices_counts(name, taken_in):
    fixture = read_fixture(name)
    with taken_in(fixture).reading() as session:
        rates = measured(INDICATORS[name], facts_of(session, ALL_DAYS), SPLITS)
    found = {frozenset(rate.dimension.items()): rate for rate in rates}
    assert [rate for rate in rates if rate.indicator != name or not _holds_together(rate)] == []
    assert fixture["expected"]
    for expected in fixture["expected"]:
        about = {key: value for key, value in expected.items() if key not in (*FIGURES, "lower", "upper")}
        rate = found[frozenset(about.items())]
        assert (about, *(getattr(rate, figure) for figure in FIGURES)) == (about, *(expected[each] for each in FIGURES))
        for bound in ("lower", "upper"):
            assert _same(getattr(rate, bound), expected[bound]), f"{bound} of {about}: {getattr(rate, bound)}"
    for absent in fixture.get("never", ()):
        assert not [rate for rate in rates if absent.items() <= rate.dimension.items()]


def _same(given, expected):
    """Whether a bound is the fraction that the fixture writes."""
    if expected is None or given is None:
        return given is expected
    return given == _as_decimal(Fraction(expected))


def _as_decimal(fraction):
    return Decimal(fraction.numerator) / Decimal(fraction.denominator)


def _holds_together(rate):
    """Whether bounds, rate and coverage of a rate agree."""
    if rate.rate is None or rate.upper is None:
        return 0 <= rate.denominator <= rate.population
    is_known = rate.denominator == rate.population
    return rate.lower <= rate.upper and (not is_known or rate.lower == rate.rate == rate.upper)


def test_modules_pages_fixtures_and_vocabulary_are_the_same():
    modules = {path.stem for folder in indicators_path for path in Path(folder).glob("*.py")} - SHARED
    assert set(INDICATORS) == modules
    assert {path.stem for path in FOLDER.glob("*.yaml")} == modules
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == modules
    listed = re.findall(r"^\| \[`(\w+)`\]", (PAGES / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert listed == list(INDICATORS)
    words = yaml.safe_load((ROOT / "mpdi/monitoring/data/uptake_report.yaml").read_text(encoding="utf-8"))
    assert modules <= set(words)


@pytest.mark.parametrize("name", sorted(INDICATORS))
def test_its_page_has_its_four_parts_and_tells_of_its_fixture(name):
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", page, re.MULTILINE) == PARTS
    assert f"tests/monitoring/indicators/{name}.yaml" in page


def test_a_notice_that_is_replaced_or_outside_the_period_counts_no_more(taken_in):
    fixture = {"notices": [{"day": "2025-12-31", "lots": [{}]}, {"day": "2026-01-01", "lots": [{}, {}]}]}
    with taken_in(fixture).reading() as session:
        assert [len(notice.lots) for notice in facts_of(session, ALL_DAYS)] == [2]


def test_a_result_stands_for_its_procedure_only_where_no_call_was_read(taken_in):
    fixture = {
        "notices": [
            {"procedure": 1, "day": "2025-11-03", "lots": [{}]},
            {"procedure": 1, "day": "2026-02-02", "result": True, "lots": [{"tenders": 1}]},
            {"procedure": 2, "day": "2026-02-02", "result": True, "lots": [{"tenders": 1}]},
        ]
    }
    with taken_in(fixture).reading() as session:
        found = {notice.records: notice.is_uptake for notice in facts_of(session, ALL_DAYS)}
    assert sorted(found.values()) == [False, True]
    assert len(found) == 2


def test_the_facts_are_the_same_in_every_database(database, tmp_path):
    fixture = read_fixture("sme_winners")
    take_in(database, tmp_path, write_notices(fixture["notices"], tmp_path / "published"), detection=True)
    with database.reading() as session:
        [notice] = facts_of(session, ALL_DAYS)
        assert provenance(session, ALL_DAYS).in_period == 1
    assert (notice.day, notice.country, notice.level) == (datetime.date(2026, 2, 3), "BEL", None)
    assert [lot.winner_sizes for lot in notice.lots] == [("medium",), ("large",), ("large", "micro"), (None,), ()]
    assert [lot.value for lot in notice.lots] == [100, 300, None, None, None]
