"""The means of the plan: each in its unit, each may be left out."""

from dataclasses import replace
from decimal import Decimal
from typing import Self

from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.steps.step_form import StepContext, StepForm, Typed
from mpdi.action_plans.steps.typed import money, write_number


class ResourcesForm(StepForm):
    """One figure a means."""

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the form filled with what is stored."""
        written = {key: write_number(value, context.language) for key, value in context.profile.resources.items()}
        return cls(context)._filled(written)

    @classmethod
    def typed(cls, context: StepContext, typed: Typed) -> Self:
        """Return the form filled with what was typed, everything wrong noted beside it."""
        form = cls(context)._filled(typed)
        for name in form.cells:
            form._value(name)
        return form

    def _filled(self, texts: Typed) -> Self:
        for each in self.context.canevas.resources:
            self.put(each.key, self.context.said(each.what), texts.get(each.key, ""))
        return self

    def _value(self, name: str) -> Decimal | None:
        return self.read(name, lambda text: money(text, self.context.language))

    def changed(self) -> PlanProfile:
        """Return the profile with these means."""
        values = {name: self._value(name) for name in self.cells}
        return replace(
            self.context.profile, resources={name: value for name, value in values.items() if value is not None}
        )
