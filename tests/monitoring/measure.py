"""How well detection agrees with people: counts, F1 and intervals, by the definitions of `docs/uptake/detection/README.md`."""

import hashlib
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path

from mpdi.monitoring.detection import DetectionRules, detect, labels_of
from tender_parsers import parse_notice

LANGUAGES = ("FR", "FRA", "NL", "NLD", "EN", "ENG")
DRAWS, SEED = 2_000, 20261201
_Z = 1.959963984540054
"""Of the normal distribution for 95 %."""

Pair = tuple[bool, bool]
"""What people say, what detection says."""


def half_of(identifier: str) -> str:
    """`tuning` or `report`, by the first byte of the SHA-256 of the identifier."""
    return "report" if hashlib.sha256(identifier.encode()).digest()[0] % 2 else "tuning"


@dataclass(frozen=True)
class Read:
    """A notice that people labelled, and what detection says of it."""

    labelled: dict[str, object]
    found: dict[str, int]

    def pair(self, label: str, *, beginnings: bool = True) -> Pair | None:
        """Both answers; `None` where people gave none. Without `beginnings` a 0 of who saw the beginning alone is none."""
        people = self._people(label)
        if people is None or (people == 0 and not beginnings and not self.labelled["whole_text_read"]):
            return None
        if label == "environmental":
            return bool(people), bool(self.found["env_criterion"] or self.found["env_subject"])
        return bool(people), bool(self.found[label])

    def _people(self, label: str) -> object:
        if label != "environmental":
            return self.labelled[label]
        either = (self.labelled["env_criterion"], self.labelled["env_subject"])
        return 1 if 1 in either else None if None in either else 0


def read_labelled(reference: Path, half: str, rules: DetectionRules) -> Iterator[Read]:
    """The notices of one half, with what detection says of each."""
    with (reference / "labels" / "notices-labelled.jsonl").open(encoding="utf-8") as opened:
        for line in opened:
            labelled = json.loads(line)
            if half_of(labelled["id"]) == half and labelled["language"] in LANGUAGES:
                notice = parse_notice(reference / "notices" / labelled["path"])
                yield Read(labelled, labels_of(detect(notice, rules)))


@dataclass(frozen=True)
class Measure:
    """Agreement on one label."""

    pairs: tuple[Pair, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """Right, wrong (detected, people say no), missed."""
        return (
            self.pairs.count((True, True)),
            self.pairs.count((False, True)),
            self.pairs.count((True, False)),
        )

    @property
    def f1(self) -> float:
        """2·right / (2·right + wrong + missed); 0 where none is right."""
        return f1(self.pairs)

    def interval(self) -> tuple[float, float]:
        """95 % of F1, by bootstrap over notices."""
        draw = random.Random(SEED)
        drawn = sorted(f1(draw.choices(self.pairs, k=len(self.pairs))) for _ in range(DRAWS))
        return drawn[int(DRAWS * 0.025)], drawn[int(DRAWS * 0.975) - 1]


def f1(pairs: Sequence[Pair]) -> float:
    """F1 of pairs."""
    right = pairs.count((True, True))
    return 2 * right / (2 * right + pairs.count((False, True)) + pairs.count((True, False))) if right else 0.0


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The interval of Wilson, 95 %, of a share."""
    if not denominator:
        return 0.0, 1.0
    share, square = numerator / denominator, _Z * _Z
    middle = share + square / (2 * denominator)
    spread = _Z * sqrt(share * (1 - share) / denominator + square / (4 * denominator * denominator))
    return (middle - spread) / (1 + square / denominator), (middle + spread) / (1 + square / denominator)


def measure(reads: Sequence[Read], label: str, *, beginnings: bool = True) -> Measure:
    """Agreement on a label, over the notices of which people say yes or no."""
    pairs = (read.pair(label, beginnings=beginnings) for read in reads)
    return Measure(tuple(pair for pair in pairs if pair is not None))


def row(name: str, found: Measure) -> str:
    """A line of the table in the documentation."""
    right, wrong, missed = found.counts
    low, high = found.interval()
    return (
        f"| {name} | {right} | {wrong} | {missed} | {_share(right, right + wrong)} | {_share(right, right + missed)} "
        f"| {found.f1:.2f} ({low:.2f}–{high:.2f}) |"
    )


def _share(numerator: int, denominator: int) -> str:
    low, high = wilson(numerator, denominator)
    return f"{numerator} of {denominator} ({low:.2f}–{high:.2f})" if denominator else "0 of 0"
