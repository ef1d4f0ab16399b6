"""What a sample tells: agreement and score of each label."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mpdi.csv_text import Cell
from mpdi.monitoring.detection.model import ENVIRONMENTAL, Label
from mpdi.monitoring.hand_coding.measures import Agreement, Judged, Score, score
from mpdi.monitoring.hand_coding.models import CodingSample, Labels
from mpdi.monitoring.hand_coding.operations import READERS, final

EITHER = "environmental"
"""Environmental by criterion or by purpose: what the indicators count."""
LABELS = (*(label.value for label in Label), EITHER)


@dataclass(frozen=True, slots=True)
class LabelResult:
    """Of one label: how the readers agree, and how detection does."""

    label: str
    agreement: Agreement
    score: Score


def results_of(sample: CodingSample, found: Mapping[str, set[str]]) -> list[LabelResult]:
    """The results of a sample as far as it is read; `found`: what detection says, by identity of the notice."""
    return [_result(sample, found, label) for label in LABELS]


def _result(sample: CodingSample, found: Mapping[str, set[str]], label: str) -> LabelResult:
    pairs, judged = [], []
    weights = _weights(sample)
    for item in sample.items:
        answers = [answer_of(reading.labels, label) for reading in item.readings]
        if len(answers) == READERS and answers[0] is not None and answers[1] is not None:
            pairs.append((answers[0], answers[1]))
        people = answer_of(final(item), label)
        if people is not None and item.identity in found:
            is_found = answer_of({each.value: each.value in found[item.identity] for each in Label}, label)
            judged.append(Judged(people, bool(is_found), weights[item.is_detected], item.is_detected))
    return LabelResult(label, Agreement.of(pairs), score(judged, sample.seed))


def answer_of(labels: Labels, label: str) -> bool | None:
    """The answer for a label; environmental is yes where one of its two is, no where both are no."""
    if label != EITHER:
        return labels.get(label)
    either = [labels.get(each.value) for each in sorted(ENVIRONMENTAL)]
    return True if True in either else None if None in either else False


def _weights(sample: CodingSample) -> dict[bool, float]:
    """How many notices of the period one of each stratum stands for."""
    drawn = {stratum: sum(item.is_detected is stratum for item in sample.items) for stratum in (True, False)}
    return {True: sample.detected / max(drawn[True], 1), False: sample.others / max(drawn[False], 1)}


def rows_of(sample: CodingSample, found: Mapping[str, set[str]]) -> Iterator[tuple[Cell, ...]]:
    """The sample as a table, a row a notice and label: both readings, what counts, what detection says, the weight."""
    yield "number", "notice", "label", "reader_1", "reader_2", "final", "detected", "weight"
    weights = _weights(sample)
    for item in sample.items:
        decided = final(item)
        for label in (each.value for each in Label):
            readings: list[Cell] = [_digit(each.labels.get(label)) for each in item.readings]
            first, second = [*readings, None, None][:READERS]
            is_found = int(label in found[item.identity]) if item.identity in found else None
            yield (
                item.number,
                item.identity,
                label,
                first,
                second,
                _digit(decided[label]),
                is_found,
                weights[item.is_detected],
            )


def _digit(answer: bool | None) -> str:
    return "" if answer is None else str(int(answer))
