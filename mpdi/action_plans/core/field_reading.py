"""Values of a profile read one by one: each fault is kept with its key and its remedy, and reading goes on."""

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

Word = TypeVar("Word", bound=StrEnum)
LONGEST_TEXT = 2_000
"""Characters of a text in a profile; a bound of ours."""
LARGEST_AMOUNT = Decimal(10) ** 12
"""EUR; a bound of ours, far above any budget, that catches slips."""


class Problems:
    """What was found wrong so far."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, key: str, what: str, remedy: str) -> None:
        """Keep a fault: the key, what is wrong, how to mend it."""
        self.found.append(f"{key}: {what} {remedy}")

    def mapping(self, value: Any, key: str, known: Sequence[str], required: Sequence[str] = ()) -> Mapping[str, Any]:
        """Return a mapping of known keys; an empty one where it is none."""
        if not isinstance(value, Mapping):
            self.add(key, "is not a list of keys with values.", f"Write {{{', '.join(required or known)}: …}}.")
            return {}
        for each in value:
            if each not in known:
                self.add(f"{key}.{each}".lstrip("."), "is not a key of a profile.", f"Keys here: {', '.join(known)}.")
        for each in required:
            if value.get(each) is None:
                self.add(f"{key}.{each}".lstrip("."), "is missing.", "Add it.")
        return value

    def items(self, value: Any, key: str, most: int = 500) -> Sequence[Any]:
        """Return a list; an empty one where there is none."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.add(key, "is not a list.", "Write each item on a line of its own that begins with “- ”.")
            return []
        if len(value) > most:
            self.add(key, f"has {len(value)} items.", f"At most {most} are read: add up what belongs together.")
            return []
        return value

    def text(self, value: Any, key: str) -> str:
        """Return a text of one paragraph, white space collapsed."""
        if not isinstance(value, str) or not value.strip():
            self.add(key, "is not a text.", "Write words, between quotes where they hold a colon.")
            return ""
        words = " ".join(value.split())
        if words.startswith("="):
            self.add(key, "starts with “=”, as a formula of a spreadsheet does.", "Write the words or the result.")
            return ""
        if len(words) > LONGEST_TEXT:
            self.add(key, f"has {len(words)} characters.", f"Shorten it to {LONGEST_TEXT}.")
            return ""
        return words

    def word(self, value: Any, key: str, kind: type[Word]) -> Word | None:
        """Return a value of a closed list."""
        if isinstance(value, str) and value in list(kind):
            return kind(value)
        self.add(key, f"“{str(value)[:40]}” is not in the list.", f"Choose one of: {', '.join(kind)}.")
        return None

    def day(self, value: Any, key: str) -> datetime.date | None:
        """Return a day."""
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        self.add(key, f"“{str(value)[:40]}” is not a date.", "Write year-month-day, such as 2027-06-30.")
        return None

    def number(self, value: Any, key: str) -> Decimal | None:
        """Return a number that is not negative."""
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            shown = str(value)[:40]
            remedy = "Write figures with a point for decimals and no spaces or currency, such as 125000.50."
            if isinstance(value, str) and re.search(r"[$£]|USD|GBP|CHF", value):
                remedy = "Amounts of a plan are in EUR: convert it, and write figures only."
            self.add(key, f"“{shown}” is not a number.", remedy)
            return None
        number = Decimal(value)
        if number < 0:
            self.add(key, f"{number} is negative.", "Write what is bought; leave credit notes out.")
            return None
        return number

    def amount(self, value: Any, key: str) -> Decimal | None:
        """Return an amount in EUR."""
        number = self.number(value, key)
        if number is not None and number > LARGEST_AMOUNT:
            self.add(key, f"{number} EUR is more than any budget.", "Check the figure, in EUR and not in cents.")
            return None
        return number

    def whole(self, value: Any, key: str, highest: int) -> int | None:
        """Return a whole number from 0 to `highest`."""
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= highest:
            self.add(key, f"“{str(value)[:40]}” is not a whole number from 0 to {highest}.", "Correct it.")
            return None
        return value
