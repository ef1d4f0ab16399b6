"""The contracts to come: object, category, day of the notice, rough amount; rows are added by a button."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

from mpdi.action_plans.core.profile import PlannedPurchase, PlanProfile
from mpdi.action_plans.steps.step_form import ADD, StepContext, StepForm, Typed, row_count
from mpdi.action_plans.steps.typed import day_to_come, money, words, write_number
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

EMPTY_ROWS = 3
MOST_ROWS = 200
LONGEST_OBJECT = 300
_PARTS = ("object", "category", "publication", "amount")


@dataclass
class PurchasesForm(StepForm):
    """One contract a row."""

    rows: int = 0

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the table as stored; empty rows to begin with."""
        purchases = context.profile.purchases
        form = cls(context, rows=min(len(purchases) + 1, MOST_ROWS) if purchases else EMPTY_ROWS)
        texts = {}
        for number, each in enumerate(purchases, start=1):
            texts[f"object_{number}"] = each.object
            texts[f"category_{number}"] = str(each.category)
            texts[f"publication_{number}"] = write_date(each.publication)
            texts[f"amount_{number}"] = "" if each.amount is None else write_number(each.amount, context.language)
        return form._filled(texts)

    @classmethod
    def typed(cls, context: StepContext, typed: Typed) -> Self:
        """Return the table as typed, everything wrong noted beside it."""
        form = cls(context, is_asking=typed.get("action") == ADD, rows=row_count(typed, EMPTY_ROWS, MOST_ROWS))
        form._filled(typed)
        for number in form.used():
            form._check(number)
        return form

    def _filled(self, texts: Typed) -> Self:
        for number in range(1, self.rows + 1):
            labels = {
                "object": _("Object of contract %(number)s", number=number),
                "category": _("Category of contract %(number)s", number=number),
                "publication": _("Day of the notice of contract %(number)s", number=number),
                "amount": _("Amount of contract %(number)s", number=number),
            }
            for part in _PARTS:
                self.put(f"{part}_{number}", labels[part], texts.get(f"{part}_{number}", ""))
        return self

    def used(self) -> Iterator[int]:
        """Yield the numbers of the rows in which something stands; a row left empty is dropped."""
        for number in range(1, self.rows + 1):
            if any(self.text(f"{part}_{number}") for part in _PARTS):
                yield number

    def _check(self, number: int) -> None:
        made = self._purchase(number)
        asked = {
            "object": _("Say in a few words what will be bought, or empty the row."),
            "category": _("Choose the category of this contract."),
            "publication": _("Write on which day its notice shall appear, roughly: a first day of a month will do."),
        }
        for part, why in asked.items():
            if not self.text(f"{part}_{number}"):
                self.refuse(f"{part}_{number}", why)
        if made is None and self.text(f"category_{number}") not in (*Category, ""):
            self.refuse(f"category_{number}", asked["category"])

    def _purchase(self, number: int) -> PlannedPurchase | None:
        name = self.read(f"object_{number}", lambda text: words(text, LONGEST_OBJECT))
        day = self.read(f"publication_{number}", lambda text: self._day(text, name))
        amount = self.read(f"amount_{number}", lambda text: money(text, self.context.language))
        category = self.text(f"category_{number}")
        if not name or day is None or category not in list(Category):
            return None
        return PlannedPurchase(Category(category), name, day, amount)

    def _day(self, text: str, name: str | None) -> datetime.date:
        """A day that has passed since it was stored may stay; a new one must be to come."""
        kept = [each.publication for each in self.context.profile.purchases if each.object == name]
        past = next((day for day in kept if write_date(day) == text), None)
        return day_to_come(text, self.context.today, past)

    def changed(self) -> PlanProfile:
        """Return the profile with these contracts to come."""
        made = (self._purchase(number) for number in self.used())
        return replace(self.context.profile, purchases=tuple(each for each in made if each is not None))
