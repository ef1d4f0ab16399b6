"""The words of the workbook and the report of a counted case, in three languages, from `data/result_book.yaml`."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.lcc.sheets.model import Language

Say = Callable[[str], str]
"""From the key of a word to the word."""


@cache
def _words() -> dict[str, dict[str, str]]:
    read = strict_yaml.read(Path(__file__).parent / "data" / "result_book.yaml")
    return {str(key): dict(each) for key, each in read.items()}


def words_in(language: Language) -> Say:
    """The words in that language; a key without words is an error of ours."""
    return lambda key: _words()[key][language]
