"""What the pages of all steps share: which step it is of how many, the form shown, what is stored and where one goes on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.action_plans.core.vocabulary import ActionState, PlanStep
from mpdi.action_plans.page_words import step_label
from mpdi.action_plans.plan_pages import Lines, PlanPage, save_or_ask, show, step_address, to_overview
from mpdi.action_plans.steps.step_form import Cell, StepContext, StepForm
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import content_language, interface_language
from mpdi.i18n import translate as _

BACK = "back"
"""The button that saves and returns to the overview."""


@dataclass(frozen=True)
class Asked:
    """A step, or one part of a long one, and where it leads: titles are empty where there is no part, or nothing after."""

    token: str
    step: PlanStep
    part_title: str = ""
    next_part: tuple[str, str] | None = None
    """The part that comes next: its key, its title."""

    @property
    def number(self) -> int:
        """The place of the step, from 1."""
        return list(PlanStep).index(self.step) + 1

    @property
    def step_title(self) -> str:
        """What the step is called."""
        return step_label(self.step)

    @property
    def title(self) -> str:
        """What the page is called."""
        return self.part_title or self.step_title

    @property
    def address(self) -> str:
        """The address of the step."""
        return step_address(self.token, self.step)

    @property
    def total(self) -> int:
        """How many steps there are."""
        return len(PlanStep)

    @property
    def following(self) -> PlanStep | None:
        """The step after this one."""
        return next(iter(list(PlanStep)[self.number :]), None)

    @property
    def next_title(self) -> str:
        """What comes after this page; empty after the last."""
        if self.next_part is not None:
            return self.next_part[1]
        return step_label(self.following) if self.following else ""

    @property
    def next_address(self) -> str:
        """Where saving leads: the next part, the next step, after the last the overview."""
        if self.next_part is not None:
            return f"{self.address}/{self.next_part[0]}"
        return step_address(self.token, self.following or "").rstrip("/")


def context_of(page: PlanPage) -> StepContext:
    """Return what every form of a plan needs."""
    return StepContext(page.profile, page.canevas, clock.today(), interface_language(), content_language())


def show_step(
    template: str, page: PlanPage, asked: Asked, form: StepForm | None, status: int = 200, **values: Any
) -> Response:
    """Render a step; a form for which only a row was asked shows no errors yet."""
    if form is not None and form.is_asking:
        for cell in form.cells.values():
            cell.error = ""
    language = content_language()
    return show(
        template,
        page,
        str(asked.step),
        status,
        asked=asked,
        form=form,
        in_content="" if language == interface_language() else Markup(' lang="{}"').format(language),
        context=context_of(page),
        categories=categories(),
        category_name=category_name,
        **values,
    )


def categories() -> Sequence[tuple[str, str]]:
    """Return every market category with its words."""
    return [(str(each), category_name(each)) for each in Category]


def category_name(category: Category) -> str:
    """Return a market category in words, with a capital."""
    text = value_label("category", str(category), interface_language())
    return text[:1].upper() + text[1:]


def save_step(page: PlanPage, asked: Asked, form: StepForm, stored: StepForm, then: str = "") -> Response:
    """Store a valid form and go on: to `then`, to the overview where that was asked, else to what comes next."""
    leads = then or (to_overview(page) if request.form.get("action") == BACK else asked.next_address)
    before, typed = differing(stored, form)
    response = save_or_ask(page, form.changed(), str(asked.step), before, typed, leads)
    if response.status_code == 303 and not then:
        flash(_("Saved: %(step)s.", step=asked.title))
    return response


def differing(stored: StepForm, typed: StepForm) -> tuple[Lines, Lines]:
    """Return, of two forms of one step, what stands differently in them: lines of the first, lines of the second."""
    before, after = dict(_lines(stored)), dict(_lines(typed))
    labels = [each for each in dict.fromkeys((*before, *after)) if before.get(each, "–") != after.get(each, "–")]
    return [(each, before.get(each, "–")) for each in labels], [(each, after.get(each, "–")) for each in labels]


def _lines(form: StepForm) -> Iterator[tuple[str, str]]:
    if not form.cells:
        yield from form.lines()
    for cell in form.cells.values():
        yield cell.label, _shown(cell, form.context)


def _shown(cell: Cell, context: StepContext) -> str:
    """Return what stands in a cell in words, where it is a word of a closed list."""
    words: Mapping[str, str] = {
        **{str(each): category_name(each) for each in Category},
        **{str(each): context.said(context.canevas.states[each]) for each in ActionState},
    }
    text = cell.text.strip()
    return words.get(text, text) or "–"
