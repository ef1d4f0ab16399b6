"""The words of a facet's values: of the closed lists in the language of the page, of acts, labels and plans in that of clauses."""

from flask_babel import lazy_gettext as _l

from mpdi.clause_library import labels
from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.clause_library.core.vocabulary import Language
from mpdi.clause_library.plans import plan_names

_NAMES = {
    "theme": _l("Theme"),
    "category": _l("Category"),
    "kind": _l("Kind of clause"),
    "ambition": _l("Level"),
    "objective": _l("Environmental objective"),
    "law": _l("Law"),
    "label": _l("Label"),
    "plan": _l("Regional plan"),
}
_LAID_OUT = ("theme", "category", "kind", "ambition")
_CLOSED = {
    "theme": labels.theme,
    "category": labels.category,
    "kind": labels.kind,
    "ambition": labels.ambition,
    "objective": labels.objective,
}


class FacetWords:
    """Says a value of any facet; a value nobody knows (typed into an address) is shown as it is."""

    def __init__(self, reference: ReferenceData, language: Language) -> None:
        self._reference = reference
        self._language = language

    def __call__(self, facet: str, code: str) -> str:
        """Return the words, with a capital."""
        return labels.capital(_CLOSED[facet](code) if facet in _CLOSED else self._open(facet, code))

    def name(self, facet: str) -> str:
        """Return the name of a facet."""
        return str(_NAMES[facet])

    def is_laid_out(self, facet: str) -> bool:
        """Whether its values stand open on the page; those of the others open when asked for."""
        return facet in _LAID_OUT

    def in_language_of_clauses(self, facet: str) -> bool:
        """Whether its values are said in the language of clauses, not in that of the page."""
        return facet not in _CLOSED

    def _open(self, facet: str, code: str) -> str:
        if facet == "law" and code in self._reference.instruments:
            return self._reference.instruments[code].short[self._language]
        if facet == "label" and code in self._reference.labels:
            return self._reference.labels[code].name[self._language]
        if facet == "plan" and code in plan_names():
            return plan_names()[code][self._language]
        return code
