"""What is wrong with a case, an award or a workbook, said in the language of the reader.

The engine gives each fault a key with its parameters (`mpdi.lcc.faults`); what only files and commands can have wrong
has its sentences here, in `data/faults.yaml`. What is no fault of ours stays as it is.
"""

import gettext
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.strict_yaml import YamlFileError
from mpdi.costing.numbers import unit_words
from mpdi.costing.table_words import TableWords
from mpdi.exceptions import DataFileError, MpdiError
from mpdi.lcc.award import AwardFormula
from mpdi.lcc.errors import FaultError
from mpdi.lcc.faults import Fault, Unit
from mpdi.lcc.sheets.model import Language

_TRANSLATIONS = Path(__file__).resolve().parents[1] / "translations"


class SaidError(DataFileError):
    """A fault of a file, in the language that was asked."""


@cache
def words_of_files() -> Mapping[str, Mapping[str, str]]:
    """The sentences of what files and commands can have wrong, by key."""
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(Path(__file__).parent / "data" / "faults.yaml")
    return read


def file_fault(key: str, /, **values: object) -> Fault:
    """The fault of a file or a command with that key."""
    return Fault(key, words_of_files()[key], values)


@dataclass(frozen=True, slots=True)
class Options:
    """Words that a file may hold, of which one is to be chosen; a reader is told what each means."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.words)


class UsageError(FaultError):
    """Something of a command cannot be done as it was asked; `key` names the sentence."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(file_fault(key, **values))


def fault_in(error: MpdiError, language: Language) -> str:
    """Return what an error says, in a language."""
    if isinstance(error, YamlFileError):
        return f"{error.name}{': ' if language != 'fr' else ' : '}{error.problem.told(_translated(language))}"
    return said_in(error.fault, language) if isinstance(error, FaultError) else str(error)


def _translated(language: Language) -> Callable[[str], str]:
    """The sentences of the catalogues, outside of a request."""
    return gettext.translation("messages", _TRANSLATIONS, [language], fallback=True).gettext


def said_in(fault: Fault, language: Language) -> str:
    """Return what a fault says, with the units and the choices as the language has them."""
    return fault.said(language, _shown)


def _shown(value: object, language: Language) -> str:
    """A unit in words, and the formulas of an award each with what it means; all else as it is."""
    if language == "en":
        return str(value)
    if isinstance(value, Unit):
        return unit_words(value.code, language)
    if isinstance(value, Options):
        say, formulas = TableWords(language), set(AwardFormula)
        return ", ".join(f"{each} ({say(each)})" if each in formulas else each for each in value.words)
    return str(value)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Say what goes wrong within in that language."""
    try:
        yield
    except MpdiError as error:
        raise SaidError(fault_in(error, language)) from error


def spoken_to(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command say what goes wrong in the language that it was asked for (its parameter `language`)."""

    @wraps(command)
    def saying(**given: Any) -> None:
        with spoken(given["language"]):
            command(**given)

    return saying
