"""From CPV codes to the market category and the legal regimes of a purchase: longest prefix wins, main CPV first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import Category, Nature
from mpdi.resources import folder


@dataclass(frozen=True)
class FoundCategory:
    """The category of a purchase: the one used, the one found from the CPV, and the prefix that found it."""

    used: Category
    found: Category
    prefix: str | None

    @property
    def differs(self) -> bool:
        """Whether the buyer gave another category than the CPV says."""
        return self.prefix is not None and self.used is not self.found


@cache
def _category_map() -> Mapping[str, str]:
    data: Mapping[str, str] = strict_yaml.read(folder("clauses") / "rules" / "categories.yaml")["categories"]
    return data


@cache
def _regimes() -> Mapping[str, Any]:
    data: Mapping[str, Any] = strict_yaml.read(folder("clauses") / "law" / "regimes.yaml")
    return data


def _longest_prefix(code: str, prefixes: Sequence[str] | Mapping[str, Any]) -> str | None:
    return max((prefix for prefix in prefixes if code.startswith(prefix)), key=len, default=None)


def find_category(purchase: Purchase) -> FoundCategory:
    """Return the category: the buyer's where given, else that of the longest CPV prefix, else general."""
    found, prefix = Category.GENERAL, None
    for code in purchase.cpv:
        prefix = _longest_prefix(code, _category_map())
        if prefix is not None:
            found = Category(_category_map()[prefix])
            break
    return FoundCategory(purchase.category or found, found, prefix)


def every_category(purchase: Purchase) -> tuple[Category, ...]:
    """Return the category used, then works where the nature is works, then what other CPV codes say; general is none."""
    prefixes = [_longest_prefix(code, _category_map()) for code in purchase.cpv]
    named = [Category(_category_map()[prefix]) for prefix in prefixes if prefix is not None]
    others = [category for category in named if category is not Category.GENERAL]
    by_nature = (Category.WORKS,) if purchase.nature is Nature.WORKS else ()
    return tuple(dict.fromkeys((find_category(purchase).used, *by_nature, *others)))


def possible_prefixes(purchase: Purchase) -> tuple[str, ...]:
    """Return the CPV prefixes of the category that the buyer gave without any code; none where a code or nothing is given."""
    if purchase.cpv or purchase.category in (None, Category.GENERAL):
        return ()
    return tuple(prefix for prefix, category in _category_map().items() if category == purchase.category)


def may_fall_under(possible: Sequence[str], asked: Sequence[str]) -> bool:
    """Whether a code that begins with one of the possible prefixes may begin with one asked for."""
    return any(one.startswith(other) or other.startswith(one) for one in possible for other in asked)


def _in_regime(purchase: Purchase, name: str) -> bool | None:
    prefixes = [str(item["prefix"]) for item in _regimes()[name]]
    if not purchase.cpv:
        possible = possible_prefixes(purchase)
        return False if possible and not may_fall_under(possible, prefixes) else None
    return _longest_prefix(purchase.cpv[0], prefixes) is not None


def is_light_regime(purchase: Purchase) -> bool | None:
    """Whether the main CPV is a social or other specific service (Directive 2014/24/EU, annex XIV)."""
    if purchase.nature in (Nature.WORKS, Nature.SUPPLIES):
        return False
    return _in_regime(purchase, "light_regime")


def is_fraud_sensitive(purchase: Purchase) -> bool | None:
    """Whether it is works, or a service in a fraud-sensitive sector."""
    if purchase.nature is Nature.WORKS:
        return True
    if purchase.nature is Nature.SUPPLIES:
        return False
    return _in_regime(purchase, "fraud_sensitive")


def is_labour_intensive(purchase: Purchase) -> bool | None:
    """Whether labour makes most of the price: works, cleaning, security, catering, green spaces."""
    if purchase.nature is Nature.WORKS:
        return True
    if purchase.nature is Nature.SUPPLIES:
        return False
    if find_category(purchase).used in (Category.CLEANING, Category.SECURITY, Category.GREEN_SPACES):
        return True
    return _in_regime(purchase, "labour_intensive")
