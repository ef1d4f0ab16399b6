"""Files of a log: the workbook, and the checklist of a visit to print."""

import io
import re
import unicodedata

from flask import request, send_file
from flask_babel import force_locale
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents import docx_package, workbook
from mpdi.follow_up.log_pages import LogPage, follow_up, open_page
from mpdi.follow_up.log_workbook import write_log
from mpdi.follow_up.visit_document import write_checklist
from mpdi.follow_up.visit_lines import MOST_LINES, asked_for
from mpdi.i18n import content_language

_NAMES = {"log": {"fr": "suivi", "nl": "opvolging"}, "visit": {"fr": "visite", "nl": "bezoek"}}


@follow_up.get("/<token>/log.xlsx", endpoint="workbook")
def workbook_of(token: str) -> Response:
    """Give the log as a workbook, in the language of the documents of the purchase."""
    page = open_page(token)
    language = _language_of(page)
    with force_locale(language):
        content = write_log(page.log, page.checks, language, clock.today())
    return _download(page, "log", language, content, "xlsx", workbook.MEDIA_TYPE)


@follow_up.get("/<token>/visit.docx")
def visit_document(token: str) -> Response:
    """Give the checklist to print, in the language of the documents of the purchase."""
    page = open_page(token)
    language = _language_of(page)
    with force_locale(language):
        lines = asked_for(page, request.args.getlist("line"))[:MOST_LINES]
        content = write_checklist(page.log, lines, language, clock.today())
    return _download(page, "visit", language, content, "docx", docx_package.MEDIA_TYPE)


def _language_of(page: LogPage) -> Language:
    """The language asked for in the address, else that of the documents, else the one in which clauses are read here."""
    is_asked = request.args.get("content") in LANGUAGES
    return content_language() if is_asked or page.plan.language is None else page.plan.language


def _download(page: LogPage, kind: str, language: Language, content: bytes, suffix: str, media_type: str) -> Response:
    parts = (_slug(page.plan.reference), _NAMES[kind][language], clock.today().isoformat())
    name = "_".join(filter(None, parts)) + f".{suffix}"
    return send_file(io.BytesIO(content), mimetype=media_type, as_attachment=True, download_name=name, max_age=0)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:30]
