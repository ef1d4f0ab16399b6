"""The last two steps: what is still wrong or open, and the files."""

import datetime
import re
import unicodedata
from typing import cast

import yaml
from flask import abort, request, session
from werkzeug.wrappers import Response

from mpdi.clause_library.core.purchase import DocumentLanguage, Purchase
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language, Severity
from mpdi.documents.model import ToComplete
from mpdi.i18n import content_language
from mpdi.services import services
from mpdi.specifications import operations
from mpdi.specifications.cost_annex import is_sole_cost
from mpdi.specifications.draft_pages import DraftPage, open_page, show, specifications
from mpdi.specifications.file_pages import download_of
from mpdi.specifications.manifest import answers_json
from mpdi.specifications.planned_start import kept_start
from mpdi.specifications.questionnaire import question_of_answer
from mpdi.specifications.steps import address_of
from mpdi.specifications.typed_values import write_date
from mpdi.specifications.verification_files import PLAN_FILES
from mpdi.specifications.words import phrase
from mpdi.specifications.writing import PreparedSpecification, prepare

_FACTS = {
    "authority_name": "authority",
    "object": "object",
    "reference": "reference",
    "nature_label": "nature",
    "procedure_label": "procedure",
    "cpv_label": "cpv",
    "duration_months": "duration_months",
    "lots_count": "lots",
    "payment_days": "payment_days",
    "deposit_percent": "deposit_percent",
    "advance_percent": "advance",
    "turnover_factor": "turnover_factor",
    "no_lots_reason": "no_lots_reason",
}
"""Facts that texts of the document ask for, and the answer that states them."""


_NAMES = {
    "specification": {"fr": "cahier-des-charges", "nl": "bestek", "fr+nl": "cahier-des-charges-bestek"},
    "verification": {
        "fr": "plan-de-verification",
        "nl": "verificatieplan",
        "fr+nl": "plan-de-verification-verificatieplan",
    },
}
"""What a file is called in its language, by kind."""


@specifications.get("/<token>/check")
def check(token: str) -> Response:
    """Show what is wrong and what is left to complete."""
    page = open_page(token)
    prepared, language = page.prepared, _spoken(page)
    findings = [(finding, *address_of(token, finding.where)) for finding in prepared.findings]
    return show(
        "check",
        page,
        "check",
        blocking=[each for each in findings if each[0].severity is Severity.BLOCK],
        warning=[each for each in findings if each[0].severity is Severity.WARN],
        language=language,
        to_complete=_to_complete(token, prepared, language),
        weights=page.purchase.award,
        is_sole_cost=is_sole_cost(page.purchase),
    )


def _spoken(page: DraftPage) -> Language:
    """The language in which the document's places are told: its own, that of the texts shown where it is in both."""
    language = page.purchase.language
    return content_language() if language == "fr+nl" else language


def _posted_language(page: DraftPage) -> DocumentLanguage:
    """The language that the form asks for; both may be asked for where the draft is in both."""
    asked = request.form.get("language", "")
    if asked not in LANGUAGES and (asked != "fr+nl" or page.purchase.language != "fr+nl"):
        abort(400)
    return cast(DocumentLanguage, asked)


def in_posted_language(page: DraftPage) -> PreparedSpecification:
    """Return the draft prepared in the language that the form asks for."""
    return _in_language(page, _posted_language(page))


def _in_language(page: DraftPage, language: DocumentLanguage) -> PreparedSpecification:
    return (
        page.prepared
        if language == "fr+nl"
        else prepare(in_language(page.purchase, language), page.library, services().cost_annex_writer)
    )


def _to_complete(
    token: str, prepared: PreparedSpecification, language: Language
) -> list[tuple[ToComplete, str | None]]:
    """What is to complete, first what can be filled in here."""
    entries = [(item, _address(token, item, language)) for item in prepared.to_complete(language)]
    return sorted(entries, key=lambda entry: entry[1] is None)


def _address(token: str, item: ToComplete, language: str) -> str | None:
    """Where an entry is completed: its question, the numbers of its clause; None where only the document can."""
    for fact, answer in _FACTS.items():
        if item.text == phrase(f"fact_{fact}", language) and question_of_answer(answer):
            return address_of(token, answer)[0]
    if re.fullmatch(r"[A-Z]{3}-[A-Z]+-[0-9]{3}", item.target):
        return address_of(token, item.target)[0].replace("/clauses#", "/numbers#")
    return None


@specifications.get("/<token>/download")
def download(token: str) -> Response:
    """Offer the files, and say what is left open in them."""
    page = open_page(token)
    start = kept_start(session, token)
    return show_download(page, page.purchase.language, write_date(start) if start else "")


def show_download(page: DraftPage, chosen: DocumentLanguage, start: str = "", start_error: str = "") -> Response:
    """Show the files with the language that was chosen; `start`: the execution's first day as typed, and what is wrong."""
    prepared, language = page.prepared, page.purchase.language
    return show(
        "download",
        page,
        "download",
        422 if start_error else 200,
        prepared=prepared,
        language=language,
        chosen=chosen,
        languages=("fr+nl", *LANGUAGES) if language == "fr+nl" else LANGUAGES,
        open_count=len(prepared.to_complete(_spoken(page))),
        start=start,
        start_error=start_error,
        names={
            "specification": file_name(page.purchase, "specification", language, "docx"),
            "dossier": file_name(page.purchase, "dossier", _spoken(page), "docx"),
            "answers": file_name(page.purchase, "answers", "", "yaml"),
            "verification": [file_name(page.purchase, "verification", language, each) for each in PLAN_FILES],
        },
    )


@specifications.post("/<token>/specification")
def specification(token: str) -> Response:
    """Write the specification and note that it was written."""
    page = open_page(token)
    prepared = in_posted_language(page)
    content = prepared.write()
    with services().database.writing() as session:
        references = tuple(clause.reference for clause in prepared.selection.chosen)
        operations.note_written(session, operations.find_draft(session, token), references)
    return download_of(content, file_name(page.purchase, "specification", prepared.purchase.language, "docx"))


@specifications.post("/<token>/dossier")
def dossier(token: str) -> Response:
    """Write the buyer's own file; of a document in both languages, in that of the texts shown here."""
    page = open_page(token)
    language = _posted_language(page)
    prepared = page.prepared if page.purchase.language == "fr+nl" else _in_language(page, language)
    spoken = content_language() if language == "fr+nl" else language
    return download_of(prepared.write_dossier(spoken), file_name(page.purchase, "dossier", spoken, "docx"))


@specifications.get("/<token>/answers.yaml")
def answers_file(token: str) -> Response:
    """Give the answers as a file for `mpdi specs write`, or to take up again here."""
    page = open_page(token)
    data = answers_json(page.purchase)
    if page.purchase.date_is_stated:
        data["publication_date"] = page.purchase.publication_date
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=120)
    return download_of(text.encode("utf-8"), file_name(page.purchase, "answers", "", "yaml"), "application/yaml")


def file_name(purchase: Purchase, kind: str, language: str, suffix: str) -> str:
    """Return a name that says what is in the file: reference, object, what it is, language, date."""
    word = _NAMES.get(kind, {}).get(language, kind)
    day: datetime.date = purchase.publication_date
    shown = in_language(purchase, "nl") if language == "nl" else purchase
    parts = (
        _slug(purchase.reference or "", 30),
        _slug(shown.object or "", 40),
        word,
        language.replace("+", "-"),
        day.isoformat(),
    )
    return "_".join(filter(None, parts)) + f".{suffix}"


def _slug(text: str, limit: int) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= limit else words[: limit + 1].rpartition("-")[0] or words[:limit]
