"""The queue: what waits, most pressing first; views of it that one keeps; one thing done to many tickets."""

from collections.abc import Callable
from functools import partial

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.accounts.authorities import register
from mpdi.accounts.current import require_somewhere, require_user
from mpdi.accounts.roles import Action, Person, Role, Subject, may
from mpdi.clause_library import labels as clause_labels
from mpdi.helpdesk import (
    labels,
    operations,
    queries,
    queue_operations,
    queue_queries,
    sent_on_operations,
    team_operations,
)
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.queue_filter import CHOICES, Due, QueueFilter, Sort, read_filter, stored_filter
from mpdi.helpdesk.queue_operations import BulkResult, Chosen, TooManyViewsError
from mpdi.helpdesk.ticket_pages import actor_of, helpdesk, staff_subject
from mpdi.helpdesk.vocabulary import BODIES, Route, TicketState
from mpdi.helpdesk.working_days import warn_from
from mpdi.i18n import interface_language
from mpdi.services import services

_MOST_CHOSEN = 50
_LONGEST_NAME = 60


@helpdesk.get("")
def queue() -> str:
    """Show a page of the queue."""
    person, user = require_somewhere(Action.SEE_QUEUE), require_user()
    asked = read_filter(request.args)
    with services().database.reading() as session:
        page = queue_queries.queue(session, person, asked)
        frame = queue_queries.queue_frame(session, user.user_id)
        is_list_itself = not asked.words and not _sees_every_theme(person)  # who searches, looks for something else
        sent_on = sent_on_operations.sent_on(session, person) if is_list_itself else []
    return render_template(
        "helpdesk/queue.html",
        page=page,
        sent_on=sent_on,
        refused_mails=frame.refused_mails if services().settings.sends_mail and _sees_every_theme(person) else 0,
        refused_since=frame.refused_since,
        most_counted=queue_queries.MOST_COUNTED,
        asked=asked,
        people=frame.people,
        choices=CHOICES,
        sorts=Sort,
        standing=standing_views(),
        mine=[(number, name, stored_filter(kept)) for number, name, kept in frame.views],
        words_of=words_of,
        pressing=pressing,
        routes=BODIES,
        user=user,
        authorities=register().listed(interface_language()),
    )


def _sees_every_theme(person: Person) -> bool:
    return may(person, Action.WORK_ON_TICKET, Subject(route=""))


def standing_views() -> list[tuple[str, QueueFilter]]:
    """Return the views that everybody has."""
    waiting = {"state": (TicketState.WAITING_FOR_EXPERT.value,)}
    return [
        (_("Not done"), QueueFilter()),
        (_("Mine"), QueueFilter(assignee="me")),
        (_("Nobody's"), QueueFilter(assignee="none")),
        (_("Due within a working day"), QueueFilter(due=Due.SOON)),
        (_("Overdue"), QueueFilter(due=Due.OVERDUE)),
        (_("Another answer awaited"), QueueFilter(due=Due.AGAIN)),
        (_("With an expert"), QueueFilter(chosen=waiting)),
        (_("All, done included"), QueueFilter(with_done=True, sort=Sort.CHANGED)),
    ]


def words_of(name: str, value: str) -> str:
    """Return the words for a value of a filter."""
    lookups: dict[str, Callable[[str], str]] = {
        "state": labels.state,
        "route": labels.short_route,
        "nature": labels.nature,
        "stage": labels.stage,
        "level": labels.level,
        "obstacle": labels.obstacle,
        "asked_in": labels.language,
        "kind": labels.kind,
        "door": labels.door,
        "category": clause_labels.category,
    }
    return lookups[name](value)


def pressing(row: Ticket) -> str | None:
    """Return `overdue` or `soon` for an answer that presses; None for any other."""
    if row.answer_due is None or row.awaited_since is None or TicketState(row.state) in _DONE:
        return None
    due, now = clock.aware(row.answer_due), clock.now()
    if now >= due:
        return "overdue"
    return "soon" if now >= warn_from(clock.aware(row.awaited_since), due) else None


_DONE = (TicketState.RESOLVED, TicketState.CLOSED, TicketState.MERGED)


