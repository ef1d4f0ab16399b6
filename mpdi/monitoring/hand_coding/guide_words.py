"""The guide of the readers: what each label means, and what it does not."""

from collections.abc import Sequence
from dataclasses import dataclass

from mpdi.i18n import translate as _
from mpdi.monitoring.detection.model import Label
from mpdi.monitoring.hand_coding.results import EITHER
from mpdi.monitoring.notice_words import LABELS


@dataclass(frozen=True)
class GuideEntry:
    """A label, what it asks, what counts and what does not."""

    label: str
    name: str
    counts: str
    does_not: str


def label_words() -> dict[str, str]:
    """The names of the labels in the language of the page."""
    return {label: str(words) for label, words in LABELS.items()} | {EITHER: _("Environment, either")}


def guide() -> Sequence[GuideEntry]:
    """The guide in the language of the page, a label an entry."""
    said = _said()
    return [GuideEntry(each.value, str(LABELS[each.value]), *said[each.value]) for each in Label]


def _said() -> dict[str, tuple[str, str]]:
    return {
        Label.ENV_CRITERION: (
            _("The buyer asks, scores or imposes something for the sake of the environment: in what is bought, in selection, award or performance."),
            _("Grounds for exclusion, mere citations of law, “durable” in the sense of lasting, names of bodies."),
        ),
        Label.ENV_SUBJECT: (
            _("What is bought serves the environment itself: energy renovation, electric vehicles, nature, reuse, an environmental study."),
            _("Ordinary sewers, collection of waste or buses without such a purpose."),
        ),
        Label.SOCIAL_CRITERION: (
            _("Something is asked, scored, reserved or imposed for a social reason: insertion, a reserved contract, accessibility, equality, apprentices."),
            _("Grounds for exclusion, social security debts, a contract that simply buys a social service."),
        ),
        Label.ETHICAL: (
            _("Human rights, child labour, fair trade or care in the supply chain; integrity beyond the grounds for exclusion."),
            _("Grounds for exclusion that the law lists."),
        ),
        Label.ANTI_DUMPING: (
            _("An explicit measure against social dumping: a limit on the chain of subcontractors, presence registers, proof of wages, checks of posted workers."),
            _("Grounds for exclusion, and a plain rule on subcontracting."),
        ),
        Label.INNOVATION: (
            _("Innovation is sought or scored: a new solution, research, a prototype, an innovation partnership."),
            _("“Innovative” as mere praise."),
        ),
        Label.SME: (
            _("The text itself eases or welcomes small firms: said to suit them, lots for that purpose, other proof for newcomers."),
            _("A plain division into lots, a rule on groupings, an ordinary advance."),
        ),
    }  # fmt: skip
