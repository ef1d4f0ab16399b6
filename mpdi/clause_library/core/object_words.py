"""What the buyer's own words name or rule out, where no answer asks it: `clauses/rules/object_words.yaml`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.purchase import Purchase
from mpdi.resources import folder

_STOPS = re.compile(r"[,;:.()]")


@dataclass(frozen=True)
class Topics:
    """The topics named (`said`) and ruled out (`said_without`), None where the buyer wrote no object; the CPV codes named."""

    said: tuple[str, ...] | None
    said_without: tuple[str, ...] | None
    codes: tuple[str, ...]


@cache
def _data() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "rules" / "object_words.yaml")
    return data


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    parts = (re.escape(_plain(word)).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")


def _plain(text: str) -> str:
    """Lower case, straight apostrophes, no accents, œ as oe."""
    low = text.lower().replace("\u2019", "'").replace("œ", "oe")
    return "".join(sign for sign in unicodedata.normalize("NFD", low) if not unicodedata.combining(sign))


def topics_of(purchase: Purchase) -> Topics:
    """Return what the object, the lots and the proofs of a purchase name and rule out."""
    texts = _texts(purchase)
    if not texts["object"]:
        return Topics(None, None, ())
    named = {key for where in texts for key in _found(texts[where], where, is_negative=False)}
    excluded = _found(texts["object"], "object", is_negative=True) - named
    codes = tuple(str(topic["cpv"]) for key, topic in _data()["topics"].items() if key in named and "cpv" in topic)
    return Topics(tuple(sorted(named)), tuple(sorted(excluded)), codes)


def is_welfare_centre(purchase: Purchase) -> bool | None:
    """Whether the authority is by its name a public centre for social welfare; None where the name does not say it."""
    name = _plain(purchase.authority.name or "")
    return True if _pattern(tuple(_data()["welfare_centre"])).search(name) else None


def _texts(purchase: Purchase) -> dict[str, Sequence[str]]:
    """The buyer's texts by place, in every language given; empty where he wrote no object."""
    both = purchase.texts.get("object")
    objects = [text for text in (purchase.object, both and both.fr, both and both.nl) if text]
    written = [*objects, *(lot.title for lot in purchase.lots_detail)] if objects else []
    return {"object": written, "proof": [*written, *(item.proof for item in purchase.award if item.proof)]}


def _found(texts: Sequence[str], where: str, *, is_negative: bool) -> set[str]:
    parts = [part for text in texts for part, ruled_out in _parts(text) if ruled_out is is_negative]
    return {
        key
        for key, topic in _data()["topics"].items()
        if topic.get("where", "object") == where and any(_pattern(tuple(topic["words"])).search(part) for part in parts)
    }


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """Cut a text at stops, negators and what resumes after them: each part, and whether it is ruled out."""
    data = _data()
    negators, resumers = _pattern(tuple(data["negators"])), _pattern(tuple(data["resumers"]))
    for piece in _STOPS.split(_plain(text)):
        if _pattern(tuple(data["ruled_out"])).search(piece):
            yield piece, True
            continue
        start = negators.search(piece)
        if start is None:
            yield piece, False
            continue
        yield piece[: start.start()], False
        after = piece[start.end() :]
        again = resumers.search(after)
        yield after[: again.start()] if again else after, True
        if again:
            yield after[again.end() :], False