@helpdesk.post("/bulk")
def bulk() -> Response:
    """Do one thing to the chosen tickets; those that changed meanwhile are left alone and named."""
    person, user = require_somewhere(Action.WORK_ON_TICKET), require_user()
    chosen = [_chosen(text) for text in request.form.getlist("chosen")[:_MOST_CHOSEN]]
    if not chosen:
        flash(_("Choose at least one ticket."), "error")
        return _back()
    with services().database.writing() as session:
        verb = _verb(session, request.form.get("action", ""))
        seen = {
            ticket.number: ticket
            for ticket in queue_queries.chosen_tickets(session, person, [item.number for item in chosen])
        }
        allowed = [
            (seen[item.number], item)
            for item in chosen
            if item.number in seen and may(person, Action.WORK_ON_TICKET, staff_subject(session, seen[item.number]))
        ]
        by = actor_of(user)
        result = queue_operations.do_to_many(
            session, allowed, lambda ticket, revision: verb(session, ticket, by, expected=revision)
        )
    _report(result)
    return _back()


def _chosen(text: str) -> Chosen:
    number, _dot, revision = text.rpartition(".")
    if not revision.isascii() or not revision.isdecimal() or len(revision) > 9:
        abort(400)
    return Chosen(number, int(revision))


def _verb(session: Session, action: str) -> Callable[..., None]:
    if action == "assign":
        return partial(team_operations.assign, assignee=_assignee(session))
    if action == "reroute" and request.form.get("route") in BODIES:
        return partial(team_operations.reroute, route=Route(request.form["route"]))
    return operations.close if action == "close" else abort(400)


def _assignee(session: Session) -> object:
    text = request.form.get("assignee", "")
    if text == "me":
        text = str(require_user().user_id)
    found = (
        queries.holder(session, int(text), Role.FACILITATOR, Role.COORDINATOR)
        if text.isdecimal() and len(text) < 10
        else None
    )
    return found or abort(400)


def _report(result: BulkResult) -> None:
    if result.done:
        flash(_("Done: %(numbers)s.", numbers=", ".join(result.done)))
    if result.changed:
        flash(_("Changed by somebody meanwhile, left alone: %(numbers)s.", numbers=", ".join(result.changed)), "error")
    if result.refused:
        flash(_("Their state does not allow it: %(numbers)s.", numbers=", ".join(result.refused)), "error")
    if result.unanswered:
        words = _(
            "Never answered, left open: %(numbers)s. Close each on its page, where you tell its asker why.",
            numbers=", ".join(result.unanswered),
        )
        flash(words, "error")


def _back() -> Response:
    """Return to the queue with the filter it was shown with."""
    asked = read_filter(MultiDict(request.args))
    query = asked.query_string(page=asked.page) if asked.page > 1 else asked.query_string()
    return redirect(url_for("helpdesk.queue") + (f"?{query}" if query else ""), 303)


@helpdesk.post("/views")
def save_view() -> Response:
    """Keep the view shown."""
    require_somewhere(Action.SEE_QUEUE)
    name = " ".join(request.form.get("name", "").split())[:_LONGEST_NAME]
    if not name:
        flash(_("Give the view a name."), "error")
        return _back()
    try:
        with services().database.writing() as session:
            queue_operations.save_view(session, require_user().user_id, name, read_filter(request.args))
        flash(_("The view “%(name)s” is kept.", name=name))
    except TooManyViewsError:
        flash(_("Thirty views are kept at most. Delete one you no longer use."), "error")
    return _back()


@helpdesk.post("/views/<int:view_id>/delete")
def delete_view(view_id: int) -> Response:
    """Delete a view of one's own."""
    require_somewhere(Action.SEE_QUEUE)
    with services().database.writing() as session:
        queue_operations.delete_view(session, require_user().user_id, view_id)
    flash(_("The view is deleted."))
    return _back()


@helpdesk.get("/requests")
def requests() -> str:
    """List what an expert was asked and has not answered."""
    require_somewhere(Action.ANSWER_AS_EXPERT)
    with services().database.reading() as session:
        asked = queries.asked_of(session, require_user().user_id)
        return render_template("helpdesk/requests.html", asked=asked)
