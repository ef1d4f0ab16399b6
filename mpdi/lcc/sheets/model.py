"""The words of a product sheet: inputs with bounds and origin, quantities, rules that make flows, emissions."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from mpdi.lcc.externalities import Substance
from mpdi.lcc.sheets.formulas import Formula

Language = Literal["fr", "nl", "en"]
Value = Decimal | str
"""What an input holds: a number, or one of the options of a choice."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text in the three languages of the interface."""

    fr: str
    nl: str
    en: str

    def said(self, language: Language) -> str:
        """The text in that language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


class InputKind(StrEnum):
    """What may be written into an input."""

    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a default was read, and the year that it is of."""

    words: str
    year: int


@dataclass(frozen=True, slots=True)
class Input:
    """One value to be given. Bounds, default and what is typed are in `unit`; a share in % reaches formulas as a fraction.

    `default` is None where the value must be given; a default has its `source`, or is an assumption of ours
    (`source` None). `required` is False where a formula asks for it only in some cases. `proof`: what a tenderer joins.
    """

    key: str
    label: Words
    help: Words
    unit: str
    kind: InputKind
    minimum: Decimal | None
    maximum: Decimal | None
    options: tuple[str, ...]
    default: Value | None
    source: Source | None
    required: bool
    proof: Words | None

    @property
    def is_assumption(self) -> bool:
        """Whether the default is ours, without a source."""
        return self.default is not None and self.source is None


@dataclass(frozen=True, slots=True)
class Quantity:
    """Something worked out of the inputs, shown with its unit, and usable in later formulas."""

    key: str
    label: Words
    unit: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class FlowRule:
    """How one line of cost arises: `amount` once in the year `at`, or each year from `first` to `last`, or each time
    a life of `every` years ends before the study does. Exactly one of the three."""

    name: Words
    category: str
    amount: Formula
    at: Formula | None
    first: Formula | None
    last: Formula | None
    every: Formula | None
    growth: Formula | None


@dataclass(frozen=True, slots=True)
class Emission:
    """What one offer emits in a year of the study, in kg."""

    name: Words
    substance: Substance
    yearly: Formula


@dataclass(frozen=True, slots=True)
class Sheet:
    """A product: what the buyer fixes, what the tenderer gives, how both become flows.

    `beside`: keys of quantities shown beside the euros, because a gain in euros may hide a loss there. `unit` and
    `units_per_year`: what one offer delivers a year, for the cost per unit. `digest`: of all of it (see `digest`).
    """

    id: str
    version: str
    title: Words
    purpose: Words
    buyer: tuple[Input, ...]
    tenderer: tuple[Input, ...]
    quantities: tuple[Quantity, ...]
    flows: tuple[FlowRule, ...]
    emissions: tuple[Emission, ...]
    beside: tuple[str, ...]
    unit: Words | None
    units_per_year: Formula | None
    digest: str

    @property
    def inputs(self) -> Mapping[str, Input]:
        """All inputs by key."""
        return {each.key: each for each in (*self.buyer, *self.tenderer)}
