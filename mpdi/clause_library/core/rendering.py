"""Clause texts rendered for one purchase: cases chosen, parameters filled, numbers written as the language writes them."""

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.conditions import Evaluator
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.model import ClauseVersion, Paragraph, Parameter, ParameterValue
from mpdi.clause_library.core.vocabulary import Language

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
NBSP = "\u00a0"


@dataclass(frozen=True)
class Piece:
    """A stretch of rendered text: plain (`parameter` is None) or the value of a parameter."""

    text: str
    parameter: str | None = None
    is_filled: bool = True


@dataclass(frozen=True)
class RenderedParagraph:
    """One paragraph of a clause in one language."""

    part: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The paragraph as one string; an unfilled parameter stands as its label in brackets."""
        return "".join(piece.text for piece in self.pieces)


def parameter_keys(text: str) -> set[str]:
    """Return the keys of the parameters that a text names."""
    return set(_PLACEHOLDER.findall(text))


def format_number(value: Decimal, language: str) -> str:
    """Write a number: decimal comma, thousands apart with a no-break space (fr: narrow), no needless zeros."""
    sign, digits = ("-", -value) if value < 0 else ("", value)
    whole, _, fraction = format(digits.normalize() if digits else Decimal(0), "f").partition(".")
    groups: list[str] = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    separator = "." if language == "nl" else NBSP
    text = sign + separator.join([whole, *groups])
    if language == "en":
        return text.replace(NBSP, ",") + (f".{fraction}" if fraction else "")
    return text + (f",{fraction}" if fraction else "")


def format_value(parameter: Parameter, value: ParameterValue, language: Language) -> str:
    """Write the value of a parameter as it stands in the sentence: “75 %”, “50 EUR”, “30”."""
    if isinstance(value, datetime.date):
        return f"{value.day:02d}/{value.month:02d}/{value.year}"
    if parameter.type == "choice":
        return dict(parameter.choices)[str(value)][language]
    if not parameter.is_numeric:
        return str(value)
    number = format_number(Decimal(value), language)
    suffix = {"percent": f"{NBSP}%", "money": f"{NBSP}EUR"}.get(parameter.type, "")
    return number + suffix


class ClauseRenderer:
    """Renders clauses for one purchase on one day."""

    def __init__(self, evaluator: Evaluator, numbers: LawNumbers, day: datetime.date) -> None:
        self._evaluator = evaluator
        self._numbers = numbers
        self._day = day

    def paragraphs(
        self,
        clause: ClauseVersion,
        values: Mapping[str, ParameterValue],
        language: Language,
    ) -> tuple[RenderedParagraph, ...]:
        """Return the paragraphs that stand for this purchase, those for the buyer's file included."""
        return tuple(
            RenderedParagraph(paragraph.part, tuple(self._pieces(clause, paragraph.text[language], values, language)))
            for paragraph in self.standing(clause)
        )

    def standing(self, clause: ClauseVersion) -> Iterator[Paragraph]:
        """Yield the paragraphs whose case holds; an unknown value counts as the first case in the file."""
        settled: set[tuple[str, str]] = set()
        for paragraph in clause.text:
            if paragraph.only_when is not None and self._evaluator.holds(paragraph.only_when) is False:
                continue
            if paragraph.when is not None:
                fact = next(iter(paragraph.when))
                holds = self._evaluator.holds(paragraph.when)
                if holds is False or (holds is None and (paragraph.part, fact) in settled):
                    continue
                settled.add((paragraph.part, fact))
            yield paragraph

    def value(self, parameter: Parameter, values: Mapping[str, ParameterValue]) -> ParameterValue | None:
        """Return the value of a parameter: the law's, the buyer's, or the default."""
        if parameter.law_number is not None:
            return self._numbers.value(parameter.law_number, self._day)
        return values.get(parameter.key, parameter.default)

    def plain_text(
        self,
        clause: ClauseVersion,
        text: str,
        values: Mapping[str, ParameterValue],
        language: Language,
    ) -> str:
        """Return any text of a clause, such as its guidance, with its parameters filled."""
        return "".join(piece.text for piece in self._pieces(clause, text, values, language))

    def _pieces(
        self,
        clause: ClauseVersion,
        raw: str,
        values: Mapping[str, ParameterValue],
        language: Language,
    ) -> Iterator[Piece]:
        text = " ".join(raw.split())
        position = 0
        for match in _PLACEHOLDER.finditer(text):
            if match.start() > position:
                yield Piece(text[position : match.start()])
            yield self._parameter_piece(clause.parameters[match.group(1)], values, language)
            position = match.end()
        if position < len(text):
            yield Piece(text[position:])

    def _parameter_piece(self, parameter: Parameter, values: Mapping[str, ParameterValue], language: Language) -> Piece:
        value = self.value(parameter, values)
        if value is None:
            return Piece(f"[{parameter.label[language]}]", parameter.key, is_filled=False)
        return Piece(format_value(parameter, value, language), parameter.key)
