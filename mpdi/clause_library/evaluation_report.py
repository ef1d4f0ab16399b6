"""What `mpdi clauses evaluate` prints: the shares over all, by category and by scenario, and every miss with its rule."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from mpdi.clause_library.core.evaluation import Evaluation, Outcome


def evaluation_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return what `mpdi clauses evaluate` prints: all, by category, by scenario with every miss."""
    by_category: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        by_category[outcome.category].append(outcome)
    return {
        "all": _shares(Evaluation.of(outcomes)),
        "categories": {name: _shares(Evaluation.of(some)) for name, some in sorted(by_category.items())},
        "scenarios": [
            {
                "scenario": outcome.scenario,
                "category": outcome.category,
                **_shares(Evaluation.of([outcome])),
                "misses": [asdict(miss) for miss in outcome.misses],
                "absent": list(outcome.absent),
            }
            for outcome in outcomes
        ],
    }


def _shares(evaluation: Evaluation) -> dict[str, Any]:
    shares = {
        name: {"numerator": share.numerator, "denominator": share.denominator, "rate": share.rate}
        for name in ("recall_in", "recall", "must_not_taken", "precision")
        for share in [getattr(evaluation, name)]
    }
    counts = {name: getattr(evaluation, name) for name in ("scenarios", "median_in", "median_suggested")}
    return {**counts, **shares}


def evaluation_lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the same as lines to read: a table by category, then every miss with its rule."""
    report = evaluation_json(outcomes)
    yield f"{'category':<16}{'scenarios':>10}{'must in':>12}{'must found':>12}{'must not':>12}{'precision':>12}{'in':>7}{'sugg.':>7}"
    for name, row in [*report["categories"].items(), ("all", report["all"])]:
        shares = "".join(
            f"{_share_text(row[each]):>12}" for each in ("recall_in", "recall", "must_not_taken", "precision")
        )
        yield f"{name:<16}{row['scenarios']:>10}{shares}{row['median_in']:>7g}{row['median_suggested']:>7g}"
    for outcome in outcomes:
        for miss in outcome.misses:
            yield f"{miss.scenario}: {miss.clause}, {miss.expected}: {miss.decision} by {miss.rule} ({miss.reason})"
        if outcome.absent:
            yield f"{outcome.scenario}: not in force, counted nowhere: {', '.join(outcome.absent)}"


def _share_text(share: Mapping[str, Any]) -> str:
    return f"{share['numerator']}/{share['denominator']}"
