"""The floor under which nothing is suggested: a text must be near to what the helpdesk knows, or use its words.

Chosen on the spent questions and on texts about something else (`tests/helpdesk/off_topic.yaml`); see docs/routing.md.
"""

from collections.abc import Sequence

from mpdi.helpdesk.core.clause_suggestions import Candidate
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.situation_index import Array

NEARNESS = 20.0
"""What nearness to the nearest situation (0 to 1) counts beside the weight of the words."""
ENOUGH_BY_MEANING, ENOUGH_BY_WORDS = 12.0, 7.0
"""Under this sum the text is about something else. By words alone nearness is smaller."""
CLAUSE_SHARE, CLAUSE_SCORE = 0.15, 0.4
"""A clause is left out under this share of the first one's score; by meaning, also under this score."""


def is_known(decisions: Decisions, near: Array, is_by_meaning: bool) -> bool:
    """Return whether a text is about what the helpdesk answers, as far as can be told."""
    nearest = float(near.max()) if len(near) else 0.0
    enough = ENOUGH_BY_MEANING if is_by_meaning else ENOUGH_BY_WORDS
    return decisions.subject_words + NEARNESS * nearest >= enough


def worth_showing(ranked: Sequence[tuple[str, Candidate]], is_by_meaning: bool) -> list[tuple[str, Candidate]]:
    """Return the clauses, best first, without those far behind the first or with hardly anything that speaks for them."""
    if not ranked:
        return []
    floor = max(CLAUSE_SHARE * ranked[0][1].score, CLAUSE_SCORE if is_by_meaning else 0.0)
    return [(key, each) for key, each in ranked if each.score >= floor]
