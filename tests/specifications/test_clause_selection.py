"""Clauses without a specification: a selection of one's own, and one clause, as Word files."""

import datetime

import pytest
from libreoffice import convert
from page_walk import hidden

from mpdi.documents.docx_reader import read_specification
from mpdi.specifications.checking.inspection import NoManifestError, inspect_document


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response.get_data(as_text=True)


def post(client, action, **data):
    token = hidden(text_of(client, "/clauses/ENV-CLEAN-001?language=en"), "csrf_token")
    response = client.post(f"/selection/{action}", data={"csrf_token": token, **data})
    assert response.status_code == 303


def saved(data, folder):
    path = folder / "clauses.docx"
    path.write_bytes(data)
    return path


def as_text(data, folder, language):
    target = folder / language
    convert([saved(data, folder)], "txt", target)
    return (target / "clauses.txt").read_text(encoding="utf-8-sig")


def test_a_selection_is_kept_and_given_as_a_word_file_in_both_languages(client, tmp_path):
    post(client, "add", clause=["ENV-CLEAN-001", "SOC-GEN-003", "ENV-CLEAN-001", "NO-SUCH-999"])
    text = text_of(client, "/selection?language=en")
    assert "2 clauses in your selection." in text
    assert text.count('href="/clauses/ENV-CLEAN-001"') == 1
    for language, words in (("fr", "À garder seulement si"), ("nl", "Alleen te behouden als")):
        response = client.get(f"/selection/clauses.docx?content={language}")
        assert f"mpdi_clauses_2_{language}_" in response.headers["Content-Disposition"]
        again = client.get(f"/selection/clauses.docx?content={language}")
        assert response.data == again.data, "the same clauses give the same bytes"
        pages = as_text(response.data, tmp_path, language)
        assert words in pages
        assert "ENV-CLEAN-001" in pages
        assert "SOC-GEN-003" in pages
        assert response.headers["Cache-Control"] == "private, no-cache", "another reader's selection is another file"
    post(client, "remove", clause="SOC-GEN-003")
    assert "SOC-GEN-003" not in text_of(client, "/selection")
    post(client, "remove", all="1")
    assert "Your selection is empty" in text_of(client, "/selection?language=en")
    assert client.get("/selection/clauses.docx").status_code == 404


def test_one_clause_as_a_word_file_says_what_is_in_it_and_is_no_specification(client, clause_library, tmp_path):
    response = client.get("/selection/clauses.docx?clause=ENV-CLEAN-001&content=nl")
    newest = clause_library.versions("ENV-CLEAN-001")[-1].version
    assert f"mpdi_ENV-CLEAN-001_{newest}_nl_" in response.headers["Content-Disposition"]
    read = read_specification(saved(response.data, tmp_path))
    assert [clause.id for clause in read.clauses] == ["ENV-CLEAN-001"]
    with pytest.raises(NoManifestError):
        inspect_document(read, clause_library, datetime.date(2026, 12, 1))


def test_the_whole_library_fits_in_a_selection(client, clause_library):
    post(client, "add", clause=list(clause_library.identifiers))
    text = text_of(client, "/selection?language=en")
    assert f"{len(clause_library.identifiers)} clauses in your selection." in text
    cookie = client.get_cookie("mpdi_session")
    assert cookie is not None
    assert len(cookie.value) < 3_500, "browsers drop a cookie above 4 KB"


def test_the_word_file_of_a_version_is_of_that_version(client):
    page = text_of(client, "/clauses/ENV-CLEAN-001/1.0.0")
    assert "/selection/clauses.docx?clause=ENV-CLEAN-001@1.0.0" in page.replace("%40", "@")
    assert client.get("/selection/clauses.docx?clause=ENV-CLEAN-001@1.0.0").status_code == 200
    assert client.get("/selection/clauses.docx?clause=ENV-CLEAN-001@9.0.0").status_code == 404
