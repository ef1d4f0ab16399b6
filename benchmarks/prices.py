"""Checking the prices of 40 offers with posts, shares and wage costs of their own. Goal: at most 5 ms.

``python -m benchmarks.prices`` prints the check, and for information the reading of its file and one letter.
"""

import datetime
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.price_check.core.check import check_prices
from mpdi.price_check.core.reading import read_case
from mpdi.price_check.core.rules import read_price_rules
from mpdi.price_check.letters import write_letter
from mpdi.price_check.typed import as_yaml

GOAL = 5.0
_DAY = datetime.date(2026, 12, 1)


def offers(count: int = 40) -> dict[str, Any]:
    """As many offers, each of three posts with amounts, two committees, and shares of its own."""
    return {
        "purchase": {
            "authority": {"type": "regional"},
            "nature": "services",
            "fraud_sensitive": "yes",
            "procedure": "open",
            "price_weight": 60,
            "estimated_value": 300000,
            "publication_date": _DAY,
        },
        "wage_costs": [
            {"joint_committee": number, "value": Decimal(value), "valid_from": _DAY, "source": "Mesure"}
            for number, value in (("121", "27.50"), ("145.04", "29.10"))
        ],
        "offers": [_offer(place) for place in range(count)],
    }


def _offer(place: int) -> dict[str, Any]:
    posts = [
        {
            "title": f"Poste {number}",
            "hours": 1500 + place,
            "joint_committee": committee,
            "amount": Decimal(60000 + 997 * place),
        }
        for number, committee in enumerate(("121", "121", "145.04"))
    ]
    total = sum(post["amount"] for post in posts)
    return {
        "tenderer": f"Fictive {place}",
        "amount": total,
        "posts": posts,
        "other_costs": {"materials": 3, "margin": Decimal("2.5")},
    }


def main() -> None:
    """Print the time of the check against its goal, of reading its file, and of one letter."""
    rules, text = read_price_rules(), as_yaml(offers())
    case = read_case(strict_yaml.parse(text, "offers"))
    spent = _best(lambda: check_prices(case, rules)) * 1000
    print(f"check 40 offers: {spent:.2f} ms (goal {GOAL:.0f} ms)")
    print(f"read their file: {_best(lambda: read_case(strict_yaml.parse(text, 'offers'))) * 1000:.1f} ms")
    made = check_prices(case, rules)
    print(f"one letter: {_best(lambda: write_letter(made.offers[0], made, rules, _DAY, 'fr')) * 1000:.1f} ms")


def _best(action: Callable[[], object], repetitions: int = 50) -> float:
    action()
    return min(_seconds(action) for _ in range(repetitions))


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
