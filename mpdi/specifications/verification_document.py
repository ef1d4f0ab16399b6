"""The verification plan as a Word file: tenders, execution by moment, calendar; figures, sanctions and sources annexed."""

import datetime
from collections.abc import Iterator, Sequence

from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_writer import write_document
from mpdi.documents.labels import written_date
from mpdi.documents.model import (
    Block,
    Bullets,
    Content,
    Emphasis,
    Metadata,
    Paragraph,
    Run,
    Section,
    Table,
    TitlePage,
    WordDocument,
    content,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.specifications.manifest import MANIFEST_FORMAT
from mpdi.specifications.verification import Phase, PlannedCheck, VerificationPlan
from mpdi.specifications.verification_words import (
    MOMENTS,
    capital,
    checker,
    due_words,
    figures_words,
    giver_words,
    head,
    word,
    written,
    written_with_rest,
)
from mpdi.specifications.words import label, phrase

Row = tuple[Content, ...]
_BOX = "☐"
_BLANK = content("")


def write_plan(plan: VerificationPlan) -> bytes:
    """Return the plan as a .docx, in its language or both side by side; the same plan gives the same bytes."""
    return write_document(plan_document(plan))


def plan_document(plan: VerificationPlan) -> WordDocument | BilingualDocument:
    """Return the plain data of the file."""
    if plan.language != "fr+nl":
        return _document(plan, plan.language)
    sides = [_document(plan, each) for each in LANGUAGES]
    return BilingualDocument(sides[0], sides[1], sides[0].manifest)


def _document(plan: VerificationPlan, language: Language) -> WordDocument:
    kind, about = word("kind", language), plan.object[language]
    return WordDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(
            f"{kind} – {about}" if about else kind,
            plan.publication_date,
            plan.reference,
            plan.authority[language],
            about,
        ),
        title_page=_title_page(plan, language),
        sections=tuple(_sections(plan, language)),
        header=" · ".join(filter(None, (plan.reference, about))),
        manifest=_manifest(plan),
        contents_levels=2,
    )


def _manifest(plan: VerificationPlan) -> dict[str, object]:
    checks = [{"key": check.key, "version": check.version} for check in plan.checks]
    return {"format": MANIFEST_FORMAT, "kind": "verification", "language": plan.language, "checks": checks}


def _title_page(plan: VerificationPlan, language: Language) -> TitlePage:
    reviews = {check.legal_review for check in plan.checks}
    pending = "review_signed" if reviews == {"signed"} else "review_pending"
    clauses = len({check.clause_id for check in plan.checks})
    return TitlePage(
        kind=word("kind", language),
        object=plan.object[language] or f"[{phrase('fact_object', language)}]",
        authority=plan.authority[language],
        reference=plan.reference,
        date=plan.publication_date,
        facts=(
            (word("start", language), _day(plan.execution.start, language)),
            (word("end", language), _day(plan.execution.end, language)),
            (word("content", language), _counts(clauses, len(plan.checks), language)),
        ),
        notices=(word("internal", language), phrase(pending, language), *_warnings(plan, language)),
        logo_place=phrase("logo_place", language),
    )


def _warnings(plan: VerificationPlan, language: Language) -> Iterator[str]:
    if plan.starts_before_publication and plan.execution.start is not None:
        days = {"start": written(plan.execution.start), "published": written(plan.publication_date)}
        yield word("starts_before_publication", language, **days)


def _counts(clauses: int, checks: int, language: Language) -> str:
    """“1 clause, 12 contrôles”."""
    numbered = (("clause", clauses), ("check", checks))
    return ", ".join(
        word(f"count_{key}" + ("" if count == 1 else "s"), language, count=count) for key, count in numbered
    )


def _day(day: datetime.date | None, language: Language) -> str:
    return word("to_set", language) if day is None else written_date(day, DocumentLanguage(language))


def _sections(plan: VerificationPlan, language: Language) -> Iterator[Section]:
    yield Section(word("use", language), 1, (_use(plan, language),), id="use")
    yield Section(word("tender", language), 1, _tender(plan, language), id="tender")
    yield from _execution(plan, language)
    yield Section(word("calendar", language), 1, _calendar(plan, language), id="calendar", starts_page=True)
    if plan.checks:
        yield from _annexes(plan, language)


def _use(plan: VerificationPlan, language: Language) -> Bullets:
    dates = "use_undated" if plan.execution.end is None else "use_dated"
    keys = ["use_prevails", "use_note", dates]
    if any(check.moment == "yearly_unannounced" and check.schedule.is_dated for check in plan.checks):
        keys.append("use_unannounced")
    if plan.has_closed_days:
        keys.append("use_closed_days")
    return Bullets(tuple(content(word(key, language)) for key in (*keys, "use_annexes")))


