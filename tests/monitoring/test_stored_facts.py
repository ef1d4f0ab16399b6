"""Facts that figures need stand in columns: what ingestion writes and what an upgrade writes for older rows is the same."""

from alembic import command
from sqlalchemy import text
from taking_in import FIXTURES, take_in

from mpdi.database import Database
from mpdi.migrations import alembic_config, upgrade
from mpdi.monitoring.told_columns import LOT_FACTS, asked_plainly, lot_facts, record_facts
from tender_parsers import iter_notices, to_plain

BEFORE = "0021"
"""The last state of the tables without these columns."""
FORMATS = [FIXTURES / name for name in ("eforms", "ted", "ocds", "decp", "boamp", "bda", "found")]


def stored(database):
    """The facts of every notice and lot."""
    lots = ", ".join(LOT_FACTS)
    with database.reading() as session:
        records = session.execute(text("SELECT id, is_central, is_searched FROM notice_record ORDER BY id")).all()
        return records, session.execute(text(f"SELECT id, {lots} FROM notice_lot ORDER BY id")).all()


def test_an_upgrade_fills_for_older_rows_what_ingestion_writes(database_url, tmp_path):
    database = Database(database_url)
    upgrade(database.engine)
    searched, unsearched = FORMATS[:2], FORMATS[2:]
    take_in(database, tmp_path, *searched, detection=True)
    take_in(database, tmp_path, *unsearched)
    before = stored(database)
    command.downgrade(alembic_config(database.engine), BEFORE)
    upgrade(database.engine)
    assert stored(database) == before
    records, lots = before
    assert {record.is_searched for record in records} == {True, False}
    for name in LOT_FACTS:
        assert {getattr(lot, name) for lot in lots} - {None}, name
    database.engine.dispose()


def test_what_is_asked_of_a_notice_is_what_its_plain_form_says():
    notices = [notice for folder in FORMATS for notice in iter_notices(folder)]
    assert len(notices) > 70
    for notice in notices:
        plain, asked = to_plain(notice), asked_plainly(notice)
        rows = [{"number": number, "kind": lot.kind, "lot": lot.id} for number, lot in enumerate(notice.lots, 1)]
        rows.append({"number": 0, "kind": "whole", "lot": None})
        for is_searched in (True, False):
            assert record_facts(asked, "fr", is_searched) == record_facts(plain, "fr", is_searched)
            assert lot_facts(asked, notice.format, rows, is_searched) == lot_facts(
                plain, notice.format, rows, is_searched
            )
