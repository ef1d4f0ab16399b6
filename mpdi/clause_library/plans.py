"""Which regional plans a clause serves: the clause's own list and that of `clauses/rules/plans.yaml`."""

from collections.abc import Mapping
from functools import cache

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.resources import folder


@cache
def plan_names() -> Mapping[str, Bilingual]:
    """Return the plans and their names."""
    return {key: Bilingual(**item["name"]) for key, item in _plans().items()}


@cache
def _plans() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    data: Mapping[str, Mapping[str, Mapping[str, str]]] = strict_yaml.read(folder("clauses") / "rules" / "plans.yaml")
    return data


@cache
def _by_clause() -> Mapping[str, frozenset[str]]:
    served: dict[str, set[str]] = {}
    for plan, item in _plans().items():
        for identifier in item["clauses"]:
            served.setdefault(identifier, set()).add(plan)
    return {identifier: frozenset(plans) for identifier, plans in served.items()}


def plans_of(clause: ClauseVersion) -> frozenset[str]:
    """Return the keys of the plans that a clause serves."""
    return frozenset(clause.plans) | _by_clause().get(clause.id, frozenset())
