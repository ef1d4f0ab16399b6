"""Publication dates for which the library knows every number of law."""

import datetime

from flask_babel import gettext as _

from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError, LawNumbers
from mpdi.specifications.forms import QuestionForm
from mpdi.specifications.typed_values import write_date


def unknown_number(numbers: LawNumbers, day: datetime.date) -> LawNumberNotInForceError | None:
    """Return the first number of law that is not known on a day, None where all are."""
    for number in numbers:
        try:
            number.on(day)
        except LawNumberNotInForceError as error:
            return error
    return None


def check_date(form: QuestionForm, numbers: LawNumbers) -> None:
    """Refuse a publication date on which a number of law is not known."""
    value = form.value("publication_date")
    if value is None:
        return
    day = datetime.date.fromisoformat(value)
    if unknown_number(numbers, day) is not None:
        first, last = known_span(numbers)
        form.refuse(
            "publication_date",
            _(
                "The numbers of law are known from %(first)s to %(last)s. Choose a date in that span.",
                first=write_date(first),
                last=write_date(last),
            ),
        )


def known_span(numbers: LawNumbers) -> tuple[datetime.date, datetime.date]:
    """Return the first and last day on which every number of law is known."""
    first = max(min(value.valid_from for value in number.values) for number in numbers)
    last = min(max(value.valid_to or datetime.date.max for value in number.values) for number in numbers)
    return first, last
