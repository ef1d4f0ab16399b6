"""What is to complete, each thing once, however often the document asks for it."""

from collections.abc import Iterable
from functools import cache

from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.documents.model import ToComplete
from mpdi.specifications.skeleton import read_document_data

Entry = tuple[ToComplete, ...]
"""One thing to complete, as told in each language of the document."""


def each_once(entries: Iterable[Entry]) -> list[Entry]:
    """Return the entries with those of the same words as one that names every place; parameters stay with their clause."""
    found: dict[tuple[tuple[str, str], ...], list[Entry]] = {}
    for entry in entries:
        key = tuple((item.text, _clause_of(item)) for item in entry)
        found.setdefault(key, []).append(entry)
    return [tuple(_gathered(items) for items in zip(*same, strict=True)) for same in found.values()]


def _clause_of(item: ToComplete) -> str:
    """The clause whose parameter it is; none for a fact of the purchase, which one answer fills everywhere."""
    is_parameter = CLAUSE_ID.fullmatch(item.target) is not None and item.text not in _facts()
    return item.target if is_parameter else ""


@cache
def _facts() -> frozenset[str]:
    phrases = read_document_data("phrases")
    return frozenset(words[each] for key, words in phrases.items() if key.startswith("fact_") for each in LANGUAGES)


def _gathered(items: tuple[ToComplete, ...]) -> ToComplete:
    places = dict.fromkeys(item.where for item in items)
    target = next((item.target for item in items if item.target), "")
    return ToComplete(items[0].text, "; ".join(places), target)
