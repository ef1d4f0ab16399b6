"""Purchases to write specifications of: drawn by hypothesis, or a hundred that cover what may differ."""

import datetime
import json
import random
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import (
    Ambition,
    AuthorityType,
    Category,
    Nature,
    Procedure,
    PurchaseOption,
    TaxonomyObjective,
)
from mpdi.specifications.manifest import answers_data

TODAY = datetime.date(2026, 12, 1)
CODES = [
    "90919200",
    "55524000",
    "45210000",
    "79713000",
    "72000000",
    "39130000",
    "34110000",
    "77310000",
    "15811000",
    "85110000",
    "79110000",
]
VALUES = [
    0,
    9_000,
    29_999,
    30_000,
    49_999,
    100_000,
    139_999,
    140_000,
    215_999,
    216_000,
    749_999,
    750_000,
    5_403_999,
    5_404_000,
    25_000_000,
]

_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="{}"), min_size=1, max_size=40
).filter(str.strip)
_PERCENT = st.decimals(0, 100, places=2)
_LOT = st.fixed_dictionaries(
    {"title": _TEXT}, optional={"estimated_value": st.sampled_from(VALUES), "reserved": st.booleans()}
)
_DNSH = st.fixed_dictionaries({"relevant": st.booleans()}, optional={"reason": _TEXT, "measure": _TEXT})
_WEIGHT = st.integers(0, 100)


def answers() -> st.SearchStrategy[dict[str, Any]]:
    """Answers of every shape that the answers file takes, each key stated or not."""
    return st.fixed_dictionaries(
        {},
        optional={
            "reference": _TEXT,
            "authority": st.fixed_dictionaries(
                {}, optional={"name": _TEXT, "type": st.sampled_from(list(AuthorityType))}
            ),
            "publication_date": st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31)),
            "object": _TEXT,
            "nature": st.sampled_from(list(Nature)),
            "cpv": st.lists(st.sampled_from(CODES), max_size=2),
            "category": st.sampled_from(list(Category)),
            "estimated_value": st.sampled_from(VALUES) | st.decimals(0, 10**7, places=2),
            "procedure": st.sampled_from(list(Procedure)),
            "duration_months": st.decimals("0.1", 60, places=1),
            "no_lots_reason": _TEXT,
            "framework": st.booleans(),
            "subsidised_by_region": st.booleans(),
            "payment_days": st.integers(1, 90),
            "advance": st.fixed_dictionaries({"percent": _PERCENT}),
            "deposit_percent": _PERCENT,
            "turnover_factor": st.decimals(0, 5, places=1),
            "dnsh": st.dictionaries(st.sampled_from(list(TaxonomyObjective)), _DNSH, max_size=6).map(
                lambda found: [{"objective": objective, **answer} for objective, answer in found.items()]
            ),
            "ambition": st.sampled_from(list(Ambition)),
            "options": st.lists(st.sampled_from(list(PurchaseOption)), unique=True),
            "language": st.sampled_from(["fr", "nl", "fr+nl"]),
            "award": st.dictionaries(
                st.sampled_from(["price", "ENV-CLEAN-002", "ENV-CLEAN-005", "Qualité du planning"]), _WEIGHT, max_size=3
            ).flatmap(_criteria),
        },
    ).flatmap(_with_lots)


def _criteria(weights: dict[str, int]) -> st.SearchStrategy[list[dict[str, Any]]]:
    own = st.fixed_dictionaries({}, optional={"scale": _TEXT, "proof": _TEXT})
    return own.map(
        lambda texts: [
            {"criterion": name, "weight": weight, **(texts if name.startswith("Qualité") else {})}
            for name, weight in weights.items()
        ]
    )


