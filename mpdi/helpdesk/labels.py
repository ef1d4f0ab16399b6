"""The words of the interface for every value of the helpdesk's closed lists, in the language of the request."""

from collections.abc import Callable, Mapping

from flask_babel import LazyString, format_decimal, gettext, ngettext
from flask_babel import lazy_gettext as _l

Words = Mapping[str, LazyString]
_KILO = 1000


def _closed(words: Words) -> Callable[[str], str]:
    return lambda code: str(words[code])


ROUTES: Words = {
    "mpd": _l("Sustainable purchases: Brussels Environment"),
    "mpi": _l("Innovation: Innoviris"),
    "sme": _l("Small firms: Brussels Economy and Employment"),
    "social": _l("Social clauses: Actiris"),
    "anti_dumping": _l("Social dumping: Observatory of reference prices"),
    "food": _l("Food: Good Food facilitator"),
    "unknown": _l("The coordination of the helpdesk"),
}
SHORT_ROUTES: Words = {
    "mpd": _l("Sustainable"),
    "mpi": _l("Innovation"),
    "sme": _l("Small firms"),
    "social": _l("Social"),
    "anti_dumping": _l("Social dumping"),
    "food": _l("Food"),
    "unknown": _l("To be sorted"),
}
NATURES: Words = {"technical": _l("Technical"), "legal": _l("Legal"), "economic": _l("Economic")}
STAGES: Words = {
    "preparation": _l("In preparation"),
    "published": _l("Published"),
    "award": _l("Award"),
    "execution": _l("Execution"),
}
KINDS: Words = {"question": _l("Question"), "reread": _l("Specification to read again")}
LEVELS: Words = {"local": _l("Local"), "regional": _l("Regional"), "federal": _l("Federal"), "other": _l("Other")}
DOORS: Words = {"buyer": _l("Public buyer"), "firm": _l("Firm"), "unknown": _l("not stated")}
STATES: Words = {
    "new": _l("New"),
    "open": _l("Being handled"),
    "waiting_for_asker": _l("Waiting for the asker"),
    "waiting_for_expert": _l("Waiting for an expert"),
    "resolved": _l("Resolved"),
    "closed": _l("Closed"),
    "merged": _l("Merged"),
}
PRIORITIES: Words = {"0": _l("Pilot or innovation"), "1": _l("Deadline near"), "2": _l("Ordinary")}
OBSTACLES: Words = {
    "O-A1": _l("Sustainable criteria or local supply not known"),
    "O-A2": _l("Fear of higher costs"),
    "O-A3": _l("Lack of time, people or a role"),
    "O-A4": _l("Legal complexity or admissibility"),
    "O-E1": _l("Tenders and procedures not known"),
    "O-E2": _l("Paperwork, late payment, penalties"),
    "O-E3": _l("Turnover asked too high"),
    "O-E4": _l("Consortium without coordinator"),
    "O-E5": _l("Price decides, criteria weigh little"),
    "O-E6": _l("Local firms not consulted"),
}
DIRECTIONS: Words = {
    "incoming": _l("Message of the asker"),
    "outgoing": _l("Answer of the helpdesk"),
    "note": _l("Internal note"),
}
PARTS: Words = {
    "asked": _l("Question to the expert"),
    "answered": _l("Expert's answer"),
    "closed": _l("Closed without an answer: why"),
}
"""What a message is, where its direction alone does not say it."""
OWN_STATES: Words = {
    **STATES,
    "waiting_for_asker": _l("Waiting for your answer"),
    "waiting_for_expert": _l("Being handled"),
}
"""The states as who asked reads them: an expert is the helpdesk's own business."""
OWN_DIRECTIONS: Words = {**DIRECTIONS, "incoming": _l("Your message")}
MAIL_STATES: Words = {
    "waiting": _l("Mail on its way"),
    "sending": _l("Mail on its way"),
    "sent": _l("Sent by mail"),
    "failed": _l("Mail not delivered"),
    "uncertain": _l("Mail perhaps not delivered"),
}
EVENTS: Words = {
    "opened": _l("Asked"),
    "asker_wrote": _l("The asker wrote"),
    "answered": _l("Answered"),
    "noted": _l("Note written"),
    "waiting": _l("Waiting for the asker"),
    "resolved": _l("Resolved"),
    "reopened": _l("Opened again"),
    "closed": _l("Closed"),
    "closed_after_silence": _l("Closed after silence"),
    "assigned": _l("Assigned"),
    "handed_over": _l("Handed over"),
    "rerouted": _l("Sent to another body"),
    "expert_asked": _l("Expert asked"),
    "expert_answered": _l("Expert answered"),
    "merged": _l("Merged into another"),
    "took_in": _l("Took in another"),
    "facts_set": _l("Facts changed"),
    "subject_set": _l("Subject changed"),
    "reference_added": _l("Reference added"),
    "reference_removed": _l("Reference removed"),
    "due_warned": _l("Answer nearly due"),
    "anonymised": _l("Anonymised"),
}
LANGUAGES: Words = {"fr": _l("French"), "nl": _l("Dutch")}
SECTION_STATES: Words = {
    "unchanged": _l("Unchanged"),
    "edited": _l("Edited"),
    "missing": _l("Missing"),
    "outdated": _l("A newer version exists"),
}
WRITTEN: Words = {
    "body": _l("Your answer"),
    "note": _l("Note: the asker never sees it"),
    "hand_over_note": _l("What the next one must know"),
    "reroute_note": _l("What the next body must know"),
    "expert_question": _l("Your question to the expert"),
    "expert_answer": _l("Your answer"),
    "close_reason": _l("Why it is closed without an answer"),
}
SORTS: Words = {
    "priority": _l("Priority, then due"),
    "newest": _l("Newest first"),
    "oldest": _l("Oldest first"),
    "changed": _l("Last changed first"),
}

