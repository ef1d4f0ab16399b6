"""Part 2: which options the authority takes, and to whom each suits in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption
from mpdi.action_plans.steps.step_form import StepContext, StepForm
from mpdi.clause_library.core.reasons import value_label
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _


@dataclass
class OptionsForm(StepForm):
    """The options that are ticked."""

    chosen: list[PlanOption] = field(default_factory=list)

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the form with what is stored."""
        return cls(context, chosen=list(context.profile.options))

    @classmethod
    def ticked(cls, context: StepContext, values: list[str]) -> Self:
        """Return the form with what was ticked; a value that is no option counts for nothing."""
        return cls(context, chosen=[option for option in PlanOption if option in values])

    def lines(self) -> Sequence[tuple[str, str]]:
        """Return the options that are ticked, for a reader."""
        titles = self.context.canevas.options
        return [(self.context.said(titles[each].title), _("chosen")) for each in self.chosen]

    def changed(self) -> PlanProfile:
        """Return the profile with these options."""
        return replace(self.context.profile, options=tuple(self.chosen))


def suits_words(condition: Mapping[str, Any], context: StepContext) -> str:
    """Say to whom an option suits; empty where its condition has no words."""
    key, asked = next(iter(condition.items()))
    if key == "category":
        names = ", ".join(value_label("category", str(Category(each)), context.language) for each in asked)
        return _("Meant for those who buy: %(categories)s.", categories=names)
    if key == "authority_type":
        names = ", ".join(value_label("authority_type", each, context.language) for each in asked)
        return _("Meant for this type of authority: %(types)s.", types=names)
    if key in list(AssessedTheme) and "at_least" in asked:
        title = next(each.title for each in context.canevas.themes if each.key == key)
        return _(
            "Meant for those who reach level %(level)s of “%(theme)s” in the self-assessment.",
            level=asked["at_least"],
            theme=context.said(title),
        )
    return ""
