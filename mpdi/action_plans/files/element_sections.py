"""Part 2, the options, and every element of the canevas with its actions."""

from collections.abc import Iterable, Iterator

from mpdi.action_plans.core.plan import ElementPart, OptionPart, PlanAction
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.documents.model import (
    Block,
    Callout,
    Emphasis,
    Paragraph,
    ParagraphKind,
    Run,
    Section,
    Table,
    content,
)

_SUITS = {True: "suits_yes", False: "suits_no", None: "suits_unknown"}


def part_two(voice: Voice) -> Iterator[Section]:
    """Yield part 2: the options chosen, and the others with what speaks for them."""
    lead = Paragraph(content(voice.word("part_two_lead")), ParagraphKind.LEAD)
    none = () if voice.plan.chosen else (Paragraph(content(voice.word("no_option"))),)
    yield Section(voice.word("part_two"), 1, (lead, *none), id="part_two", starts_page=True)
    for part in voice.plan.chosen:
        blocks = (
            Paragraph(content(voice.of(part.option.purpose))),
            action_table(voice, part.actions, voice.of(part.option.title)),
        )
        yield Section(voice.of(part.option.title), 2, blocks, id=f"option_{part.option.key}")
    others = [part for part in voice.plan.options if not part.is_chosen]
    if others:
        rows = [_other(voice, part) for part in others]
        table = voice.table("other_options_table", ("option", "purpose", "suits"), rows, (26, 50, 24))
        yield Section(voice.word("other_options"), 2, (table,), id="other_options")


def _other(voice: Voice, part: OptionPart) -> Row:
    return (
        (Run(voice.of(part.option.title), Emphasis.BOLD),),
        content(voice.of(part.option.purpose)),
        content(voice.word(_SUITS[part.suits])),
    )


def elements(voice: Voice) -> Iterator[Section]:
    """Yield the elements."""
    lead = Paragraph(content(voice.word("elements_lead")), ParagraphKind.LEAD)
    yield Section(voice.word("elements"), 1, (lead,), id="elements", starts_page=True)
    for part in voice.plan.elements:
        yield Section(voice.of(part.element.title), 2, tuple(_element(voice, part)), id=f"element_{part.element.key}")


def _element(voice: Voice, part: ElementPart) -> Iterator[Block]:
    yield Paragraph((Run(voice.of(part.element.purpose), Emphasis.BOLD),))
    yield Paragraph(
        (
            Run(voice.of(part.element.why)),
            Run(f" {voice.word('strategy_lines', lines=part.element.lines)}", Emphasis.MUTED),
        )
    )
    if part.adapted:
        yield Callout(voice.word("for_you"), tuple(content(voice.of(text)) for text in part.adapted))
    if part.actions:
        yield action_table(voice, part.actions, voice.of(part.element.title))
    else:
        yield Paragraph(content(voice.word("no_action")))


def action_table(voice: Voice, actions: Iterable[PlanAction], about: str) -> Table:
    """Return the actions of one element: what, who, when, with what, how one sees it."""
    rows = (
        (
            (Run(f"{each.number}. ", Emphasis.BOLD), Run(voice.of(each.what))),
            content(voice.of(each.owner)),
            deadline(voice, each),
            content(voice.of(each.means)),
            content(voice.of(each.measure)),
        )
        for each in actions
    )
    heads = ("action", "owner", "deadline", "means", "measure")
    return voice.table("actions_of_element", heads, rows, (28, 20, 13, 20, 19), about=about)


def deadline(voice: Voice, action: PlanAction) -> tuple[Run, ...]:
    """Return the deadline, with a mark where it is the usual delay of the canevas."""
    return (Run(voice.short_day(action.deadline)), *((Run("*", Emphasis.BOLD),) if action.is_usual else ()))
