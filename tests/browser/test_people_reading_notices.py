"""What is watched, samples read by people, and a notice with clauses in it, in a browser: axe, wide and on a telephone."""

import datetime
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from sqlalchemy import select

sys.path.insert(0, str((Path(__file__).parent / "../accounts").resolve()))

from people import PASSWORD_HASH, add_user

from mpdi import clock
from mpdi.accounts import session_operations
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.monitoring.clause_models import NoticeClause
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.hand_coding.operations import draw_sample
from mpdi.monitoring.ingestion import ingest
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.watching.models import WatchedKind, WatchedSource, WatchOutcome
from mpdi.resources import folder

pytestmark = pytest.mark.browser
FILE = folder("examples") / "notices" / "2025-03-03-schools-04-competition.xml"
LONG = "https://avis.example.brussels/" + "publications/" * 12 + "avis.xml"


@pytest.fixture(scope="module")
def addresses(
    portal: str, portal_database: Database, portal_settings: Settings, clause_library: ClauseLibrary
) -> tuple[str, ...]:
    """The pages to look at: a source that failed, a sample drawn, a notice in which a clause was found."""
    ingest(portal_database, [str(FILE)], ReadingPlan(portal_settings.home), 1)
    with portal_database.writing() as session:
        now = clock.now()
        failed = {"outcome": WatchOutcome.FAILED.value, "message": "The address answers 503.", "failures": 3}
        session.add(
            WatchedSource(kind=next(iter(WatchedKind)).value, address=LONG, tried_at=now, next_at=now, **failed)
        )
        sample = draw_sample(session, "Année", datetime.date(2020, 1, 1), datetime.date(2030, 1, 1), 10, 7).id
        record = session.scalars(select(NoticeRecord).where(NoticeRecord.source.endswith(FILE.name))).one()
        version = str(clause_library.versions("ENV-CLEAN-001")[-1].version)
        found = {"clause_id": "ENV-CLEAN-001", "version": version, "language": "fr", "how": "words", "share": 0.2}
        session.add(NoticeClause(record_id=record.id, words="des produits de nettoyage", place=1, **found))
        notice = key_of(record.identity)
    coding = ("/notices/coding", f"/notices/coding/{sample}", f"/notices/coding/{sample}/read")
    return ("/notices/watched", *coding, f"/notices/{notice}")


@pytest.fixture(scope="module")
def coordinator(portal_database: Database) -> int:
    """Somebody who draws samples and sees what is watched."""
    with portal_database.writing() as session:
        grant = Grant(Role.COORDINATOR)
        email = "reader-of-notices@example.brussels"
        return add_user(session, grant, email=email, name="Lectrice Fictive", password_hash=PASSWORD_HASH).id


@pytest.mark.parametrize(("language", "scheme", "width"), [("fr", "light", 1280), ("nl", "dark", 360)])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    visit: Callable[..., Page],
    portal_database: Database,
    addresses: tuple[str, ...],
    coordinator: int,
    language: str,
    scheme: str,
    width: int,
) -> None:
    page = visit("/", language=language, scheme=scheme, width=width)
    with portal_database.writing() as session:
        token = session_operations.start_session(session, session.get_one(User, coordinator), "Firefox, Linux")
    page.context.add_cookies([{"name": "mpdi_sign_in", "value": token, "url": page.url}])
    axe = Axe()
    for address in addresses:
        response = page.goto(address)
        assert response is not None
        assert response.status == 200, address
        page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, address
        found = axe.run(page)
        assert found.violations_count == 0, f"{address}: {found.generate_report()}"
    assert page.locator("#clauses").is_visible(), "the notice names the clause that was found in it"
