"""“The winner changes if …”, in French, Dutch and English."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

from mpdi.lcc.sensitivity import Threshold, Turn

Language = Literal["fr", "nl", "en"]

BELOW = {
    "fr": "Le gagnant change si « {input} » descend sous {value} (retenu : {base}) : « {other} » coûte alors moins que « {winner} ».",
    "nl": "De winnaar verandert als “{input}” onder {value} daalt (nu {base}): “{other}” kost dan minder dan “{winner}”.",
    "en": "The winner changes if “{input}” falls below {value} (it is {base}): “{other}” then costs less than “{winner}”.",
}
ABOVE = {
    "fr": "Le gagnant change si « {input} » dépasse {value} (retenu : {base}) : « {other} » coûte alors moins que « {winner} ».",
    "nl": "De winnaar verandert als “{input}” boven {value} stijgt (nu {base}): “{other}” kost dan minder dan “{winner}”.",
    "en": "The winner changes if “{input}” rises above {value} (it is {base}): “{other}” then costs less than “{winner}”.",
}
NOTHING = {
    "fr": "Aucune donnée ne change à elle seule le gagnant dans ses bornes.",
    "nl": "Geen enkel gegeven verandert op zich de winnaar binnen zijn grenzen.",
    "en": "No input changes the winner by itself within its bounds.",
}


def winner_changes(
    thresholds: Sequence[Threshold],
    language: Language,
    show: Callable[[str, Decimal], str],
    label: Callable[[str], str] = str,
) -> tuple[str, ...]:
    """One sentence for each change, in the order given; or the one that says there is none.

    `show` writes a value of an input (its name, the value), with its rounding and unit; `label` writes its name.
    """
    sentences = []
    for each in thresholds:
        for words, turn in ((BELOW, each.below), (ABOVE, each.above)):
            if turn:
                sentences.append(_sentence(words[language], each, turn, show, label))
    return tuple(sentences) or (NOTHING[language],)


def _sentence(
    words: str, threshold: Threshold, turn: Turn, show: Callable[[str, Decimal], str], label: Callable[[str], str]
) -> str:
    return words.format(
        input=label(threshold.name),
        value=show(threshold.name, turn.value),
        base=show(threshold.name, threshold.value),
        other=turn.winner,
        winner=threshold.winner,
    )
