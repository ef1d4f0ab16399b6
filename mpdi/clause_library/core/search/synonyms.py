"""Buyers' words and what the library and the CPV call the same thing: `data/synonyms.yaml`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.search.errors import SynonymFileError
from mpdi.clause_library.core.search.language import content_words, stem, stems, words
from mpdi.clause_library.core.vocabulary import LANGUAGES

_KEYS = {"says", "means", "cpv"}


@dataclass(frozen=True)
class SynonymGroup:
    """Who says one of `says` (either language) also means `means`, or the CPV codes that start with `cpv`."""

    says: Mapping[str, tuple[str, ...]]
    means: Mapping[str, tuple[str, ...]]
    cpv: tuple[str, ...]


@dataclass(frozen=True)
class FoundSynonym:
    """A group found in a query, over the content words from `start` up to `end`."""

    start: int
    end: int
    group: SynonymGroup


class Synonyms:
    """Finds groups in a query, by stems, the longest phrase first."""

    def __init__(self, groups: Sequence[SynonymGroup]) -> None:
        self.groups = tuple(groups)
        self._by_first: dict[tuple[str, str], list[tuple[tuple[str, ...], SynonymGroup]]] = defaultdict(list)
        for group in self.groups:
            for language in LANGUAGES:
                for phrase in group.says.get(language, ()):
                    key = tuple(stems(phrase, language))
                    self._by_first[language, key[0]].append((key, group))

    def find(self, query: str) -> list[FoundSynonym]:
        """Return the groups named in the query, in either language."""
        return self.find_in(content_words(words(query)))

    def find_in(self, found_words: Sequence[str]) -> list[FoundSynonym]:
        """Return the groups named by these content words."""
        found = [each for language in LANGUAGES for each in self._find(found_words, language)]
        unique: list[FoundSynonym] = []
        for each in sorted(found, key=lambda item: (item.start - item.end, item.start)):
            if each not in unique:
                unique.append(each)
        return unique

    def _find(self, found_words: Sequence[str], language: str) -> list[FoundSynonym]:
        stemmed = [stem(word, language) for word in found_words]
        return [
            FoundSynonym(start, start + len(key), group)
            for start, first in enumerate(stemmed)
            for key, group in self._by_first.get((language, first), ())
            if tuple(stemmed[start : start + len(key)]) == key
        ]


def read_synonyms(data: Any, name: str) -> Synonyms:
    """Build the groups from the data of the file; `SynonymFileError` names the group at fault."""
    if not isinstance(data, dict) or not isinstance(data.get("groups"), list):
        raise SynonymFileError(f"{name}: the file holds one key “groups” with a list.")
    return Synonyms([_group(item, f"{name}: group {number}") for number, item in enumerate(data["groups"], 1)])


def _group(item: Any, where: str) -> SynonymGroup:
    if not isinstance(item, dict) or not item.get("says") or set(item) - _KEYS:
        raise SynonymFileError(f"{where}: write says, and means or cpv; nothing else.")
    if not item.get("means") and not item.get("cpv"):
        raise SynonymFileError(f"{where}: means or cpv is missing.")
    cpv = tuple(item.get("cpv", ()))
    if not all(isinstance(code, str) and code.isdigit() and 2 <= len(code) <= 8 for code in cpv):
        raise SynonymFileError(f"{where}: cpv holds quoted prefixes of two to eight digits.")
    return SynonymGroup(_phrases(item["says"], where), _phrases(item.get("means", {}), where), cpv)


def _phrases(item: Any, where: str) -> dict[str, tuple[str, ...]]:
    if not isinstance(item, dict) or set(item) - set(LANGUAGES):
        raise SynonymFileError(f"{where}: phrases stand under fr and nl.")
    if not all(isinstance(phrases, list) for phrases in item.values()):
        raise SynonymFileError(f"{where}: phrases stand in a list: [one, another].")
    for phrase in (each for phrases in item.values() for each in phrases):
        if not isinstance(phrase, str) or not words(phrase):
            raise SynonymFileError(f"{where}: “{phrase}” is not a phrase: quote it.")
    return {language: tuple(phrases) for language, phrases in item.items()}


@cache
def shipped_synonyms() -> Synonyms:
    """Return the groups that ship with MPDI."""
    with as_file(files("mpdi.clause_library") / "data" / "synonyms.yaml") as path:
        return read_synonyms(strict_yaml.read(path), path.name)
