"""What every form of a step is made of: cells with what stands in them and what is wrong, and the plan they change."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.steps.typed import TypedValueError
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Language

Typed = Mapping[str, str]
"""What a form sent, by the name of the control; a name that stands several times has its first value here."""
Read = TypeVar("Read")
ADD = "add"
"""The button that asks for one row more and stores nothing."""


@dataclass(frozen=True)
class StepContext:
    """The plan as it stands, its canevas, today. `language`: of the page and its numbers; `content`: of the canevas."""

    profile: PlanProfile
    canevas: Canevas
    today: datetime.date
    language: str
    content: Language

    def said(self, text: Bilingual) -> str:
        """Return a text of the canevas in the language in which it is read."""
        return text[self.content]


@dataclass
class Cell:
    """One control: its name, which is its id too, its label, what stands in it, what is wrong with it."""

    name: str
    label: str
    text: str = ""
    error: str = ""


@dataclass
class StepForm:
    """The cells of one step, by name. `is_asking`: a row was asked for, nothing is to be stored yet."""

    context: StepContext
    cells: dict[str, Cell] = field(default_factory=dict)
    is_asking: bool = False

    def put(self, name: str, label: str, text: str | None = "") -> Cell:
        """Add a cell."""
        self.cells[name] = Cell(name, label, text or "")
        return self.cells[name]

    def __getitem__(self, name: str) -> Cell:
        return self.cells[name]

    def text(self, name: str) -> str:
        """Return what stands in a cell, without the white space around it; nothing where there is no such cell."""
        return self.cells[name].text.strip() if name in self.cells else ""

    def read(self, name: str, reader: Callable[[str], Read]) -> Read | None:
        """Return the value of a cell; None where it is empty or, the reason noted beside it, wrong."""
        text = self.text(name)
        if not text:
            return None
        try:
            return reader(text)
        except TypedValueError as error:
            self.refuse(name, str(error))
            return None

    def refuse(self, name: str, why: str) -> None:
        """Note beside a cell why it is not taken."""
        self.cells[name].error = why

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Every error: id of the control, its label, what is wrong."""
        return [(each.name, each.label, each.error) for each in self.cells.values() if each.error]

    def lines(self) -> Sequence[tuple[str, str]]:
        """Return what is said where the form has no cells, for a reader: labels and words."""
        return ()

    def changed(self) -> PlanProfile:
        """Return the profile that this form makes; only of a form that is valid."""
        return self.context.profile

    @property
    def is_valid(self) -> bool:
        """Whether all can be stored."""
        return not self.errors


def row_count(typed: Typed, shown: int, most: int) -> int:
    """Return how many rows a table has: those that were sent, one more where that was asked for."""
    text = typed.get("rows", "")
    sent = int(text) if text.isdecimal() and len(text) <= 4 else shown
    return min(sent + (typed.get("action") == ADD), most)
