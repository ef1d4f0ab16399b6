"""Where the authority stands: what it buys, how much of it packs could reach, what it says of itself."""

from collections.abc import Iterator
from decimal import Decimal

from mpdi.action_plans.core.plan import Assessed
from mpdi.action_plans.core.spending import SpendingRow
from mpdi.action_plans.core.vocabulary import HIGHEST_LEVEL
from mpdi.action_plans.files.charts import Bar, Steps, bars, steps
from mpdi.action_plans.files.voice import Row, Voice, bar
from mpdi.clause_library.core.vocabulary import Ambition
from mpdi.documents.model import (
    Block,
    Callout,
    CalloutKind,
    Emphasis,
    Paragraph,
    ParagraphKind,
    Picture,
    Run,
    Section,
    Table,
    content,
)


def situation(voice: Voice) -> Iterator[Section]:
    """Yield what is bought and the self-assessment."""
    yield Section(voice.word("situation"), 1, tuple(_spending(voice)), id="situation", starts_page=True)
    if voice.plan.spending.rows:
        yield Section(voice.word("reach"), 2, tuple(_reach(voice)), id="reach")
    yield Section(voice.word("assessment"), 1, tuple(_assessment(voice)), id="assessment")


def _spending(voice: Voice) -> Iterator[Block]:
    view = voice.plan.spending
    if not view.rows:
        yield Callout(
            voice.word("not_stated_title"), (content(voice.word("spending_missing")),), CalloutKind.TO_COMPLETE
        )
        return
    yield Paragraph(content(voice.word("spending_lead", total=voice.money(view.total))), ParagraphKind.LEAD)
    if not voice.beside:
        yield spending_picture(voice, len(view.rows))
    yield _spending_table(voice)
    yield Paragraph(content(voice.word("spending_note")), ParagraphKind.NOTE)
    if voice.plan.profile.spending_note:
        yield Paragraph(content(voice.plan.profile.spending_note), ParagraphKind.NOTE)


def spending_picture(voice: Voice, most: int) -> Picture:
    """Draw the `most` largest categories, the largest as wide as there is room."""
    rows = voice.plan.spending.rows[:most]
    highest = rows[0].share
    drawn = [
        Bar(
            voice.category(row.category),
            _of(row.share, highest),
            f"{voice.money(row.amount)} ({voice.share(row.share)})",
        )
        for row in rows
    ]
    return Picture(bars(voice.word("spending_chart"), drawn), _described(voice, "spending_chart", drawn))


def _of(share: Decimal, highest: Decimal) -> Decimal:
    return share / highest if highest else Decimal(0)


def _described(voice: Voice, key: str, drawn: list[Bar]) -> str:
    return f"{voice.word(key)}: " + "; ".join(f"{each.label}, {each.text}" for each in drawn)


def _spending_table(voice: Voice) -> Table:
    view = voice.plan.spending
    rows = [_spending_row(voice, row) for row in view.rows]
    contracts = voice.number(view.contracts) if view.contracts is not None else "–"
    total: Row = (
        content(voice.word("total")),
        content(voice.money(view.total)),
        content(voice.share(Decimal(1))),
        content(contracts),
    )
    heads = ["category", "amount", "share", "contracts"]
    if voice.beside:
        total, heads = (*total, content("")), [*heads, "bar"]
        return voice.table("spending_table", heads, [*rows, total], (28, 22, 12, 14, 24), (1, 2, 3), total=True)
    return voice.table("spending_table", heads, [*rows, total], (40, 26, 16, 18), (1, 2, 3), total=True)


def _spending_row(voice: Voice, row: SpendingRow) -> Row:
    contracts = voice.number(row.contracts) if row.contracts is not None else voice.word("not_stated")
    cells = (
        content(voice.category(row.category)),
        content(voice.money(row.amount)),
        content(voice.share(row.share)),
        content(contracts),
    )
    if not voice.beside:
        return cells
    return (*cells, content(bar(_of(row.share, voice.plan.spending.rows[0].share))))


def _reach(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    yield Paragraph(content(voice.word("reach_lead", clauses=plan.clause_count, day=voice.day(plan.profile.day))))
    if not voice.beside:
        drawn = [
            Bar(
                voice.word(f"theme_{each.theme}"), each.share, f"{voice.share(each.share)} ({voice.money(each.amount)})"
            )
            for each in plan.spending.themes
        ]
        yield Picture(bars(voice.word("reach_chart"), drawn), _described(voice, "reach_chart", drawn))
    rows = (
        (
            content(voice.word(f"theme_{each.theme}")),
            content(voice.number(each.categories)),
            content(voice.money(each.amount)),
            content(voice.share(each.share)),
        )
        for each in plan.spending.themes
    )
    yield voice.table("reach_table", ("theme", "categories", "amount", "share"), rows, (40, 18, 26, 16), (1, 2, 3))
    packs = (
        (
            content(voice.category(row.category)),
            *(content(voice.number(row.pack.by_level[level])) for level in Ambition),
        )
        for row in plan.spending.rows
    )
    yield voice.table("pack_table", ("category", "core", "advanced", "exemplary"), packs, (40, 20, 20, 20), (1, 2, 3))
    yield Paragraph(content(voice.word("reach_note")), ParagraphKind.NOTE)


def _assessment(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    yield Paragraph(content(voice.word("assessment_lead")))
    if not plan.is_answered:
        yield Callout(
            voice.word("not_stated_title"), (content(voice.word("assessment_missing")),), CalloutKind.TO_COMPLETE
        )
        yield _all_levels(voice)
        return
    if not voice.beside:
        drawn = [
            Steps(voice.of(each.theme.title), each.level, HIGHEST_LEVEL, _level_words(voice, each))
            for each in plan.assessment
        ]
        described = "; ".join(f"{each.label}, {each.text}" for each in drawn)
        yield Picture(steps(voice.word("assessment_chart"), drawn), f"{voice.word('assessment_chart')}: {described}")
    rows = [_assessed_row(voice, each) for each in plan.assessment]
    yield voice.table("assessment_table", ("theme", "level", "says", "next"), rows, (20, 14, 33, 33))


def _level_words(voice: Voice, assessed: Assessed) -> str:
    if assessed.level is None:
        return voice.word("not_answered")
    return voice.word("level_words", level=assessed.level, highest=HIGHEST_LEVEL)


def _assessed_row(voice: Voice, assessed: Assessed) -> Row:
    title = (Run(voice.of(assessed.theme.title), Emphasis.BOLD),)
    if assessed.level is None:
        return title, content(voice.word("not_answered")), content(voice.of(assessed.theme.question)), content("–")
    text = assessed.theme.levels[assessed.level]
    level = f"{assessed.level}{' ' + '■' * assessed.level if voice.beside else ''}"
    return title, content(level), content(voice.of(text.means)), content(voice.of(text.next))


def _all_levels(voice: Voice) -> Table:
    """Every level of every theme, to be ticked by who has not answered yet."""
    rows = (
        (
            (Run(voice.of(each.theme.title), Emphasis.BOLD),),
            content(f"☐ {level}"),
            content(voice.of(text.means)),
            content(voice.of(text.next)),
        )
        for each in voice.plan.assessment
        for level, text in enumerate(each.theme.levels)
    )
    return voice.table("assessment_table", ("theme", "level", "says", "next"), rows, (20, 10, 35, 35))
