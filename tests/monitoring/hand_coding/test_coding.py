"""From a drawn sample to the score of detection: by operations, and through the pages without scripts."""

import csv
import datetime
import io
import re
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.privacy import DataSubject
from mpdi.accounts.roles import Role
from mpdi.database import Base
from mpdi.monitoring.detection.model import Label
from mpdi.monitoring.hand_coding import operations, queries
from mpdi.monitoring.hand_coding.operations import AlreadyReadError, IncompleteReadingError, NothingToDrawError, final
from mpdi.monitoring.hand_coding.personal_data import HAND_CODING_DATA
from mpdi.monitoring.hand_coding.results import EITHER, results_of
from mpdi.monitoring.models import IngestedFile, NoticeObservation, NoticeRecord
from mpdi.services import EXTENSION

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "accounts"))

from people import add_user, csrf, signed_in

DAY = datetime.date(2026, 5, 1)
YEAR = (datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
ALL = {label.value: False for label in Label}


def put_notices(session, detected, others, language="fr"):
    """Notices of one day; the first ones say something for the environment."""
    file = IngestedFile(
        digest="0" * 64, name="a", size=1, parser_version="p", rules_version="r", left_out=[], read_at=clock.now()
    )
    session.add(file)
    session.flush()
    for number in range(detected + others):
        record = NoticeRecord(
            file_id=file.id, identity=f"{number:064}", format="eforms", source="a", parser_version="p", rules_version="r",
            procedure_key=str(number), language=language, day=DAY, title=f"Marché {number}",
            whole={"texts": [{"value": f"Texte <b>{number}</b>", "language": "FRA", "element": "Description"}]},
        )  # fmt: skip
        session.add(record)
        session.flush()
        if number < detected:
            session.execute(
                insert(NoticeObservation).values(
                    record_id=record.id,
                    label="env_criterion",
                    element="Description",
                    words="vert",
                    text_number=0,
                    begins=0,
                    ends=4,
                    rule="env_criterion.award",
                )
            )


@pytest.fixture
def filled(database):
    with database.writing() as session:
        put_notices(session, 6, 40)
        readers = [add_user(session).id for _ in range(3)]
    return database, readers


def draw(session, size=12, seed=5):
    return operations.draw_sample(session, "Essai", *YEAR, size, seed)


def test_a_sample_is_drawn_by_halves_and_again_by_its_seed(filled):
    database, _readers = filled
    with database.writing() as session:
        first, again, other = draw(session), draw(session), draw(session, seed=6)
        assert sum(item.is_detected for item in first.items) == 6
        assert (first.detected, first.others) == (6, 40)
        assert [item.identity for item in first.items] == [item.identity for item in again.items]
        assert [item.identity for item in first.items] != [item.identity for item in other.items]
        assert len({item.identity for item in first.items}) == 12
        order = [item.is_detected for item in first.items]
        assert order != sorted(order, reverse=True), "its place tells nothing"
        assert len(draw(session, size=500).items) == 46
        assert sum(item.is_detected for item in draw(session, size=20).items) == 6, "the others fill what is missing"


def test_a_period_without_notices_gives_no_sample(filled):
    with filled[0].writing() as session, pytest.raises(NothingToDrawError):
        operations.draw_sample(session, "", datetime.date(2020, 1, 1), datetime.date(2020, 2, 1), 10, 1)


def test_two_read_a_notice_once_each_and_no_third(filled):
    database, (ann, bob, cem) = filled
    with database.writing() as session:
        item = draw(session).items[0]
        with pytest.raises(IncompleteReadingError):
            operations.note_reading(session, item.id, ann, {"sme": True})
        operations.note_reading(session, item.id, ann, ALL)
        session.flush()
        with pytest.raises(AlreadyReadError):
            operations.note_reading(session, item.id, ann, ALL)
        operations.note_reading(session, item.id, bob, ALL)
        session.flush()
        with pytest.raises(AlreadyReadError):
            operations.note_reading(session, item.id, cem, ALL)


def test_what_counts_is_what_both_say_or_what_was_settled(filled):
    database, (ann, bob, _cem) = filled
    with database.writing() as session:
        sample = draw(session)
        item = sample.items[0]
        operations.note_reading(session, item.id, ann, ALL | {"env_criterion": True, "sme": True, "ethical": None})
        assert queries.next_to_read(session, sample.id, bob) == item.number, "one that another began comes first"
        operations.note_reading(session, item.id, bob, ALL | {"env_criterion": True})
        session.flush()
        session.refresh(item)
        assert operations.undecided(item.readings) == ["ethical", "sme"]
        assert (final(item)["env_criterion"], final(item)["innovation"], final(item)["sme"]) == (True, False, None)
        operations.settle(item, {"sme": True, "env_criterion": False})
        assert (final(item)["sme"], final(item)["env_criterion"]) == (True, True), "what they agree on stays theirs"


def test_the_score_is_that_of_what_people_say(filled):
    database, (ann, bob, _cem) = filled
    with database.writing() as session:
        sample = draw(session)
        for item in sample.items:
            says = ALL | {"env_criterion": item.is_detected and item.number % 2 == 0, "env_subject": item.number == 1}
            for reader in (ann, bob):
                operations.note_reading(session, item.id, reader, says)
                session.flush()
        session.expire_all()
        sample = queries.whole_sample(session, sample.id)
        told = {each.label: each for each in results_of(sample, queries.detected(session, sample.id))}
    even = sum(item.is_detected and item.number % 2 == 0 for item in sample.items)
    assert (told["env_criterion"].score.right, told["env_criterion"].score.wrong) == (even, 6 - even)
    assert told["env_criterion"].agreement.count == 12
    assert told["sme"].agreement.kappa is None
    assert told["env_subject"].score.missed == 1
    assert told[EITHER].score.right >= even


def test_a_person_is_forgotten_and_what_she_said_stays(filled):
    database, (ann, bob, _cem) = filled
    with database.writing() as session:
        item = draw(session).items[0]
        operations.note_reading(session, item.id, ann, ALL)
        operations.note_reading(session, item.id, bob, ALL)
        subject = DataSubject("ann@example.brussels", ann)
        assert [each["labels"] for each in HAND_CODING_DATA.export(session, subject)] == [ALL]
        assert HAND_CODING_DATA.erase(session, subject) == 1
        session.flush()
        session.refresh(item)
        assert [each.reader_id for each in item.readings] == [None, bob]
        with pytest.raises(AlreadyReadError):
            operations.note_reading(session, item.id, ann, ALL)
        assert session.get(User, ann) is not None


@pytest.fixture
def portal(app):
    services = app.extensions[EXTENSION]
    Base.metadata.create_all(services.database.engine)
    with services.database.writing() as session:
        put_notices(session, 5, 5)
    return app


def post(client, address, back=None, **data):
    token = csrf(client, back or address)
    return client.post(address, data={"csrf_token": token} | data)


ANSWERS = {label.value: "no" for label in Label}


def test_the_whole_way_through_the_pages(portal):
    coordinator, _ = signed_in(portal, Role.COORDINATOR)
    first, second = signed_in(portal, Role.FACILITATOR)[0], signed_in(portal, Role.EXPERT)[0]
    refused = post(coordinator, "/notices/coding", begins="2026-12-01", ends="2026-01-01", size="10")
    assert (refused.status_code, 'role="alert"' in refused.text) == (422, True)
    drawn = post(coordinator, "/notices/coding", begins="2026-01-01", ends="31/12/2026", size="10", seed="4")
    assert drawn.status_code == 303
    place = drawn.location
    for reader in (first, second):
        for _ in range(10):
            page = reader.get(f"{place}/read", follow_redirects=True)
            assert "&lt;b&gt;" in page.text
            assert "vert" not in page.text, "what was detected is not shown"
            address = page.request.path
            own = ANSWERS | ({"sme": "yes"} if reader is first and address.endswith("/1") else {})
            assert post(reader, address, **own).status_code == 303
        assert reader.get(f"{place}/read").location == "/notices/coding"
    results = coordinator.get(f"{place}?language=en").text
    assert "10 of 10 notices have been read twice" in results
    assert f"{place}/1/settle" in results
    assert re.search(r">\d\.\d\d ?[<(]", results)
    french = coordinator.get(f"{place}?language=fr").text
    assert re.search(r">\d,\d\d ?[<(]", french)
    assert not re.search(r">\d\.\d\d ?[<(]", french)
    assert post(coordinator, f"{place}/1/settle", sme="yes").status_code == 303
    assert f"{place}/1/settle" not in coordinator.get(place).text
    rows = list(csv.DictReader(io.StringIO(coordinator.get(f"{place}.csv").text.lstrip("\ufeff")), delimiter=";"))
    assert len(rows) == 70
    [settled] = [row for row in rows if row["final"] == "1"]
    assert (settled["number"], settled["label"], settled["reader_1"], settled["reader_2"]) == ("1", "sme", "1", "0")
    assert first.get(place).status_code == 403


def test_an_answer_left_out_is_asked_again_and_the_others_stay(portal):
    coordinator, _ = signed_in(portal, Role.COORDINATOR)
    place = post(coordinator, "/notices/coding", begins="2026-01-01", ends="2026-12-31", size="10").location
    page = post(coordinator, f"{place}/1", sme="yes")
    assert page.status_code == 422
    assert re.search(r'id="sme-yes"[^>]* checked', page.text)
    assert 'role="alert"' in page.text


def test_the_page_of_sources_tells_how_they_stand(portal):
    from mpdi.monitoring.watching.models import WatchedSource

    with portal.extensions[EXTENSION].database.writing() as session:
        session.add(
            WatchedSource(
                kind="address",
                address="https://notices.example/<x>",
                outcome="failed",
                message="cut off",
                next_at=clock.now(),
                failures=3,
            )
        )
    client, _ = signed_in(portal, Role.ADMINISTRATOR)
    page = client.get("/notices/watched?language=en").text
    assert "https://notices.example/&lt;x&gt;" in page
    assert "cut off" in page
    assert "3 times" in page
    assert "MPDI_WATCH_FOLDERS" in page
