"""What is done with an element that holds a value: text, code, identifier, number, amount."""

from collections.abc import Callable
from typing import Any

from tender_parsers.eforms.conversion import UNPUBLISHED, number_of
from tender_parsers.eforms.table import Context, Element, Part, Take, Values, add
from tender_parsers.notice import WITHHELD, Code, Money, Text, WithheldField


def texts(key: str | None, field: str | None = None) -> Part:
    """Free text, once a language."""

    def at(path: str) -> Take:
        def take(element: Element, values: Values, context: Context) -> None:
            value = element.text
            if value is None or not (value := value.strip()):
                return
            if value == UNPUBLISHED:
                context.withheld.append(WithheldField(field, where=context.lot))
                return
            text = Text(value, element.get("languageID"), path, field, context.lot)
            context.texts.append(text)
            if key is None:
                return
            if key in values:
                values[key].append(text)
            else:
                values[key] = [text]

        return take

    return at


def code(key: str, empty: str | None = None) -> Part:
    """A code; the first one stands. `empty`: what an element means that stands and is empty."""

    def at(_path: str) -> Take:
        def take(element: Element, values: Values, _context: Context) -> None:
            value = (element.text or "").strip() or empty
            if value is not None and key not in values:
                values[key] = value if value != UNPUBLISHED else WITHHELD

        return take

    return at


def identifier(key: str, empty: str | None = None) -> Part:
    """An identifier, taken as it stands. `empty`: what an element means that stands and is empty."""

    def at(_path: str) -> Take:
        def take(element: Element, values: Values, _context: Context) -> None:
            value = (element.text or "").strip() or empty
            if value is not None and key not in values:
                values[key] = value

        return take

    return at


def codes(key: str) -> Part:
    """Codes or identifiers of a list, in order, each once."""

    def at(_path: str) -> Take:
        def take(element: Element, values: Values, _context: Context) -> None:
            add(values, key, (element.text or "").strip())

        return take

    return at


def converted(key: str, convert: Callable[[str], Any]) -> Part:
    """A value made of the text by `convert`, which raises `ValueError` for what is none."""

    def at(path: str) -> Take:
        def take(element: Element, values: Values, context: Context) -> None:
            value = (element.text or "").strip()
            if not value:
                return
            try:
                values.setdefault(key, convert(value))
            except ValueError as error:
                context.remark(path, value, str(error))

        return take

    return at


def money(key: str) -> Part:
    """An amount with its currency; negative, or of the currency `unpublished`: withheld."""

    def at(path: str) -> Take:
        def take(element: Element, values: Values, context: Context) -> None:
            if key in values:
                return
            try:
                amount = number_of((element.text or "").strip())
            except ValueError as error:
                context.remark(path, element.text or "", str(error))
                return
            if amount is not None:
                currency: Code = element.get("currencyID") or None
                if currency == UNPUBLISHED:
                    amount = currency = WITHHELD
                values[key] = Money(amount, currency)

        return take

    return at


def listed(key: str, code_key: str = "code") -> Part:
    """A code with the name of its list beside it, for parts that say by the list what they are."""

    def at(_path: str) -> Take:
        def take(element: Element, values: Values, _context: Context) -> None:
            values[code_key] = (element.text or "").strip()
            values[key] = element.get("listName") or ""

        return take

    return at
