"""The floor under which nothing is suggested, and what a route needs to be named.

Whether a text is the helpdesk's matter is one question, how sure its route is another: what is its matter gets the body
with most chances, as a probable one where they are few. By meaning the texts about something else
(`data/other_subjects.yaml`) tell the first; between the two bounds, and by words alone, the words of the rules and the
nearness of the situations do. Chosen on the spent questions and on `tests/helpdesk/off_topic.yaml`; see docs/routing.md.
"""

from collections.abc import Sequence

from mpdi.helpdesk.core.clause_suggestions import Candidate
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.situation_index import Array
from mpdi.helpdesk.vocabulary import Route

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
ELSEWHERE, A_WORD, A_SITUATION = 0.23, 0.04, 0.3
"""By meaning a text is about something else from the first on, less the others for the weight of each word that names a
subject and for the nearness of the nearest situation."""
HERE, A_HINT = 0.2, 1.0
"""Under the first a text is the helpdesk's matter where words of the second weight name a subject."""
LIKELY, LEAST, AGAINST_WORDS = 0.5, 0.3, 0.75
"""A route with a smaller share of the chances than the first is only probable; with less than the second nobody is named,
and with less than the third nobody against the words of another body."""
WORTH_NAMING = 0.15
"""Share of the chances from which the route that comes next is named to those who sort."""
DECISIVE, AHEAD = 3.0, 2.0
"""Weight of a decisive word; how far the words of another body must be ahead to make the route unsure."""
CLAUSE_SHARE, CLAUSE_SCORE = 0.15, 0.4
"""A clause is left out under this share of the first one's score; by meaning, also under this score."""


def is_known(decisions: Decisions, near: Array, is_by_meaning: bool) -> bool:
    """Return whether a text is about what the helpdesk answers, as far as can be told."""
    nearest = float(near.max()) if len(near) else 0.0
    if nearest >= (AS_WRITTEN_BY_MEANING if is_by_meaning else AS_WRITTEN_BY_WORDS):
        return True
    if is_by_meaning and decisions.elsewhere - A_WORD * decisions.subject_words - A_SITUATION * nearest >= ELSEWHERE:
        return False
    if is_by_meaning and decisions.elsewhere < HERE:
        return decisions.subject_words >= A_HINT
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
    chance = decisions.route_chances[decisions.route]
    if chance < LEAST:
        return False
    is_behind = decisions.rival_words >= max(DECISIVE, decisions.route_words + AHEAD)
    is_far = float(near.max()) < _near_enough(is_by_meaning)
    return not (chance < AGAINST_WORDS and is_behind and is_far and decisions.route_words < DECISIVE)


def is_likely(decisions: Decisions) -> bool:
    """Return whether the route has at least half of the chances; else it is named with the one that comes next."""
    return decisions.route_chances[decisions.route] >= LIKELY


def next_route(decisions: Decisions) -> Route | None:
    """Return the route that comes next, where it has chances worth naming, or the first is only probable."""
    second = decisions.second_route
    is_near = decisions.route_chances[second] >= WORTH_NAMING
    return second if is_near or not is_likely(decisions) else None


def worth_showing(ranked: Sequence[tuple[str, Candidate]], is_by_meaning: bool) -> list[tuple[str, Candidate]]:
    """Return the clauses, best first, without those far behind the first or with hardly anything that speaks for them."""
    if not ranked:
        return []
    floor = max(CLAUSE_SHARE * ranked[0][1].score, CLAUSE_SCORE if is_by_meaning else 0.0)
    return [(key, each) for key, each in ranked if each.score >= floor]
