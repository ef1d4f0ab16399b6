# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""What the handlers of one form share: where they are, what text they met, what they could not take."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tender_parsers.notice import (
    WITHHELD,
    Moment,
    Money,
    MoneyRange,
    Number,
    Organisation,
    Remark,
    Text,
    Texts,
    WithheldField,
)
from tender_parsers.ted.values import Element, day_of, decimal_of, local_name, squashed, string_value, whole_number

Draft = dict[str, Any]
"""Fields of a class of `tender_parsers.notice` on their way to it, by name."""
Action = Callable[["Form", Draft, Element], None]
Actions = Mapping[str, Action]
"""What to do with a child element, by its local name."""
Peers = dict[Element, list[tuple[Element, str | None]]]

_PROSE = frozenset(
    [
        "AC_CRITERION",
        "CA_ACTIVITY_OTHER",
        "CA_TYPE_OTHER",
        "CE_ACTIVITY_OTHER",
        "PARTICULAR_PROFESSION",
        "LABEL",
        "LOT_TITLE",
        "TITLE_CONTRACT",
        "CONTRACT_TITLE",
        "CRITERIA",
        "LOCATION",
        "TYPE_OF_ACTIVITY_OTHER",
        "TYPE_OF_CONTRACTING_AUTHORITY_OTHER",
        "ACTIVITY_OF_CONTRACTING_ENTITY_OTHER",
        "TI_MARK",
        "TITLE",
        "SHORT_DESCR",
        "EU_PROGR_RELATED",
        "LEGAL_BASIS_OTHER",
        "LOT_DESCRIPTION",
        "SHORT_CONTRACT_DESCRIPTION",
        "ADDITIONAL_INFORMATION",
        "TOTAL_QUANTITY_OR_SCOPE",
    ]
)
"""Elements that hold free text themselves; all others hold it in `P`."""


class Form:
    """The reading of one form, in its own language and those of its peers (the same form in another original)."""

    __slots__ = ("_peers", "language", "lot", "lot_tag", "organisations", "path", "remarks", "texts", "withheld")

    def __init__(self, element: Element, peers: Peers) -> None:
        self._peers = peers
        self.language = element.get("LG")
        self.lot: str | None = None
        self.lot_tag = f"{str(element.tag).rpartition('}')[0]}}}LOT_NO" if "}" in str(element.tag) else "LOT_NO"
        self.organisations: list[Organisation] = []
        self.path = ""
        self.remarks: list[Remark] = []
        self.texts: list[Text] = []
        self.withheld: list[WithheldField] = []

    def read(self, draft: Draft, element: Element, actions: Actions) -> None:
        """Give each child to its action; what no action is for is searched for free text."""
        outer = self.path
        self.path = f"{outer}/{local_name(element)}" if outer else local_name(element)
        for child in element:
            action = actions.get(str(child.tag).rpartition("}")[2])
            if action is None:
                self.collect(child)
            else:
                action(self, draft, child)
        self.path = outer

    def collect(self, element: Element) -> None:
        """Take up the free text of an element, and of all below it."""
        name = local_name(element)
        if not len(element):
            if element.text and (name in _PROSE or name == "P"):
                self.text(element)
        elif local_name(element[0]) in ("P", "FT") or name == "P":
            self.text(element)
        elif not name.startswith("ADDRESS"):
            self.read({}, element, {})

    def text(self, element: Element) -> Texts:
        """The free text of an element in each language, taken up among all texts."""
        name = local_name(element)
        path = self.path if name == "P" else f"{self.path}/{name}"
        found = self._in_languages(element, path)
        self.texts += found
        return found

    def naming(self, element: Element) -> Texts:
        """A name in each language: it is no free text to be read for clauses."""
        return self._in_languages(element, f"{self.path}/{local_name(element)}")

    def _in_languages(self, element: Element, path: str) -> Texts:
        value = _paragraphs(element)
        found: Texts = (Text(value, self.language, path, None, self.lot),) if value else ()
        for peer, language in self._peers.get(element, ()):
            other = _paragraphs(peer)
            if other:
                found += (Text(other, language, path, None, self.lot),)
        return found

    def remark(self, element: Element, value: str | None, reason: str) -> None:
        """Note what stands there and could not be taken as what it should be."""
        place = f"{self.path}/{local_name(element)}" if self.path else local_name(element)
        self.remarks.append(Remark(place, squashed(value)[:200], reason, self.lot))

    def is_withheld(self, element: Element) -> bool:
        """Whether the buyer wants it unpublished; if so, that is noted."""
        if element.get("PUBLICATION") != "NO":
            return False
        self.withheld.append(WithheldField(local_name(element), where=self.lot))
        return True

    def money(self, element: Element, hidden: bool = False) -> Money | None:
        """An amount with its currency; `hidden`: what it stands in is not to be published."""
        currency = squashed(element.get("CURRENCY")) or None
        if hidden or self.is_withheld(element):
            return Money(WITHHELD, currency)
        amount = self.decimal(element)
        return None if amount is None else Money(amount, currency)

    def money_range(self, element: Element, hidden: bool = False) -> MoneyRange:
        """The lowest and the highest of several amounts; the currency stands at the range."""
        hidden = hidden or self.is_withheld(element)
        currency = squashed(element.get("CURRENCY")) or None
        ends: dict[str, Money] = {}
        for child in element:
            amount: Number = WITHHELD if hidden else self.decimal(child)
            if amount is not None:
                ends[local_name(child).partition("_")[0]] = Money(amount, currency)
        return MoneyRange(ends.get("LOW"), ends.get("HIGH"))

    def decimal(self, element: Element) -> Decimal | None:
        """A number of an attribute `FMTVAL` (before R2.0.9) or of the text; what is none is remarked."""
        written = element.get("FMTVAL") or element.text
        number = decimal_of(written)
        if number is None and squashed(written):
            self.remark(element, written, "no number, or one that can be read in two ways")
        return number

    def count(self, element: Element) -> int | None:
        """A whole number; what is none is remarked."""
        number = whole_number(element.text)
        if number is None and squashed(element.text):
            self.remark(element, element.text, "no whole number")
        return number

    def day(self, element: Element) -> date | None:
        """A day; what is none is remarked."""
        found = day_of(element.text)
        if found is None and squashed(element.text):
            self.remark(element, element.text, "no day")
        return found

    def moment(self, element: Element) -> Moment | None:
        """A day without its moment: TED states no time zone."""
        found = self.day(element)
        return Moment(found) if found else None


