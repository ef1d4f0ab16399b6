"""Two controls for one text, French and Dutch, in a draft whose document stands in both languages."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.specifications.questionnaire import Field


def is_bilingual(answers: Mapping[str, Any]) -> bool:
    """Whether the document stands in both languages."""
    return answers.get("language") == "fr+nl"


def in_both(item: Field) -> tuple[Field, Field]:
    """Return the French and the Dutch control of a text."""
    french = _l("%(label)s, in French", label=item.label)
    dutch = _l("%(label)s, in Dutch", label=item.label)
    left_open = _l("Left open: the French stands in both columns, and the first page lists it.")
    fr, nl = (replace(item, name=f"{item.name}_{code}", path=(*item.place, code), language=code) for code in LANGUAGES)
    return replace(fr, label=french), replace(nl, label=dutch, help=left_open)


def sides(item: Field, value: Any, answers: Mapping[str, Any]) -> Iterator[tuple[Field, Any]]:
    """Yield the controls of a field with what stands in each: two for a text that the document prints in both."""
    if not item.has_languages or not (is_bilingual(answers) or isinstance(value, Mapping)):
        yield item, value
        return
    texts = value if isinstance(value, Mapping) else {"fr": value}
    for part in in_both(item):
        yield part, texts.get(part.language)


def joined(french: str | None, dutch: str | None) -> str | dict[str, str] | None:
    """Return a text as the answers hold it: both languages, or the one there is."""
    if french and dutch:
        return {"fr": french, "nl": dutch}
    return french or dutch or None


def french_missing() -> str:
    """Say that a text stands in Dutch alone."""
    words: str = _(
        "This text stands in Dutch only. Write the French too, or move it here: it then stands in both columns."
    )
    return words
