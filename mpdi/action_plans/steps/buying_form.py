"""What the authority buys in a year, by market category: a table whose rows are added by a button."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

from mpdi.action_plans.core.profile import PlanProfile, Spending
from mpdi.action_plans.steps.step_form import ADD, StepContext, StepForm, Typed, row_count
from mpdi.action_plans.steps.typed import money, whole, write_number
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _

EMPTY_ROWS = 4
MOST_ROWS = len(Category)
_PARTS = ("category", "amount", "contracts")


@dataclass
class BuyingForm(StepForm):
    """Category, yearly amount and number of contracts, row by row."""

    rows: int = 0

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the table as stored; empty rows to begin with."""
        spending = context.profile.spending
        form = cls(context, rows=min(len(spending) + 1, MOST_ROWS) if spending else EMPTY_ROWS)
        texts = {}
        for number, each in enumerate(spending, start=1):
            texts[f"category_{number}"] = str(each.category)
            texts[f"amount_{number}"] = write_number(each.amount, context.language)
            texts[f"contracts_{number}"] = (
                "" if each.contracts is None else write_number(Decimal(each.contracts), context.language)
            )
        return form._filled(texts)

    @classmethod
    def typed(cls, context: StepContext, typed: Typed) -> Self:
        """Return the table as typed, everything wrong noted beside it."""
        form = cls(context, is_asking=typed.get("action") == ADD, rows=row_count(typed, EMPTY_ROWS, MOST_ROWS))
        form._filled(typed)
        form._check()
        return form

    def _filled(self, texts: Typed) -> Self:
        for number in range(1, self.rows + 1):
            labels = {
                "category": _("Category of row %(number)s", number=number),
                "amount": _("Amount of row %(number)s", number=number),
                "contracts": _("Contracts of row %(number)s", number=number),
            }
            for part in _PARTS:
                self.put(f"{part}_{number}", labels[part], texts.get(f"{part}_{number}", ""))
        return self

    def _check(self) -> None:
        seen: set[str] = set()
        for number in self._used():
            category = self.text(f"category_{number}")
            amount = self._amount(number)
            self._contracts(number)
            if category not in list(Category):
                self.refuse(f"category_{number}", _("Choose the category of this row, or empty the row."))
            elif category in seen:
                self.refuse(f"category_{number}", _("This category stands in a row above. Add both up in one of them."))
            elif amount is None and not self[f"amount_{number}"].error:
                self.refuse(f"amount_{number}", _("Write a rough amount a year, or empty the row."))
            seen.add(category)

    def _used(self) -> Iterator[int]:
        """Yield the numbers of the rows in which something stands; a row left empty is dropped."""
        for number in range(1, self.rows + 1):
            if any(self.text(f"{part}_{number}") for part in _PARTS):
                yield number

    def _amount(self, number: int) -> Decimal | None:
        return self.read(f"amount_{number}", lambda text: money(text, self.context.language))

    def _contracts(self, number: int) -> int | None:
        return self.read(f"contracts_{number}", lambda text: whole(text, self.context.language))

    def changed(self) -> PlanProfile:
        """Return the profile with these rows as its spending."""
        spending = tuple(
            Spending(Category(self.text(f"category_{number}")), amount, self._contracts(number))
            for number in self._used()
            if (amount := self._amount(number)) is not None
        )
        return replace(self.context.profile, spending=spending)