route, short_route, nature, stage = _closed(ROUTES), _closed(SHORT_ROUTES), _closed(NATURES), _closed(STAGES)
kind, door, state, obstacle = _closed(KINDS), _closed(DOORS), _closed(STATES), _closed(OBSTACLES)
direction, mail_state, language = _closed(DIRECTIONS), _closed(MAIL_STATES), _closed(LANGUAGES)
section_state, sort, level = _closed(SECTION_STATES), _closed(SORTS), _closed(LEVELS)
written = _closed(WRITTEN)
own_state = _closed(OWN_STATES)


def part(direction: str, part: str | None, is_own: bool = False) -> str:
    """Return what a message is called: on both pages, and on the asker's own (`is_own`)."""
    return str(PARTS[part]) if part in PARTS else str((OWN_DIRECTIONS if is_own else DIRECTIONS)[direction])


def section_count(state: str, count: int) -> str:
    """Return how many clauses of a file are in a state: “30 unchanged”."""
    words = {
        "unchanged": ngettext("%(num)s unchanged", "%(num)s unchanged", count),
        "edited": ngettext("%(num)s edited", "%(num)s edited", count),
        "missing": ngettext("%(num)s missing", "%(num)s missing", count),
        "outdated": ngettext("%(num)s with a newer version", "%(num)s with a newer version", count),
    }
    return str(words[state])


def file_size(size: int) -> str:
    """Return the size of a file as people write it: octets in French, bytes in the other languages."""
    if size < _KILO:
        return str(ngettext("%(num)s byte", "%(num)s bytes", size))
    if size < _KILO * _KILO:
        return gettext("%(size)s kB", size=format_decimal(round(size / _KILO)))
    return gettext("%(size)s MB", size=format_decimal(round(size / _KILO / _KILO, 1)))


def priority(level: int) -> str:
    """Return the words for a priority."""
    return str(PRIORITIES[str(level)])


def event(what: str) -> str:
    """Return the words for something that happened; what a newer release noted is shown by its key."""
    return str(EVENTS[what]) if what in EVENTS else what
