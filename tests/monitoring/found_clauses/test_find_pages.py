"""The page on which clauses are found in a document, and clauses found in notices that were taken in."""

import sys
from io import BytesIO
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from mpdi import clock
from mpdi.clause_library.core.search.meaning import MeaningIndex
from mpdi.database import Base
from mpdi.monitoring.clause_models import NoticeClause, NoticeClauseSearch
from mpdi.monitoring.clause_operations import find_in_notices
from mpdi.monitoring.clause_queries import clauses_in, notices_with
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.monitoring.ingestion import ingest
from mpdi.services import EXTENSION

FIXTURES = Path(__file__).resolve().parents[2] / "tender_parsers" / "fixtures"
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "accounts"))

from people import csrf  # noqa: E402 (it lies beside the tests of accounts)

CLAUSE = "ENV-CLEAN-001"


def printed(library, language):
    version = library.versions(CLAUSE)[-1]
    return [" ".join(each.text[language].split()) for each in version.text if each.is_printed and each.when is None]


def sent(client, language="fr", **data):
    token = csrf(client, "/clauses/find")
    return client.post(
        f"/clauses/find?language={language}", data={"csrf_token": token} | data, content_type="multipart/form-data"
    )


def test_a_passage_is_found_with_share_words_and_differences(client, clause_library):
    text = " ".join(printed(clause_library, "fr")).replace("Nordic Swan", "Ange Bleu")
    page = sent(client, text=text)
    assert page.status_code == 200
    assert f"/clauses/{CLAUSE}/" in page.text
    assert "<del>" in page.text
    assert "Ange" in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_a_word_file_is_found(client, clause_library):
    document, out = docx.Document(), BytesIO()
    for text in printed(clause_library, "nl"):
        document.add_paragraph(text)
    document.save(out)
    page = sent(client, "nl", file=(BytesIO(out.getvalue()), "bestek.docx"))
    assert f"/clauses/{CLAUSE}/" in page.text
    assert "(NL)" in page.text


@pytest.mark.parametrize(
    "data", [{"text": "  "}, {"file": (BytesIO(b"%PDF-1.4 no"), "a.pdf")}], ids=["blank", "damaged"]
)
def test_what_cannot_be_read_is_said_and_the_words_stay(client, data):
    page = sent(client, **data)
    assert page.status_code == 422
    assert 'role="alert"' in page.text


def test_hostile_words_are_shown_as_words(client, clause_library):
    text = printed(clause_library, "fr")[0] + " <script>alert(1)</script>"
    page = sent(client, text=text)
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert" in page.text


@pytest.fixture
def search(app, clause_library, tmp_path):
    return FoundClauseSearch.over(clause_library, clock.today(), MeaningIndex(tmp_path / "none"))


def test_notices_are_searched_once_and_their_clauses_kept(app, search, clause_library, tmp_path):
    database = app.extensions[EXTENSION].database
    Base.metadata.create_all(database.engine)
    whole = (FIXTURES / "eforms" / "contract_notice_two_languages.xml").read_text(encoding="utf-8")
    said = " ".join(printed(clause_library, "fr"))
    start = whole.index("<cbc:Description")
    end = whole.index(">", start) + 1
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "with.xml").write_text(whole[:end] + said + " " + whole[end:], encoding="utf-8")
    ingest(database, [str(tmp_path / "in")], ReadingPlan(tmp_path / "home", with_detection=False), 1)
    assert find_in_notices(database, search) == (1, 1)
    with database.reading() as session:
        [row] = notices_with(session, CLAUSE)
        assert [each.clause_id for each in clauses_in(session, row.record_id)] == [CLAUSE]
        assert row.share > 0.8
        assert said.startswith(row.words[:40]) or row.words[:40] in said
    assert find_in_notices(database, search) == (0, 0), "with the same library it is not searched again"
    with database.reading() as session:
        counts = [session.scalar(select(func.count()).select_from(each)) for each in (NoticeClause, NoticeClauseSearch)]
    assert counts == [1, 1]
