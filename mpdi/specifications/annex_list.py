"""Which annexes and models stand in a document, and the letter and number that Word gives them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mpdi.clause_library.core.model import ClauseVersion
from mpdi.documents.outline import letters
from mpdi.specifications.skeleton import Condition, read_document_data

MODELS = "models"
"""The annex that gathers the models of the clauses."""


@dataclass(frozen=True)
class Model:
    """A model that a clause of this document announces."""

    clause_id: str
    name: str
    item: Mapping[str, Any]


@dataclass(frozen=True)
class AnnexList:
    """The annexes that stand, in their order, and the models printed among them."""

    annexes: tuple[tuple[str, Mapping[str, Any]], ...]
    models: tuple[Model, ...]

    def letter(self, identifier: str) -> str:
        """Return the letter of an annex that stands; nothing for one that does not."""
        names = [name for name, _item in self.annexes]
        return letters(names.index(identifier) + 1) if identifier in names else ""

    def numbers(self) -> Mapping[tuple[str, str], str]:
        """Return the number of each model, such as F.1, by clause and name."""
        letter = self.letter(MODELS)
        return {(each.clause_id, each.name): f"{letter}.{place}" for place, each in enumerate(self.models, 1)}


def annex_list(stands: Callable[[Condition | None], bool], chosen: Sequence[ClauseVersion]) -> AnnexList:
    """Return what stands for a purchase: an annex that a model points to is printed with its clause."""
    announced = list(_models(stands, chosen))
    models = tuple(model for model in announced if "annex" not in model.item)
    pointed = {model.item.get("annex") for model in announced}

    def is_printed(identifier: str, item: Mapping[str, Any]) -> bool:
        if identifier == MODELS:
            return bool(models)
        return identifier in pointed or stands(item.get("only_when"))

    every: Mapping[str, Mapping[str, Any]] = read_document_data("annexes")["annexes"]
    return AnnexList(tuple((key, item) for key, item in every.items() if is_printed(key, item)), models)


def _models(stands: Callable[[Condition | None], bool], chosen: Sequence[ClauseVersion]) -> Iterator[Model]:
    data = read_document_data("models")
    for clause in chosen:
        for name, item in data.get(clause.id, {}).items():
            if stands(item.get("only_when")):
                yield Model(clause.id, name, item)
