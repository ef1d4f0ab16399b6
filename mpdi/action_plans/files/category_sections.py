"""Part 1: what the law asks, then the base objectives of each category bought."""

from collections.abc import Iterator

from mpdi.action_plans.core.plan import CategoryPart, PlanObjective
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.clause_library.core.rendering import NBSP
from mpdi.documents.model import (
    Block,
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

_MOST_CLAUSES = 6
_QUOTES = {"fr": f"«{NBSP}{{}}{NBSP}»", "nl": "“{}”"}
"""Around the words in which the authority says why it set an objective so."""


def part_one(voice: Voice) -> Iterator[Section]:
    """Yield part 1."""
    yield Section(voice.word("part_one"), 1, tuple(_lead(voice)), id="part_one", starts_page=True)
    yield Section(voice.word("obligations"), 2, tuple(_obligations(voice)), id="obligations")
    for part in voice.plan.categories:
        yield Section(voice.category(part.category), 2, tuple(_category(voice, part)), id=f"category_{part.category}")


def _lead(voice: Voice) -> Iterator[Block]:
    yield Paragraph(content(voice.word("part_one_lead")), ParagraphKind.LEAD)
    count = voice.plan.open_objectives
    if count:
        words = voice.word("open_targets", open=count, all=len(voice.plan.objectives))
        yield Callout(voice.word("open_targets_title"), (content(words),), CalloutKind.TO_COMPLETE)


def _obligations(voice: Voice) -> Iterator[Block]:
    yield Paragraph(content(voice.word("obligations_lead")))
    rows = (
        (
            content(voice.of(each.text)),
            content(voice.of(each.source)),
            content(voice.word(f"certainty_{each.certainty}")),
        )
        for each in voice.plan.obligations
    )
    yield voice.table("obligations_table", ("asked", "source", "certainty"), rows, (60, 25, 15))
    yield Paragraph(content(voice.word("certainty_note")), ParagraphKind.NOTE)


def _category(voice: Voice, part: CategoryPart) -> Iterator[Block]:
    yield Paragraph(content(voice.of(part.stake)))
    rows = [_objective(voice, each) for each in part.objectives]
    heads = ("objective", "baseline", "target", "by")
    yield voice.table("objectives_table", heads, rows, (52, 16, 16, 16), (1, 2), about=voice.category(part.category))
    helped = tuple(_help(voice, part))
    if helped:
        yield Callout(voice.word("help_title"), helped)
    first = part.pack.first[:_MOST_CLAUSES]
    if first:
        key = "first_clauses" if len(part.pack.first) > len(first) else "all_core_clauses"
        rows_first = (
            (
                (Run(clause.id, Emphasis.BOLD),),
                content(clause.title[voice.language]),
                content(voice.word(f"theme_{clause.themes[0]}")),
            )
            for clause in first
        )
        about = str(len(part.pack.first))
        yield voice.table(key, ("clause", "title", "theme"), rows_first, (20, 52, 28), about=about)


def _help(voice: Voice, part: CategoryPart) -> Iterator[Content]:
    """What the profile and the packs say about targets still open; all is said once a category."""
    still = [each for each in part.objectives if each.is_open]
    for each in still:
        if each.help is not None:
            yield Run(f"{voice.of(each.indicator.name)}: ", Emphasis.BOLD), Run(voice.of(each.help))
    if part.help is not None and any(each.indicator.unit is Unit.SHARE for each in still):
        yield Run(f"{voice.word('help_steps_title')}: ", Emphasis.BOLD), Run(voice.of(part.help))
    missing = [voice.of(each.indicator.name) for each in still if each.baseline is None]
    if missing:
        yield Run(f"{voice.word('help_no_baseline')}: ", Emphasis.BOLD), Run(f"{'; '.join(missing)}.")


def _objective(voice: Voice, objective: PlanObjective) -> Row:
    aim = Run(voice.of(objective.indicator.aim), Emphasis.BOLD)
    direction = voice.word("more" if objective.indicator.more_is_better else "less")
    name = Run(f". {voice.of(objective.indicator.name)} ({direction})")
    said = (Run(f" {_QUOTES[voice.language].format(objective.reason)}"),) if objective.reason else ()
    return (
        (aim, name, *said),
        voice.figure(objective, objective.baseline),
        voice.figure(objective, objective.target),
        voice.due(objective.by),
    )
