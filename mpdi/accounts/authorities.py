"""The register of Brussels contracting authorities: read once from `data/authorities.yaml`, found by any spelling.

In a demonstration, and nowhere else, it knows besides the fictitious authorities of `examples/`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from mpdi.config import is_demonstration
from mpdi.resources import folder

_DATA = Path(__file__).with_name("data") / "authorities.yaml"
_FICTITIOUS = "fictitious"


@dataclass(frozen=True)
class ContractingAuthority:
    """A body that buys. `is_supervised`: under the Region's supervision; None where it is not known."""

    id: str
    name: Mapping[str, str]
    level: str
    kind: str
    is_supervised: bool | None
    spellings: tuple[str, ...]
    certainty: str
    source: str
    municipality: str | None = None
    enterprise_number: str | None = None
    is_fictitious: bool = False
    """Whether it exists only in the demonstration."""

    def written_names(self) -> Iterator[str]:
        """Yield every way the name is written."""
        yield from self.name.values()
        yield from self.spellings

    def name_in(self, language: str) -> str:
        """Return the name in Dutch for Dutch, in French for any other language."""
        return self.name["nl" if language == "nl" else "fr"]


def fold(text: str) -> str:
    """Return a name as names are compared: small letters without accents, every run of other signs one space."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


@dataclass(frozen=True)
class AuthorityRegister:
    """All bodies known, in the order of the file."""

    authorities: tuple[ContractingAuthority, ...]

    @cached_property
    def _by_id(self) -> Mapping[str, ContractingAuthority]:
        return {authority.id: authority for authority in self.authorities}

    @cached_property
    def _by_name(self) -> Mapping[str, ContractingAuthority]:
        return {fold(name): authority for authority in self.authorities for name in authority.written_names()}

    @cached_property
    def _searched(self) -> Sequence[tuple[ContractingAuthority, tuple[str, ...]]]:
        return [(each, tuple(dict.fromkeys(map(fold, each.written_names())))) for each in self.authorities]

    def get(self, identifier: str) -> ContractingAuthority | None:
        """Return the body with an identifier."""
        return self._by_id.get(identifier)

    def named(self, text: str) -> ContractingAuthority | None:
        """Return the body that is written so in any spelling."""
        return self._by_name.get(fold(text))

    def search(self, words: str, limit: int = 10) -> list[ContractingAuthority]:
        """Return the bodies of which one spelling holds every word typed as the beginning of a word, best first."""
        typed = fold(words).split()
        if not typed:
            return []
        ranked = [(rank, each) for each, names in self._searched if (rank := _rank(typed, names)) is not None]
        return [each for _rank_, each in sorted(ranked, key=lambda pair: pair[0])[:limit]]

    def listed(self, language: str) -> list[ContractingAuthority]:
        """Return all bodies by name in a language."""
        return sorted(self.authorities, key=lambda each: fold(each.name_in(language)))


def _rank(typed: Sequence[str], names: Sequence[str]) -> tuple[int, int] | None:
    """Rank a body: a spelling typed whole, then one that begins so, then one that holds the words; shorter first."""
    whole = " ".join(typed)
    ranks = []
    for name in names:
        if name == whole:
            ranks.append((0, len(name)))
        elif name.startswith(whole):
            ranks.append((1, len(name)))
        elif all(any(part.startswith(word) for part in name.split()) for word in typed):
            ranks.append((2, len(name)))
    return min(ranks, default=None)


def register() -> AuthorityRegister:
    """Return the register, read once."""
    return _register(is_demonstration())


@lru_cache(maxsize=2)
def _register(has_fictitious: bool) -> AuthorityRegister:
    read = [_authority(entry) for entry in _entries(_DATA)]
    if has_fictitious:
        read += [_invented(entry) for entry in _entries(folder("examples") / "demonstration" / "authorities.yaml")]
    return AuthorityRegister(tuple(read))


def _entries(path: Path) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return entries


def _invented(entry: Mapping[str, Any]) -> ContractingAuthority:
    return ContractingAuthority(
        **entry, is_supervised=None, spellings=(), certainty=_FICTITIOUS, source=_FICTITIOUS, is_fictitious=True
    )


def _authority(entry: Mapping[str, Any]) -> ContractingAuthority:
    number = entry.get("enterprise_number")
    return ContractingAuthority(
        id=entry["id"],
        name=entry["name"],
        level=entry["level"],
        kind=entry["kind"],
        is_supervised=entry["under_regional_supervision"],
        spellings=tuple(entry["spellings"]),
        certainty=entry["certainty"],
        source=entry["source"],
        municipality=entry.get("municipality"),
        enterprise_number=number["value"] if number else None,
    )
