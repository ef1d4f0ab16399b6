"""A plan ready to tell its progress: the words of the report beside those of its canevas, and what the law says of a dashboard."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.canevas_reading import FOLDER
from mpdi.action_plans.core.plan import Obligation
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.resources import folder

_DASHBOARD = (
    ("ordinance_env", "ORD-2014-05-08-ENV", "12"),
    ("ordinance_soc", "ORD-2014-05-08-SOC", "10"),
    ("ordinance_soc", "ORD-2014-05-08-SOC", "11"),
)
"""What the register of law says of a yearly dashboard, by act and article."""


def with_progress_words(canevas: Canevas) -> Canevas:
    """Return the canevas with the words of the report; its version and digest stay those of its own files."""
    return replace(canevas, words={**canevas.words, **_progress_words()})


@cache
def _progress_words() -> Mapping[str, Bilingual]:
    items = strict_yaml.read(folder("templates") / FOLDER / "progress.yaml")
    return {key: Bilingual(**item) for key, item in items.items()}


def dashboard_basis(canevas: Canevas, library: ClauseLibrary) -> tuple[Obligation, ...]:
    """Return what the register of law holds of the dashboard, each article with its certainty."""
    made = []
    for key, act, article in _DASHBOARD:
        instrument = library.reference.instruments[act]
        source = Bilingual(f"{instrument.short.fr}, art. {article}", f"{instrument.short.nl}, art. {article}")
        certainty = instrument.articles.get(article, Certainty.GENERAL_KNOWLEDGE)
        made.append(Obligation(key, canevas.words[key], source, certainty))
    return tuple(made)
