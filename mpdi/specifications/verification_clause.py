"""What a clause says that all its checks share: its figures, the words that bind, the penalty it fixes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.clause_library.core.rendering import NBSP, Piece, RenderedParagraph, format_value
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.specifications.context import Context
from mpdi.specifications.skeleton import read_document_data

Contexts = Mapping[Language, Context]
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
class Said:
    """`asked`: the figures the clause asks for; `only_in_consequence`: those that only its penalty names."""

    asked: tuple[Figure, ...]
    only_in_consequence: tuple[Figure, ...]
    binding: Bilingual
    penalty: Penalty | None


def said_by(clause: ClauseVersion, contexts: Contexts) -> Said:
    """Return what a clause says, rendered once for all its checks."""
    rendered = {each: contexts[each].rendered(clause) for each in LANGUAGES}
    asked, penalties = _figures(clause, contexts, rendered)
    return Said(
        asked, penalties, _joined(rendered, _BINDING), _penalty(clause, contexts, rendered, (*asked, *penalties))
    )


Rendered = Mapping[Language, tuple[RenderedParagraph, ...]]


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
        has_unit = parameter.unit is not None and parameter.type not in ("percent", "money")
        units = [f"{NBSP}{parameter.unit[each]}" if has_unit and parameter.unit else "" for each in LANGUAGES]
        texts = [(pieces.get(each) or next(iter(pieces.values()))).text for each in LANGUAGES]
        values = [text + unit for text, unit in zip(texts, units, strict=True)]
    return Figure(key, parameter.label, Bilingual(*values), is_set)
