"""What is typed on the progress page: states and comments of actions, all at once; a figure by hand with its evidence."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mpdi.action_plans.core.plan import PlanAction
from mpdi.action_plans.core.profile import ActionChange, HandFigure, PlanProfile
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.action_plans.steps.typed import TypedValueError, day, words
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

LONGEST_COMMENT, LONGEST_VALUE, LONGEST_EVIDENCE = 500, 200, 300
"""Characters; bounds of ours."""
MOST_FIGURES = 500
STATES, FIGURE, FIGURE_REMOVED = "progress:states", "progress:figure", "progress:figure_removed"
OWN_CHANGES = (STATES, FIGURE, FIGURE_REMOVED)
"""What a revision of this page changed."""
Typed = Mapping[str, str]


@dataclass
class StateRow:
    """One action: what stands in its two controls, and what is stored."""

    action: PlanAction
    state: str
    comment: str
    error: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether something else than what is stored was typed."""
        return (self.state, self.comment) != (str(self.action.state), self.action.comment)


@dataclass
class StatesForm:
    """The actions of a plan, by key."""

    rows: dict[str, StateRow]

    @classmethod
    def stored(cls, actions: Iterable[PlanAction]) -> "StatesForm":
        """Return the form as it is stored."""
        return cls({each.key: StateRow(each, str(each.state), each.comment) for each in actions})

    @classmethod
    def typed(cls, actions: Iterable[PlanAction], sent: Typed) -> "StatesForm":
        """Return the form as it was sent; an action that was not on the page stays as it is."""
        form = cls.stored(actions)
        for key, row in form.rows.items():
            row.state = sent.get(f"state:{key}", row.state)
            row.comment = sent.get(f"comment:{key}", row.comment).strip()
            row.error = _fault(row)
        return form

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Every error: id of the control, its label, what is wrong."""
        return [
            (f"comment:{key}", _("Comment on action %(number)s", number=row.action.number), row.error)
            for key, row in self.rows.items()
            if row.error
        ]

    def changed(self, profile: PlanProfile) -> PlanProfile:
        """Return the profile with the states and comments typed; the same where nothing differs."""
        changes = dict(profile.actions)
        for key, row in self.rows.items():
            if row.is_changed:
                change = changes.get(key, ActionChange())
                comment = words(row.comment, LONGEST_COMMENT) if row.comment else None
                changes[key] = replace(change, state=ActionState(row.state), comment=comment)
        return replace(profile, actions=changes)


def _fault(row: StateRow) -> str:
    if row.state not in list(ActionState):
        return _("This state is not in the list: choose one of it.")
    try:
        words(row.comment, LONGEST_COMMENT)
    except TypedValueError as error:
        return str(error)
    return ""


@dataclass
class FigureForm:
    """A figure by hand. `index`: which of those noted it corrects; `None`: a new one."""

    action: str = ""
    value: str = ""
    day: str = ""
    evidence: str = ""
    index: int | None = None
    faults: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, noted: Sequence[HandFigure], index: int | None, today: datetime.date) -> "FigureForm":
        """Return the form to correct what was noted, or an empty one with the day of today."""
        if index is None or not 0 <= index < len(noted):
            return cls(day=write_date(today))
        found = noted[index]
        return cls(found.action, found.value, write_date(found.day), found.evidence, index)

    @classmethod
    def typed(cls, sent: Typed, keys: Iterable[str], noted: Sequence[HandFigure], today: datetime.date) -> "FigureForm":
        """Return the form as it was sent, with what is wrong in it."""
        text = sent.get("index", "")
        index = int(text) if text.isdecimal() and len(text) <= 4 and int(text) < len(noted) else None
        action, value, day_, evidence = (sent.get(each, "").strip() for each in ("action", "value", "day", "evidence"))
        form = cls(action, value, day_, evidence, index)
        if form.action not in set(keys):
            form.faults["action"] = _("Choose an action of the list.")
        limits = {"value": LONGEST_VALUE, "evidence": LONGEST_EVIDENCE}
        for name, limit in limits.items():
            form._check_words(name, limit)
        form._check_day(today)
        if index is None and len(noted) >= MOST_FIGURES:
            form.faults["value"] = _("At most %(most)s figures are kept: remove an old one first.", most=MOST_FIGURES)
        return form

    def _check_words(self, name: str, limit: int) -> None:
        text = getattr(self, name)
        if not text:
            missing = {
                "value": _("Write the figure."),
                "evidence": _("Say where the proof stands: without it nothing is noted."),
            }
            self.faults[name] = missing[name]
            return
        try:
            words(text, limit)
        except TypedValueError as error:
            self.faults[name] = str(error)

    def _check_day(self, today: datetime.date) -> None:
        try:
            if day(self.day) > today:
                self.faults["day"] = _("This day is to come: note a figure once it is there.")
        except TypedValueError as error:
            self.faults["day"] = str(error)

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Every error: id of the control, its label, what is wrong."""
        labels = {"action": _("Action"), "value": _("Figure"), "day": _("Day"), "evidence": _("Evidence")}
        return [(f"figure-{name}", labels[name], fault) for name, fault in self.faults.items()]

    def changed(self, profile: PlanProfile) -> PlanProfile:
        """Return the profile with the figure added, or in the place of the one it corrects."""
        figure = HandFigure(
            self.action, words(self.value, LONGEST_VALUE), day(self.day), words(self.evidence, LONGEST_EVIDENCE)
        )
        noted = list(profile.noted)
        if self.index is None or self.index >= len(noted):
            noted.append(figure)
        else:
            noted[self.index] = figure
        return replace(profile, noted=tuple(noted))


def without_figure(profile: PlanProfile, index: int) -> PlanProfile:
    """Return the profile without a figure noted by hand."""
    return replace(profile, noted=tuple(each for number, each in enumerate(profile.noted) if number != index))
