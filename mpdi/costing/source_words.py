"""Where a value was read, in the language of the reader: the sheets keep sources in one writing, for their digest."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.costing.result_book_words import words_in
from mpdi.lcc.sheets.model import Input, InputKind, Language, Source
from mpdi.lcc.sheets.own_sources import OwnSource


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    read: Mapping[str, Mapping[str, str]] = strict_yaml.read(Path(__file__).parent / "data" / "sources.yaml")
    return read


def source_words(source: Source, language: Language) -> str:
    """The source in a language; as it is kept where it is not told in that one."""
    told = next((each for start, each in _words().items() if source.words.startswith(start)), {})
    return told.get(language, source.words)


def own_source_words(each: Input, source: OwnSource | None, language: Language) -> str:
    """Where a value of the buyer himself comes from: his source and its day, or that it is still to be said.

    A convention that is chosen, such as the moment of a cost in its year, is read nowhere: it is a choice.
    """
    say = words_in(language)
    if source is None:
        return say("own_choice" if each.kind is InputKind.CHOICE else "own_source_missing")
    if source.day is None:
        return say("own_source_undated").format(words=source.words)
    return say("own_source").format(words=source.words, day=f"{source.day:%d/%m/%Y}")
