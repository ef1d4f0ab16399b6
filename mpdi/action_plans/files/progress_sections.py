"""The progress report: in brief, objectives, other indicators, quarters, helpdesk and specifications."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mpdi.action_plans.core.progress import FEW, Followed, ProgressReport, Verdict
from mpdi.action_plans.core.progress_facts import Measured, Recognition
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.files.charts import Bar, bars
from mpdi.action_plans.files.progress_words import (
    baseline,
    comment,
    count,
    coverage,
    name_of,
    sure,
    target,
    value,
    verdict,
)
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Emphasis,
    Paragraph,
    ParagraphKind,
    Picture,
    Run,
    Section,
    content,
)

QUARTERS = 6
"""Quarters that fit beside each other."""
_HEADS = ("indicator", "baseline", "target", "now", "bounds", "sure")
_WIDTHS = (28, 16, 14, 14, 15, 13)


def in_brief(voice: Voice, report: ProgressReport) -> Section:
    """Return what is told first."""
    return Section(
        voice.word("progress_summary"), 1, tuple(_brief(voice, report)), id="progress_summary", starts_page=True
    )


def _brief(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    name = voice.of(report.plan.profile.authority.name)
    yield Paragraph(content(voice.word("progress_lead", name=name, day=voice.day(report.day))), ParagraphKind.LEAD)
    missing = missing_word(report)
    if missing:
        yield Callout(
            voice.word("nobody_title" if missing == "nobody" else "not_stated_title"),
            (content(voice.word(missing)),),
            CalloutKind.TO_COMPLETE,
        )
    rows = [(content(voice.word(key)), content(said)) for key, said in brief_figures(voice, report)]
    yield voice.table("brief_table", ("what", "figure"), rows, (56, 44))
    bad = missed_lines(voice, report)
    if bad:
        yield Paragraph((Run(voice.word("missed_title"), Emphasis.BOLD),), ParagraphKind.KEPT)
        yield Bullets(tuple(content(each) for each in bad))
    yield comment(voice)


def missing_word(report: ProgressReport) -> str:
    """Which word says why nothing is counted; empty where something is."""
    facts = report.facts
    if not facts.notices_stored:
        return "no_notices"
    if facts.recognition is Recognition.NOBODY:
        return "nobody"
    if not facts.procedures_now and not facts.procedures_before:
        return "no_own_notices"
    return "" if facts.now is not None else "not_begun"


def brief_figures(voice: Voice, report: ProgressReport) -> Iterator[tuple[str, str]]:
    """Yield the figures told first: the key of their words, and the figure."""
    facts = report.facts
    indicators = {each.indicator.key for each in (*report.objectives, *report.others)}
    everything = len(indicators) + len(facts.asked)
    yield "brief_fed", voice.word("of_all", count=report.fed, all=everything)
    windows = [
        voice.word("windows_words", first=voice.short_day(each[0]), last=voice.short_day(each[1]))
        if each is not None
        else voice.word("none_yet")
        for each in (facts.now, facts.before)
    ]
    yield "brief_windows", "; ".join(windows)
    yield "brief_procedures", f"{voice.number(facts.procedures_now)}; {voice.number(facts.procedures_before)}"
    judged = len(report.objectives) - report.plan.open_objectives
    for key, wanted in (
        ("brief_reached", Verdict.REACHED),
        ("brief_missed", Verdict.MISSED),
        ("brief_overdue", Verdict.OVERDUE),
    ):
        found = sum(each.verdict is wanted for each in report.objectives)
        yield key, voice.word("of_all", count=found, all=judged)
    yield "brief_open", voice.word("of_all", count=report.plan.open_objectives, all=len(report.objectives))
    kinds = ("done", "late", "coming", "later", "stopped")
    yield "brief_actions", "; ".join(voice.number(len(report.actions(kind))) for kind in kinds)


def missed_lines(voice: Voice, report: ProgressReport) -> list[str]:
    """Write each objective that will be missed, then each whose day is past."""
    wanted = ((Verdict.MISSED, "missed_one"), (Verdict.OVERDUE, "overdue_one"))
    return [_late(voice, each, key) for verdict, key in wanted for each in report.objectives if each.verdict is verdict]


def _late(voice: Voice, followed: Followed, key: str) -> str:
    objective, now = followed.objective, followed.series.now
    if objective is None or objective.target is None or objective.by is None:
        return ""
    return voice.word(
        key,
        name=name_of(voice, followed),
        line="" if followed.line is None else value(voice, followed, followed.line),
        now=count(voice, followed, now),
        by=voice.short_day(objective.by),
        target=value(voice, followed, objective.target),
    )


def objectives(voice: Voice, report: ProgressReport) -> Iterator[Section]:
    """Yield objectives, the other indicators, and what is counted by quarter."""
    heading = voice.word("progress_objectives")
    yield Section(heading, 1, tuple(_objectives(voice, report)), id="progress_objectives", starts_page=True)
    blocks: list[Block] = [_over(voice.word("progress_others_lead"))]
    if report.others:
        rows = [_row(voice, each) for each in report.others]
        blocks.append(voice.table("others_table", _HEADS, rows, _WIDTHS))
    blocks += _chart(voice, report)
    yield Section(voice.word("progress_others"), 1, tuple(blocks), id="progress_others")
    yield Section(voice.word("trend"), 1, tuple(_trend(voice, report)), id="trend")


def _objectives(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    yield _over(voice.word("progress_objectives_lead", few=FEW))
    yield voice.table("progress_table", _HEADS, [_row(voice, each) for each in report.objectives], _WIDTHS)
    yield Paragraph(content(voice.word("progress_note")), ParagraphKind.NOTE)
    rows = [
        (content(name_of(voice, each)), content(verdict(voice, each)), content(next_step(voice, each)))
        for each in report.objectives
    ]
    yield voice.table("next_table", ("objective", "verdict", "todo"), rows, (30, 28, 42))
    yield comment(voice)


def _over(words: str) -> Paragraph:
    """Words over a table, never parted from it."""
    return Paragraph(content(words), ParagraphKind.KEPT)


def _row(voice: Voice, followed: Followed) -> Row:
    return (
        content(name_of(voice, followed)),
        baseline(voice, followed),
        target(voice, followed),
        content(count(voice, followed, followed.series.now)),
        coverage(voice, followed),
        sure(voice, followed),
    )


def next_step(voice: Voice, followed: Followed) -> str:
    """Write what to do next for an objective."""
    words = voice.word(f"next_{followed.verdict}")
    action = followed.action
    if action is None:
        return words
    state = voice.of(voice.plan.canevas.states[action.state])
    said = voice.word(
        "next_action",
        number=action.number,
        state=state,
        day=voice.short_day(action.deadline),
        what=voice.of(action.what),
    )
    return f"{words} {said}"


def _chart(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    """Draw the shares that rest on enough counts; the tables above hold every one of them."""
    drawn = [
        Bar(name_of(voice, each), now.rate, count(voice, each, now))
        for each in (*report.objectives, *report.others)
        if (now := each.series.now) is not None
        and now.rate is not None
        and now.denominator >= FEW
        and each.indicator.unit is Unit.SHARE
        and each.category is None
    ]
    if voice.beside or not drawn:
        return
    title = voice.word("now_chart", few=FEW)
    said = "; ".join(f"{each.label}, {each.text}" for each in drawn)
    yield Picture(bars(title, drawn), f"{title}: {said}", title)


def _trend(voice: Voice, report: ProgressReport) -> Iterator[Block]:
    followed = [each for each in (*report.objectives, *report.others) if quarter_names([each])]
    names = quarter_names(followed)[-QUARTERS:]
    if not names:
        yield Paragraph(content(voice.word("trend_none")))
        return
    yield _over(voice.word("trend_lead", count=len(names)))
    rows = [
        (content(name_of(voice, each)), *(content(counted(voice, each.series.quarters.get(name))) for name in names))
        for each in followed
    ]
    table = voice.table("trend_table", ("indicator",), (), (100,))
    width = 60 / len(names)
    yield type(table)(
        table.caption,
        (*table.header, *names),
        tuple(rows),
        (40, *(width for _ in names)),
        tuple(range(1, len(names) + 1)),
        is_dense=True,
    )


def quarter_names(followed: Sequence[Followed]) -> list[str]:
    """Return the quarters for which something was counted, in order."""
    return sorted({name for each in followed for name, rate in each.series.quarters.items() if rate.denominator})


def counted(voice: Voice, measured: Measured | None) -> str:
    """Write numerator and denominator; a dash where nothing was counted."""
    if measured is None or not measured.denominator:
        return "–"
    return f"{voice.number(measured.numerator.quantize(Decimal('1')))}/{voice.number(measured.denominator)}"


def asked(voice: Voice, report: ProgressReport) -> Section:
    """Return what the helpdesk and specifications hold."""
    rows = []
    for each in report.facts.asked:
        now = voice.number(each.count) if each.of is None else f"{voice.number(each.count)}/{voice.number(each.of)}"
        before = "–" if each.before is None else voice.number(each.before)
        rows.append((content(voice.word(f"asked_{each.key}")), content(before), content(now)))
    blocks: tuple[Block, ...] = (
        _over(voice.word("asked_lead")),
        voice.table("asked_table", ("indicator", "before", "now"), rows, (60, 20, 20), (1, 2)),
    )
    return Section(voice.word("asked_heading"), 1, blocks, id="asked_heading")
