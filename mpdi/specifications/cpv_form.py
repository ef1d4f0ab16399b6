"""The question about CPV codes: search, several codes with the main one first, and the category found from it."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi import clock
from mpdi.clause_library.core.categories import FoundCategory, find_category
from mpdi.clause_library.core.cpv import CpvCode, UnknownCpvError, cpv_table, find_cpv
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.search.cpv_finder import CpvFinder
from mpdi.i18n import interface_language
from mpdi.specifications.choices import choice_label
from mpdi.specifications.forms import Answers, BoundField, QuestionForm, Typed, described, stored_form, typed_form
from mpdi.specifications.questionnaire import Field, FieldKind, Question

MAX_CODES = 20
MAX_HITS = 12
_CODE = re.compile(r"[0-9]{8}(-[0-9]?)?|[0-9]{5,12}")
WORDS = Field(
    "words",
    _l("Your words, or a code"),
    FieldKind.TEXT,
    limit=300,
    help=_l("For example: cleaning of offices, sandwiches, 90919200."),
)


@dataclass
class CpvForm(QuestionForm):
    """The codes chosen, main first, the words searched and what was found."""

    codes: list[CpvCode] = field(default_factory=list)
    hits: list[CpvCode] = field(default_factory=list)
    known: list[CpvCode] = field(default_factory=list)
    """What was found and is chosen already."""
    has_searched: bool = False

    @property
    def found(self) -> FoundCategory:
        """The category that the codes lead to."""
        return category_of([code.code for code in self.codes])


@cache
def finder(cache_folder: Path) -> CpvFinder:
    """Return the finder of CPV codes, one for each cache folder."""
    return CpvFinder(cache_folder)


def category_of(codes: list[str]) -> FoundCategory:
    """Return the category that codes lead to, main first."""
    return find_category(Purchase(publication_date=clock.today(), cpv=tuple(codes)))


def search_codes(words: str, language: str, cache_folder: Path, limit: int = MAX_HITS) -> list[CpvCode]:
    """Return the codes found for what a buyer typed, best first."""
    table = cpv_table()
    return [table[hit.code] for hit in finder(cache_folder).find(words, language, limit)]


def stored_cpv(question: Question, answers: Answers) -> CpvForm:
    """Return the form filled with what is stored."""
    plain = stored_form(question, answers)
    codes = [code for each in answers.get("cpv") or [] if (code := cpv_table().get(each))]
    return CpvForm(question, plain.fields | {"words": BoundField(WORDS)}, codes=codes)


def typed_cpv(question: Question, typed: Typed, cache_folder: Path) -> CpvForm:
    """Return the form filled with what was ticked and typed; words are searched where nothing is ticked."""
    plain = typed_form(question, typed, [*question.fields, WORDS])
    form = CpvForm(question, plain.fields)
    form.codes = _ticked(form, typed)
    words = form.fields["words"].text.strip()
    wants_search = typed.get("action") == "search"
    if _CODE.fullmatch(words) and not wants_search:
        _add(form, words)
    elif words and not form.errors and (wants_search or not form.codes) and typed.get("action") != "back":
        found = search_codes(words, interface_language(), cache_folder)
        form.hits = [code for code in found if code not in form.codes]
        form.known = [code for code in found if code in form.codes]
        form.has_searched = True
    return form


def _ticked(form: CpvForm, typed: Typed) -> list[CpvCode]:
    main = typed.get("main", "")
    wanted = list(dict.fromkeys(typed.getlist("cpv")))
    wanted.sort(key=lambda code: code != main)
    for each in wanted[:MAX_CODES]:
        _add(form, each)
    if len(wanted) > MAX_CODES:
        form.refuse("words", _("At most %(count)s codes fit here. Keep the ones that say most.", count=MAX_CODES))
    return form.codes


def _add(form: CpvForm, text: str) -> None:
    try:
        code = find_cpv(text)
    except UnknownCpvError:
        form.refuse("words", _unknown(text))
        return
    if code not in form.codes:
        form.codes.append(code)


def _unknown(text: str) -> str:
    digits = text.partition("-")[0]
    if digits in cpv_table():
        return _(
            "“%(text)s” has a wrong check digit: the code is %(full)s.", text=text[:20], full=cpv_table()[digits].full
        )
    return _(
        "The CPV code “%(text)s” does not exist: a code has eight digits, such as 90919200. Search it by words.",
        text=text[:20],
    )


def packed_cpv(form: CpvForm) -> dict[str, Any]:
    """Return the codes, and the category where the buyer chose another than the one found."""
    made: dict[str, Any] = {"cpv": [code.code for code in form.codes]} if form.codes else {}
    category = form.value("category")
    return made | ({"category": category} if category and category != form.found.found.value else {})


def described_cpv(question: Question, answers: Answers) -> list[tuple[str, str]]:
    """Return the codes and the category, for a reader."""
    table, codes = cpv_table(), answers.get("cpv") or []
    told = [
        (
            _("CPV codes"),
            "; ".join(f"{table[code].full} {table[code].name(interface_language())}" for code in codes if code in table)
            or "–",
        )
    ]
    if answers.get("category"):
        return told + described(question, answers)
    found = category_of(codes)
    words = choice_label("category", found.found)
    return [
        *told,
        (
            _("Category"),
            _("%(category)s, found from %(prefix)s", category=words, prefix=found.prefix) if found.prefix else words,
        ),
    ]
