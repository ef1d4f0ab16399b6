"""What the page of a clause shows: every paragraph, its case in words, in both languages, with parameters filled in."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from mpdi.clause_library.core.conditions import Evaluator
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual, ClauseVersion, LegalBasis, Paragraph, Parameter
from mpdi.clause_library.core.reasons import fact_label, value_label
from mpdi.clause_library.core.rendering import ClauseRenderer, Piece, format_value
from mpdi.clause_library.core.vocabulary import Language
from mpdi.i18n import translate as _


@dataclass(frozen=True)
class ShownParagraph:
    """One paragraph in both languages, and the condition on which it stands, if any."""

    part: str
    condition: Mapping[str, Any] | None
    is_printed: bool
    fr: tuple[Piece, ...]
    nl: tuple[Piece, ...]

    def text(self, language: Language) -> str:
        """The paragraph as one string."""
        return "".join(piece.text for piece in (self.nl if language == "nl" else self.fr))


@dataclass(frozen=True)
class RelatedClause:
    """A clause that another one names: how it is related, its title where the library has it, and why."""

    id: str
    relation: str
    title: Bilingual | None
    reason: Bilingual | None


class ClausePage:
    """One version of a clause as its page and its plain text show it, with the numbers of law of one day."""

    def __init__(self, library: ClauseLibrary, version: ClauseVersion, day: datetime.date) -> None:
        self.version = version
        self.versions = library.versions(version.id)
        self.reference = library.reference
        self._library = library
        self._numbers = library.reference.numbers
        self._day = day
        self._renderer = ClauseRenderer(Evaluator({}, self._numbers, day), self._numbers, day)

    @property
    def latest(self) -> ClauseVersion:
        """The version that the address without a version leads to."""
        return self._library.latest(self.version.id, self._day)

    def paragraphs(self) -> list[ShownParagraph]:
        """Return every paragraph, whatever its case: a page knows no purchase."""
        plain = tuple(replace(item, when=None, only_when=None) for item in self.version.text)
        whole = replace(self.version, text=plain)
        fr, nl = (self._renderer.paragraphs(whole, {}, language) for language in ("fr", "nl"))
        return [
            ShownParagraph(source.part, _condition(source), source.is_printed, left.pieces, right.pieces)
            for source, left, right in zip(self.version.text, fr, nl, strict=True)
        ]

    def guidance(self, language: Language) -> tuple[Piece, ...]:
        """Return the guidance, parameters in the sentence."""
        alone = replace(self.version, text=(Paragraph("internal", self.version.guidance, None, None),))
        return self._renderer.paragraphs(alone, {}, language)[0].pieces

    def default(self, parameter: Parameter, language: Language) -> str | None:
        """Write the value a parameter has before the buyer chooses; None where the buyer must."""
        value = self._renderer.value(parameter, {})
        return None if value is None else format_value(parameter, value, language)

    def law_source(self, parameter: Parameter, language: Language) -> str | None:
        """Return the source of a number that the law fixes."""
        if parameter.law_number is None:
            return parameter.source
        return self._numbers.number(parameter.law_number).on(self._day).source[language]

    def words_of(self, condition: Mapping[str, Any], language: str) -> str:
        """Say a condition in the words of the page's language."""
        return condition_words(condition, self._numbers, self._day, language)

    def requirements(self, language: str) -> list[str]:
        """Say when the clause may be used, besides nature and category, one condition a line."""
        condition = self.version.applicability
        items = condition.get("all", [condition]) if condition else []
        return [self.words_of(item, language) for item in items if not {"nature", "category"} & set(item)]

    def law(self) -> list[tuple[Bilingual, list[LegalBasis]]]:
        """Return the articles that the clause rests on, by act, acts in the order of the clause."""
        by_act: dict[str, list[LegalBasis]] = {}
        for basis in self.version.legal_basis:
            by_act.setdefault(basis.act, []).append(basis)
        known = self.reference.instruments
        return [(known[act].title if act in known else Bilingual(act, act), bases) for act, bases in by_act.items()]

    def related(self) -> list[RelatedClause]:
        """Return the clauses that this one names, those it needs first."""
        version = self.version
        related = [self._related("requires", relation.id, relation.reason) for relation in version.requires]
        if version.award_companion:
            related.append(self._related("award_companion", version.award_companion, None))
        related += [self._related("suggests", relation.id, relation.reason) for relation in version.suggests]
        related += [self._related("conflicts", relation.id, relation.reason) for relation in version.conflicts]
        return related

    def _related(self, relation: str, identifier: str, reason: Bilingual | None) -> RelatedClause:
        is_known = identifier in self._library.identifiers
        title = self._library.latest(identifier, self._day).title if is_known else None
        return RelatedClause(identifier, relation, title, reason)

    def document_title(self, name: str) -> Bilingual | None:
        """Return what a document of the verification is called, where the firm must produce it."""
        return next((item.title for item in self.version.evidence if item.name == name), None)


def _condition(paragraph: Paragraph) -> Mapping[str, Any] | None:
    both = [item for item in (paragraph.when, paragraph.only_when) if item]
    return {"all": both} if len(both) == 2 else both[0] if both else None


def condition_words(condition: Mapping[str, Any], numbers: LawNumbers, day: datetime.date, language: str) -> str:
    """Say a condition in words; `and`, `or` and `not` come in the language of the request."""
    key, value = next(iter(condition.items()))
    if key in ("all", "any"):
        joint = _("and") if key == "all" else _("or")
        return f" {joint} ".join(condition_words(item, numbers, day, language) for item in value)
    if key == "not":
        return _("not (%(condition)s)", condition=condition_words(value, numbers, day, language))
    asked = ", ".join(_asked(key, value, numbers, day, language))
    return _("%(fact)s: %(asked)s", fact=fact_label(key, language), asked=asked)


def _asked(fact: str, asked: Any, numbers: LawNumbers, day: datetime.date, language: str) -> Iterator[str]:
    if not isinstance(asked, Mapping):
        wanted = asked if isinstance(asked, list) else [asked]
        joint = _("or")
        yield f" {joint} ".join(value_label(fact, item, language) for item in wanted)
        return
    for operator, bound in asked.items():
        number = numbers.value(bound["number"], day) if isinstance(bound, Mapping) else bound
        text = value_label(fact, number if isinstance(number, bool) else Decimal(number), language)
        yield _comparison(operator, text)


def _comparison(operator: str, bound: str) -> str:
    match operator:
        case "at_least":
            return _("at least %(bound)s", bound=bound)
        case "at_most":
            return _("at most %(bound)s", bound=bound)
        case "above":
            return _("above %(bound)s", bound=bound)
        case "below":
            return _("below %(bound)s", bound=bound)
        case _:
            return _("stated: %(bound)s", bound=bound)
