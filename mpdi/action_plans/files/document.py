"""A plan as a Word file: title page, two pages for who decides, all parts, annexes; in one language or two columns."""

from collections.abc import Iterator

from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.files.annex_sections import annexes
from mpdi.action_plans.files.category_sections import part_one
from mpdi.action_plans.files.element_sections import elements, part_two
from mpdi.action_plans.files.list_sections import lists
from mpdi.action_plans.files.situation_sections import situation
from mpdi.action_plans.files.summary_section import summary
from mpdi.action_plans.files.voice import Voice
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.documents.model import Metadata, Section, TitlePage, ToComplete, WordDocument

MANIFEST_FORMAT = "mpdi-action-plan"


def write_plan(plan: ActionPlanDocument) -> bytes:
    """Return the plan as a .docx; the same plan gives the same bytes."""
    return write_document(plan_document(plan))


def plan_document(plan: ActionPlanDocument) -> WordDocument | BilingualDocument:
    """Return the plain data of the file, in the language of the profile."""
    if plan.profile.language != "fr+nl":
        return _document(plan, plan.profile.language, beside=False)
    fr, nl = (_document(plan, each, beside=True) for each in LANGUAGES)
    return BilingualDocument(fr, nl, fr.manifest)


def _document(plan: ActionPlanDocument, language: Language, *, beside: bool) -> WordDocument:
    voice = Voice(plan, language, beside)
    name = voice.of(plan.profile.authority.name)
    title = f"{voice.word('kind')} – {name}"
    return WordDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(title, plan.profile.day, "", name, voice.word("subject"), (voice.word("keyword"),)),
        title_page=_title_page(voice, name),
        sections=tuple(_sections(voice)),
        header=name,
        manifest=_manifest(plan),
        contents_levels=2,
    )


def _manifest(plan: ActionPlanDocument) -> dict[str, object]:
    return {
        "format": MANIFEST_FORMAT,
        "kind": "action_plan",
        "language": plan.profile.language,
        "canevas": {"version": plan.canevas.version, "digest": plan.canevas.digest},
        "profile_digest": plan.profile_digest,
    }


def _title_page(voice: Voice, name: str) -> TitlePage:
    plan = voice.plan
    period = voice.word(
        "period_words", first=voice.day(plan.profile.period.first), last=voice.day(plan.profile.period.last)
    )
    return TitlePage(
        kind=voice.word("kind"),
        object=voice.word("subject"),
        authority=name,
        date=plan.profile.day,
        facts=(
            (voice.word("fact_period"), period),
            (voice.word("fact_state"), _state(voice)),
            (voice.word("fact_canevas"), voice.word("canevas_words", version=plan.canevas.version)),
        ),
        notices=(voice.word(f"review_{plan.canevas.legal_review}"),),
        to_complete=tuple(_to_complete(voice)),
        logo_place=voice.word("logo_place"),
    )


def _state(voice: Voice) -> str:
    """Whether it is a draft, or what an organ decided on, which and when."""
    decided = voice.plan.decided
    if decided is None:
        return voice.word("state_draft")
    key = str(decided.kind) if decided.is_shown else "changing"
    return voice.word(f"state_{key}", number=decided.number, day=voice.day(decided.day), organ=decided.organ)


def _to_complete(voice: Voice) -> Iterator[ToComplete]:
    plan = voice.plan
    if not plan.spending.rows:
        yield ToComplete(voice.word("complete_spending"), voice.word("situation"), "situation")
    if any(each.level is None for each in plan.assessment):
        yield ToComplete(voice.word("complete_assessment"), voice.word("assessment"), "assessment")
    if plan.open_objectives:
        what = voice.word("complete_targets", open=plan.open_objectives, all=len(plan.objectives))
        yield ToComplete(what, voice.word("part_one"), "part_one")
    if not plan.profile.purchases:
        yield ToComplete(voice.word("complete_purchases"), voice.word("calendar"), "calendar")
    if len(plan.profile.resources) < len(plan.canevas.resources):
        yield ToComplete(voice.word("complete_resources"), voice.word("resources"), "resources")
    if plan.is_draft:
        yield ToComplete(voice.word("complete_decision"), voice.word("decision"), "decision")


def _sections(voice: Voice) -> Iterator[Section]:
    yield summary(voice)
    yield from situation(voice)
    yield from part_one(voice)
    yield from part_two(voice)
    yield from elements(voice)
    yield from lists(voice)
    yield from annexes(voice)
