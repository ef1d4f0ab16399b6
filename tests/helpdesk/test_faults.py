"""A full disk under the portal: a clear answer, nothing half stored, and all goes on when there is room again."""

import gc
import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from small_disks import MEGABYTE, SmallDisk, small_disk
from sqlalchemy import func, select
from ticket_browsers import Browser, services_of, signed_in

from mpdi.accounts import audit
from mpdi.accounts.roles import Role
from mpdi.config import Settings
from mpdi.helpdesk.models import Attachment, Message, OutgoingMail, Ticket, TicketEvent

# The test client leaves its own copy of a large form open.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
QUESTION = {"question": "Puis-je demander un écolabel ?", "email": "ann@example.org", "language": "fr"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 96) as made:  # the library alone takes 31 of them
        yield made
        gc.collect()


@pytest.fixture
def settings(disk: SmallDisk, library_home: Path) -> Settings:
    """The portal's whole state on the small disk."""
    home = disk.folder / "home"
    shutil.copytree(library_home, home)
    return Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests")


def stored(app: Flask) -> list[int]:
    with services_of(app).database.reading() as session:
        kinds = (Ticket, Message, Attachment, TicketEvent, OutgoingMail)
        return [session.scalar(select(func.count(kind.id))) or 0 for kind in kinds]


def files(app: Flask) -> list[Path]:
    folder = services_of(app).settings.home / "attachments"
    return [path for path in folder.rglob("*") if path.is_file()]


def with_file(size: int) -> dict[str, object]:
    return QUESTION | {"file": (io.BytesIO(b"a" * size), "bestek.txt")}


def test_an_upload_that_finds_no_room_is_said_and_leaves_nothing(app: Flask, disk: SmallDisk):
    browser = Browser(app)
    browser.get("/questions/new")
    before = stored(app)
    disk.fill(but=2 * MEGABYTE)
    answer = browser.post("/questions/new", with_file(5 * MEGABYTE), 422)
    assert "there may be no room left" in answer.text
    assert QUESTION["question"] in answer.text
    assert (stored(app), files(app)) == (before, [])
    disk.make_room()
    browser.post("/questions/new", with_file(5 * MEGABYTE))
    assert [path.stat().st_size for path in files(app)] == [5 * MEGABYTE]


def test_a_note_with_a_file_that_finds_no_room_changes_nothing(app: Flask, disk: SmallDisk):
    cora = signed_in(app, "Cora", Role.COORDINATOR)
    Browser(app).post("/questions/new", QUESTION)
    with services_of(app).database.reading() as session:
        number = session.scalars(select(Ticket.number)).one()
    cora.get(f"/helpdesk/tickets/{number}")
    before = stored(app)
    disk.fill(but=2 * MEGABYTE)
    file = (io.BytesIO(b"a" * 5 * MEGABYTE), "a.txt")
    note = {"note": "Mon avis, long à écrire", "note_language": "fr", "note_file": file}
    answer = cora.post(f"/helpdesk/tickets/{number}/note", note, 422)
    assert "Mon avis, long à écrire" in answer.text
    assert (stored(app), files(app)) == (before, [])


def test_a_question_that_the_database_cannot_take_is_refused_whole(app: Flask, disk: SmallDisk):
    browser = Browser(app)
    browser.post("/questions/new", QUESTION)
    before = stored(app)
    browser.get("/questions/new")
    disk.fill()
    long = QUESTION | {"question": "Puis-je demander un écolabel ? " + "mot " * 4_500}
    # What the log of the database still has room for is taken; then it is full.
    data, headers = long | {"csrf_token": browser.token()}, {"Accept-Language": "en"}
    answers = [browser.client.post("/questions/new", data=data, headers=headers) for _ in range(40)]
    assert {answer.status_code for answer in answers} <= {303, 503}
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert all("cannot reach its data" in answer.text for answer in refused)
    taken = len(answers) - len(refused)
    assert stored(app)[:2] == [before[0] + taken, before[1] + taken]
    disk.make_room()
    browser.post("/questions/new", long)
    assert stored(app)[:2] == [before[0] + taken + 1, before[1] + taken + 1]
    with services_of(app).database.reading() as session:
        assert audit.verify(session).is_whole
