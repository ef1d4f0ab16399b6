"""Passwords: argon2 with its defaults, weak ones refused by zxcvbn, each refusal with its reason."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from mpdi.exceptions import MpdiError

SHORTEST, LONGEST = 10, 200
LEAST_SCORE = 3
_LOOKED_AT = 72
"""zxcvbn looks at so many letters; more would only cost time."""
_OURS = (
    "mpdi",
    "brussels",
    "bruxelles",
    "brussel",
    "region",
    "gewest",
    "commune",
    "gemeente",
    "wachtwoord",
    "motdepasse",
)
_LEAST_OF_ONES_OWN = 6
"""Letters that a password must have beside the names of its owner and of the portal."""
_HASHER = PasswordHasher()


class PasswordProblem(StrEnum):
    """Why a password is refused; the forms say it in words."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    WORD = "word"
    NAME = "name"
    PERSONAL = "personal"
    KEYBOARD = "keyboard"
    REPEAT = "repeat"
    SEQUENCE = "sequence"
    DATE = "date"
    GUESSABLE = "guessable"


class WeakPasswordError(MpdiError):
    """A password that is too short, too long or too easy to guess."""

    def __init__(self, problem: PasswordProblem) -> None:
        super().__init__(f"This password is refused: {problem}. Choose a longer one, of several unusual words.")
        self.problem = problem


def check_strength(password: str, about: Sequence[str] = ()) -> None:
    """Raise `WeakPasswordError` for a password that could be guessed; `about`: what others know of the person."""
    if len(password) < SHORTEST:
        raise WeakPasswordError(PasswordProblem.TOO_SHORT)
    if len(password) > LONGEST:
        raise WeakPasswordError(PasswordProblem.TOO_LONG)
    known = [*_OURS, *_words_of(about)]
    if _left_without(password, known) < _LEAST_OF_ONES_OWN:
        raise WeakPasswordError(PasswordProblem.PERSONAL)
    found = zxcvbn(password[:_LOOKED_AT], user_inputs=known)
    if found["score"] < LEAST_SCORE:
        raise WeakPasswordError(_problem(found["sequence"]))


def _left_without(password: str, known: Sequence[str]) -> int:
    """Return how many letters a password has beside what others know: names set one after another look strong."""
    left = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    return len(re.sub(r"[\W_]+", "", left))


def _words_of(about: Sequence[str]) -> list[str]:
    words = {word for text in about for word in (text.casefold(), *re.split(r"[\W_]+", text.casefold()))}
    return sorted(word for word in words if len(word) > 2)


def _problem(sequence: Sequence[Mapping[str, Any]]) -> PasswordProblem:
    """Name the longest part that makes the password easy to guess."""
    if not sequence:
        return PasswordProblem.GUESSABLE
    match = max(sequence, key=lambda each: len(each["token"]))
    patterns = {
        "spatial": PasswordProblem.KEYBOARD,
        "repeat": PasswordProblem.REPEAT,
        "sequence": PasswordProblem.SEQUENCE,
        "regex": PasswordProblem.DATE,
        "date": PasswordProblem.DATE,
    }
    dictionaries = {
        "passwords": PasswordProblem.COMMON,
        "user_inputs": PasswordProblem.PERSONAL,
        "surnames": PasswordProblem.NAME,
        "male_names": PasswordProblem.NAME,
        "female_names": PasswordProblem.NAME,
    }
    if match["pattern"] == "dictionary":
        return dictionaries.get(match["dictionary_name"], PasswordProblem.WORD)
    return patterns.get(match["pattern"], PasswordProblem.GUESSABLE)


def hash_password(password: str) -> str:
    """Return the argon2 hash of a password, with its parameters and salt."""
    return _HASHER.hash(password)


def accepted_hash(password: str, about: Sequence[str] = ()) -> str:
    """Return the hash of a new password; `WeakPasswordError` where it is not strong enough."""
    check_strength(password, about)
    return hash_password(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether a password is the one of a hash. Without a hash as much work is done, and the answer is no."""
    try:
        matches = _HASHER.verify(password_hash or _no_ones_hash(), password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return matches and password_hash is not None


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def _no_ones_hash() -> str:
    return _HASHER.hash("what is compared where there is no account")
