"""Texts that a buyer gives in both languages, as `{fr: …, nl: …}` in the place of a plain text.

A `Purchase` holds plain texts, in one language. What was given in both stands in its `texts` by place, such as
`lots_detail.0.title`, so that it can be turned into the other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language

_LOT, _CRITERION = ("title",), ("criterion", "scale", "proof")


class OneLanguageMissingError(ValueError):
    """A text given in both languages says nothing in one of them."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


def in_language(purchase: Purchase, language: Language) -> Purchase:
    """Return the purchase as one document in a language says it: the texts given in both are in that one."""

    def text(place: str, value: Any) -> Any:
        found = purchase.texts.get(place)
        return found[language] if found else value

    award = (
        replace(item, **{key: text(f"award.{index}.{key}", getattr(item, key)) for key in _CRITERION})
        for index, item in enumerate(purchase.award)
    )
    lots = (
        replace(lot, title=text(f"lots_detail.{index}.title", lot.title))
        for index, lot in enumerate(purchase.lots_detail)
    )
    return replace(
        purchase,
        language=language,
        authority=replace(purchase.authority, name=text("authority.name", purchase.authority.name)),
        object=text("object", purchase.object),
        no_lots_reason=text("no_lots_reason", purchase.no_lots_reason),
        award=tuple(award),
        lots_detail=tuple(lots),
        parameters={
            identifier: {key: text(f"parameters.{identifier}.{key}", value) for key, value in values.items()}
            for identifier, values in purchase.parameters.items()
        },
    )


def stated_texts(purchase: Purchase) -> Iterator[tuple[str, str]]:
    """Yield every text of the buyer that a document may print, with its place; parameters of any type that are texts."""
    texts: list[tuple[str, object]] = [
        ("authority.name", purchase.authority.name),
        ("object", purchase.object),
        ("no_lots_reason", purchase.no_lots_reason),
        *((f"lots_detail.{index}.title", lot.title) for index, lot in enumerate(purchase.lots_detail)),
        *(
            (f"award.{index}.{key}", getattr(item, key))
            for index, item in enumerate(purchase.award)
            for key in _CRITERION
        ),
        *(
            (f"parameters.{identifier}.{key}", value)
            for identifier, values in purchase.parameters.items()
            for key, value in values.items()
        ),
    ]
    yield from ((place, text) for place, text in texts if isinstance(text, str) and text)


def bilingual_places(data: Mapping[str, Any]) -> list[str]:
    """Return the places of the raw answers that hold both languages; what lacks one is left to who reads the text."""
    return [place for place, value in _raw_texts(data) if _is_bilingual(value)]


def _is_bilingual(value: object) -> bool:
    return isinstance(value, Mapping) and set(value) == set(LANGUAGES) and all(map(_is_text, value.values()))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def one_side(data: Mapping[str, Any], places: list[str], language: Language) -> dict[str, Any]:
    """Return raw answers with one language in the place of both."""
    made = dict(data)
    for place in places:
        *path, last = place.split(".")
        target: Any = made
        for step in path:
            key: Any = int(step) if isinstance(target, list) else step
            target[key] = list(target[key]) if isinstance(target[key], list) else dict(target[key])
            target = target[key]
        target[last] = target[last][language]
    return made


def paired_texts(fr: Purchase, nl: Purchase, places: list[str]) -> dict[str, Bilingual]:
    """Return the texts of two readings of the same answers, by place."""
    left, right = dict(stated_texts(fr)), dict(stated_texts(nl))
    for place in places:
        if place not in left or place not in right:
            raise OneLanguageMissingError(place)
    return {place: Bilingual(left[place], right[place]) for place in places}


def _raw_texts(data: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield what stands where a text in two languages may, in raw answers of any shape."""
    for key in ("object", "no_lots_reason"):
        yield key, data.get(key)
    authority = data.get("authority")
    if isinstance(authority, Mapping):
        yield "authority.name", authority.get("name")
    for name, keys in (("lots_detail", _LOT), ("award", _CRITERION)):
        items = data.get(name)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, Mapping):
                yield from ((f"{name}.{index}.{key}", item.get(key)) for key in keys)
    parameters = data.get("parameters")
    for identifier, values in parameters.items() if isinstance(parameters, Mapping) else ():
        if isinstance(values, Mapping) and _is_step(identifier):
            yield from ((f"parameters.{identifier}.{key}", value) for key, value in values.items() if _is_step(key))


def _is_step(key: object) -> bool:
    """Whether a key can stand in a place; others are refused by who reads them."""
    return isinstance(key, str) and "." not in key
