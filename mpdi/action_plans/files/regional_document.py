"""The regional view of action plans as a Word file; the same view gives the same bytes."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.action_plans.core.progress import FEW
from mpdi.action_plans.core.regional import Listed, RegionalView, Standing
from mpdi.action_plans.files.charts import Bar, bars
from mpdi.action_plans.files.regional_words import RegionalVoice, brief_figures, in_order, regional_voice
from mpdi.clause_library.core.vocabulary import Category, Language
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import (
    Block,
    Bullets,
    Metadata,
    Paragraph,
    ParagraphKind,
    Picture,
    Section,
    TitlePage,
    WordDocument,
    content,
)
from mpdi.documents.model import Language as DocumentLanguage


def write_regional(view: RegionalView, language: Language) -> bytes:
    """Return the report as a .docx."""
    return write_document(regional_document(view, language))


def regional_document(view: RegionalView, language: Language) -> WordDocument:
    """Return the plain data of the file."""
    voice = regional_voice(language)
    facts = (
        (voice.word("fact_told_on"), voice.day(view.day)),
        (voice.word("fact_counted"), voice.number(view.total)),
        (voice.word("fact_filters"), voice.filters(view.chosen)),
    )
    return WordDocument(
        language=DocumentLanguage(language),
        metadata=Metadata(f"{voice.word('region_kind')} – {voice.day(view.day)}", view.day),
        title_page=TitlePage(
            kind=voice.word("region_kind"),
            object=voice.word("region_title"),
            facts=facts,
            notices=(voice.word("notice_known"), voice.word("notice_unranked")),
        ),
        sections=(
            _brief(voice, view),
            _authorities(voice, view),
            _aims(voice, view),
            _results(voice, view),
            _actions(voice, view),
            _method(voice),
        ),
        header=voice.word("region_header"),
        manifest={
            "format": "mpdi-regional-plans",
            "kind": "regional_plans",
            "language": language,
            "day": view.day.isoformat(),
        },
        contents_levels=1,
    )


def _brief(voice: RegionalVoice, view: RegionalView) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph(content(voice.word("brief_lead", day=voice.day(view.day))), ParagraphKind.LEAD),
        voice.table("brief_table", ("what", "figure"), brief_figures(voice, view), (68, 32), (1,)),
    )
    return Section(voice.word("brief"), 1, blocks, id="brief", starts_page=True)


def _authorities(voice: RegionalVoice, view: RegionalView) -> Section:
    return Section(
        voice.word("authorities"), 1, tuple(_of_authorities(voice, view)), id="authorities", starts_page=True
    )


def _of_authorities(voice: RegionalVoice, view: RegionalView) -> Iterator[Block]:
    if not view.listed:
        yield Paragraph(content(voice.word("authorities_none")))
        return
    rows = [
        (voice.level(each.level), *(voice.number(each.standing[one]) for one in Standing), voice.number(each.total))
        for each in view.levels
    ]
    heads = ("level", *map(voice.standing, Standing), "total")
    yield voice.table("levels_table", heads, rows, (20, 17, 17, 17, 17, 12), (1, 2, 3, 4, 5))
    yield _chart(
        voice.word("levels_chart"),
        [(voice.standing(each), view.count(each), voice.of_all(view.count(each), view.total)) for each in Standing],
        view.total,
    )
    yield voice.table(
        "authorities_table",
        ("authority", "level", "standing", "period", "decided", "objectives"),
        (_listed(voice, each) for each in in_order(view.listed, voice.language)),
        (31, 12, 19, 15, 12, 11),
        (5,),
    )


def _listed(voice: RegionalVoice, listed: Listed) -> tuple[str, ...]:
    plan = listed.plan
    said = (listed.body.name[voice.language], voice.level(listed.body.level), voice.standing(listed.standing))
    if plan is None:
        return (*said, "–", "–", "–")
    period = voice.word("period_words", first=voice.short_day(plan.first), last=voice.short_day(plan.last))
    return (*said, period, voice.short_day(plan.decided_on), voice.number(len(plan.aims)))


def _chart(title: str, rows: Sequence[tuple[str, int, str]], all_: int) -> Picture:
    """Draw counts as shares of all; the table beside it holds every one of them."""
    drawn = [Bar(label, Decimal(count) / max(all_, 1), text) for label, count, text in rows]
    return Picture(bars(title, drawn), f"{title}: {'; '.join(f'{each.label}, {each.text}' for each in drawn)}", title)


def _aims(voice: RegionalVoice, view: RegionalView) -> Section:
    return Section(voice.word("aims"), 1, tuple(_of_aims(voice, view)), id="aims", starts_page=True)


def _of_aims(voice: RegionalVoice, view: RegionalView) -> Iterator[Block]:
    if not view.aims:
        yield Paragraph(content(voice.word("aims_none")))
        return
    yield Paragraph(content(voice.word("aims_lead", few=FEW)))
    adopted = view.count(Standing.ADOPTED)
    by_category = aiming(view)
    yield _chart(
        voice.word("aims_chart"),
        [(voice.category(each), count, voice.of_all(count, adopted)) for each, count in by_category],
        adopted,
    )
    heads = ("category", "indicator", "aiming", "median_quartiles", "measured", "reached")
    rows = [
        (
            voice.category(each.category),
            each.indicator.name[voice.language],
            voice.word("aiming", count=voice.number(each.authorities), targets=voice.number(len(each.targets))),
            voice.median(each) if each.quartiles is None else f"{voice.median(each)} ({voice.quartiles(each)})",
            "; ".join(filter(None, (voice.measured(each), voice.coverage(each)))),
            voice.of_all(each.reached, each.judged) if each.judged else "–",
        )
        for each in view.aims
    ]
    yield voice.table("aims_table", heads, rows, (13, 22, 15, 15, 24, 11))


def aiming(view: RegionalView) -> list[tuple[Category, int]]:
    """How many authorities have an objective of a category, in the order of the closed list."""
    found = {
        each: len({one.body.id for one in view.listed if _aims_at(one, each)})
        for each in Category
        if view.chosen.category in ("", each)
    }
    return [(each, count) for each, count in found.items() if count]


def _aims_at(listed: Listed, category: Category) -> bool:
    is_running = listed.standing is Standing.ADOPTED and listed.plan is not None
    return is_running and listed.plan is not None and any(aim.category is category for aim in listed.plan.aims)


def _results(voice: RegionalVoice, view: RegionalView) -> Section:
    blocks: list[Block] = [Paragraph(content(voice.word("results_lead", few=FEW)), ParagraphKind.KEPT)]
    heads = ("level", "category", "authorities", "objectives", "with_target", "with_measure", "reached")
    rows = [
        (
            voice.level(each.level),
            voice.category(each.category),
            *(voice.number(one) for one in (each.authorities, each.objectives, each.with_target, each.measured)),
            voice.of_all(each.reached, each.judged) if each.judged else "–",
        )
        for each in view.results
    ]
    if rows:
        blocks.append(voice.table("results_table", heads, rows, (14, 24, 12, 13, 12, 12, 13), (2, 3, 4, 5)))
    else:
        blocks.append(Paragraph(content(voice.word("results_none"))))
    return Section(voice.word("results"), 1, tuple(blocks), id="results")


def _actions(voice: RegionalVoice, view: RegionalView) -> Section:
    rows = [
        (voice.level(each.level), *(voice.number(one) for one in (each.actions, each.done, each.late)))
        for each in view.levels
    ]
    blocks: tuple[Block, ...] = (
        Paragraph(content(voice.word("actions_lead")), ParagraphKind.KEPT),
        voice.table("actions_table", ("level", "actions", "done", "late"), rows, (40, 20, 20, 20), (1, 2, 3)),
    )
    return Section(voice.word("actions"), 1, blocks, id="actions")


def _method(voice: RegionalVoice) -> Section:
    words = (
        voice.word("method_register"),
        voice.word("method_adopted"),
        voice.word("method_measured"),
        voice.word("method_same", few=FEW),
    )
    items = Bullets(tuple(content(each) for each in words))
    return Section(voice.word("method"), 1, (items,), id="method", is_annex=True, starts_page=True)