def _with_lots(data: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    described = st.lists(_LOT, min_size=1, max_size=5).map(
        lambda lots: {**data, "lots": len(lots), "lots_detail": lots}
    )
    return st.just(data) | st.integers(0, 8).map(lambda lots: {**data, "lots": lots}) | described


def read(data: dict[str, Any], today: datetime.date = TODAY) -> Purchase:
    return read_answers(data, today)


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    """Answers as a manifest keeps them, read back."""
    return answers_data(json.loads(json.dumps(data)))


_PROCEDURES, _NATURES = list(Procedure), list(Nature)
_LOTS: list[dict[str, Any]] = [
    {},
    {"lots": 0},
    {"lots": 0, "no_lots_reason": "Un seul site, une seule équipe"},
    {"lots": 1, "lots_detail": [{"title": "Lot unique"}]},
    {
        "lots": 3,
        "lots_detail": [
            {"title": "Bureaux", "estimated_value": 1000, "reserved": False},
            {"title": "Écoles", "reserved": True},
            {"title": "Vitres"},
        ],
    },
    {"lots": 12},
    {"lots": 25, "lots_detail": [{"title": f"Quartier {number}", "reserved": number == 7} for number in range(25)]},
]


def covering(count: int = 100) -> list[dict[str, Any]]:
    """Answers in turn over every procedure in each language, every nature, value and division into lots; the rest drawn, always the same."""
    draw = random.Random(2014)
    found = []
    for index in range(count):
        nature = _NATURES[(index // 2) % 4]
        data: dict[str, Any] = {
            "publication_date": TODAY,
            "procedure": _PROCEDURES[index % 8],
            "language": "fr" if (index // 8) % 2 else "nl",
            "nature": nature,
            "estimated_value": VALUES[index % len(VALUES)],
            "ambition": list(Ambition)[index % 3],
            **_LOTS[index % len(_LOTS)],
        }
        found.append({**data, **_drawn(draw, index)})
    for data in found[3::10]:
        data.update(_in_both_languages(data))
    return found


def _in_both_languages(data: dict[str, Any]) -> dict[str, Any]:
    """A tenth stands in both languages, some texts given in both and some in one."""
    both = {"fr": "Nettoyage des bureaux & écoles", "nl": "Schoonmaak van kantoren & scholen"}
    lots = [
        {**lot, "title": {"fr": lot["title"], "nl": f"Perceel {number}"}} if number % 2 else lot
        for number, lot in enumerate(data.get("lots_detail", []), 1)
    ]
    return {
        "language": "fr+nl",
        **({"object": both} if "object" in data else {}),
        **({"lots_detail": lots} if lots else {}),
    }


def _drawn(draw: random.Random, index: int) -> dict[str, Any]:
    """What may be stated or not; every fifth purchase states nothing of it."""
    if index % 5 == 4:
        return {}
    every: dict[str, Any] = {
        "reference": f"EX-2026-{index:03d}",
        "authority": {"name": "Commune d'Exemple", "type": draw.choice(list(AuthorityType))},
        "object": draw.choice(
            [
                "Nettoyage des bureaux",
                "Schoonmaak van scholen",
                "Achat de mobilier & <divers>",
                "Travaux de toiture “A”",
            ]
        ),
        "cpv": [draw.choice(CODES)],
        "duration_months": draw.choice([Decimal("0.4"), 1, 6, 12, 48]),
        "framework": draw.random() < 0.5,
        "subsidised_by_region": draw.random() < 0.5,
        "payment_days": draw.choice([30, 60]),
        "advance": {"percent": draw.choice([0, 15, 20])},
        "deposit_percent": draw.choice([0, 3, 5]),
        "turnover_factor": draw.choice([0, 1, 2]),
        "options": draw.sample(list(PurchaseOption), draw.randrange(4)),
        "dnsh": [
            {"objective": each, "relevant": draw.random() < 0.5, "reason": "Motif"}
            for each in draw.sample(list(TaxonomyObjective), 3)
        ],
        "award": draw.choice(
            [
                [],
                [{"criterion": "price", "weight": 100}],
                [{"criterion": "price", "weight": 60}, {"criterion": "ENV-CLEAN-002", "weight": 40}],
                [{"criterion": "price", "weight": 45}, {"criterion": "Qualité du planning", "weight": 55}],
            ]
        ),
    }
    return {key: value for key, value in every.items() if draw.random() < 0.8}
