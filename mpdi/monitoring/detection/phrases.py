"""The language of the rules' patterns: a phrase of words, read by people, made into a regular expression.

| Written | Means |
|---|---|
| `clause sociale` | these words, one after the other, whatever their case and accents |
| `environnement*`, `*panelen`, `*energie*` | a word that begins, ends, goes on so |
| `clause\\|clauses` | one of these words |
| `~3` | at most three words between |
| `[de la]` | these words, or nothing |
| `#` | a number |

An apostrophe, hyphen or stroke separates words (`d'insertion` is `d insertion`). Between two words of a phrase a
sentence never ends.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from mpdi.monitoring.detection.folding import PREFIX, SearchableText, fold

_SEPARATOR = r"[^\w.;!?]{1,6}"
_TOKEN = re.compile(r"\[[^\[\]]+\]|\S+")
_GAP = re.compile(r"~([1-9]\d?)")
_WORD = re.compile(r"\*?\w+\*?")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says which part and why."""


@dataclass(frozen=True)
class Phrase:
    """A phrase and what a text must hold for it to be worth trying."""

    written: str
    expression: str
    prefixes: frozenset[str] = frozenset()
    """First letters of words, of which the text must hold one; empty: `needles` tell."""
    needles: frozenset[str] = frozenset()
    """Strings of which the text must hold one."""
    first: frozenset[str] = frozenset()
    """First letters of the word that the phrase begins with; empty: it may begin at any word."""

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Compiled at its first use: most texts need few of the phrases."""
        return re.compile(self.expression)

    def spans(self, text: SearchableText) -> Iterator[tuple[int, int]]:
        """Where it stands in a text."""
        if not self.first:
            yield from (match.span() for match in self.compiled.finditer(text.folded))
            return
        for prefix in self.first:
            for start in text.starts.get(prefix, ()):
                match = self.compiled.match(text.folded, start)
                if match:
                    yield match.span()


def read_phrase(written: str) -> Phrase:
    """Read a phrase; raise `PhraseError`."""
    tokens = [token for token in _TOKEN.findall(_plain(written)) if token]
    if not tokens:
        raise PhraseError("it is empty")
    expression = _expression(tokens, written)
    words = [token for token in tokens if not token.startswith(("[", "~", "#"))]
    if not words:
        raise PhraseError(f"“{written}” has no word that must stand in the text")
    first = _prefixes(tokens[0]) if not tokens[0].startswith("#") else frozenset()
    anchor = max(words, key=_selectivity)
    prefixes = _prefixes(anchor)
    needles = frozenset() if prefixes else frozenset(each.strip("*") for each in anchor.split("|"))
    return Phrase(written, expression, prefixes, needles, first)


def _plain(written: str) -> str:
    return re.sub(r"['/-]", " ", fold(written))


def _expression(tokens: list[str], written: str) -> str:
    """Join the tokens; a gap and an optional part bring their own separators."""
    if _GAP.fullmatch(tokens[0]) or _GAP.fullmatch(tokens[-1]) or tokens[0][0] == "[" or tokens[-1][0] == "[":
        raise PhraseError(f"“{written}” begins or ends with what may be absent")
    parts: list[str] = []
    joined = True
    for token in tokens:
        gap = _GAP.fullmatch(token)
        if gap:
            parts.append(rf"(?:{_SEPARATOR}\w+){{0,{gap[1]}}}?")
        elif token.startswith("["):
            inner = _SEPARATOR.join(_word(each, written) for each in token[1:-1].split())
            parts.append(f"(?:{_SEPARATOR}{inner})?")
        else:
            parts.append(("" if joined else _SEPARATOR) + _word(token, written))
        joined = False
    return rf"(?<!\w){''.join(parts)}(?!\w)"


def _word(token: str, written: str) -> str:
    if token == "#":  # noqa: S105
        return r"\d[\d.,]*"
    alternatives = token.split("|")
    for each in alternatives:
        if not _WORD.fullmatch(each):
            raise PhraseError(f"“{written}”: “{each}” is no word")
    made = [re.escape(each.strip("*")) for each in alternatives]
    made = [
        ("\\w*" if each.startswith("*") else "") + expression + ("\\w*" if each.endswith("*") else "")
        for each, expression in zip(alternatives, made, strict=True)
    ]
    return made[0] if len(made) == 1 else f"(?:{'|'.join(made)})"


def _selectivity(token: str) -> int:
    """The shorter the shortest alternative, the more texts hold it; an open beginning cannot be looked up by letters."""
    shortest = min(len(each.strip("*")) for each in token.split("|"))
    return shortest - (0 if _prefixes(token) else 100)


def _prefixes(token: str) -> frozenset[str]:
    """First letters of every word that fits one of the alternatives; empty where they are not certain."""
    prefixes = [_prefix(each) for each in token.split("|")]
    return frozenset(prefix for prefix in prefixes if prefix is not None) if None not in prefixes else frozenset()


def _prefix(word: str) -> str | None:
    """First letters of every word that fits, or `None` where they are not certain."""
    if word.startswith("*"):
        return None
    bare = word.rstrip("*")
    return None if word.endswith("*") and len(bare) < PREFIX else bare[:PREFIX]


Owner = TypeVar("Owner")


class PhraseIndex(Generic[Owner]):
    """Phrases of many owners, looked up by the first letters of a text's words: most cost nothing."""

    def __init__(self, entries: Iterable[tuple[Owner, Phrase]]) -> None:
        self._by_prefix: dict[str, list[int]] = {}
        self._by_needle: list[int] = []
        self._entries = tuple(entries)
        for number, (_, phrase) in enumerate(self._entries):
            for prefix in phrase.prefixes:
                self._by_prefix.setdefault(prefix, []).append(number)
            if not phrase.prefixes:
                self._by_needle.append(number)

    def matches(self, text: SearchableText) -> Iterator[tuple[Owner, tuple[int, int]]]:
        """Where phrases stand in a text, and whose they are; overlapping ones side by side."""
        for number in sorted(self._candidates(text)):
            owner, phrase = self._entries[number]
            for span in phrase.spans(text):
                yield owner, span

    def _candidates(self, text: SearchableText) -> set[int]:
        shared = text.starts.keys() & self._by_prefix.keys()
        found = {number for prefix in shared for number in self._by_prefix[prefix]}
        for number in self._by_needle:
            if any(needle in text.folded for needle in self._entries[number][1].needles):
                found.add(number)
        return found


class PhraseSet:
    """Phrases tried together."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(phrases)
        self._index: PhraseIndex[None] = PhraseIndex((None, phrase) for phrase in self.phrases)

    def spans(self, text: SearchableText) -> list[tuple[int, int]]:
        """Where the phrases stand, in order; overlapping ones side by side."""
        return sorted(span for _, span in self._index.matches(text))


def phrase_set(written: Iterable[str]) -> PhraseSet:
    """Read phrases; raise `PhraseError`."""
    return PhraseSet(map(read_phrase, written))
