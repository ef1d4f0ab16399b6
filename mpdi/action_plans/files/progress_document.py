"""The progress report of a plan as a Word file, in one language or two columns."""

from mpdi.action_plans.core.progress import ProgressReport
from mpdi.action_plans.files.progress_lists import actions, by_hand, method, ordinance
from mpdi.action_plans.files.progress_sections import asked, in_brief, objectives
from mpdi.action_plans.files.voice import Voice
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.documents.model import Metadata, Section, TitlePage, WordDocument

MANIFEST_FORMAT = "mpdi-plan-progress"


def write_progress(report: ProgressReport) -> bytes:
    """Return the report as a .docx; the same report gives the same bytes."""
    return write_document(progress_document(report))


def progress_document(report: ProgressReport) -> WordDocument | BilingualDocument:
    """Return the plain data of the file, in the language of the profile."""
    if report.plan.profile.language != "fr+nl":
        return _document(report, report.plan.profile.language, beside=False)
    fr, nl = (_document(report, each, beside=True) for each in LANGUAGES)
    return BilingualDocument(fr, nl, fr.manifest)


def _document(report: ProgressReport, language: Language, *, beside: bool) -> WordDocument:
    plan = report.plan
    voice = Voice(plan, language, beside)
    name = voice.of(plan.profile.authority.name)
    title = f"{voice.word('progress_kind')} – {name}"
    subject = voice.word("progress_subject")
    return WordDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(title, report.day, "", name, subject, (voice.word("keyword"),)),
        title_page=_title_page(voice, report, name),
        sections=_sections(voice, report),
        header=name,
        manifest={
            "format": MANIFEST_FORMAT,
            "kind": "plan_progress",
            "language": plan.profile.language,
            "day": report.day.isoformat(),
            "canevas": {"version": plan.canevas.version, "digest": plan.canevas.digest},
            "profile_digest": plan.profile_digest,
        },
        contents_levels=2,
    )


def _title_page(voice: Voice, report: ProgressReport, name: str) -> TitlePage:
    period, facts = report.plan.profile.period, report.facts
    words = voice.word("period_words", first=voice.day(period.first), last=voice.day(period.last))
    return TitlePage(
        kind=voice.word("progress_kind"),
        object=voice.word("progress_subject"),
        authority=name,
        date=report.day,
        facts=(
            (voice.word("fact_period"), words),
            (voice.word("fact_told_on"), voice.day(report.day)),
            (voice.word("fact_recognised"), voice.word(f"recognised_{facts.recognition}", who=facts.authority)),
        ),
        logo_place=voice.word("logo_place"),
    )


def _sections(voice: Voice, report: ProgressReport) -> tuple[Section, ...]:
    return (
        in_brief(voice, report),
        *objectives(voice, report),
        asked(voice, report),
        by_hand(voice, report),
        actions(voice, report),
        ordinance(voice, report),
        method(voice, report),
    )
