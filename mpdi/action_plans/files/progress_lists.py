"""The progress report: figures by hand, actions by their state, the dashboard of the ordinances, method."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from mpdi.action_plans.core.progress import FEW, ProgressReport
from mpdi.action_plans.core.progress_facts import Found
from mpdi.action_plans.files.progress_words import comment
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Content,
    Emphasis,
    Paragraph,
    ParagraphKind,
    Run,
    Section,
    content,
)

KINDS = ("late", "coming", "done", "later", "stopped")
"""Where actions stand, in the order in which they are told."""


def by_hand(voice: Voice, report: ProgressReport) -> Section:
    """Return what nothing counts, with value, day and evidence as the profile says."""
    rows: list[Row] = []
    for each in report.by_hand:
        noted = each.noted
        to_note = (Run(f"[{voice.word('to_note')}]", Emphasis.HIGHLIGHT),)
        rows.append(
            (
                content(voice.of(each.action.measure)),
                content(each.action.baseline or "–"),
                content(each.action.target or "–"),
                content(noted.value) if noted else to_note,
                content(voice.short_day(noted.day)) if noted else content("–"),
                content(noted.evidence) if noted else to_note,
            )
        )
    blocks: list[Block] = [Paragraph(content(voice.word("by_hand_lead")), ParagraphKind.KEPT)]
    if rows:
        heads = ("indicator", "baseline", "target", "now", "day", "evidence")
        blocks.append(voice.table("by_hand_table", heads, rows, (32, 11, 11, 16, 12, 18)))
    return Section(voice.word("by_hand"), 1, tuple(blocks), id="by_hand")


def actions(voice: Voice, report: ProgressReport) -> Section:
    """Return the actions: late, coming, done, later, stopped."""
    return Section(voice.word("progress_actions"), 1, tuple(_actions(voice, report)), id="progress_actions")


def _actions(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    if not report.plan.actions:
        yield Paragraph(content(voice.word("actions_none")))
    for kind in KINDS:
        found = report.actions(kind)
        if not found:
            continue
        rows = [
            (
                content(str(each.number)),
                content(f"{voice.of(each.what)} – {each.comment}" if each.comment else voice.of(each.what)),
                content(voice.of(each.owner)),
                content(voice.short_day(each.deadline)),
                content(voice.of(report.plan.canevas.states[each.state])),
            )
            for each in found
        ]
        heads = ("number", "action", "owner", "deadline", "state")
        yield voice.table(f"actions_{kind}", heads, rows, (7, 45, 22, 14, 12))
    yield comment(voice)


def ordinance(voice: Voice, report: ProgressReport) -> Section:
    """Return the dashboard that the ordinances of 8 May 2014 ask, as far as the register of law states it."""
    heading = voice.word("ordinance", year=report.facts.year)
    return Section(heading, 1, tuple(_ordinance(voice, report)), id="ordinance", starts_page=True)


def _ordinance(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    warning = (content(voice.word("ordinance_warning")), content(voice.word("ordinance_scope")))
    yield Callout(voice.word("ordinance_title"), warning, CalloutKind.TO_COMPLETE)
    rows = [
        (
            content(voice.of(each.text)),
            content(voice.of(each.source)),
            content(voice.word(f"certainty_{each.certainty}")),
        )
        for each in report.basis
    ]
    if rows:
        yield voice.table("ordinance_basis", ("asked", "source", "certainty"), rows, (60, 25, 15))
    found = report.facts.found
    if not found:
        yield Paragraph(content(voice.word("ordinance_none", year=report.facts.year)))
        return
    yield voice.table(
        "ordinance_counts", ("what", "number_of", "money_of"), ordinance_counts(voice, found), (40, 18, 42)
    )
    heads = ("day", "first_lot", "amount", "environmental", "ethical", "social", "level_reason")
    lines = [_line(voice, each) for each in found]
    yield voice.table("ordinance_table", heads, lines, (11, 30, 14, 10, 10, 10, 15), about=str(report.facts.year))
    yield comment(voice)


def ordinance_counts(voice: Voice, found: tuple[Found, ...]) -> Iterator[Row]:
    """Yield how many purchases have each sort of clause, of how many, and what those with a value come to."""
    asked: tuple[tuple[str, Callable[[Found], bool]], ...] = (
        ("ordinance_all", lambda each: bool(each)),
        ("ordinance_environmental", lambda each: each.environmental is True),
        ("ordinance_ethical", lambda each: each.ethical is True),
        ("ordinance_social", lambda each: each.social is True),
    )
    valued = [each for each in found if each.value is not None]
    all_money = _sum(valued)
    for key, has in asked:
        money = voice.word(
            "ordinance_value",
            value=voice.money(_sum([each for each in valued if has(each)])),
            all=voice.money(all_money),
            known=len(valued),
        )
        number = voice.word("of_all", count=sum(map(has, found)), all=len(found))
        yield content(voice.word(key)), content(number), content(money)
    mark: Content = (Run(f"[{voice.word('ordinance_by_hand')}]", Emphasis.HIGHLIGHT),)
    yield content(voice.word("ordinance_life_cycle")), mark, content("–")


def _sum(found: list[Found]) -> Decimal:
    return sum((each.value for each in found if each.value is not None), Decimal(0))


def _line(voice: Voice, found: Found) -> Row:
    said = {True: "said_yes", False: "said_no", None: "said_unknown"}
    return (
        content(voice.short_day(found.day)),
        content(found.title or voice.word("not_stated")),
        content(voice.money(found.value) if found.value is not None else voice.word("not_stated")),
        *(content(voice.word(said[each])) for each in (found.environmental, found.ethical, found.social)),
        (Run(voice.word("comment_place"), Emphasis.HIGHLIGHT),),
    )


def method(voice: Voice, report: ProgressReport) -> Section:
    """Return how the report was made."""
    words = (
        voice.word("method_same"),
        voice.word("method_windows"),
        voice.word("method_line", few=FEW),
        voice.word("method_sure"),
    )
    plan = report.plan
    rows = [
        (content(voice.word("fact_canevas")), content(plan.canevas.version)),
        (content(voice.word("canevas_digest")), content(plan.canevas.digest)),
        (content(voice.word("profile_digest")), content(plan.profile_digest)),
    ]
    blocks: tuple[Block, ...] = (
        Bullets(tuple(content(each) for each in words)),
        voice.table("made_of", ("what", "value"), rows, (35, 65)),
        Paragraph(content(voice.word("certainty_note")), ParagraphKind.NOTE),
    )
    return Section(voice.word("progress_method"), 1, blocks, id="progress_method", is_annex=True, starts_page=True)
