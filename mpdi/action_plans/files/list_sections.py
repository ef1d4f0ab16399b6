"""The plan at a glance: actions, calendar, risks, means, indicators."""

from collections.abc import Iterator

from mpdi.action_plans.core.plan import CalendarEntry, PlanAction
from mpdi.action_plans.files.element_sections import deadline
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.documents.model import (
    Block,
    Bullets,
    Content,
    Emphasis,
    Paragraph,
    ParagraphKind,
    Run,
    Section,
    content,
)
from mpdi.public_holidays import closed_day


def lists(voice: Voice) -> Iterator[Section]:
    """Yield the five lists."""
    yield Section(voice.word("actions"), 1, tuple(_actions(voice)), id="actions", starts_page=True)
    yield Section(voice.word("calendar"), 1, tuple(_calendar(voice)), id="calendar", starts_page=True)
    yield Section(voice.word("risks"), 1, tuple(_risks(voice)), id="risks", starts_page=True)
    yield Section(voice.word("resources"), 1, tuple(_resources(voice)), id="resources")
    yield Section(voice.word("indicators"), 1, tuple(_indicators(voice)), id="indicators", starts_page=True)


def _actions(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    numbers = {each.key: each.number for each in plan.actions}
    yield Paragraph(content(voice.word("actions_lead")))
    rows = [_action(voice, each, numbers) for each in plan.actions]
    yield voice.table(
        "actions_table", ("number", "action", "owner", "deadline", "after", "state"), rows, (7, 40, 21, 13, 9, 10), (0,)
    )
    yield Paragraph(content(voice.word("usual_note")), ParagraphKind.NOTE)
    notes = [(each, text) for each in plan.actions for text in each.notes]
    if notes:
        yield Paragraph((Run(voice.word("look_at"), Emphasis.BOLD),))
        yield Bullets(tuple((Run(f"{each.number}. ", Emphasis.BOLD), Run(voice.of(text))) for each, text in notes))


def _action(voice: Voice, action: PlanAction, numbers: dict[str, int]) -> Row:
    what: Content = content(voice.of(action.what))
    figures = [
        f"{voice.word('head_' + key)}: {value}"
        for key, value in (("baseline", action.baseline), ("target", action.target))
        if value
    ]
    further = ". ".join((*figures, *((action.comment,) if action.comment else ())))
    if further:
        what = (*what, Run(f". {further}", Emphasis.ITALIC))
    return (
        content(str(action.number)),
        what,
        content(voice.of(action.owner)),
        deadline(voice, action),
        content(", ".join(str(numbers[each]) for each in action.after) or "–"),
        content(voice.of(voice.plan.canevas.states[action.state])),
    )


def _calendar(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    if not plan.profile.purchases:
        yield Paragraph(content(voice.word("no_purchases")))
    else:
        yield Paragraph(content(voice.word("calendar_lead")))
    rows = [_entry(voice, each) for each in plan.calendar]
    yield voice.table("calendar_table", ("day", "kind", "what", "owner"), rows, (16, 17, 46, 21))
    yield Paragraph(content(voice.word("calendar_note")), ParagraphKind.NOTE)


def _entry(voice: Voice, entry: CalendarEntry) -> Row:
    closed = closed_day(entry.day, voice.language)
    late = f" ({voice.word('late')})" if entry.is_late else ""
    return (
        content(f"{voice.short_day(entry.day)}{f' ({closed})' if closed else ''}"),
        content(voice.word(f"kind_{entry.kind}")),
        content(f"{voice.of(entry.what)}{late}"),
        content(voice.of(entry.owner)),
    )


def _risks(voice: Voice) -> Iterator[Block]:
    yield Paragraph(content(voice.word("risks_lead")))
    functions = voice.plan.canevas.functions
    rows = (
        (
            (Run(voice.of(each.what), Emphasis.BOLD),),
            content(voice.of(each.sign)),
            content(voice.of(each.answer)),
            content(voice.of(functions[each.owner])),
        )
        for each in voice.plan.canevas.risks
    )
    yield voice.table("risks_table", ("risk", "sign", "answer", "owner"), rows, (24, 21, 34, 21))


def _resources(voice: Voice) -> Iterator[Block]:
    yield Paragraph(content(voice.word("resources_lead")))
    given = voice.plan.profile.resources
    rows = (
        (
            content(voice.of(each.what)),
            content(voice.number(given[each.key]))
            if each.key in given
            else (Run(f"[{voice.word('to_set')}]", Emphasis.HIGHLIGHT),),
            content(voice.of(each.unit)),
        )
        for each in voice.plan.canevas.resources
    )
    yield voice.table("resources_table", ("means", "amount", "unit"), rows, (58, 20, 22), (1,))


def _indicators(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    yield Paragraph(content(voice.word("indicators_lead")))
    rows: list[Row] = [
        (
            content(f"{voice.of(each.indicator.name)} ({voice.category(each.category)})"),
            voice.figure(each, each.baseline),
            voice.figure(each, each.target),
            voice.due(each.by),
            content(voice.word("fed_by_notices")),
        )
        for each in plan.objectives
    ]
    rows += [
        (
            content(voice.of(each.measure)),
            content(each.baseline or "–"),
            content(each.target or "–"),
            content(voice.short_day(each.deadline)),
            content(voice.word("fed_by_hand")),
        )
        for each in plan.actions
        if not each.indicator
    ]
    heads = ("indicator", "baseline", "target", "by", "fed")
    yield voice.table("indicators_table", heads, rows, (43, 14, 14, 13, 16), (1, 2))
    yield Paragraph(content(voice.word("indicators_note")), ParagraphKind.NOTE)
