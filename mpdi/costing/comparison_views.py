"""Two cases beside each other; the address of the page holds both."""

from typing import cast

from flask import Blueprint, render_template, request

from mpdi import security
from mpdi.costing import words
from mpdi.costing.case_links import LONGEST, LinkedCase, read_link
from mpdi.costing.comparison import differences, offer_pairs
from mpdi.costing.files import CountedCase
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.sheets.model import Language

case_comparisons = Blueprint("case_comparisons", __name__)


@case_comparisons.get("/life-cycle-cost/compare")
def compare() -> str | tuple[str, int]:
    """Ask for two addresses; with both, show what differs between their cases."""
    security.keep_private()
    typed = tuple(request.args.get(name, "").strip()[:LONGEST] for name in ("a", "b"))
    linked = tuple(read_link(each) if each else None for each in typed)
    counted = tuple(each.counted(_language()) if each else None for each in linked)
    faults = [_fault(text, case) for text, case in zip(typed, linked, strict=True)]
    shown = {}
    if counted[0] is not None and counted[1] is not None:
        pair: tuple[CountedCase, CountedCase] = counted[0], counted[1]
        shown = {"differences": list(differences(pair)), "offers": offer_pairs(pair), "cases": pair}
    page = render_template(
        "costing/compare.html",
        typed=typed,
        faults=faults,
        shown=shown,
        linked=linked,
        words=words,
        language=_language(),
    )
    return (page, 422) if any(faults) and all(typed) else page


def _fault(text: str, linked: LinkedCase | None) -> str:
    """What is wrong with one address; nothing where it is empty or good."""
    if not text:
        return ""
    if linked is None:
        return _(
            "This is not the address of a case: open the sheet of what you buy, count, and copy the whole address."
        )
    return (
        _("The case of this link is not complete: %(faults)s", faults=" ".join(linked.faults)) if linked.faults else ""
    )


def _language() -> Language:
    return cast(Language, interface_language())
