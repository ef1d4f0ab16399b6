"""What is found in a text, and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """What the text of a notice may say; the keys of `mpdi notices detect`."""

    ENV_CRITERION = "env_criterion"
    """Something is asked, scored or imposed for an environmental reason."""
    ENV_SUBJECT = "env_subject"
    """What is bought has itself an environmental purpose."""
    SOCIAL_CRITERION = "social_criterion"
    """Something is asked, scored, reserved or imposed for a social reason."""
    ETHICAL = "ethical"
    """Human rights, fair trade, care in the supply chain, integrity beyond the exclusion grounds."""
    ANTI_DUMPING = "anti_dumping"
    """A measure against social dumping beyond the exclusion grounds."""
    INNOVATION = "innovation"
    """Innovation is sought or scored."""
    SME = "sme"
    """The text itself eases or welcomes small firms."""


ENVIRONMENTAL = frozenset({Label.ENV_CRITERION, Label.ENV_SUBJECT})
"""Either makes a purchase environmental."""


class Place(StrEnum):
    """What a text is about, from the element that holds it."""

    SUBJECT = "subject"
    """Title and description of what is bought."""
    AWARD = "award"
    SELECTION = "selection"
    PERFORMANCE = "performance"
    OTHER = "other"
    """Anything may stand in it: additional information, description of the procedure."""
    LEFT_OUT = "left_out"
    """Says nothing of what is asked: review bodies, places, type of the buyer, exclusion grounds."""


@dataclass(frozen=True, slots=True)
class Observation:
    """Words of a notice that say one thing of the list.

    `notice.texts[text].value[start:end] == words`: the offsets count characters of the text as the notice holds it.
    """

    label: Label
    lot: str | None
    """Identifier of the lot as the notice writes it; `None`: said of the whole."""
    element: str
    """Path of the element, as `Text.element`."""
    words: str
    start: int
    end: int
    text: int
    """Index within `notice.texts`."""
    language: str | None
    """Of the rule's words that were found: `fr`, `nl`, `en`."""
    rule: str
    """Identifier of the rule: `env_criterion.award`."""


def labels_of(observations: Iterable[Observation]) -> dict[str, int]:
    """The seven labels, in the order of the list, each 1 where at least one observation says it, else 0."""
    found = {observation.label for observation in observations}
    return {label.value: int(label in found) for label in Label}
