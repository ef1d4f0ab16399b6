"""Facts of real notices against what another reader found in them, where `MPDI_REFERENCE_DATA` says where they lie."""

import datetime
import json
import os
from pathlib import Path

import pytest
from sqlalchemy import select
from taking_in import take_in

from mpdi.database import Base, Database
from mpdi.monitoring.indicators.model import Stage, Theme
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.report_queries import Scope, facts_of

_EVERY = 6
"""One real eForms file in so many."""
EVER = Scope(datetime.date(1990, 1, 1), datetime.date(2100, 1, 1))


@pytest.fixture
def reference() -> Path:
    """The folder of reference data."""
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if given and (Path(given) / "notices-expected.jsonl").is_file():
        return Path(given)
    message = "needs MPDI_REFERENCE_DATA, a folder with notices/ and notices-expected.jsonl"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def test_what_real_notices_declare_is_what_another_reader_found(tmp_path, reference):
    made = Database(f"sqlite:///{tmp_path / 'test.sqlite3'}")
    Base.metadata.create_all(made.engine)
    take_in(made, tmp_path, *sorted((reference / "notices/eforms/real").rglob("*.xml"))[::_EVERY])
    lines = (reference / "notices-expected.jsonl").read_text(encoding="utf-8").splitlines()
    expected = {each["path"]: each for each in map(json.loads, lines) if each["format"] == "eforms"}
    with made.reading() as session:
        sources = dict(session.execute(select(NoticeRecord.id, NoticeRecord.source)).all())
        alone = [notice for notice in facts_of(session, EVER) if len(notice.records) == 1]
    made.engine.dispose()
    assert len(alone) > 20
    for notice in alone:
        path = str(Path(sources[notice.records[0]]).relative_to(reference / "notices"))
        assert (path, *_declared(notice)) == (path, *_expected(expected[path], notice.stage))


def _declared(notice):
    lots = notice.lots
    yes = [
        sum(bool(lot.of(theme).strict) for lot in lots)
        for theme in (Theme.ENVIRONMENTAL, Theme.SOCIAL, Theme.INNOVATION)
    ]
    stated = sum(lot.of(Theme.ENVIRONMENTAL).strict is not None for lot in lots)
    return stated, *yes, sum(lot.tenders or 0 for lot in lots) if notice.stage is Stage.RESULT else None


def _expected(found, stage):
    yes = (found["lots_green"], found["lots_social"], found["lots_innovative"])
    return found["lots_bt06_stated"], *yes, (found["received_tenders"] or 0) if stage is Stage.RESULT else None
