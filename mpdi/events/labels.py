"""The words of the interface for the closed lists of the agenda."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

KINDS: Mapping[str, LazyString] = {
    "training": _l("Training: sustainable purchases"),
    "change_training": _l("Training: support for change"),
    "meet_your_buyer": _l("Meet your buyer"),
    "information": _l("Information meeting"),
    "consultation": _l("Consultation"),
}
AUDIENCES: Mapping[str, LazyString] = {
    "buyers": _l("For public buyers"), "firms": _l("For firms"), "both": _l("For buyers and firms"),
}
LANGUAGES: Mapping[str, LazyString] = {
    "fr": _l("In French"), "nl": _l("In Dutch"), "fr+nl": _l("In French and Dutch"),
}


def kind(code: str) -> str:
    """Return what an event is, in words."""
    return str(KINDS[code])


def audience(code: str) -> str:
    """Return whom an event is for, in words."""
    return str(AUDIENCES[code])


def languages(code: str) -> str:
    """Return the languages spoken at an event, in words."""
    return str(LANGUAGES[code])