def _paragraphs(element: Element) -> str:
    """Each `P` one line; without them, the string value."""
    if not len(element):
        return squashed(element.text)
    lines = [string_value(child) for child in element if local_name(child) == "P"]
    return "\n".join(filter(None, lines)) if lines else string_value(element)


def pair(main: Element, other: Element, peers: Peers) -> None:
    """Note for each element of a form the one that stands in its place in another original of the same notice."""
    language = other.get("LG")
    waiting = [(main, other)]
    while waiting:
        here, there = waiting.pop()
        by_tag: dict[str, list[Element]] = {}
        for child in reversed(there):
            by_tag.setdefault(str(child.tag), []).append(child)
        for child in here:
            same = by_tag.get(str(child.tag))
            if same:
                match = same.pop()
                peers.setdefault(child, []).append((match, language))
                waiting.append((child, match))


def texts_into(field: str) -> Action:
    """An action that puts an element's text into a field."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        extend(draft, field, form.text(element))

    return action


def constant_into(field: str, value: object) -> Action:
    """An action that puts a value into a field because the element stands there."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        draft[field] = value
        form.collect(element)

    return action


def reference_into(field: str) -> Action:
    """An action that puts a reference, free text in one line, into a field."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        draft[field] = plain(element)

    return action


class Once(dict[Any, None]):
    """Values in the order met, each once."""


def add(draft: Draft, field: str, value: object) -> None:
    """Add a value to a field of several, once."""
    draft.setdefault(field, Once())[value] = None


def extend(draft: Draft, field: str, values: Iterable[object]) -> None:
    """Add values to a field of several."""
    draft.setdefault(field, []).extend(values)


def frozen(draft: Draft) -> Draft:
    """A draft whose fields of several are tuples; while they grow they are lists, for a form may repeat an element often."""
    return {field: tuple(value) if isinstance(value, (list, Once)) else value for field, value in draft.items()}


def plain(element: Element) -> str | None:
    """A code or reference that an element holds as text, in one line."""
    return string_value(element) or None
