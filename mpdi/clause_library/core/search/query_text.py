"""What a user typed, as identifiers, phrases and words. Nothing typed can be wrong: all the rest is words."""

import re
from dataclasses import dataclass

from mpdi.clause_library.core.search.language import clean, content_words, words

MAX_QUERY = 2_000
"""Letters of a query that are read; a pasted page is cut."""
MAX_WORDS = 40
_THEMES = "ENV|SOC|ETH|DMP|SME|INN"
_IDENTIFIER = re.compile(rf"\b({_THEMES})[\s_-]*([a-z]{{2,6}})(?:[\s_-]*(\d{{1,3}}))?(?!\w)", re.IGNORECASE)
_QUOTED = re.compile(r'"([^"]+)"|“([^”]+)”|«([^»]+)»')


@dataclass(frozen=True)
class QueryText:
    """A query taken apart: identifiers (whole, or their beginning), quoted phrases, content words."""

    identifiers: tuple[str, ...]
    phrases: tuple[tuple[str, ...], ...]
    words: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked."""
        return not (self.identifiers or self.words)


def read_query(text: str) -> QueryText:
    """Take a query apart; never raises."""
    cleaned = clean(text[:MAX_QUERY])
    phrases = (tuple(words("".join(match.groups(default="")))) for match in _QUOTED.finditer(cleaned))
    unique = list(dict.fromkeys(content_words(words(cleaned))))
    return QueryText(
        tuple(dict.fromkeys(map(_identifier, _IDENTIFIER.finditer(cleaned)))),
        tuple(phrase for phrase in phrases if phrase),
        tuple(unique[:MAX_WORDS]),
    )


def _identifier(match: re.Match[str]) -> str:
    theme, category, number = match.groups()
    return f"{theme}-{category}".upper() + (f"-{int(number):03}" if number else "-")
