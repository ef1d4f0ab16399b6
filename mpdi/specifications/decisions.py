"""Every clause considered, in lists: in, suggested, out by cause; and what to do about conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from mpdi.clause_library.core.selection import Conflict, Decided, Selection
from mpdi.clause_library.core.vocabulary import Decision

CAUSES = ("override", "rule", "applicability", "category", "nature")
"""Why a clause is out, in the order shown: what the buyer may want to look at first."""


@dataclass(frozen=True)
class DecisionLists:
    """The clauses of one theme, or of all, by decision; those that are out by cause."""

    chosen: Sequence[Decided]
    suggested: Sequence[Decided]
    out: Sequence[tuple[str, Sequence[Decided]]]

    @property
    def out_count(self) -> int:
        """How many are out."""
        return sum(len(items) for _cause, items in self.out)


@dataclass(frozen=True)
class Remedy:
    """One click: a decision on a clause with its reason already written."""

    clause: str
    decision: str
    words: str
    reason: str


def decision_lists(selection: Selection, theme: str) -> DecisionLists:
    """Return the lists, of one theme where one is asked for."""
    items = [item for item in selection.decided if not theme or theme in item.clause.themes]
    out = [item for item in items if item.decision is Decision.OUT]
    by_cause = [(cause, [item for item in out if cause_of(item) == cause]) for cause in CAUSES]
    return DecisionLists(
        [item for item in items if item.decision is Decision.IN],
        [item for item in items if item.decision is Decision.SUGGESTED],
        [(cause, found) for cause, found in by_cause if found],
    )


def cause_of(item: Decided) -> str:
    """Return why a clause is out: the buyer, a rule of the library, its conditions, category or nature."""
    name = item.rule.partition(":")[0]
    return name if name in CAUSES else "rule"


def cause_label(cause: str) -> str:
    """Return a cause in words."""
    return {
        "override": _("You took them out"),
        "rule": _("A rule of the library keeps them out"),
        "applicability": _("Their conditions are not met"),
        "category": _("Written for other categories"),
        "nature": _("Written for contracts of another nature"),
    }[cause]


def rule_label(rule: str) -> str:
    """Return the rule behind a decision in words; those of `clauses/rules/selection.yaml` by what their codes begin with."""
    name = rule.partition(":")[0]
    return {
        "override": _("yours"),
        "applicability": _("conditions of the clause"),
        "category": _("category"),
        "nature": _("nature"),
        "ambition": _("ambition"),
        "award-list": _("award criteria"),
        "X": _("excluded by your answers"),
        "L": _("you asked for it"),
        "A": _("another clause is preferred"),
        "D": _("it depends on other clauses"),
    }.get(name if name == name.lower() else name.partition("-")[0], _("rule of the library"))


def themes_of(selection: Selection) -> list[str]:
    """Return the themes that occur, each once."""
    return list(dict.fromkeys(str(theme) for item in selection.decided for theme in item.clause.themes))


def remedies(conflict: Conflict) -> list[Remedy]:
    """Return what settles a conflict or a missing companion."""
    take_out = [
        Remedy(
            each, "out", _("Take %(clause)s out", clause=each), _("Does not go together with %(clause)s.", clause=other)
        )
        for each, other in ((conflict.clause, conflict.other), (conflict.other, conflict.clause))
    ]
    if conflict.kind == "conflict":
        return take_out
    put_in = Remedy(
        conflict.other,
        "in",
        _("Put %(clause)s in", clause=conflict.other),
        _("%(clause)s needs it.", clause=conflict.clause),
    )
    alone = _("It needs %(clause)s, which is not in.", clause=conflict.other)
    return [put_in, Remedy(conflict.clause, "out", _("Take %(clause)s out", clause=conflict.clause), alone)]
