"""The words that every file of a verification plan shares (`templates/documents/verification.yaml`)."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from mpdi.clause_library.core.vocabulary import Language
from mpdi.public_holidays import closed_day
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.verification import PlannedCheck
from mpdi.specifications.verification_dates import EVERY_MONTHS
from mpdi.specifications.words import label, phrase

MOMENTS = ("award", "start", "each_delivery", "each_invoice", *EVERY_MONTHS, "acceptance", "end")
"""The moments of execution, in the order in which a plan shows them."""


def word(key: str, language: Language, **places: object) -> str:
    """Return a fixed text of the plan, its places filled."""
    text: str = read_document_data("verification")["words"][key][language]
    return text.format(**places) if places else text


def head(key: str, language: Language) -> str:
    """Return the head of a column."""
    text: str = read_document_data("verification")["heads"][key][language]
    return text


def states() -> Sequence[Mapping[str, str]]:
    """Return the states that a check can be in, the first being that of a new plan, in both languages."""
    found: Sequence[Mapping[str, str]] = read_document_data("verification")["states"]
    return found


def giver_words(check: PlannedCheck, language: Language) -> str:
    """Return from whom something is received, and whether only on request."""
    text: str = read_document_data("verification")["givers"][check.giver][language]
    return f"{text}, {phrase('on_request', language)}" if check.is_on_request else text


def checker(check: PlannedCheck, language: Language) -> str:
    """Return who checks."""
    return label("who", check.who, language)


def capital(words: str) -> str:
    """Return words with a capital at the beginning; the Dutch “één” is “Eén” there."""
    return "Eén" + words[3:] if words.startswith("één") else words[:1].upper() + words[1:]


def written(day: datetime.date) -> str:
    """Write a day as both languages do: 31/01/2027."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def written_with_rest(day: datetime.date, language: Language) -> str:
    """Write a day, and why an office is closed on it, where it is: “31/01/2027 (dimanche)”."""
    closed = closed_day(day, language)
    return f"{written(day)} ({closed})" if closed else written(day)


def closed_days(days: Iterable[datetime.date], language: Language) -> str:
    """Return those of some days on which an office is closed, in words; empty where there is none."""
    return "; ".join(written_with_rest(day, language) for day in days if closed_day(day, language))


def due_words(check: PlannedCheck, language: Language) -> str:
    """Return when a check is due: its dates, or its moment where none follows from the purchase."""
    if check.is_conditional:
        return word("only_if_due", language)
    dates, moment = check.schedule.dates, label("moment", check.moment, language)
    if not dates:
        is_event = check.moment in ("each_delivery", "each_invoice")
        return moment if is_event else word("to_set", language)
    if check.moment == "yearly_unannounced":
        moment = label("moment", "yearly", language)
        first = word("at_latest", language, date=written_with_rest(dates[0], language))
    else:
        first = written_with_rest(dates[0], language)
    if len(dates) == 1:
        return first
    return word("first_then", language, first=first, moment=moment, last=written_with_rest(dates[-1], language))


def figures_words(check: PlannedCheck, language: Language) -> str:
    """Return what the clause asks for, in numbers; a dash where it has none."""
    return "; ".join(figure.words(language) for figure in check.figures) or "–"
