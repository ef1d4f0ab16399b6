"""The page of decisions: which clauses are in, suggested or out and why, and the buyer's own choice."""

from typing import Any

from flask import abort, flash, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.clause_library import labels
from mpdi.clause_library.core.vocabulary import Decision, Theme
from mpdi.specifications.decisions import cause_label, decision_lists, remedies, rule_label, themes_of
from mpdi.specifications.draft_pages import DraftPage, open_page, save_or_ask, show, specifications, to_step
from mpdi.specifications.field_values import FieldError, read_text
from mpdi.specifications.forms import Answers

MAX_REASON = 1000


@specifications.get("/<token>/clauses")
def clauses(token: str) -> Response:
    """Show every clause considered, with its reason."""
    return _show(open_page(token))


def _show(page: DraftPage, problem: tuple[str, str, str] | None = None) -> Response:
    asked = request.values.get("theme", "")
    theme = asked if asked in set(Theme) else ""
    selection = page.prepared.selection
    conflicts = [(conflict, remedies(conflict)) for conflict in selection.conflicts]
    return show(
        "clauses",
        page,
        "clauses",
        422 if problem else 200,
        lists=decision_lists(selection, theme),
        theme=theme,
        themes=themes_of(selection),
        conflicts=conflicts,
        cause_label=cause_label,
        rule_label=rule_label,
        problem=problem,
        total=len(selection.decided),
        orphans=sorted(
            set(page.purchase.overrides) - {item.clause.id for item in selection.decided if item.is_overridden}
        ),
    )


@specifications.post("/<token>/clauses")
def decide(token: str) -> Response:
    """Note the buyer's decision on one clause with its reason, or take it back."""
    page = open_page(token)
    identifier, decision = request.form.get("clause", ""), request.form.get("decision", "")
    if identifier not in page.library.identifiers or decision not in ("in", "out", "rule"):
        abort(400)
    override: dict[str, str] | None = None
    if decision != "rule":
        try:
            reason = read_text(request.form.get("reason", "").strip(), MAX_REASON)
        except FieldError as error:
            return _show(page, (identifier, str(error), request.form["reason"]))
        if not reason:
            return _show(page, (identifier, _("Note the reason in a few words: it is kept in your file."), ""))
        override = {"decision": decision, "reason": reason}
    return _store(page, identifier, override)


def _store(page: DraftPage, identifier: str, override: dict[str, str] | None) -> Response:
    overrides = {key: value for key, value in page.answers.get("overrides", {}).items() if key != identifier}
    if override:
        overrides[identifier] = override
    answers = {key: value for key, value in page.answers.items() if key != "overrides"} | (
        {"overrides": overrides} if overrides else {}
    )
    answer = save_or_ask(
        page,
        identifier,
        answers,
        _told(page.answers, identifier),
        _told(answers, identifier),
        to_step(page, "clauses", theme=request.form.get("theme") or None, _anchor=identifier),
    )
    if answer.status_code == 303:
        _say(identifier, override)
    return answer


def _say(identifier: str, override: dict[str, str] | None) -> None:
    if override is None:
        flash(_("%(clause)s follows the rule again.", clause=identifier))
    elif override["decision"] == "in":
        flash(_("%(clause)s is in, by your choice.", clause=identifier))
    else:
        flash(_("%(clause)s is out, by your choice.", clause=identifier))


def _told(answers: Answers, identifier: str) -> list[tuple[str, str]]:
    override: dict[str, Any] | None = answers.get("overrides", {}).get(identifier)
    if override is None:
        return [(identifier, _("as the rule says"))]
    return [(identifier, f"{labels.decision(Decision(override['decision']))}: {override['reason']}")]
