"""The two pages for who decides: what is asked, what the plan rests on, what begins first."""

from collections.abc import Iterator

from mpdi.action_plans.core.dates import months_after
from mpdi.action_plans.core.plan import PlanAction
from mpdi.action_plans.files.situation_sections import spending_picture
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.clause_library.core.vocabulary import Theme
from mpdi.documents.model import (
    Block,
    Callout,
    Content,
    Emphasis,
    NumberedItems,
    Paragraph,
    ParagraphKind,
    Run,
    Section,
    content,
)

FIRST_MONTHS = 6
_MOST_ACTIONS, _MOST_OBJECTIVES, _MOST_CATEGORIES = 8, 6, 5


def summary(voice: Voice) -> Section:
    """Return the section."""
    return Section(voice.word("summary"), 1, tuple(_blocks(voice)), id="summary", starts_page=True)


def _blocks(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    name, period = voice.of(plan.profile.authority.name), plan.profile.period
    words = voice.word("summary_lead", name=name, first=voice.day(period.first), last=voice.day(period.last))
    yield Paragraph(content(words), ParagraphKind.LEAD)
    if plan.is_draft:
        yield Callout(voice.word("asked"), (content(voice.word("asked_lead")),))
        yield NumberedItems(tuple(content(each) for each in _asked(voice)))
    yield voice.table("in_brief", ("what", "figure"), _brief(voice), (46, 54))
    if plan.spending.rows and not voice.beside:
        yield Paragraph((Run(voice.word("largest_categories"), Emphasis.BOLD),))
        yield spending_picture(voice, _MOST_CATEGORIES)
    first = _first_actions(voice)
    rows = ((content(voice.of(each.what)), content(voice.of(each.owner)), voice.due(each.deadline)) for each in first)
    yield voice.table("first_actions", ("action", "owner", "deadline"), rows, (58, 26, 16))
    all_set = [each for each in plan.objectives if not each.is_open]
    set_ones = all_set[:_MOST_OBJECTIVES]
    if set_ones:
        rows_set = (
            (
                content(f"{voice.of(each.indicator.name)} ({voice.category(each.category)})"),
                voice.figure(each, each.baseline),
                voice.figure(each, each.target),
                voice.due(each.by),
            )
            for each in set_ones
        )
        yield voice.table(
            "set_objectives", ("objective", "baseline", "target", "by"), rows_set, (54, 15, 15, 16), (1, 2)
        )
    if len(all_set) > len(set_ones):
        yield Paragraph(content(voice.word("more_objectives", count=len(all_set) - len(set_ones))), ParagraphKind.NOTE)
    yield Paragraph(content(voice.word("summary_note")), ParagraphKind.NOTE)
    if plan.is_answered:
        yield voice.table("where_we_stand", ("theme", "level", "next"), _next_steps(voice), (26, 12, 62))


def _next_steps(voice: Voice) -> Iterator[Row]:
    for each in voice.plan.assessment:
        if each.level is not None:
            title = (Run(voice.of(each.theme.title), Emphasis.BOLD),)
            yield title, content(str(each.level)), content(voice.of(each.theme.levels[each.level].next))


def _asked(voice: Voice) -> Iterator[str]:
    if voice.plan.decided is None:
        yield voice.word("asked_adopt")
        yield voice.word("asked_coordinator")
    else:
        yield voice.word("asked_changes")
    if voice.plan.open_objectives:
        yield voice.word("asked_targets", open=voice.plan.open_objectives)
    yield voice.word("asked_means")


def _brief(voice: Voice) -> Iterator[Row]:
    plan = voice.plan
    yield _fact(voice, "brief_spending", _spending(voice))
    reach = next(each for each in plan.spending.themes if each.theme is Theme.ENVIRONMENTAL)
    if plan.spending.rows:
        words = voice.word("brief_reach_words", amount=voice.money(reach.amount), share=voice.share(reach.share))
        yield _fact(voice, "brief_reach", content(words))
    yield _fact(voice, "brief_assessment", _levels(voice))
    count, still = len(plan.objectives), plan.open_objectives
    yield _fact(
        voice,
        "brief_objectives",
        content(voice.word("brief_objectives_words", all=count, set=count - still, open=still)),
    )
    titles = ", ".join(voice.of(each.option.title) for each in plan.chosen) or voice.word("none_chosen")
    yield _fact(voice, "brief_options", content(titles))
    yield _fact(
        voice,
        "brief_actions",
        content(voice.word("brief_actions_words", all=len(plan.actions), first=len(_early(voice)))),
    )
    yield _fact(voice, "brief_law", content(voice.word("brief_law_words", count=len(plan.obligations))))


def _fact(voice: Voice, key: str, words: Content) -> Row:
    return (Run(voice.word(key), Emphasis.BOLD),), words


def _spending(voice: Voice) -> Content:
    view = voice.plan.spending
    if not view.rows:
        return (Run(f"[{voice.word('not_stated')}]", Emphasis.HIGHLIGHT),)
    key = "brief_spending_words" if len(view.rows) > 1 else "brief_spending_word"
    return content(
        voice.word(
            key, amount=voice.money(view.total), categories=len(view.rows), first=voice.category(view.rows[0].category)
        )
    )


def _levels(voice: Voice) -> Content:
    answered = [each for each in voice.plan.assessment if each.level is not None]
    if not answered:
        return (Run(f"[{voice.word('not_stated')}]", Emphasis.HIGHLIGHT),)
    levels = "; ".join(f"{voice.of(each.theme.title)} {each.level}" for each in answered)
    return content(voice.word("brief_levels", levels=levels))


def _early(voice: Voice) -> list[PlanAction]:
    limit = months_after(voice.plan.profile.period.first, FIRST_MONTHS)
    found = [action for action in voice.plan.actions if action.deadline <= limit]
    return sorted(found, key=lambda action: (action.deadline, action.number))


def _first_actions(voice: Voice) -> list[PlanAction]:
    return _early(voice)[:_MOST_ACTIONS]
