"""The guides as data: read from `data/*.yaml`, both languages complete, no key too many."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Certainty
from mpdi.guides.errors import GuideFileError, GuideLanguageError, UnknownGuideError
from mpdi.guides.model import Glossary, Guide, LawPoint, NamedClause, Step, Term

DATA = Path(__file__).resolve().parent / "data"
GLOSSARY = "glossary"
"""Name of the file that is no guide but the glossary; no guide may have it."""


@dataclass(frozen=True)
class Guides:
    """All guides in the order in which they are shown, and the glossary."""

    all: tuple[Guide, ...]
    glossary: Glossary

    def guide(self, slug: str) -> Guide:
        """Return one guide; `UnknownGuideError` when there is none."""
        for guide in self.all:
            if guide.slug == slug:
                return guide
        raise UnknownGuideError(f"There is no guide “{slug[:40]}”. The list shows those that there are.")

    def naming(self, clause: str) -> tuple[Guide, ...]:
        """Return the guides that name a clause."""
        return tuple(guide for guide in self.all if any(clause == each.id for each in guide.clauses))


@cache
def edition_guides() -> Guides:
    """Return the guides of the released edition: read once, they ship with the program."""
    return read_guides(DATA)


def read_guides(place: Path) -> Guides:
    """Read every `*.yaml` of a folder; a `GuideFileError` says the file, the key and what is wrong."""
    files = {path.stem: _Part(path.name, "", strict_yaml.read(path)) for path in sorted(place.glob("*.yaml"))}
    glossary = files.pop(GLOSSARY, None)
    if glossary is None:
        raise GuideFileError(f"{place}: the file {GLOSSARY}.yaml is missing.")
    guides = sorted((_guide(slug, part) for slug, part in files.items()), key=lambda guide: (guide.order, guide.slug))
    return Guides(tuple(guides), _glossary(glossary))


class _Part:
    """A mapping of a file, with its place in it for messages."""

    def __init__(self, file: str, place: str, data: Any) -> None:
        if not isinstance(data, Mapping):
            raise GuideFileError(f"{file}: {place or 'the file'}: keys and values are expected here.")
        self.file, self.place, self.data = file, place, data

    def only(self, *keys: str) -> "_Part":
        """Refuse keys too many or too few."""
        for key in (*keys, *self.data):
            if key not in self.data:
                raise GuideFileError(f"{self._at(key)}: the key is missing. Add it.")
            if key not in keys:
                raise GuideFileError(f"{self._at(key)}: no such key here. Known: {', '.join(keys)}.")
        return self

    def _at(self, key: str) -> str:
        return f"{self.file}: {self.place}.{key}" if self.place else f"{self.file}: {key}"

    def word(self, key: str) -> str:
        """Return a text of one line."""
        value = self.data[key]
        if not isinstance(value, str) or not value:
            raise GuideFileError(f"{self._at(key)}: a word is expected. Put a number in quotes.")
        return value

    def text(self, key: str) -> Bilingual:
        """Return a text in both languages."""
        return _text(_at_least_mapping(self._at(key), self.data[key]), self._at(key))

    def parts(self, key: str) -> list["_Part"]:
        """Return the mappings of a list that is not empty."""
        items = self.data[key]
        if not isinstance(items, list) or not items:
            raise GuideFileError(f"{self._at(key)}: a list of at least one is expected.")
        place = f"{self.place}.{key}" if self.place else key
        return [_Part(self.file, f"{place}.{number}", item) for number, item in enumerate(items)]

    def texts(self, key: str) -> tuple[Bilingual, ...]:
        """Return a list of texts in both languages."""
        return tuple(_text(part.data, f"{part.file}: {part.place}") for part in self.parts(key))

    def whole(self, key: str) -> int:
        """Return a whole number."""
        value = self.data[key]
        if not isinstance(value, int) or isinstance(value, bool):
            raise GuideFileError(f"{self._at(key)}: a whole number is expected.")
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """Return a list of words, which may be empty."""
        items = self.data[key]
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise GuideFileError(f"{self._at(key)}: a list of words is expected.")
        return tuple(items)

    def certainty(self, key: str) -> Certainty:
        """Return how sure something is."""
        if self.data[key] not in tuple(Certainty):
            raise GuideFileError(f"{self._at(key)}: not a certainty. Known: {', '.join(Certainty)}.")
        return Certainty(self.data[key])

    def each(self, key: str, build: Callable[["_Part"], Any]) -> tuple[Any, ...]:
        """Build every item of a list."""
        return tuple(build(part) for part in self.parts(key))


def _at_least_mapping(place: str, data: Any) -> Mapping[str, Any]:
    if not isinstance(data, Mapping):
        raise GuideFileError(f"{place}: a text in French and in Dutch is expected (fr: …, nl: …).")
    return data


def _text(data: Mapping[str, Any], place: str) -> Bilingual:
    for language in LANGUAGES:
        value = data.get(language)
        if not isinstance(value, str) or not value.strip():
            raise GuideLanguageError(f"{place}: the text in “{language}” is missing. Both languages are needed.")
    if set(data) != set(LANGUAGES):
        raise GuideFileError(f"{place}: only fr and nl are expected.")
    return Bilingual(data["fr"].strip(), data["nl"].strip())


def _guide(slug: str, part: _Part) -> Guide:
    part.only(
        "order", "question", "title", "for_whom", "when", "answer", "steps", "pitfalls", "example", "clauses",
        "law", "uncertain", "asked",
    )  # fmt: skip
    return Guide(
        slug=slug,
        order=part.whole("order"),
        question=part.text("question"),
        title=part.text("title"),
        for_whom=part.text("for_whom"),
        when=part.text("when"),
        answer=part.text("answer"),
        steps=part.each("steps", _step),
        pitfalls=part.texts("pitfalls"),
        example=part.text("example"),
        clauses=part.each("clauses", _clause),
        law=part.each("law", _law),
        uncertain=part.texts("uncertain"),
        asked=part.texts("asked"),
    )


def _step(part: _Part) -> Step:
    names = ("title", "text", "who", "when", "document")
    part.only(*names)
    return Step(*(part.text(name) for name in names))


def _clause(part: _Part) -> NamedClause:
    part.only("id", "why")
    return NamedClause(part.word("id"), part.text("why"))


def _law(part: _Part) -> LawPoint:
    part.only("act", "article", "certainty", "says")
    return LawPoint(part.word("act"), part.word("article"), part.certainty("certainty"), part.text("says"))


def _glossary(part: _Part) -> Glossary:
    part.only("question", "title", "answer", "terms", "uncertain")
    terms = part.each("terms", _term)
    keys = [term.key for term in terms]
    for key in keys:
        if keys.count(key) > 1:
            raise GuideFileError(f"{part.file}: terms: “{key}” stands twice. Keep one of them.")
    return Glossary(
        part.text("question"), part.text("title"), part.text("answer"), terms, part.texts("uncertain")
    )  # fmt: skip


def _term(part: _Part) -> Term:
    part.only("key", "word", "meaning", "concept", "clauses")
    concept = None if part.data["concept"] is None else part.word("concept")
    return Term(part.word("key"), part.text("word"), part.text("meaning"), concept, part.words("clauses"))
