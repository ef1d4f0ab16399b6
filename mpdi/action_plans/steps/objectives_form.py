"""The objectives of one category: baseline, target and day of each indicator, and why so much. No target is preset."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Self

from mpdi.action_plans.core.profile import AskedObjective, PlanProfile
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.steps.step_form import ADD, StepContext, StepForm, Typed
from mpdi.action_plans.steps.typed import TypedValueError, day_to_come, figure, words, write_figure
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

LONGEST_REASON = 500
_PARTS = ("baseline", "target", "by", "reason", "drop")
DROP = "yes"
REASON = "reason:"
"""The button that writes the reason proposed for an indicator, which follows, into its field; nothing is stored yet."""


@dataclass
class ObjectivesForm(StepForm):
    """One category. `own`: the indicators that the authority added to those of the canevas."""

    category: Category = Category.GENERAL
    own: list[str] = field(default_factory=list)

    @classmethod
    def stored(cls, context: StepContext, category: Category) -> Self:
        """Return the form filled with what is stored."""
        form = cls(context, category=category)
        asked = {each.indicator: each for each in form._asked()}
        form.own = [indicator for indicator in asked if indicator not in form.base]
        texts = {}
        for indicator, each in asked.items():
            unit = context.canevas.indicators[indicator].unit
            for part, value in (("baseline", each.baseline), ("target", each.target)):
                texts[f"{indicator}.{part}"] = "" if value is None else write_figure(value, unit, context.language)
            texts[f"{indicator}.by"] = write_date(each.by) if each.by else ""
            texts[f"{indicator}.reason"] = each.reason
        return form._filled(texts)

    @classmethod
    def typed(cls, context: StepContext, category: Category, typed: Typed, own: Sequence[str]) -> Self:
        """Return the form as typed. `own`: the added indicators that the page held; `add_indicator` adds one."""
        pressed = typed.get("action", "")
        form = cls(context, category=category, is_asking=pressed == ADD or pressed.startswith(REASON))
        added = [*own, typed.get("add_indicator", "")] if pressed == ADD else own
        known = context.canevas.indicators
        form.own = [each for each in dict.fromkeys(added) if each in known and each not in form.base]
        form._filled(typed)
        for indicator in form.indicators:
            form._objective(indicator)
        return form

    @property
    def base(self) -> Sequence[str]:
        """The indicators that the canevas proposes for the category."""
        return self.context.canevas.categories[self.category].indicators

    @property
    def indicators(self) -> Sequence[str]:
        """All indicators of the form, in order."""
        return (*self.base, *self.own)

    @property
    def to_add(self) -> Sequence[str]:
        """The indicators that may still be added."""
        return [each for each in self.context.canevas.indicators if each not in self.indicators]

    def _asked(self) -> Iterator[AskedObjective]:
        return (each for each in self.context.profile.objectives if each.category is self.category)

    def _filled(self, texts: Typed) -> Self:
        for indicator in self.indicators:
            name = self.context.said(self.context.canevas.indicators[indicator].name)
            labels = {
                "baseline": _("%(indicator)s: today", indicator=name),
                "target": _("%(indicator)s: target", indicator=name),
                "by": _("%(indicator)s: to be reached by", indicator=name),
                "reason": _("%(indicator)s: why this target", indicator=name),
                "drop": _("%(indicator)s: remove", indicator=name),
            }
            for part in _PARTS:
                self.put(f"{indicator}.{part}", labels[part], texts.get(f"{indicator}.{part}", ""))
        return self

    def unit(self, indicator: str) -> Unit:
        """Of what kind the figures of an indicator are."""
        return self.context.canevas.indicators[indicator].unit

    def is_percentage(self, indicator: str) -> bool:
        """Whether its figures are typed as percentages."""
        return self.unit(indicator) in (Unit.SHARE, Unit.PERCENT)

    def is_dropped(self, indicator: str) -> bool:
        """Whether an added objective is to be removed."""
        return indicator in self.own and self.text(f"{indicator}.drop") == DROP

    def _objective(self, indicator: str) -> AskedObjective:
        baseline, target = (self._figure(indicator, part) for part in ("baseline", "target"))
        by = self.read(f"{indicator}.by", lambda text: self._day(text, indicator))
        reason = self.read(f"{indicator}.reason", lambda text: words(text, LONGEST_REASON))
        return AskedObjective(self.category, indicator, baseline, target, by, reason or "")

    def _figure(self, indicator: str, part: str) -> Decimal | None:
        unit = self.unit(indicator)
        return self.read(f"{indicator}.{part}", lambda text: figure(text, unit, self.context.language))

    def _day(self, text: str, indicator: str) -> datetime.date:
        stored = next((each.by for each in self._asked() if each.indicator == indicator), None)
        found = day_to_come(text, self.context.today, stored)
        period = self.context.profile.period
        if found != stored and not period.first <= found <= period.last:
            raise TypedValueError(
                _(
                    "The plan runs from %(first)s to %(last)s. Give a day within it.",
                    first=write_date(period.first),
                    last=write_date(period.last),
                )
            )
        return found

    def changed(self) -> PlanProfile:
        """Return the profile with the objectives of this category; each other keeps its place."""
        made = {each: self._objective(each) for each in self.indicators if not self.is_dropped(each)}
        empty = {each: AskedObjective(self.category, each) for each in made}
        stated = {each: one for each, one in made.items() if each in self.own or one != empty[each]}
        kept = []
        for asked in self.context.profile.objectives:
            if asked.category is not self.category:
                kept.append(asked)
            elif asked.indicator in stated:
                kept.append(stated.pop(asked.indicator))
        return replace(self.context.profile, objectives=(*kept, *stated.values()))
