"""What to look at before a scoring is published. The level of attention for the price is that of lint rule L23."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.advice.core.errors import AdviceDataError
from mpdi.advice.core.model import Filling, Line, Statement, Words
from mpdi.advice.core.price_formulas import RELATIVE, Formula
from mpdi.advice.core.scoring import Trial, changed_by_leaving, score, winners
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.resources import folder

DATA = Path(__file__).resolve().parent.parent / "data" / "scoring.yaml"


@dataclass(frozen=True)
class FormulaWords:
    """What a formula is called, and what it does in words."""

    name: Words
    words: Words


@dataclass(frozen=True)
class ScoringWords:
    """The words of the scoring helper: formulas, warnings, and a sample to begin with."""

    formulas: dict[Formula, FormulaWords]
    statements: dict[str, Statement]
    sample: dict[str, Words]

    def says(self, key: str, **values: Filling) -> Line:
        """Return a warning with its places filled."""
        return Line(self.statements[key], values)


@cache
def scoring_words(path: Path = DATA) -> ScoringWords:
    """Read the words; `AdviceDataError` names what is wrong."""
    item = strict_yaml.read(path)
    try:
        formulas = {Formula(key): FormulaWords(Words(**each["name"]), Words(**each["words"])) for key, each in item["formulas"].items()}
        statements = {key: _statement(key, each) for key, each in item["statements"].items()}
        return ScoringWords(formulas, statements, {key: Words(**each) for key, each in item["sample"].items()})
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AdviceDataError(f"{path}: a key is missing or has a wrong value: {error!r}.") from error


def _statement(key: str, item: dict[str, Any]) -> Statement:
    words = Words(item["fr"], item["nl"], item["en"])
    if "source" not in item:
        return Statement(key, words, None, None)
    return Statement(key, words, Bilingual(**item["source"]), Certainty(item["certainty"]))


@cache
def price_attention() -> Decimal:
    """Return the weight of price above which a labour-intensive contract is warned of (lint rule L23)."""
    return Decimal(strict_yaml.read(folder("clauses") / "rules" / "lint.yaml")["levels"]["price_weight"])


def warnings(trial: Trial) -> Iterator[Line]:
    """Yield what to look at, the gravest first."""
    words, scored = scoring_words(), score(trial)
    if trial.is_sensitive and trial.price_weight > price_attention():
        yield words.says("price_weight", weight=trial.price_weight, limit=price_attention())
    first = winners(scored)
    if len(first) > 1:
        yield words.says("tie", names=", ".join(first))
    if len(trial.offers) == 1:
        yield words.says("one_offer")
    for name, after in changed_by_leaving(trial):
        yield words.says("leaving", name=name, after=", ".join(after))
    if trial.rule.formula in RELATIVE:
        yield words.says("relative")
    yield from _idle(trial, words)
    yield words.says("publish")


def _idle(trial: Trial, words: ScoringWords) -> Iterator[Line]:
    """Criteria that separate no offer, and bounds that do not fit the prices."""
    if len(trial.offers) > 1:
        for place, criterion in enumerate(trial.criteria):
            if len({offer.scores[place] for offer in trial.offers}) == 1:
                yield words.says("idle", name=criterion.name)
    for offer in trial.offers:
        if len(trial.offers) > 1 and trial.rule.points(trial.price_weight, offer.price, trial.prices) == 0:
            yield words.says("no_points", name=offer.name)
        if trial.rule.formula is Formula.BOUNDS and offer.price < trial.rule.floor:
            yield words.says("below_floor", name=offer.name)
