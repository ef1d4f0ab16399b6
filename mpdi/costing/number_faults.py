"""What a page says of a number that it does not take, with the remedy."""

from mpdi.costing.typed_numbers import AmbiguousNumberError, marks
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import NotANumberError

_SHOWN = 60


def said_of(text: str, error: NotANumberError, language: str) -> str:
    """Say why a text is not taken as a number, and how to write it with the marks of a language."""
    shown = text[:_SHOWN]
    if isinstance(error, AmbiguousNumberError):
        return _(
            "“%(text)s” can be read in two ways: write %(whole)s or %(decimal)s. Thousands are parted by a space, or not at all.",
            text=shown,
            whole=error.whole,
            decimal=error.decimal,
        )
    return _(
        "“%(text)s” is not a number: write it without its unit, such as %(example)s.",
        text=shown,
        example=f"1234{marks(language)[0]}5",
    )