def _tender(plan: VerificationPlan, language: Language) -> tuple[Block, ...]:
    checks = plan.of(Phase.TENDER)
    if not checks:
        return (Paragraph(content(word("none", language))),)
    intro = Paragraph(content(word("tender_intro", language)))
    return intro, _check_table(checks, word("tender", language), language)


def _execution(plan: VerificationPlan, language: Language) -> Iterator[Section]:
    checks = plan.of(Phase.EXECUTION)
    none = () if checks else (Paragraph(content(word("none", language))),)
    yield Section(word("execution", language), 1, none, id="execution", starts_page=True)
    for moment in MOMENTS:
        found = [check for check in checks if check.moment == moment and not check.is_conditional]
        if found:
            name = label("moment", moment, language)
            due = content(word("due", language, dates=due_words(found[0], language)))
            table = _check_table(found, word("checks_of", language, moment=name), language)
            yield Section(capital(name), 2, (Paragraph(due), table), id=f"execution_{moment}")
    conditional = [check for check in checks if check.is_conditional]
    if conditional:
        name = word("only_if", language)
        table = _check_table(conditional, word("checks_of", language, moment=name), language)
        intro = Paragraph(content(word("only_if_intro", language)))
        yield Section(name, 2, (intro, table), id="execution_only_if")


def _check_table(checks: Sequence[PlannedCheck], caption: str, language: Language) -> Table:
    heads = ("done", "clause", "receive", "how", "done_on", "remark")
    return Table(
        caption,
        tuple(head(each, language) for each in heads),
        tuple(_check_row(check, language) for check in checks),
        (7, 20, 21, 27, 10, 15),
        is_dense=True,
    )


def _check_row(check: PlannedCheck, language: Language) -> Row:
    source = f", {label('source', check.source, language)}" if check.source else ""
    return (
        content(_BOX),
        (Run(check.clause_id, Emphasis.BOLD), Run(f" {check.title[language]}")),
        content(f"{capital(check.receive[language])} ({giver_words(check, language)})"),
        content(f"{check.check[language]} ({checker(check, language)}{source})"),
        _BLANK,
        _BLANK,
    )


def _calendar(plan: VerificationPlan, language: Language) -> tuple[Block, ...]:
    by_day: dict[tuple[datetime.date, int], list[PlannedCheck]] = {}
    for check in plan.of(Phase.EXECUTION):
        for day in check.schedule.dates:
            by_day.setdefault((day, MOMENTS.index(check.moment)), []).append(check)
    if not by_day:
        return (Paragraph(content(word("no_dates", language))),)
    rows = (
        (
            content(_BOX),
            content(written_with_rest(day, language)),
            content(label("moment", MOMENTS[place], language)),
            _due(by_day[day, place], language),
            _BLANK,
        )
        for day, place in sorted(by_day)
    )
    heads = ("done", "due", "moment", "checks", "remark")
    table = Table(
        word("calendar", language),
        tuple(head(each, language) for each in heads),
        tuple(rows),
        (7, 12, 14, 49, 18),
        is_dense=True,
    )
    return Paragraph(content(word("calendar_intro", language))), table


def _due(checks: Sequence[PlannedCheck], language: Language) -> Content:
    """The checks of one day in one run: a plan of years has thousands of them."""
    return content("; ".join(f"{check.clause_id} {check.receive[language]}" for check in checks))


def _annexes(plan: VerificationPlan, language: Language) -> Iterator[Section]:
    figures = Table(
        word("figures", language),
        tuple(head(each, language) for each in ("clause", "figures", "sanction")),
        tuple(_figure_rows(plan, language)),
        (22, 38, 40),
        is_dense=True,
    )
    yield Section(word("figures", language), 1, (figures,), id="figures", is_annex=True, starts_page=True)
    guides = {check.source: check.source_guide for check in plan.checks if check.source and check.source_guide}
    if not guides:
        return
    table = Table(
        word("sources", language),
        (head("source", language), head("use_of_source", language)),
        tuple((content(label("source", each, language)), content(guides[each][language])) for each in sorted(guides)),
        (25, 75),
        is_dense=True,
    )
    yield Section(word("sources", language), 1, (table,), id="sources", is_annex=True)


def _figure_rows(plan: VerificationPlan, language: Language) -> Iterator[Row]:
    """A row for each clause, with what follows a shortcoming in the tender and in execution, each said once."""
    by_clause: dict[str, list[PlannedCheck]] = {}
    for check in plan.checks:
        by_clause.setdefault(check.clause_id, []).append(check)
    for clause_id, checks in by_clause.items():
        sanctions = dict.fromkeys((check.consequence_phase, check.sanction[language]) for check in checks)
        runs: list[Run] = []
        for phase, words in sanctions:
            name = f"{word(phase, language)}: "
            runs += [Run((" " if runs else "") + name, Emphasis.BOLD), Run(words)]
        title = (Run(clause_id, Emphasis.BOLD), Run(f" {checks[0].title[language]}"))
        yield title, content(figures_words(checks[0], language)), tuple(runs)
