"""Where a default was read, in the language of the reader: the sheets keep sources in one writing, for their digest."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.lcc.sheets.model import Language, Source


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(Path(__file__).parent / "data" / "sources.yaml")
    return read


def source_words(source: Source, language: Language) -> str:
    """The source in a language; as it is kept where it is not told in that one."""
    told = next((each for start, each in _words().items() if source.words.startswith(start)), {})
    return told.get(language, source.words)
