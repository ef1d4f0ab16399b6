"""The self-assessment: six themes, each with a level from 0 to 4 or no answer."""

from dataclasses import replace
from typing import Self

from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.vocabulary import HIGHEST_LEVEL, AssessedTheme
from mpdi.action_plans.steps.step_form import StepContext, StepForm, Typed
from mpdi.i18n import translate as _

_LEVELS = tuple(str(level) for level in range(HIGHEST_LEVEL + 1))


class AssessmentForm(StepForm):
    """One level a theme; an empty one is not answered, which is no level."""

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the form filled with the levels that are stored."""
        return cls(context)._filled({str(key): str(level) for key, level in context.profile.self_assessment.items()})

    @classmethod
    def typed(cls, context: StepContext, typed: Typed) -> Self:
        """Return the form filled with what was chosen."""
        form = cls(context)._filled(typed)
        for name, cell in form.cells.items():
            if cell.text and cell.text not in _LEVELS:
                form.refuse(name, _("Choose one of the levels, or “not answered”."))
        return form

    def _filled(self, texts: Typed) -> Self:
        for theme in self.context.canevas.themes:
            self.put(str(theme.key), self.context.said(theme.title), texts.get(str(theme.key), ""))
        return self

    @property
    def answered(self) -> int:
        """How many themes have a level."""
        return sum(bool(cell.text) for cell in self.cells.values())

    def changed(self) -> PlanProfile:
        """Return the profile with these levels."""
        levels = {theme: int(text) for theme in AssessedTheme if (text := self.text(str(theme)))}
        return replace(self.context.profile, self_assessment=levels)
