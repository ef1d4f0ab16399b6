"""How much a way to write a buyer resembles the authorities of the register: a proposal, never a decision."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from functools import cached_property, lru_cache

from mpdi.accounts.authorities import AuthorityRegister, fold, register
from mpdi.config import is_demonstration

LEAST = 0.8
"""From which a likeness is proposed; an assumption of ours: below it most proposals are wrong."""
_HELD = 0.9
"""Likeness of a name that holds a spelling of several words whole; an assumption of ours."""
_COMMON = 15
"""A word in more spellings than this (`commune`, `gemeente`) tells nobody apart."""
_CLOSE = 0.84
"""Two words that are this alike may be one with a slip; an assumption of ours."""
_SHORTEST = 4


@dataclass(frozen=True)
class Proposal:
    """An authority, and how alike the name is to one of its spellings, from 0 to 1."""

    authority_id: str
    likeness: float


class Likeness:
    """Looks names up among all spellings of a register."""

    def __init__(self, authorities: AuthorityRegister) -> None:
        self._register = authorities

    def exact(self, name: str, number: str | None) -> str | None:
        """The authority written so, whatever case, accents and signs; else that of the enterprise number."""
        found = self._register.named(name)
        return found.id if found else self._numbers.get(_enterprise_number(number) or "")

    def proposed(self, name: str) -> Proposal | None:
        """The authority that a name resembles most, `None` where it resembles none enough."""
        words = fold(name).split()
        candidates = {spelling for word in words for spelling in self._with(word)}
        found = ((_likeness(words, spelling.split()), spelling) for spelling in candidates)
        best = max(found, default=(0.0, ""))
        if best[0] < LEAST:
            return None
        return Proposal(self._spellings[best[1]], round(best[0], 3))

    @cached_property
    def _numbers(self) -> dict[str, str]:
        numbers = ((_enterprise_number(each.enterprise_number), each.id) for each in self._register.authorities)
        return {number: identifier for number, identifier in numbers if number}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {fold(name): each.id for each in self._register.authorities for name in each.written_names()}

    @cached_property
    def _index(self) -> dict[str, list[str]]:
        counts = Counter(word for spelling in self._spellings for word in set(spelling.split()))
        index: dict[str, list[str]] = {}
        for spelling in self._spellings:
            for word in _telling(spelling.split()):
                if counts[word] <= _COMMON:
                    index.setdefault(word, []).append(spelling)
        return index

    def _with(self, word: str) -> Iterator[str]:
        """Spellings that hold a word, or one that it may be a slip of."""
        if len(word) >= _SHORTEST:
            for close in _close_words(word, tuple(self._index)):
                yield from self._index[close]


def _telling(words: Iterable[str]) -> set[str]:
    return {word for word in words if len(word) >= _SHORTEST}


@lru_cache(maxsize=20_000)
def _close_words(word: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if word in known:
        return (word,)
    near = [each for each in known if abs(len(each) - len(word)) <= 2]
    return tuple(get_close_matches(word, near, 3, _CLOSE))


def _likeness(words: list[str], spelling: list[str]) -> float:
    alike = SequenceMatcher(None, " ".join(sorted(words)), " ".join(sorted(spelling)), autojunk=False).ratio()
    holds = len(spelling) > 1 and set(spelling) <= set(words)
    return max(alike, _HELD) if holds else alike


def _enterprise_number(stated: str | None) -> str | None:
    """The ten digits of a Belgian enterprise number: `BE 0207.540.408`, with an establishment behind it or without."""
    text = (stated or "").strip().upper().removeprefix("BE")
    digits = "".join(letter for letter in text.split("_")[0] if letter.isascii() and letter.isdigit())
    digits = digits.zfill(10) if len(digits) == 9 else digits
    return digits if len(digits) == 10 and digits[0] in "01" else None


def likeness_to_register() -> Likeness:
    """Of the register that ships with MPDI; in a demonstration, of that with its fictitious authorities."""
    return _likeness_to(is_demonstration())


@lru_cache(maxsize=2)
def _likeness_to(_is_demonstration: bool) -> Likeness:
    return Likeness(register())
