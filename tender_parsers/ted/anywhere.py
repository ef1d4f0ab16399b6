# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""Going down a form whose elements lie at other depths in each version, and what is read alike everywhere in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from tender_parsers.notice import Money, MoneyRange
from tender_parsers.ted.form import Action, Draft, Form
from tender_parsers.ted.values import Element, day_of_parts, local_name, squashed


@dataclass(frozen=True, slots=True)
class Anywhere:
    """An action for all descendants: each that it knows by name, by the end or the beginning of its name, is acted on;
    the rest is gone down into, or is text."""

    actions: Mapping[str, Action]
    endings: tuple[tuple[str, Action], ...] = ()
    beginnings: tuple[tuple[str, Action], ...] = ()

    def __call__(self, form: Form, draft: Draft, element: Element) -> None:
        """Go down into an element."""
        outer = form.path
        form.path = f"{outer}/{local_name(element)}" if outer else local_name(element)
        for child in element:
            name = local_name(child)
            action = self.actions.get(name) or self._by_part(name)
            if action is not None:
                action(form, draft, child)
            elif not len(child) or local_name(child[0]) in ("P", "FT"):
                form.collect(child)
            else:
                self(form, draft, child)
        form.path = outer

    def _by_part(self, name: str) -> Action | None:
        for ending, action in self.endings:
            if name.endswith(ending):
                return action
        for beginning, action in self.beginnings:
            if name.startswith(beginning):
                return action
        return None


def says_yes(element: Element) -> bool:
    """Whether an element that stands there does not say no (R2.0.7 gives many a `VALUE`)."""
    return squashed(element.get("VALUE")) != "NO"


def amounts_of(form: Form, element: Element) -> Money | MoneyRange | None:
    """The amount, or the two of a range, of `COSTS_RANGE_AND_CURRENCY…`."""
    currency = squashed(element.get("CURRENCY")) or None
    parts = {local_name(child): child for child in element}
    with_vat = True if "INCLUDING_VAT" in parts else False if "EXCLUDING_VAT" in parts else None
    if "RANGE_VALUE_COST" in parts:
        ends: list[Money | None] = []
        within = {local_name(child): child for child in parts["RANGE_VALUE_COST"]}
        for name in ("LOW_VALUE", "HIGH_VALUE"):
            amount = form.decimal(within[name]) if name in within else None
            ends.append(Money(amount, currency, with_vat) if amount is not None else None)
        return MoneyRange(*ends)
    amount = form.decimal(parts["VALUE_COST"]) if "VALUE_COST" in parts else None
    return Money(amount, currency, with_vat) if amount is not None else None


def day_into(field: str) -> Action:
    """An action that puts a day into a field; the first one stays."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault(field, day_of_parts(element))

    return action
