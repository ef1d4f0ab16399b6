"""What is wrong with an award or a case, said in the language of the reader.

The pure code says it in English, in one sentence with its remedy; the same sentences in French and Dutch are data. What
has no words here stays as it is.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.costing.table_words import TableWords
from mpdi.exceptions import DataFileError, MpdiError
from mpdi.lcc.award import AwardFormula
from mpdi.lcc.sheets.model import Language

_PLACE = re.compile(r"\\\{([a-z]+)\\\}")


class SaidError(DataFileError):
    """A fault of a file, in the language that was asked."""


@cache
def _faults() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    listed = strict_yaml.read(Path(__file__).parent / "data" / "faults.yaml")
    assert isinstance(listed, list)
    return [(re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(each["en"])), re.S), each) for each in listed]


def fault_in(message: str, language: Language) -> str:
    """Return a message of the code in a language."""
    if language == "en":
        return message
    for pattern, words in _faults():
        found = pattern.fullmatch(message)
        if found:
            return words[language].format(**{key: _value(key, value, language) for key, value in found.groupdict().items()})
    return message


def _value(key: str, value: str, language: Language) -> str:
    """The words that a file may hold, each with what it means."""
    if key != "options":
        return value
    say, formulas = TableWords(language), set(AwardFormula)
    return ", ".join(f"{each} ({say(each)})" if each in formulas else each for each in value.split(", "))


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Say what goes wrong within in that language."""
    try:
        yield
    except MpdiError as error:
        raise SaidError(fault_in(str(error), language)) from error
