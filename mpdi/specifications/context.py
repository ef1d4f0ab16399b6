"""What assembly knows about one purchase: facts, choice of clauses, rendering, and what is still to complete."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from mpdi.clause_library.core.conditions import Evaluator
from mpdi.clause_library.core.cpv import find_cpv
from mpdi.clause_library.core.facts import facts_of
from mpdi.clause_library.core.law_numbers import LawNumbers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion, ParameterValue
from mpdi.clause_library.core.parameter_values import values_for
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.rendering import NBSP, ClauseRenderer, RenderedParagraph, format_number
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.vocabulary import Language
from mpdi.documents.model import Content, Emphasis, Run, ToComplete, content
from mpdi.specifications.annex_list import AnnexList, annex_list
from mpdi.specifications.cost_annex import cost_annex_standing
from mpdi.specifications.skeleton import Block, Condition
from mpdi.specifications.to_complete import each_once
from mpdi.specifications.words import label, phrase

_PLACE = re.compile(r"\{\{\s*(number:)?([a-z][a-z0-9_]*)\s*\}\}")
_UNIT_SUFFIX = {"percent": f"{NBSP}%", "EUR": f"{NBSP}EUR"}


@dataclass
class Context:
    """Everything the sections of one document are built from; collects what is to complete."""

    purchase: Purchase
    library: ClauseLibrary
    selection: Selection
    language: Language
    needs: list[ToComplete] = field(default_factory=list)
    """What is to complete, as often as it was met: in the same order in every language."""

    @property
    def to_complete(self) -> tuple[ToComplete, ...]:
        """What the buyer has still to fill in, each once."""
        return tuple(item for (item,) in each_once((need,) for need in self.needs))

    @property
    def numbers(self) -> LawNumbers:
        """The numbers of law."""
        return self.library.reference.numbers

    @cached_property
    def evaluator(self) -> Evaluator:
        """Evaluates the conditions of texts for this purchase."""
        of_document = {
            "clauses": tuple(clause.id for clause in self.selection.chosen),
            "cost_annex": cost_annex_standing(self.purchase),
        }
        return Evaluator(
            {**facts_of(self.purchase, self.numbers), **of_document}, self.numbers, self.purchase.publication_date
        )

    @cached_property
    def renderer(self) -> ClauseRenderer:
        """Renders clauses for this purchase."""
        return ClauseRenderer(self.evaluator, self.numbers, self.purchase.publication_date)

    def rendered(self, clause: ClauseVersion) -> tuple[RenderedParagraph, ...]:
        """Return the paragraphs of a clause, those for the buyer's file included."""
        return self.renderer.paragraphs(clause, self.values(clause), self.language)

    @cached_property
    def annexes(self) -> AnnexList:
        """The annexes and models that stand."""
        return annex_list(self.stands, self.selection.chosen)

    @cached_property
    def annex_numbers(self) -> Mapping[tuple[str, str], str]:
        """The number of each model printed, by clause and name."""
        return self.annexes.numbers()

    def printed_numbers(self, clause: ClauseVersion) -> dict[str, ParameterValue]:
        """The parameters of a clause that number an annex which this document itself prints."""
        keys = ((key, self.annex_numbers.get((clause.id, key))) for key in clause.parameters)
        return {key: number for key, number in keys if number}

    def values(self, clause: ClauseVersion) -> dict[str, ParameterValue]:
        """The values of a clause's parameters: the buyer's, what her answers fill, the numbers of printed annexes."""
        return self.printed_numbers(clause) | values_for(clause, self.purchase)

    def stands(self, condition: Condition | None) -> bool:
        """Whether a text guarded by `only_when` stands: it does unless its condition is known to fail."""
        return condition is None or self.evaluator.holds(condition) is not False

    def standing(self, blocks: tuple[Block, ...]) -> Iterator[Block]:
        """Yield the blocks that stand; of alternatives on an unknown fact, the first."""
        settled: set[tuple[str, str]] = set()
        for block in blocks:
            if not self.stands(block.only_when):
                continue
            if block.when is not None:
                fact = next(iter(block.when))
                holds = self.evaluator.holds(block.when)
                if holds is False or (holds is None and (block.kind, fact) in settled):
                    continue
                settled.add((block.kind, fact))
            yield block

    def need(self, text: str, where: str, target: str = "") -> None:
        """Note something the buyer has still to fill in."""
        self.needs.append(ToComplete(text, where, target))

    def fill(self, text: str, where: str, target: str) -> Content:
        """Fill the places of a fixed text; an unknown answer becomes a highlighted place, listed as to complete."""
        runs: list[Run] = []
        position = 0
        collapsed = " ".join(text.split())
        for match in _PLACE.finditer(collapsed):
            runs += _plain(collapsed[position : match.start()])
            value = self.law(match.group(2)) if match.group(1) else self.fact(match.group(2))
            if value is None:
                missing = phrase(f"fact_{match.group(2)}", self.language)
                self.need(missing, where, target)
                runs.append(Run(f"[{missing}]", Emphasis.HIGHLIGHT))
            else:
                runs += _plain(value)
            position = match.end()
        return tuple(runs + _plain(collapsed[position:]))

    def fill_parameters(self, clause: ClauseVersion, text: str) -> Content:
        """Fill the parameters that a clause's guidance names."""
        return content(self.renderer.plain_text(clause, text, self.values(clause), self.language))

    def law(self, key: str) -> str:
        """Return a number of law with its unit."""
        number = self.numbers.number(key)
        value = number.on(self.purchase.publication_date).value
        return format_number(value, self.language) + _UNIT_SUFFIX.get(number.unit, "")

    def fact(self, key: str) -> str | None:
        """Return a fact of the purchase in words; None when it is not stated."""
        return self._facts.get(key)

    @cached_property
    def _facts(self) -> Mapping[str, str | None]:
        purchase, language = self.purchase, self.language
        day = purchase.publication_date
        codes = [find_cpv(code) for code in purchase.cpv]
        return {
            "authority_name": purchase.authority.name,
            "object": purchase.object,
            "reference": purchase.reference,
            "publication_date": f"{day.day:02d}/{day.month:02d}/{day.year}",
            "nature_label": label("nature", purchase.nature, language) if purchase.nature else None,
            "procedure_label": label("procedure", purchase.procedure, language) if purchase.procedure else None,
            "cpv_label": "; ".join(f"{code.full} {code.name(language)}" for code in codes) or None,
            "duration_months": self._number(purchase.duration_months),
            "lots_count": self._number(purchase.lots),
            "payment_days": self._number(purchase.payment_days),
            "deposit_percent": self._number(purchase.deposit_percent, "percent"),
            "advance_percent": self._number(purchase.advance_percent, "percent"),
            "turnover_factor": self._number(purchase.turnover_factor),
            "no_lots_reason": (purchase.no_lots_reason or "").rstrip(". ") or None,
        }

    def _number(self, value: Decimal | int | None, unit: str = "") -> str | None:
        return None if value is None else format_number(Decimal(value), self.language) + _UNIT_SUFFIX.get(unit, "")


def _plain(text: str) -> list[Run]:
    return [Run(text)] if text else []
