"""The floor under which nothing is suggested, and what a route needs to be sure.

A text must be near to what the helpdesk knows, or use its words; a body is named where neither its words nor its
chances are behind those of the others. Chosen on the spent questions and on texts about something else
(`tests/helpdesk/off_topic.yaml`); see docs/routing.md.
"""

from collections.abc import Sequence

from mpdi.helpdesk.core.clause_suggestions import Candidate
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.situation_index import Array

NEARNESS = 20.0
"""What nearness to the nearest situation (0 to 1) counts beside the weight of the words."""
ENOUGH_BY_MEANING, ENOUGH_BY_WORDS = 12.0, 7.0
"""Under this sum the text is about something else. By words alone nearness is smaller."""
WEAK_WORDS, FEW_WORDS = 1.5, 4.0
"""Under the first weight words are one hint, or one word only spelt alike; under the second hardly one strong word."""
AS_WRITTEN_BY_MEANING, AS_WRITTEN_BY_WORDS = 1.2, 0.6
"""Nearness from which a text is a situation nearly to the letter, whatever its words weigh."""
NEAR_BY_MEANING, NEAR_BY_WORDS = 0.63, 0.25
"""Nearness under which a situation does not make up for words that are missing."""
LIKELY_BY_MEANING, LIKELY_BY_WORDS = 0.5, 0.4
"""A route with a smaller share of the chances is no more than a guess; by words alone chances are flatter."""
DECISIVE, AHEAD = 3.0, 2.0
"""Weight of a decisive word; how far the words of another body must be ahead to make the route unsure."""
CLAUSE_SHARE, CLAUSE_SCORE = 0.15, 0.4
"""A clause is left out under this share of the first one's score; by meaning, also under this score."""


def is_known(decisions: Decisions, near: Array, is_by_meaning: bool) -> bool:
    """Return whether a text is about what the helpdesk answers, as far as can be told."""
    nearest = float(near.max()) if len(near) else 0.0
    if nearest >= (AS_WRITTEN_BY_MEANING if is_by_meaning else AS_WRITTEN_BY_WORDS):
        return True
    if decisions.subject_words < WEAK_WORDS or (_is_weak(decisions) and nearest < _near_enough(is_by_meaning)):
        return False
    enough = ENOUGH_BY_MEANING if is_by_meaning else ENOUGH_BY_WORDS
    return decisions.subject_words + NEARNESS * nearest >= enough


def _is_weak(decisions: Decisions) -> bool:
    return decisions.route_words < WEAK_WORDS and decisions.subject_words < FEW_WORDS


def _near_enough(is_by_meaning: bool) -> float:
    return NEAR_BY_MEANING if is_by_meaning else NEAR_BY_WORDS


def is_sure(decisions: Decisions, near: Array, is_by_meaning: bool) -> bool:
    """Return whether the route of a known text can be named; else people sort it, with the clauses that were found."""
    if decisions.route_chances[decisions.route] < (LIKELY_BY_MEANING if is_by_meaning else LIKELY_BY_WORDS):
        return False
    is_behind = decisions.rival_words >= max(DECISIVE, decisions.route_words + AHEAD)
    is_far = float(near.max()) < _near_enough(is_by_meaning)
    return not (is_behind and is_far and decisions.route_words < DECISIVE)


def worth_showing(ranked: Sequence[tuple[str, Candidate]], is_by_meaning: bool) -> list[tuple[str, Candidate]]:
    """Return the clauses, best first, without those far behind the first or with hardly anything that speaks for them."""
    if not ranked:
        return []
    floor = max(CLAUSE_SHARE * ranked[0][1].score, CLAUSE_SCORE if is_by_meaning else 0.0)
    return [(key, each) for key, each in ranked if each.score >= floor]
