"""The numbers of the clauses that are in, as fields in their sentences; only what differs is stored."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from mpdi.clause_library.core.model import ClauseVersion, Parameter, ParameterValue
from mpdi.clause_library.core.parameter_values import values_for
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.rendering import RenderedParagraph, format_value
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import ClauseKind
from mpdi.specifications.choices import spoken, two_texts
from mpdi.specifications.context import Context
from mpdi.specifications.field_values import FieldError, plain_number, read_decimal, read_text
from mpdi.specifications.forms import Answers, Typed
from mpdi.specifications.two_language_fields import french_missing

MAX_TEXT = 4000
SUFFIXES = {"percent": "%", "money": "EUR"}


@dataclass
class NumberField:
    """One parameter of one clause: what stands in the control, what would stand without the buyer, what is wrong."""

    clause: str
    parameter: Parameter
    base: ParameterValue | None
    typed: str
    is_stored: bool = False
    value: ParameterValue | None = None
    error: str | None = None
    base_nl: str = ""
    typed_nl: str | None = None
    """The Dutch of a text, in a draft in both languages: the others are then French. None where one is asked for."""
    value_nl: str | None = None

    @property
    def name(self) -> str:
        """Name of the control."""
        return f"{self.clause}.{self.parameter.key}"

    @property
    def kept(self) -> ParameterValue | dict[str, str] | None:
        """What the answers hold of it; None where it is as proposed."""
        if self.value is None or (self.value == self.base and (self.value_nl or "") == self.base_nl):
            return None
        if isinstance(self.value, str) and self.value_nl:
            return {"fr": self.value, "nl": self.value_nl}
        return plain_number(self.value) if isinstance(self.value, Decimal) else self.value

    @property
    def is_open(self) -> bool:
        """Whether nothing stands in it."""
        return not self.typed.strip()

    @property
    def suffix(self) -> str:
        """The unit that follows in the sentence."""
        return SUFFIXES.get(self.parameter.type, "")


@dataclass(frozen=True)
class SentencePiece:
    """Plain text, a control, or a value that stands fixed (a number of law, or a parameter shown before)."""

    text: str
    field: NumberField | None = None
    is_fixed: bool = False


@dataclass(frozen=True)
class ClauseNumbers:
    """The sentences of one clause that hold numbers, and the numbers of law in them."""

    clause: ClauseVersion
    sentences: tuple[tuple[SentencePiece, ...], ...]
    law: tuple[tuple[Parameter, str, str], ...]

    @property
    def fields(self) -> list[NumberField]:
        """The controls, in the order of the text."""
        return [piece.field for sentence in self.sentences for piece in sentence if piece.field]

    @property
    def is_open(self) -> bool:
        """Whether something is to complete."""
        return any(each.is_open for each in self.fields)


@dataclass
class NumberForm:
    """Every clause with numbers, in the order of the library."""

    clauses: list[ClauseNumbers] = field(default_factory=list)

    @property
    def errors(self) -> list[NumberField]:
        """The fields that are wrong."""
        return [each for item in self.clauses for each in item.fields if each.error]

    @property
    def open_count(self) -> int:
        """How many fields are to complete."""
        return sum(each.is_open for item in self.clauses for each in item.fields)

    def groups(self, shown: str) -> list[tuple[str, list[ClauseNumbers]]]:
        """Return the clauses to complete first, then by kind; `shown` keeps one group (`open`, or a kind)."""
        to_complete = [item for item in self.clauses if item.is_open or any(each.error for each in item.fields)]
        rest = [item for item in self.clauses if item not in to_complete]
        groups = [
            ("open", to_complete),
            *((kind.value, [item for item in rest if item.clause.kind is kind]) for kind in ClauseKind),
        ]
        if shown and shown != "open":
            groups = [(shown, [item for item in self.clauses if item.clause.kind == shown])]
        return [(name, items) for name, items in groups if items and (not shown or name == shown)]


def number_form(context: Context, typed: Typed | None = None) -> NumberForm:
    """Return the form with what is stored, or with what was typed."""
    bare = replace(context.purchase, parameters={})
    made = (_clause(clause, context, bare, typed) for clause in context.selection.chosen)
    return NumberForm([item for item in made if item.fields])


def _clause(clause: ClauseVersion, context: Context, bare: Purchase, typed: Typed | None) -> ClauseNumbers:
    stored = context.purchase.parameters.get(clause.id, {})
    printed = {key: value for key, value in context.printed_numbers(clause).items() if key not in stored}
    fields = {key: _field(clause, key, context, bare, typed) for key in clause.parameters if key not in printed}
    shown: set[str] = set()
    sentences = []
    for paragraph in context.rendered(clause):
        pieces = tuple(_pieces(paragraph, fields, shown))
        if any(piece.field for piece in pieces):
            sentences.append(pieces)
    return ClauseNumbers(clause, tuple(sentences), tuple(_law(clause, context)))


def _pieces(
    paragraph: RenderedParagraph, fields: Mapping[str, NumberField], shown: set[str]
) -> Iterator[SentencePiece]:
    for piece in paragraph.pieces:
        made = fields.get(piece.parameter) if piece.parameter else None
        if made is None or made.parameter.decided_by == "law" or made.parameter.key in shown:
            yield SentencePiece(piece.text, is_fixed=piece.parameter is not None)
            continue
        shown.add(made.parameter.key)
        yield SentencePiece(f"\u00a0{made.suffix}" if made.suffix else "", made)


def _field(clause: ClauseVersion, key: str, context: Context, bare: Purchase, typed: Typed | None) -> NumberField:
    stored, parameter = context.purchase.parameters.get(clause.id, {}), clause.parameters[key]
    base = values_for(clause, bare).get(key, parameter.default)
    current = stored.get(key, base)
    made = NumberField(clause.id, parameter, base, written(parameter, current), key in stored, current)
    text = context.purchase.texts.get(f"parameters.{clause.id}.{key}")
    if parameter.type == "text" and (text or context.purchase.language == "fr+nl"):
        dutch = values_for(clause, in_language(bare, "nl")).get(key)
        made.base_nl = str(dutch) if dutch is not None and dutch != base else ""
        made.typed = text.fr if text else made.typed
        made.typed_nl = text.nl if text else "" if made.is_stored else made.base_nl
    if typed is not None and made.name in typed:
        made.typed = typed[made.name]
        made.typed_nl = None if made.typed_nl is None else typed.get(f"{made.name}.nl", "")
        _read(made)
    return made


def written(parameter: Parameter, value: ParameterValue | None) -> str:
    """Return a value as its control holds it."""
    if value is None:
        return ""
    return spoken(value) if parameter.is_numeric else str(value)


def _read(made: NumberField) -> None:
    french, dutch = made.typed.strip(), (made.typed_nl or "").strip()
    made.value = None
    try:
        made.value = _value(made.parameter, french) if french else None
        made.value_nl = str(_value(made.parameter, dutch)) if dutch else None
    except FieldError as error:
        made.error = str(error)
        return
    if dutch and not french:
        made.error = french_missing()


def _value(parameter: Parameter, text: str) -> ParameterValue | None:
    if parameter.is_numeric:
        return _number(parameter, text)
    if parameter.type == "choice":
        if text not in {value for value, _label in parameter.choices}:
            raise FieldError(_("“%(text)s” is not one of the choices. Choose again.", text=text[:40]))
        return text
    if parameter.minimum is not None and len(text) < parameter.minimum:
        raise FieldError(_("At least %(low)s characters are needed. Say more.", low=spoken(parameter.minimum)))
    return read_text(text, int(parameter.maximum or MAX_TEXT))


def _number(parameter: Parameter, text: str) -> Decimal:
    number = read_decimal(text, has_thousands=parameter.type in ("money", "integer"))
    if parameter.type == "integer" and number != number.to_integral_value():
        raise FieldError(_("%(number)s is not a whole number. Write a whole number.", number=spoken(number)))
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise FieldError(
            _(
                "%(number)s is not between %(low)s and %(high)s. Check the figure.",
                number=spoken(number),
                low=spoken(low) if low is not None else "–",
                high=spoken(high) if high is not None else "–",
            )
        )
    return number


def _law(clause: ClauseVersion, context: Context) -> Iterator[tuple[Parameter, str, str]]:
    for parameter in clause.parameters.values():
        if parameter.law_number is not None:
            dated = context.numbers.number(parameter.law_number).on(context.purchase.publication_date)
            yield parameter, format_value(parameter, dated.value, context.language), dated.source[context.language]


def packed_numbers(form: NumberForm, answers: Answers, typed: Typed) -> dict[str, dict[str, Any]]:
    """Return the parameters of the answers with what was typed; what equals the default is left out."""
    made = {identifier: dict(values) for identifier, values in answers.get("parameters", {}).items()}
    for each in (each for item in form.clauses for each in item.fields if each.name in typed):
        values = made.setdefault(each.clause, {})
        values.pop(each.parameter.key, None)
        if each.kept is not None:
            values[each.parameter.key] = each.kept
    return {identifier: values for identifier, values in made.items() if values}


def told_numbers(answers: Answers, other: Answers) -> list[tuple[str, str]]:
    """Return the numbers of `answers` that differ from those of `other`, for a reader."""
    mine, theirs = answers.get("parameters", {}), other.get("parameters", {})
    names = sorted({(clause, key) for source in (mine, theirs) for clause, values in source.items() for key in values})
    pairs = (
        (f"{clause}, {key}", mine.get(clause, {}).get(key), theirs.get(clause, {}).get(key)) for clause, key in names
    )
    told = [
        (name, _("as proposed") if value is None else two_texts(value))
        for name, value, other_value in pairs
        if value != other_value
    ]
    return told or [(_("Numbers"), _("no difference"))]
