"""Open notices and open data are the same out of SQLite and PostgreSQL."""

import csv
import datetime
import io

import pytest
from taking_in import take_in
from uptake_portal import DEMO

from mpdi.database import Database
from mpdi.monitoring.lot_rows import lot_rows
from mpdi.monitoring.market_queries import has_notices, open_page
from mpdi.monitoring.market_query import MarketQuery
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.notice_queries import UnknownNoticeError, identity_of_number, kept_notice
from mpdi.monitoring.open_data_files import table_lines
from mpdi.monitoring.open_data_queries import edition, releases
from mpdi.monitoring.open_data_tables import TABLES
from tender_parsers.notice import Lot, Moment, Notice

TODAY = datetime.date(2026, 12, 1)
FILES = [path for path in sorted(DEMO.iterdir()) if path.name >= "2026-10"]


@pytest.fixture
def filled(database: Database, tmp_path) -> Database:
    take_in(database, tmp_path, *FILES, detection=True)
    return database


def test_every_filter_finds_the_same_in_each_database(filled):
    found = {}
    with filled.reading() as session:
        for asked in (
            MarketQuery(),
            MarketQuery(cpv="nettoyage"),
            MarketQuery(place="BE10"),
            MarketQuery(place="BE2"),
            MarketQuery(nature="works"),
            MarketQuery(buyer="valexemple commune"),
            MarketQuery(reason="suitable"),
            MarketQuery(reason="reserved"),
            MarketQuery(reason="small"),
            MarketQuery(left=60),
        ):
            prefixes = ["9091", "4526"] if asked.cpv else []
            page = open_page(session, asked, prefixes, TODAY, 20)
            assert page.total == len(page.records)
            assert all(page.lots[record.id] for record in page.records)
            found[str(asked.arguments())] = page.total
        by_day = open_page(session, MarketQuery(), [], TODAY, 3, by_day=True)
        assert [record.day for record in by_day.records] == sorted((each.day for each in by_day.records), reverse=True)
        assert by_day.total > 3
    assert list(found.values()) == [11, 2, 11, 0, 2, 3, 7, 2, 6, 6]


def test_a_lot_closes_with_its_tenders_else_with_its_requests_to_take_part():
    requests, tenders = Moment(datetime.date(2027, 1, 4)), Moment(datetime.date(2027, 2, 1))
    lots = (
        Lot(id="1", request_deadline=requests),
        Lot(id="2", request_deadline=requests, tender_deadline=tenders),
        Lot(id="3"),
    )
    rows = lot_rows(Notice(format="eforms", lots=lots))
    assert [row["closes"] for row in rows[1:]] == [requests.day, tenders.day, None]


def test_words_that_welcome_small_firms_come_with_the_page(filled):
    with filled.reading() as session:
        page = open_page(session, MarketQuery(cpv="x"), ["7231"], TODAY, 20)
        assert page.welcoming[page.records[0].id] == ["Start-ups"]
        assert has_notices(session)


def test_a_notice_is_found_by_its_key_and_its_number(filled):
    with filled.reading() as session:
        record = open_page(session, MarketQuery(), [], TODAY, 1).records[0]
        assert kept_notice(session, key_of(record.identity)).record.id == record.id
        assert identity_of_number(session, record.id) == record.identity
        for unknown in ("n" + "f" * 24, "x", ""):
            with pytest.raises(UnknownNoticeError):
                kept_notice(session, unknown)


def test_open_data_comes_whole_out_of_each_database(filled):
    with filled.reading() as session:
        rows = {name: "".join(table_lines(session, name)).removeprefix("\ufeff") for name in TABLES}
        count = edition(session).notices
        assert len(list(releases(session))) == count == 13
    read = {name: list(csv.reader(io.StringIO(text), delimiter=";")) for name, text in rows.items()}
    assert len(read["notices"]) == count + 1
    assert {len(row) for row in read["lots"]} == {len(TABLES["lots"].columns)}
    assert {len(row) for row in read["observations"]} == {len(TABLES["observations"].columns)}
