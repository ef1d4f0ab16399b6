"""What a clause says that all its checks share: its figures, the words that bind, the penalty it fixes. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.model import Bilingual, ClauseVersion, Parameter
from mpdi.clause_library.core.rendering import NBSP, Piece, RenderedParagraph, format_value
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.specifications.context import Context
from mpdi.specifications.skeleton import read_document_data

Contexts = Mapping[Language, Context]
SENTENCE_END = re.compile(r"(?<=[.;])\s+(?=[A-ZÀ-Ý«“(])")
"""Where one sentence of a clause ends and the next begins."""
_MARK = "\x1f"
_MARKED = re.compile(f"{_MARK}([^{_MARK}]+){_MARK}")
_BINDING = ("obligation", "proof_in_execution")
"""Parts of a clause that say what the contractor does and hands over."""


@dataclass(frozen=True)
class Figure:
    """A parameter of a clause in words: `ecolabel_share`, “Part minimale en volume”, “75 %”."""

    key: str
    label: Bilingual
    value: Bilingual
    is_set: bool

    def words(self, language: Language) -> str:
        """Return label and value: “Part minimale en volume: 75 %”."""
        return f"{self.label[language]}: {self.value[language]}"


@dataclass(frozen=True)
class Cap:
    """The highest penalty: a share in percent of what `label` names, or an amount in EUR."""

    label: Bilingual
    value: Bilingual
    number: Decimal
    is_percent: bool


@dataclass(frozen=True)
class Penalty:
    """What the clause says follows a breach, its maximum where it fixes one, and what it tolerates."""

    words: Bilingual
    cap: Cap | None
    tolerances: tuple[Figure, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence that binds, and the parameters whose values stand in it."""

    text: str
    parameters: frozenset[str]

    @property
    def has_figures(self) -> bool:
        """Whether a number stands in it, the buyer's or one of the text itself."""
        return bool(self.parameters) or any(sign.isdigit() for sign in self.text)


Sentences = Mapping[Language, tuple[Sentence, ...]]


@dataclass(frozen=True)
class Said:
    """`asked`: the figures the clause asks for; `only_in_consequence`: those that only its penalty names.

    `binding`: what the contractor does and hands over, sentence by sentence in each language.
    """

    asked: tuple[Figure, ...]
    only_in_consequence: tuple[Figure, ...]
    binding: Sentences
    penalty: Penalty | None


def said_by(clause: ClauseVersion, contexts: Contexts) -> Said:
    """Return what a clause says, rendered once for all its checks."""
    rendered = {each: contexts[each].rendered(clause) for each in LANGUAGES}
    asked, penalties = _figures(clause, contexts, rendered)
    return Said(asked, penalties, _binding(rendered), _penalty(clause, contexts, rendered, (*asked, *penalties)))


Rendered = Mapping[Language, tuple[RenderedParagraph, ...]]


def _binding(rendered: Rendered) -> Sentences:
    return {each: tuple(_sentences(rendered[each])) for each in LANGUAGES}


def _sentences(paragraphs: tuple[RenderedParagraph, ...]) -> Iterator[Sentence]:
    """Yield the sentences of the parts that bind; a value keeps its parameter behind it until the text is parted."""
    for paragraph in paragraphs:
        if paragraph.part not in _BINDING:
            continue
        marked = "".join(
            f"{piece.text}{_MARK}{piece.parameter}{_MARK}" if piece.parameter else piece.text
            for piece in paragraph.pieces
        )
        for part in SENTENCE_END.split(marked):
            if part:
                yield Sentence(_MARKED.sub("", part), frozenset(_MARKED.findall(part)))


def _joined(rendered: Rendered, parts: tuple[str, ...]) -> Bilingual:
    return Bilingual(*(" ".join(each.text for each in rendered[tongue] if each.part in parts) for tongue in LANGUAGES))


def _penalty(
    clause: ClauseVersion, contexts: Contexts, rendered: Rendered, figures: tuple[Figure, ...]
) -> Penalty | None:
    words = _joined(rendered, ("consequence",))
    if "special_penalty" not in clause.sanction.kinds or not words.fr:
        return None
    kept = read_document_data("verification")["tolerances"]
    return Penalty(words, _cap(clause, contexts), tuple(each for each in figures if each.key in kept))


def _cap(clause: ClauseVersion, contexts: Contexts) -> Cap | None:
    parameter = clause.parameters.get(clause.sanction.cap or "")
    if parameter is None or parameter.type not in ("percent", "money"):
        return None
    context = contexts["fr"]
    number = context.renderer.value(parameter, context.values(clause))
    if not isinstance(number, Decimal | int):
        return None
    texts = (format_value(parameter, number, each) for each in LANGUAGES)
    return Cap(parameter.label, Bilingual(*texts), Decimal(number), parameter.type == "percent")


def _figures(
    clause: ClauseVersion, contexts: Contexts, rendered: Rendered
) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The parameters that the clause asks for, and those that only its consequence names; each once, in order."""
    named: dict[str, dict[str, dict[Language, Piece]]] = {"asked": {}, "penalty": {}}
    for language in LANGUAGES:
        printed = contexts[language].printed_numbers(clause)
        for paragraph in rendered[language]:
            where = named["penalty" if paragraph.part == "consequence" else "asked"]
            for piece in paragraph.pieces:
                if piece.parameter is not None and piece.parameter not in printed:
                    where.setdefault(piece.parameter, {})[language] = piece
    asked = tuple(_figure(clause, key, pieces) for key, pieces in named["asked"].items())
    penalty = (item for item in named["penalty"].items() if item[0] not in named["asked"])
    return asked, tuple(_figure(clause, key, pieces) for key, pieces in penalty)


def _figure(clause: ClauseVersion, key: str, pieces: Mapping[Language, Piece]) -> Figure:
    parameter = clause.parameters[key]
    is_set = all(piece.is_filled for piece in pieces.values())
    if not is_set:
        values = [read_document_data("verification")["words"]["to_set"][each] for each in LANGUAGES]
    else:
        texts = Bilingual(*((pieces.get(each) or next(iter(pieces.values()))).text for each in LANGUAGES))
        values = [texts[each] + _unit_behind(parameter, texts[each], each) for each in LANGUAGES]
    return Figure(key, parameter.label, Bilingual(*values), is_set)


def _unit_behind(parameter: Parameter, number: str, language: Language) -> str:
    """The unit to set behind a number, in the singular behind 1; empty where the number says it, or has none."""
    if parameter.unit is None or parameter.type in ("percent", "money"):
        return ""
    unit = parameter.unit[language]
    if number == "1":
        unit = read_document_data("verification")["unit_of_one"][language].get(unit, unit)
    return f"{NBSP}{unit}"
