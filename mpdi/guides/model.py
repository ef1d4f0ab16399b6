"""A guide, and the glossary for firms: texts in French and Dutch, the clauses and the law they lead to."""

from collections.abc import Iterator
from dataclasses import dataclass

from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty


@dataclass(frozen=True)
class Step:
    """One step: what is done, by whom, when, and the document that comes out of it."""

    title: Bilingual
    text: Bilingual
    who: Bilingual
    when: Bilingual
    document: Bilingual


@dataclass(frozen=True)
class NamedClause:
    """A clause to use, and why."""

    id: str
    why: Bilingual


@dataclass(frozen=True)
class LawPoint:
    """What an article says for the subject of the guide, and how much of it was read."""

    act: str
    article: str
    certainty: Certainty
    says: Bilingual


@dataclass(frozen=True)
class Guide:
    """One guide. A text may hold `{{ key }}`: the number of law of that key, as it is on the day of reading."""

    slug: str
    order: int
    question: Bilingual
    title: Bilingual
    for_whom: Bilingual
    when: Bilingual
    answer: Bilingual
    steps: tuple[Step, ...]
    pitfalls: tuple[Bilingual, ...]
    example: Bilingual
    clauses: tuple[NamedClause, ...]
    law: tuple[LawPoint, ...]
    uncertain: tuple[Bilingual, ...]
    asked: tuple[Bilingual, ...]

    def texts(self) -> Iterator[tuple[str, Bilingual]]:
        """Yield every text with its place, as the file names it."""
        for name in ("question", "title", "for_whom", "when", "answer", "example"):
            yield name, getattr(self, name)
        for place, step in enumerate(self.steps):
            for name in ("title", "text", "who", "when", "document"):
                yield f"steps.{place}.{name}", getattr(step, name)
        for name in ("pitfalls", "uncertain", "asked"):
            yield from ((f"{name}.{place}", text) for place, text in enumerate(getattr(self, name)))
        yield from ((f"clauses.{place}.why", clause.why) for place, clause in enumerate(self.clauses))
        yield from ((f"law.{place}.says", point.says) for place, point in enumerate(self.law))


@dataclass(frozen=True)
class Term:
    """A word of public purchases, said plainly to a firm; `concept` is its place in the list of legal terms, if any."""

    key: str
    word: Bilingual
    meaning: Bilingual
    concept: str | None
    clauses: tuple[str, ...]


@dataclass(frozen=True)
class Glossary:
    """The words that firms meet, for whom they are told, and what is not certain of them."""

    question: Bilingual
    title: Bilingual
    answer: Bilingual
    terms: tuple[Term, ...]
    uncertain: tuple[Bilingual, ...]

    def sorted_for(self, language: str) -> list[Term]:
        """Return the terms in the alphabetical order of a language."""
        return sorted(self.terms, key=lambda term: _without_accents(term.word[language]))

    def texts(self) -> Iterator[tuple[str, Bilingual]]:
        """Yield every text with its place, as the file names it."""
        yield from (("question", self.question), ("title", self.title), ("answer", self.answer))
        for term in self.terms:
            yield from ((f"terms.{term.key}.word", term.word), (f"terms.{term.key}.meaning", term.meaning))
        yield from ((f"uncertain.{place}", text) for place, text in enumerate(self.uncertain))


def _without_accents(word: str) -> str:
    return word.casefold().translate(str.maketrans("àâçéèêëîïôöùûü", "aaceeeeiioouuu"))
